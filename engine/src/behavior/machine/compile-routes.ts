/**
 * The ways a machine can go, worked out once: for each innermost active vertex and each thing that can happen, the
 * transitions to try (innermost source first, then the order of the text) and the program of exits, effects and
 * entries that takes each. Knows the structure only; guards are named here and compiled elsewhere.
 *
 * A compound transition runs segment by segment (UML 2.5.1, 14.2.3.8.4): a junction's branches are joined with the
 * segment before them, so their guards are evaluated before anything is left; a choice ends the program with a branch.
 */
import type { Expression, Transition } from '../../model/index.ts';
import { type Branch, flag, op } from './compiled-machine.ts';
import { contains, type MachineTree } from './machine-tree.ts';

/** All of `holds` and none of `none`: what a junction's `else` adds. */
export interface RouteGuard {
  readonly holds: readonly Expression[];
  readonly none: readonly Expression[];
}

export interface Routes {
  readonly guards: readonly RouteGuard[];
  readonly transition: readonly number[];
  readonly scope: readonly number[];
  readonly start: readonly number[];
  readonly program: readonly number[];
  readonly startProgram: number;
  readonly cells: Int32Array;
  readonly lists: readonly number[];
  readonly branches: readonly (readonly Branch[])[];
}

/** Which column a transition listens to, seen from the state that is its source. */
export type Listens = (transition: number, column: number) => boolean;

