/** What a scenario sets or varies: `Orders.replicas`, `app.cores`, `nurse`. Which values each may have is declared here. */
import type { Distribution, Parameter, ParameterName, ValueType } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';
import { suggestion } from '../links/near-names.ts';
import { deploymentAround } from '../links/scope-provider.ts';
import { membersOfNamed } from '../links/value-members.ts';
import { evaluateConstant } from './constants.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerKnown, type Range } from './known-quantities.ts';
import { lowerLaw } from './laws.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { whyNotDeployed } from './replicas.ts';
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
}

const share: ParameterValues = {
  type: primitive('Percent'),
  range: { holds: (value) => value >= 0 && value <= 1, words: 'A share lies between 0 % and 100 %.' },
};
const time: ParameterValues = {
  type: primitive('Duration'),
  range: { holds: (value) => value >= 0, words: 'Write a time from 0 on.' },
};

function count(least: number): ParameterValues {
  const holds = (value: number) => Number.isSafeInteger(value) && value >= least;
  return { type: primitive('Integer'), range: { holds, words: `Write a whole number from ${least} on.` }, least };
}

const valuesOf: Readonly<Record<ParameterName, ParameterValues>> = {
  replicas: count(1),
  threads: count(1),
  queue: count(0),
  connections: count(1),
  cache: share,
  cores: count(1),
  count: count(1),
  takes: time,
  delays: time,
  fails: share,
};

/** Undefined where the path names nothing that can be set; that is reported. */
export function lowerParameter(lowering: Lowering, path: ast.Path | undefined): LoweredParameter | undefined {
  const target = path?.steps.at(-1)?.to?.ref;
  if (path === undefined || target === undefined) return undefined;
  if (ast.isResource(target)) return { parameter: { element: idOf(target), name: 'count' }, values: count(0) };
  const owner = path.steps.at(-2)?.to?.ref;
  if (!isBuiltInName(target) || owner === undefined) {
    lowering.report('wrong-kind', placeOf(lowering, path), whyNotSettable(target));
    return undefined;
  }
  const { name } = target;
  if (!isParameterName(name)) {
    const message = `\`${name}\` is measured, not set.${suggestion(name, settableOf(owner)) || ` ${settableText(owner)}`}`;
    lowering.report('wrong-kind', placeOf(lowering, path), message);
    return undefined;
  }
  if (!exists(lowering, path, owner, name)) return undefined;
  return {
    parameter: { element: idOf(owner), name },
    values: ast.isResource(owner) ? count(0) : valuesOf[name],
  };
}

/** A number in the engine's unit, or a law for times; undefined where it is no value for the parameter. */
export function lowerParameterValue(
  lowering: Lowering,
  node: ast.Expression | undefined,
  { type, range }: ParameterValues,
): number | Distribution | undefined {
  if (node === undefined) return undefined;
  if (type.kind !== 'primitive' || type.name !== 'Duration') return lowerKnown(lowering, node, type, range);
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  const constant = evaluateConstant(lowerExpression(silent, node, type));
  return typeof constant === 'number' ? lowerKnown(lowering, node, type, range) : lowerLaw(lowering, node);
}

function isParameterName(name: string): name is ParameterName {
  return Object.hasOwn(valuesOf, name);
}

function settableOf(owner: ast.Named): string[] {
  return [...membersOfNamed(owner)]
    .filter(([name, nodes]) => isParameterName(name) && nodes.some(isBuiltInName))
    .map(([name]) => name);
}

function settableText(owner: ast.Named): string {
  const names = settableOf(owner).map((name) => `\`${nameOf(owner)}.${name}\``);
  const last = names.pop() ?? '';
  return names.length === 0 ? `Write ${last}.` : `Write ${names.join(', ')} or ${last}.`;
}

function whyNotSettable(target: ast.Named): string {
  const what = `\`${nameOf(target)}\` is ${kindName(target)}`;
  if (settableOf(target).length === 0) return `${what}, which has nothing that could be set.`;
  return `${what}: say what of it. ${settableText(target)}`;
}

function exists(lowering: Lowering, path: ast.Path, owner: ast.Named, name: ParameterName): boolean {
  const component = ast.isComponent(owner)
    ? owner
    : ast.isOperation(owner) && ast.isComponent(owner.$container)
      ? owner.$container
      : undefined;
  if (component === undefined) return true;
  const place = placeOf(lowering, path);
  if (name === 'replicas' && component.external) {
    const message = `\`${component.name}\` is external: it runs nowhere in the deployment and has no replicas.`;
    lowering.report('wrong-kind', place, message);
    return false;
  }
  if (name === 'cache' && !component.members.some(ast.isCache)) {
    const message = `\`${component.name}\` has no cache. Add \`cache 85 % hit takes 0.2 ms\` to the component.`;
    lowering.report('wrong-kind', place, message);
    return false;
  }
  const why = whyNotDeployed(component, deploymentAround(path), 'is changed here');
  if (why !== undefined) lowering.report('not-deployed', place, why);
  return why === undefined;
}

function nameOf(node: ast.Named): string {
  return 'name' in node ? (node.name ?? '') : '';
}
