/** Choices, junctions and decisions can always be left. UML 2.5.1, 14.2.3.7 and 15.3.3. */
import type { Element, Expression } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';

interface Branch {
  readonly guard?: Expression;
  readonly weight?: number;
}

/** Reports a choice or decision whose branches may all be closed. */
export function checkExit(vertex: Element, branches: readonly Branch[], report: Report): void {
  const open = branches.filter((branch) => branch.guard === undefined);
  const rest = open.some((branch) => branch.weight === undefined);
  const share = open.reduce((sum, branch) => sum + (branch.weight ?? 0), 0);
  if (rest || share > 1 - 1e-9 || areComplementary(branches)) return;
  const why = open.length > 0 ? 'The weights leave a rest that leads nowhere' : 'No branch may hold';
  report('no-exit', vertex.label, `${why}: \`${vertex.name}\` would be stuck. Add \`else -> …\`.`);
}

/** `[c]` beside `[not c]`: one of both always holds. */
function areComplementary(branches: readonly Branch[]): boolean {
  const guards = branches.filter((branch) => branch.weight === undefined).map((branch) => branch.guard);
  const texts = guards.map((guard) => JSON.stringify(guard, (key, value) => (key === 'place' ? undefined : value)));
  return guards.some((guard) => {
    if (guard?.kind !== 'unary' || guard.operator !== 'not') return false;
    const positive = JSON.stringify(guard.operand, (key, value) => (key === 'place' ? undefined : value));
    return texts.includes(positive);
  });
}