export function compileRoutes(
  tree: MachineTree,
  flags: Uint8Array,
  columns: number,
  completion: number,
  listens: Listens,
): Routes {
  const guards: RouteGuard[] = [];
  const transition: number[] = [];
  const scope: number[] = [];
  const start: number[] = [];
  const program: number[] = [];
  const lists: number[] = [-1];
  const cells = new Int32Array(tree.vertices.length * columns);

  const startProgram = program.length;
  for (const region of tree.rootRegions) enterByDefault(tree, program, region);
  program.push(op.end, 0);

  const memo = new Map<string, readonly number[]>();
  const compounds = tree.transitions.map((_, first) => throughJunctions(tree, first));
  /** The routes that begin with a transition, taken while `leaf` is innermost. */
  function routesOf(leaf: number, first: number): readonly number[] {
    const key = `${leaf},${first}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const routes = compounds[first]!.map(({ path, guard }) => {
      const begin = program.length;
      segment(tree, flags, program, leaf, path, 0);
      program.push(op.end, 0);
      guards.push(guard);
      scope.push(scopeStrand(tree, first));
      start.push(begin);
      return transition.push(first) - 1;
    });
    memo.set(key, routes);
    return routes;
  }

  tree.vertices.forEach((vertex, leaf) => {
    if (vertex.kind !== 'state' && vertex.kind !== 'final') return;
    for (let column = 0; column < columns; column++) {
      const list: number[] = [];
      if (column === completion) {
        const done = vertex.kind === 'final' ? tree.parentInStrand[leaf]! : leaf;
        if (done >= 0) for (const t of tree.outgoing[done]!) if (listens(t, column)) list.push(...routesOf(leaf, t));
      } else {
        for (let source = leaf; source >= 0; source = tree.parentInStrand[source]!) {
          for (const t of tree.outgoing[source]!) if (listens(t, column)) list.push(...routesOf(leaf, t));
        }
      }
      if (list.length === 0) continue;
      cells[leaf * columns + column] = lists.length;
      lists.push(...list, -1);
    }
  });

  const branches = tree.vertices.map((vertex, v): readonly Branch[] => {
    if (vertex.kind !== 'choice' && vertex.kind !== 'junction') return [];
    return tree.outgoing[v]!.flatMap((t) => {
      const { weight, isElse } = tree.transitions[t]!;
      return routesOf(v, t).map((route) => ({ route, weight, isElse }));
    });
  });
  return { guards, transition, scope, start, program, startProgram, cells, lists, branches };
}

interface Compound {
  readonly path: readonly number[];
  readonly guard: RouteGuard;
}

/** A transition with all continuations through the junctions it leads to. */
function throughJunctions(tree: MachineTree, first: number, before: readonly number[] = []): readonly Compound[] {
  const t = tree.transitions[first]!;
  const own: RouteGuard = { holds: t.guard === undefined ? [] : [t.guard], none: [] };
  const target = targetOf(tree, t);
  const path = [...before, first];
  if (target < 0 || tree.vertices[target]!.kind !== 'junction' || before.includes(first)) return [{ path, guard: own }];
  const next = tree.outgoing[target]!;
  const others = next.map((n) => tree.transitions[n]!).filter((n) => !n.isElse);
  return next.flatMap((n) => {
    const isElse = tree.transitions[n]!.isElse;
    const none = isElse ? others.flatMap((other) => other.guard ?? []) : [];
    return throughJunctions(tree, n, path).map((rest) => ({
      path: rest.path,
      guard: { holds: [...own.holds, ...rest.guard.holds], none: [...none, ...rest.guard.none] },
    }));
  });
}

function targetOf(tree: MachineTree, t: Transition): number {
  if (t.sort === 'internal' || t.target === undefined) return -1;
  return tree.vertexIndex.get(t.target) ?? -1;
}

/** The region that a transition moves in: everything active in it is left before the target is entered. */
function scopeRegion(tree: MachineTree, source: number, target: number, sort: Transition['sort']): number {
  if (sort === 'local' && source !== target && contains(tree, source, target)) {
    return regionsAround(tree, target).find((region) => tree.regions[region]!.owner === source)!;
  }
  const around = new Set(regionsAround(tree, target));
  const common = regionsAround(tree, source).find((region) => around.has(region));
  return common ?? tree.rootRegions[0]!;
}

/** The regions that a vertex lies in, innermost first. */
function regionsAround(tree: MachineTree, vertex: number): readonly number[] {
  const regions: number[] = [];
  for (let v = vertex; v >= 0; v = tree.parent[v]!) regions.push(tree.regionOf[v]!);
  return regions;
}

function scopeStrand(tree: MachineTree, transition: number): number {
  const t = tree.transitions[transition]!;
  const target = targetOf(tree, t);
  if (target < 0) return -1;
  const source = tree.vertexIndex.get(t.source)!;
  return tree.regions[scopeRegion(tree, source, target, t.sort)]!.strand;
}

/** Exits, effect and entries of `path[at]`, taken while `leaf` is innermost, and of what follows it statically. */
function segment(
  tree: MachineTree,
  flags: Uint8Array,
  program: number[],
  leaf: number,
  path: readonly number[],
  at: number,
): void {
  const index = path[at]!;
  const t = tree.transitions[index]!;
  const target = targetOf(tree, t);
  if (target < 0) {
    program.push(op.effect, index);
    return;
  }
  const region = scopeRegion(tree, tree.vertexIndex.get(t.source)!, target, t.sort);
  leave(tree, flags, program, leaf, region);
  program.push(op.effect, index);
  enter(tree, program, wayTo(tree, region, target), 0);
  if (at + 1 < path.length) segment(tree, flags, program, target, path, at + 1);
  else if (tree.vertices[target]!.kind === 'junction') program.push(op.branch, target);
}

function leave(tree: MachineTree, flags: Uint8Array, program: number[], leaf: number, region: number): void {
  const { owner, strand } = tree.regions[region]!;
  if (leaf === owner && tree.strandOf[leaf] !== strand) {
    program.push(op.exitStrand, strand);
    return;
  }
  let vertex = leaf;
  while (vertex >= 0 && tree.strandOf[vertex] !== strand) vertex = tree.parent[vertex]!;
  for (; vertex >= 0 && vertex !== owner; vertex = tree.parentInStrand[vertex]!) {
    if (flags[vertex]! & flag.orthogonal) {
      for (const child of tree.regionsOf[vertex]!) program.push(op.exitStrand, tree.regions[child]!.strand);
    }
    if (flags[vertex]! & (flag.state | flag.final)) program.push(op.exit, vertex);
  }
}

/** The vertices from a region down to a vertex in it, outermost first. */
function wayTo(tree: MachineTree, region: number, target: number): readonly number[] {
  const way = [target];
  for (let v = target; tree.regionOf[v] !== region && tree.parent[v]! >= 0; ) {
    v = tree.parent[v]!;
    way.unshift(v);
  }
  return way;
}

function enter(tree: MachineTree, program: number[], way: readonly number[], at: number): void {
  const vertex = way[at]!;
  const kind = tree.vertices[vertex]!.kind;
  if (kind === 'choice') program.push(op.branch, vertex);
  if (kind === 'final') program.push(op.enter, vertex);
  if (kind !== 'state') return;
  program.push(op.enter, vertex);
  const next = way[at + 1];
  const before = program.length;
  for (const region of tree.regionsOf[vertex]!) {
    if (next !== undefined && tree.regionOf[next] === region) enter(tree, program, way, at + 1);
    else enterByDefault(tree, program, region);
  }
  if (next === undefined && tree.regionsOf[vertex]!.length > 0 && program.length === before) {
    program.push(op.complete, vertex);
  }
}

/** Through the initial pseudostate; a region without one, or whose initial leads out of it, stays without a vertex. */
function enterByDefault(tree: MachineTree, program: number[], region: number): void {
  const index = defaultTransition(tree, region);
  if (index < 0) return;
  const target = targetOf(tree, tree.transitions[index]!);
  program.push(op.effect, index);
  enter(tree, program, wayTo(tree, region, target), 0);
  if (tree.vertices[target]!.kind === 'junction') program.push(op.branch, target);
}

/** The transition that default entry of a region takes, or -1. */
export function defaultTransition(tree: MachineTree, region: number): number {
  const initial = tree.regions[region]!.initial;
  const index = initial < 0 ? undefined : tree.outgoing[initial]![0];
  if (index === undefined) return -1;
  const target = targetOf(tree, tree.transitions[index]!);
  return target >= 0 && regionsAround(tree, target).includes(region) ? index : -1;
}
