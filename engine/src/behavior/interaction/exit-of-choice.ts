/** Where an `alt`, an `opt` or a decision goes on. Knows nothing of tokens: a frame and one random number decide. */
import type { Frame } from '../../expressions/index.ts';
import type { Choice } from './program.ts';

/** Which operands of the choice being made are kept: one array for all, so that choosing allocates nothing. */
const kept: boolean[] = [];

/**
 * The operands whose guard holds are kept, and weights apply among them (see `AlternativeStep`). Returns a position of the
 * program; `uniform` lies between 0 and 1.
 */
export function exitOfChoice(
  { operands, isWeighted, isComplete, otherwise }: Choice,
  frame: Frame,
  uniform: number,
): number {
  let rest = -1;
  let total = 0;
  for (let i = 0; i < operands.length; i++) {
    const { guard, weight, isElse, target } = operands[i]!;
    kept[i] = !isElse && (guard === null || guard(frame));
    if (!kept[i]) continue;
    if (weight >= 0) {
      total += weight;
    } else if (!isWeighted) return target;
    else if (rest < 0) rest = target;
  }
  for (let i = 0; rest < 0 && i < operands.length; i++) if (operands[i]!.isElse) rest = operands[i]!.target;
  let draw = total > 1 || (rest < 0 && isComplete) ? uniform * total : uniform;
  for (let i = 0; i < operands.length; i++) {
    const { weight, target } = operands[i]!;
    if (weight < 0 || !kept[i]) continue;
    if (draw < weight) return target;
    draw -= weight;
  }
  return rest >= 0 ? rest : otherwise;
}
