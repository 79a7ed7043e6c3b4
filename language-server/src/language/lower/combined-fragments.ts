/** Combined fragments: alt, opt, loop, par and break, with their operands. */
import type { CombinedFragment, Operand } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerExpression } from './expressions.ts';
import { lowerFragments } from './interactions.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword, placeOfProperty } from './lowering.ts';
import { primitive } from './value-types.ts';
import { lowerWeight } from './weights.ts';

const kinds = { Alt: 'alt', Opt: 'opt', Loop: 'loop', Par: 'par', Break: 'break' } as const;

export function lowerCombinedFragment(
  lowering: Lowering,
  node: ast.CombinedFragment,
  executor?: ast.Participant,
): CombinedFragment {
  const kind = kinds[node.$type];
  return {
    ...elementOf(lowering, node),
    label: placeOfKeyword(lowering, node, kind),
    kind,
    ...(ast.isLoop(node) ? loopBounds(lowering, node) : {}),
    operands: node.operands.map((operand) => lowerOperand(lowering, operand, executor)),
  };
}

function lowerOperand(lowering: Lowering, node: ast.Operand, executor?: ast.Participant): Operand {
  const guard =
    ast.isPlainOperand(node) || node.guard === undefined
      ? undefined
      : lowerExpression(lowering, node.guard, primitive('Boolean'));
  const weight = ast.isPlainOperand(node) ? undefined : lowerWeight(lowering, node, node.weight);
  return {
    ...elementOf(lowering, node),
    label:
      ast.isPlainOperand(node) || node.guard === undefined ? placeOf(lowering, node) : placeOf(lowering, node.guard),
    kind: 'operand',
    ...(guard === undefined ? {} : { guard }),
    ...(weight === undefined ? {} : { weight }),
    isElse: ast.isElseOperand(node) && node.guard === undefined && node.weight === undefined,
    body: lowerFragments(lowering, node.fragments, executor),
  };
}

/** `loop 3` is exactly 3; `loop [c]` any number; UML's defaults. */
function loopBounds(lowering: Lowering, node: ast.Loop): { minimum: number; maximum: number | null } {
  if (node.minimum === undefined) return { minimum: 0, maximum: null };
  const minimum = Number(node.minimum);
  const maximum = node.unbounded ? null : Number(node.maximum ?? node.minimum);
  if (!Number.isInteger(minimum) || (maximum !== null && !Number.isInteger(maximum))) {
    lowering.report('out-of-range', placeOfProperty(lowering, node, 'minimum'), 'A loop runs a whole number of times.');
  } else if (maximum !== null && maximum < minimum) {
    lowering.report(
      'out-of-range',
      placeOfProperty(lowering, node, 'maximum'),
      'The upper bound lies below the lower one. Swap them.',
    );
  }
  return { minimum, maximum };
}
