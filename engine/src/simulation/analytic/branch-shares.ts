/** How often each branch of a choice is taken: those whose guard holds are kept, weights apply among them, the rest takes what is left. */
import type { Expression } from '../../model/index.ts';
import { type Bounds, complement, none, once } from './bounds.ts';
import { chanceOf, type Knowledge } from './knowledge.ts';

export interface Branch {
  readonly guard?: Expression;
  readonly weight?: number;
  readonly isElse: boolean;
}

/** One for each branch, and last that none is taken. */
export function branchShares(branches: readonly Branch[], knowledge: Knowledge): Bounds[] {
  const guards = branches.map(({ guard }) => (guard === undefined ? once : chanceOf(guard, knowledge)));
  const weighted = (index: number): number => branches[index]?.weight ?? 0;
  const all = branches.map((_, index) => index);
  const open = all.filter((index) => branches[index]?.isElse !== true);
  const hasRest = open.some((index) => branches[index]?.weight === undefined) || open.length < all.length;
  const sure = open.filter((index) => guards[index]?.low === 1).reduce((sum, index) => sum + weighted(index), 0);
  const possible = open.filter((index) => guards[index]?.high !== 0).reduce((sum, index) => sum + weighted(index), 0);
  // Where nothing takes the rest and the weights make up the whole, they are shares of those that are kept.
  const isWhole = !hasRest && possible > 1 - 1e-9;
  const unweighted = open.filter((index) => branches[index]?.weight === undefined);
  const shares = branches.map((branch, index): Bounds => {
    const guard = guards[index] ?? once;
    if (branch.isElse) {
      const [only] = unweighted;
      const others = unweighted.map((other) => guards[other] ?? once);
      const isTaken = others.some(({ low }) => low === 1);
      const closed = only !== undefined && others.length === 1 ? complement(guards[only] ?? once) : undefined;
      const low =
        others.length === 0 ? 1 : (closed?.low ?? Math.max(0, 1 - others.reduce((sum, { high }) => sum + high, 0)));
      const high = isTaken ? 0 : Math.min(1, ...others.map((other) => 1 - other.low));
      return { low: low * Math.max(0, 1 - possible), high: high * Math.max(0, 1 - sure) };
    }
    if (branch.weight !== undefined) {
      const least = isWhole && possible > 0 ? branch.weight / Math.max(possible, 1) : branch.weight;
      const most = isWhole && sure < possible ? 1 : least;
      return { low: guard.low * least, high: guard.high * Math.min(1, most) };
    }
    const rivals = unweighted.filter((other) => other !== index);
    const low =
      rivals.length === 0
        ? guard.low
        : Math.max(0, guard.low - rivals.reduce((sum, other) => sum + (guards[other]?.high ?? 1), 0));
    return { low: low * Math.max(0, 1 - possible), high: guard.high * Math.max(0, 1 - sure) };
  });
  const isCovered = open.length < all.length || unweighted.some((index) => guards[index]?.low === 1);
  if (isCovered) return [...shares, none];
  const low = shares.reduce((sum, share) => sum + share.low, 0);
  const high = shares.reduce((sum, share) => sum + share.high, 0);
  return [...shares, { low: Math.max(0, 1 - high), high: Math.max(0, Math.min(1, 1 - low)) }];
}
