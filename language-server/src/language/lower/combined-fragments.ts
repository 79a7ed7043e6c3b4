/** Combined fragments of every kind, with their operands. UML 2.5.1, 17.6. */
import type { CombinedFragment, ElementId, Operand } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { kindName } from '../links/kind-names.ts';
import { contentOf, idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerFragments } from './fragments.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword, placeOfProperty } from './lowering.ts';
import { primitive } from './value-types.ts';
import { lowerWeight } from './weights.ts';

const kinds = {
  Alt: 'alt',
  Opt: 'opt',
  Loop: 'loop',
  Par: 'par',
  Break: 'break',
  Critical: 'critical',
  Strict: 'strict',
  Seq: 'seq',
  Neg: 'neg',
  Assertion: 'assert',
  Ignore: 'ignore',
  Consider: 'consider',
} as const;

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
    ...(ast.isIgnore(node) || ast.isConsider(node) ? { messages: lowerMessageNames(lowering, node, kind) } : {}),
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

/** The signals, operations and topics that the fragment overlooks, or looks at alone. */
function lowerMessageNames(lowering: Lowering, node: ast.Ignore | ast.Consider, kind: string): ElementId[] {
  return node.messages.flatMap((path) => {
    const target = path.steps.at(-1)?.to?.ref;
    if (target === undefined) return [];
    if (ast.isSignal(target) || ast.isOperation(target) || ast.isTopic(target)) return [idOf(target)];
    const message = `\`${kind}\` takes messages: signals, operations (\`Orders.create\`) or topics; \`${contentOf(path)}\` is ${kindName(target)}.`;
    lowering.report('wrong-kind', placeOf(lowering, path), message);
    return [];
  });
}

/** `loop 3` is exactly 3; `loop [c]` any number; UML's defaults. */
function loopBounds(lowering: Lowering, node: ast.Loop): { minimum: number; maximum: number | null } {
  const [operand] = node.operands;
  if (operand?.weight !== undefined) {
    const message = `Turns of a loop are not drawn by a share. Inside of it \`break ${operand.weight} { }\` ends it with that probability.`;
    lowering.report('wrong-kind', placeOfProperty(lowering, operand, 'weight'), message);
  }
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
