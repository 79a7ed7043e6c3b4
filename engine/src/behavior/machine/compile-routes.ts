/**
 * The ways a machine can go, worked out once: for each innermost active vertex and each thing that can happen, the
 * transitions to try (innermost source first, then the order of the text, `any` behind what names the event) and the
 * program that takes each. Knows the structure only; guards are named here and compiled elsewhere.
 */
import type { Branch } from './compiled-machine.ts';
import type { Histories } from './histories.ts';
import type { MachineTree } from './machine-tree.ts';
import { type Arrival, type Concurrent, RouteWriter } from './route-writer.ts';
import { type RouteGuard, staticWays, type Way } from './static-ways.ts';

export interface Routes {
  readonly guards: readonly RouteGuard[];
  readonly transition: readonly number[];
  /** By route: the source of its first transition. */
  readonly source: readonly number[];
  readonly scope: readonly number[];
  readonly start: readonly number[];
  readonly program: readonly number[];
  readonly startProgram: number;
  readonly cells: Int32Array;
  readonly lists: readonly number[];
  readonly branches: readonly (readonly Branch[])[];
  readonly arrivals: readonly Arrival[];
  readonly concurrent: ReadonlyMap<number, Concurrent>;
  readonly once: ReadonlyMap<number, number>;
  /** By region and by vertex: the programs of default entry that a history may need, or -1. */
  readonly regionEntry: Int32Array;
  readonly stateEntry: Int32Array;
}

/** Which column a transition listens to, seen from the state that is its source. */
type Listens = (transition: number, column: number) => boolean;

export function compileRoutes(
  tree: MachineTree,
  flags: Uint8Array,
  histories: Histories,
  columns: number,
  completion: number,
  listens: Listens,
): Routes {
  const guards: RouteGuard[] = [];
  const transition: number[] = [];
  const source: number[] = [];
  const scope: number[] = [];
  const start: number[] = [];
  const lists: number[] = [-1];
  const cells = new Int32Array(tree.vertices.length * columns);
  const writer = new RouteWriter(tree, flags);
  const startProgram = writer.start();

  const ways = tree.transitions.map((_, first) => staticWays(tree, first));
  function add(first: number, way: Way, written: { readonly start: number; readonly scope: number }): number {
    guards.push(way.guard);
    scope.push(written.scope);
    start.push(written.start);
    source.push(tree.vertexIndex.get(tree.transitions[first]!.source) ?? -1);
    return transition.push(first) - 1;
  }

  const memo = new Map<string, readonly number[]>();
  /** The routes that begin with a transition, taken while `leaf` is innermost. */
  function routesOf(leaf: number, first: number): readonly number[] {
    const key = `${leaf},${first}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const routes = ways[first]!.map((way) => add(first, way, writer.route(leaf, first, way.out)));
    memo.set(key, routes);
    return routes;
  }

  const isAny = (t: number): boolean => tree.transitions[t]!.trigger.kind === 'any';
  const outgoing = tree.outgoing.map((list) => [...list.filter((t) => !isAny(t)), ...list.filter(isAny)]);
  tree.vertices.forEach((vertex, leaf) => {
    if (vertex.kind !== 'state' && vertex.kind !== 'final') return;
    for (let column = 0; column < columns; column++) {
      const list: number[] = [];
      const take = (from: number): void => {
        for (const t of outgoing[from]!) if (listens(t, column)) list.push(...routesOf(leaf, t));
      };
      if (column === completion) {
        const done = vertex.kind === 'final' ? tree.parentInStrand[leaf]! : leaf;
        if (done >= 0) take(done);
      } else for (let from = leaf; from >= 0; from = tree.parentInStrand[from]!) take(from);
      if (list.length === 0) continue;
      cells[leaf * columns + column] = lists.length;
      lists.push(...list, -1);
    }
  });

  const branches = tree.vertices.map((vertex, v): readonly Branch[] => {
    if (vertex.kind === 'state' || vertex.kind === 'final' || vertex.kind === 'initial') return [];
    return tree.outgoing[v]!.flatMap((t) => {
      const { weight, isElse } = tree.transitions[t]!;
      const routes = tree.joins.has(v)
        ? ways[t]!.map((way) => add(t, way, { start: writer.passJoin(v, t, way.out), scope: -1 }))
        : routesOf(v, t);
      return routes.map((route) => ({ route, weight, isElse }));
    });
  });
  return {
    guards,
    transition,
    source,
    scope,
    start,
    startProgram,
    cells,
    lists,
    branches,
    regionEntry: Int32Array.from(tree.regions, (_, r) =>
      histories.slotOfRegion[r]! < 0 ? -1 : writer.defaultEntry(r),
    ),
    stateEntry: Int32Array.from(tree.vertices, (vertex, v) =>
      vertex.kind === 'state' && histories.slotOfVertex[v]! >= 0 ? writer.stateEntry(v) : -1,
    ),
    program: writer.program,
    arrivals: writer.arrivals,
    concurrent: writer.concurrent,
    once: writer.once,
  };
}
