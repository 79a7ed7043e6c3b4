/** Two branches without weights that can both be taken: UML leaves it open which one is. Reports only what is certain. */
import type { Expression, Place } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { canBothHold } from './guards.ts';

interface Branch {
  readonly guard?: Expression;
  readonly weight?: number;
  readonly isElse: boolean;
  readonly label: Place;
}

export function checkOverlaps(branches: readonly Branch[], report: Report): void {
  const rivals = branches.filter(({ weight, isElse }) => weight === undefined && !isElse);
  for (const [index, branch] of rivals.entries()) {
    const earlier = rivals.slice(0, index).find((other) => overlap(other, branch));
    if (earlier === undefined) continue;
    const line = (earlier.guard?.place ?? earlier.label).start.line + 1;
    const why =
      earlier.guard === undefined || branch.guard === undefined
        ? 'has no condition, so it may be taken whenever this one may'
        : 'can hold at the same time';
    const message = `The branch in line ${line} ${why}: which of the two is taken is left open. Make one of them \`else\`, or narrow its condition.`;
    report('overlapping-guards', branch.guard?.place ?? branch.label, message);
  }
}

function overlap(a: Branch, b: Branch): boolean {
  if (a.guard === undefined || b.guard === undefined) return true;
  return canBothHold(a.guard, b.guard);
}
