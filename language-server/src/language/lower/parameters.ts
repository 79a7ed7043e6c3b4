/** What a scenario sets or varies: `Orders.replicas`, `Orders.Bank.timeout`, `nurse`. Which values each may have is declared here. */
import type { Distribution, Parameter, ParameterName, ValueType } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';
import { suggestion } from '../links/near-names.ts';
import { settableMembers } from '../links/settable-members.ts';
import { evaluateConstant } from './constants.ts';
import { contentOf, idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { aboveZero, fromZero, lowerKnown, type Range, someShare } from './known-quantities.ts';
import { lowerLaw } from './laws.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { settableElement } from './settable-elements.ts';
import { primitive } from './value-types.ts';

export interface LoweredParameter {
  readonly parameter: Parameter;
  readonly values: ParameterValues;
}

interface ParameterValues {
  readonly type: ValueType;
  readonly range: Range;
  /** Whole numbers, so that a range of them has steps. */
  readonly least?: number;
  /** Drawn anew each time. */
  readonly takesLaw?: true;
}

const fraction: Range = { holds: (value) => value >= 0 && value <= 1, words: 'A share lies between 0 % and 100 %.' };
const timeFromZero: Range = { ...fromZero, words: 'Write a time from 0 on.' };
const timeAboveZero: Range = { ...aboveZero, words: 'Write a time above 0.' };
const share: ParameterValues = { type: primitive('Percent'), range: fraction };
const drawnTime: ParameterValues = { type: primitive('Duration'), range: timeFromZero, takesLaw: true };

function fixedTime(range: Range): ParameterValues {
  return { type: primitive('Duration'), range };
}

function count(least: number, most = Number.MAX_SAFE_INTEGER): ParameterValues {
  const holds = (value: number) => Number.isSafeInteger(value) && value >= least && value <= most;
  const words =
    most === Number.MAX_SAFE_INTEGER
      ? `Write a whole number from ${least} on.`
      : `Write a whole number from ${least} to ${most}.`;
  return { type: primitive('Integer'), range: { holds, words }, least };
}

const valuesOf: Readonly<Record<ParameterName, ParameterValues>> = {
  replicas: count(1),
  threads: count(1),
  queue: count(0),
  'queue.within': fixedTime(timeFromZero),
  connections: count(1),
  cache: share,
  'cache.entries': count(1, 1_000_000),
  'cache.ttl': fixedTime(timeAboveZero),
  cores: count(1),
  count: count(1),
  takes: drawnTime,
  delays: drawnTime,
  fails: share,
  limit: { type: primitive('Rate'), range: aboveZero },
  'limit.burst': count(1, 1_000_000_000),
  timeout: { ...drawnTime, range: timeAboveZero },
  retry: count(0, 1000),
  backoff: drawnTime,
  budget: share,
  breaker: { ...share, range: someShare },
  'breaker.calls': count(1, 1_000_000),
  'breaker.open': fixedTime(timeAboveZero),
  bulkhead: count(1, 1_000_000),
  'bulkhead.queue': count(0, 1_000_000),
  hedge: drawnTime,
};

/** Undefined where the path names nothing that can be set; that is reported. */
export function lowerParameter(lowering: Lowering, path: ast.Path | undefined): LoweredParameter | undefined {
  const nodes = path?.steps.map(({ to }) => to?.ref) ?? [];
  const target = nodes.at(-1);
  if (path === undefined || target === undefined) return undefined;
  if (ast.isResource(target)) return { parameter: { element: idOf(target), name: 'count' }, values: count(0) };
  const first = nodes.findIndex((node) => isBuiltInName(node));
  const owner = nodes[first - 1];
  if (first < 0 || owner === undefined) {
    lowering.report('wrong-kind', placeOf(lowering, path), whyNotSettable(path, target));
    return undefined;
  }
  const before = nodes[first - 2];
  const name = path.steps
    .slice(first)
    .map(({ to }) => to?.$refText)
    .join('.');
  if (!isParameterName(name)) {
    const settable = settableOf(owner, before);
    const message = `\`${name}\` is measured, not set.${suggestion(name, settable) || ` ${settableText(writtenBefore(path, first), settable)}`}`;
    lowering.report('wrong-kind', placeOf(lowering, path), message);
    return undefined;
  }
  const element = settableElement(lowering, path, owner, before, name);
  if (element === undefined) return undefined;
  return { parameter: { element, name }, values: ast.isResource(owner) ? count(0) : valuesOf[name] };
}

/** A number in the engine's unit, or a law for times; undefined where it is no value for the parameter. */
export function lowerParameterValue(
  lowering: Lowering,
  node: ast.Expression | undefined,
  { type, range, takesLaw }: ParameterValues,
): number | Distribution | undefined {
  if (node === undefined) return undefined;
  if (takesLaw === undefined) return lowerKnown(lowering, node, type, range);
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  const constant = evaluateConstant(lowerExpression(silent, node, type));
  return typeof constant === 'number' ? lowerKnown(lowering, node, type, range) : lowerLaw(lowering, node);
}

function isParameterName(name: string): name is ParameterName {
  return Object.hasOwn(valuesOf, name);
}

function settableOf(owner: ast.Named, before: ast.Named | undefined): string[] {
  return [...settableMembers(owner, before)]
    .filter(([name, nodes]) => isParameterName(name) && nodes.some(isBuiltInName))
    .map(([name]) => name);
}

function settableText(owner: string, settable: readonly string[]): string {
  const names = settable.map((name) => `\`${owner}.${name}\``);
  const last = names.pop() ?? '';
  return names.length === 0 ? `Write ${last}.` : `Write ${names.join(', ')} or ${last}.`;
}

function writtenBefore(path: ast.Path, index: number): string {
  return path.steps
    .slice(0, index)
    .map(({ to }) => to?.$refText ?? '')
    .join('.');
}

function whyNotSettable(path: ast.Path, target: ast.Named): string {
  const before = path.steps.at(-2)?.to?.ref;
  const settable = settableOf(target, before);
  const written = contentOf(path);
  const what =
    ast.isComponent(target) && ast.isComponent(before)
      ? `\`${written}\` is how \`${before.name}\` calls \`${target.name}\``
      : `\`${nameOf(target)}\` is ${kindName(target)}`;
  if (settable.length === 0) return `${what}, which has nothing that could be set.`;
  return `${what}: say what of it. ${settableText(written, settable)}`;
}

function nameOf(node: ast.Named): string {
  return 'name' in node ? (node.name ?? '') : '';
}
