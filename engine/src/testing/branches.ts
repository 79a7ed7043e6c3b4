/**
 * Every operand of an `alt` or `opt` that can be taken: the rules of `AlternativeStep`, with chance left open. Null is none of them.
 * Knows nothing of what operands hold.
 */
import type { CompiledOperand } from '../behavior/index.ts';

export function branchesOf(
  operands: readonly CompiledOperand[],
  holds: (operand: CompiledOperand) => boolean,
): readonly (CompiledOperand | null)[] {
  const kept = operands.filter((operand) => !operand.isElse && holds(operand));
  const weighted = kept.filter(({ weight }) => weight !== undefined && weight > 0);
  const unweighted = kept.filter(({ weight }) => weight === undefined);
  const otherwise = operands.filter(({ isElse }) => isElse).slice(0, 1);
  const rest = unweighted.length > 0 ? unweighted : otherwise;
  if (weighted.length === 0) return rest.length > 0 ? rest : [null];
  const total = weighted.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  const written = operands.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  if (total > 1 - 1e-9) return weighted;
  if (rest.length > 0) return [...weighted, ...rest];
  return written > 1 - 1e-9 ? weighted : [...weighted, null];
}
