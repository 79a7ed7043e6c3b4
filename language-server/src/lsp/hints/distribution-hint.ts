/** Behind a distribution: its mean and 99th percentile, as far as they are not written. */
import type { Distribution, ValueType } from '@pollux/engine/model';
import {
  durationMeanOf,
  durationQuantileOf,
  formatFigure,
  formatRate,
  formatSeconds,
  formatShare,
  meanOf,
  quantileOf,
  toSeconds,
} from '@pollux/engine/numeric';
import type { AstNode } from 'langium';
import { InlayHintKind } from 'vscode-languageserver';
import * as ast from '../../generated/ast.ts';
import { distributions } from '../../language/links/built-in-functions.ts';
import { lowerExpression } from '../../language/lower/expressions.ts';
import { isPrimitive } from '../../language/lower/value-types.ts';
import type { HintSource } from './hint-source.ts';
import { quietLowering } from './quiet-lowering.ts';

export const distributionHint: HintSource = (node) => {
  if (!ast.isCall(node) || !isDistribution(node) || node.$cstNode === undefined || isPart(node)) return undefined;
  const drawn = lowerExpression(quietLowering, node);
  if (drawn.kind !== 'draw') return undefined;
  const written = parametersWritten(node);
  const parts = figuresOf(drawn.distribution, drawn.type)
    .filter(([name]) => !written.includes(name))
    .map(([name, text]) => `${name} ${text}`);
  if (parts.length === 0) return undefined;
  return { position: node.$cstNode.range.end, label: parts.join(', '), kind: InlayHintKind.Type, paddingLeft: true };
};

/** Of distributions inside distributions only the whole is told. */
function isPart(node: ast.Call): boolean {
  for (let owner: AstNode | undefined = node.$container; owner !== undefined; owner = owner.$container) {
    if (ast.isCall(owner) && isDistribution(owner)) return true;
  }
  return false;
}

function isDistribution(call: ast.Call): boolean {
  return Object.hasOwn(distributions, nameOf(call));
}

function nameOf(call: ast.Call): string {
  return call.function?.$refText ?? '';
}

/** Names of the parameters that stand there, by name or by position. */
function parametersWritten(call: ast.Call): readonly string[] {
  const { parameters = [], named = [] } = distributions[nameOf(call)] ?? {};
  const labels = call.arguments.map(({ label }) => label?.$refText);
  return named.some((name) => labels.includes(name)) ? named : parameters;
}

function figuresOf(distribution: Distribution, type: ValueType): (readonly [name: string, text: string])[] {
  if (distribution.kind === 'constant' || isPrimitive(type, 'Boolean')) return [];
  const isDuration = isPrimitive(type, 'Duration');
  const mean = isDuration ? durationMeanOf(distribution) : meanOf(distribution);
  const p99 = isDuration ? durationQuantileOf(distribution, 0.99) : quantileOf(distribution, 0.99);
  const told = [
    ['mean', mean],
    ['p99', p99],
  ] as const;
  return told.filter(([, value]) => !Number.isNaN(value)).map(([name, value]) => [name, textOf(value, type)]);
}

function textOf(value: number, type: ValueType): string {
  if (!Number.isFinite(value)) return 'infinite';
  if (isPrimitive(type, 'Duration')) return formatSeconds(toSeconds(value));
  if (isPrimitive(type, 'Rate')) return formatRate(value);
  return isPrimitive(type, 'Percent') ? formatShare(value) : formatFigure(value);
}
