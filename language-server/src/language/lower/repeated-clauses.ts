/** Clauses that say one thing stand at most once. */
import type { AstNode } from 'langium';
import { type Lowering, placeOf } from './lowering.ts';

/** Reports every clause whose `what` an earlier one has said already. `what` is the clause as it is written: `takes`. */
export function reportRepeatedClauses<T extends AstNode>(
  lowering: Lowering,
  clauses: readonly T[],
  what: (clause: T) => string | undefined,
): void {
  const seen = new Set<string>();
  for (const clause of clauses) {
    const name = what(clause);
    if (name === undefined) continue;
    if (seen.has(name)) {
      const message = `\`${name}\` stands here a second time; only the first counts. Remove one of them.`;
      lowering.report('repeated-clause', placeOf(lowering, clause), message);
    }
    seen.add(name);
  }
}
