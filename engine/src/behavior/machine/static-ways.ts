/**
 * The ways a transition can go on through vertices at which nothing waits: junctions and exit points choose, forks and
 * entry points part. All of it is decided before anything is left (UML 2.5.1, 14.2.3.8.4), so a way without an enabled
 * branch disables the transition. Knows the structure only, not what happens on the way.
 */
import type { Expression } from '../../model/index.ts';
import { type MachineTree, regionWithin, targetOf } from './machine-tree.ts';

/** All of `holds` and none of `none`: what a junction's `else` adds. */
export interface RouteGuard {
  readonly holds: readonly Expression[];
  readonly none: readonly Expression[];
}

export interface Way {
  readonly guard: RouteGuard;
  /** The transitions that leave each vertex passed. */
  readonly out: ReadonlyMap<number, readonly number[]>;
}

/** Junctions behind one another multiply: what comes after so many steps is decided only when it is reached. */
const STEPS = 2000;
const WAYS = 1000;

export function staticWays(tree: MachineTree, first: number): readonly Way[] {
  return waysFrom(tree, first, [], { steps: STEPS });
}

function waysFrom(
  tree: MachineTree,
  first: number,
  passed: readonly number[],
  left: { steps: number },
): readonly Way[] {
  const t = tree.transitions[first]!;
  const own: Way = { guard: { holds: t.guard === undefined ? [] : [t.guard], none: [] }, out: new Map() };
  const target = targetOf(tree, first);
  if (target < 0 || passed.includes(target) || --left.steps < 0) return [own];
  const onward = (transition: number): readonly Way[] => waysFrom(tree, transition, [...passed, target], left);
  const choices = choicesAt(tree, target);
  if (choices === null) return [own];
  let ways: readonly Way[] = [own];
  for (const choice of choices) ways = product(ways, oneOf(tree, target, choice, onward));
  return ways;
}

/**
 * For each of the ways that part at a vertex, the transitions of which one is taken; null where a transition comes to
 * its end or where it is decided later.
 */
function choicesAt(tree: MachineTree, vertex: number): readonly (readonly number[])[] | null {
  const outgoing = tree.outgoing[vertex]!;
  switch (tree.vertices[vertex]!.kind) {
    case 'junction':
      return [outgoing];
    case 'join':
      return tree.joins.has(vertex) ? null : [outgoing];
    case 'exit-point':
      return tree.joins.has(vertex) || tree.border[vertex]! < 0 ? null : [outgoing];
    case 'fork':
      // One that parts into nothing leads nowhere.
      return outgoing.length === 0 ? [[]] : outgoing.map((transition) => [transition]);
    case 'entry-point':
      return tree.border[vertex]! < 0 ? [outgoing] : byRegion(tree, vertex);
    default:
      return null;
  }
}

/** An entry point enters each region in at most one way. */
function byRegion(tree: MachineTree, point: number): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (const transition of tree.outgoing[point]!) {
    const region = regionWithin(tree, tree.border[point]!, targetOf(tree, transition));
    const group = groups.get(region);
    if (group === undefined) groups.set(region, [transition]);
    else group.push(transition);
  }
  return [...groups.values()];
}

function oneOf(
  tree: MachineTree,
  vertex: number,
  choice: readonly number[],
  onward: (transition: number) => readonly Way[],
): readonly Way[] {
  const others = choice.filter((transition) => !tree.transitions[transition]!.isElse);
  return choice.flatMap((transition) => {
    const isElse = tree.transitions[transition]!.isElse;
    const none = isElse ? others.flatMap((other) => tree.transitions[other]!.guard ?? []) : [];
    return onward(transition).map(({ guard, out }) => ({
      guard: { holds: guard.holds, none: [...none, ...guard.none] },
      out: new Map([...out, [vertex, [transition, ...(out.get(vertex) ?? [])]]]),
    }));
  });
}

function product(ways: readonly Way[], next: readonly Way[]): readonly Way[] {
  return ways
    .flatMap((way) =>
      next.map((other) => ({
        guard: {
          holds: [...way.guard.holds, ...other.guard.holds],
          none: [...way.guard.none, ...other.guard.none],
        },
        out: merged(way.out, other.out),
      })),
    )
    .slice(0, WAYS);
}

function merged(a: Way['out'], b: Way['out']): Way['out'] {
  const all = new Map(a);
  for (const [vertex, transitions] of b) all.set(vertex, [...(all.get(vertex) ?? []), ...transitions]);
  return all;
}
