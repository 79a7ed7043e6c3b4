/** In which order those who wait for resources are served. */
import { compileExpression, type Frame, type Scope } from '../../expressions/index.ts';
import type { Expression, Model, ResourceUse } from '../../model/index.ts';

/**
 * The greatest of the priorities written in one claim; null where there is none, which counts as 0. Of an enumeration the first
 * literal goes first and the last counts as 0.
 */
export function resourceRank(
  uses: readonly ResourceUse[],
  model: Model,
  scope: Scope,
): ((frame: Frame) => number) | null {
  const ranks = uses.flatMap(({ priority }) => (priority === undefined ? [] : [rankOf(priority, model, scope)]));
  const [first, ...others] = ranks;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  return (frame) => others.reduce((greatest, rank) => Math.max(greatest, rank(frame)), first(frame));
}

function rankOf(priority: Expression, model: Model, scope: Scope): (frame: Frame) => number {
  const value = compileExpression(priority, scope);
  const { type } = priority;
  const literals =
    type.kind === 'enumeration' ? (model.enumerations.find(({ id }) => id === type.id)?.literals ?? []) : [];
  const ranks = new Map(literals.map(({ name }, index) => [name, literals.length - 1 - index]));
  return (frame) => {
    const found = value(frame);
    if (typeof found === 'number') return Number.isNaN(found) ? 0 : found;
    return typeof found === 'string' ? (ranks.get(found) ?? 0) : 0;
  };
}
