/**
 * Which way out of a choice: drawn by weight when running, every possible one when recognising. The branches whose
 * guard holds are kept; weights are shares among them, and the rest goes to the one without a weight, or to `else`.
 */
import type { RandomStream } from '../../numeric/index.ts';
import type { Branch } from './compiled-machine.ts';

/** The route of the branch that is taken, or -1 where there is none. */
export function drawBranch(
  branches: readonly Branch[],
  holds: (route: number) => boolean,
  stream: RandomStream | undefined,
): number {
  let rest = -1;
  let otherwise = -1;
  let weighted: Branch[] | null = null;
  let total = 0;
  for (const branch of branches) {
    if (branch.isElse) otherwise = branch.route;
    else if (!holds(branch.route)) continue;
    else if (branch.weight === undefined) rest = rest < 0 ? branch.route : rest;
    else {
      weighted ??= [];
      weighted.push(branch);
      total += branch.weight;
    }
  }
  if (rest < 0) rest = otherwise;
  if (weighted === null || total === 0 || stream === undefined) return rest;
  let draw = stream.uniform();
  // Without a rest, or above 100 %, the weights share all there is.
  if (rest < 0 || total > 1) draw *= total;
  for (const branch of weighted) {
    draw -= branch.weight ?? 0;
    if (draw < 0) return branch.route;
  }
  return rest >= 0 ? rest : (weighted.at(-1)?.route ?? -1);
}

/** Every branch that may be taken, where a guard may be unknown: not those known to be false. */
export function possibleBranches(
  branches: readonly Branch[],
  truth: (route: number) => boolean | undefined,
): readonly number[] {
  const possible: number[] = [];
  let otherwise = -1;
  let isSure = false;
  for (const { route, weight, isElse } of branches) {
    if (isElse) {
      otherwise = route;
      continue;
    }
    const holds = truth(route);
    if (holds === false || weight === 0) continue;
    possible.push(route);
    if (holds === true && (weight === undefined || weight >= 1)) isSure = true;
  }
  if (otherwise >= 0 && !isSure) possible.push(otherwise);
  return possible;
}
