/** Forks and joins connect the regions of one orthogonal state. UML 2.5.1, 14.2.3.7. */
import type { ElementId, Machine, Region, Transition, Vertex } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';

/** The regions around a vertex, innermost first. */
type Regions = ReadonlyMap<ElementId, readonly Region[]>;

export function checkForksAndJoins(machine: Machine, report: Report): void {
  const regions = new Map<ElementId, readonly Region[]>();
  const transitions: Transition[] = [];
  const bars: Vertex[] = [];
  const collect = (region: Region, around: readonly Region[]) => {
    const inside = [region, ...around];
    transitions.push(...region.transitions);
    for (const vertex of region.vertices) {
      regions.set(vertex.id, inside);
      if (vertex.kind === 'fork' || vertex.kind === 'join') bars.push(vertex);
      if (vertex.kind !== 'state') continue;
      for (const point of vertex.connectionPoints) regions.set(point.id, inside);
      for (const inner of vertex.regions) collect(inner, inside);
    }
  };
  for (const region of machine.regions) collect(region, []);
  for (const bar of bars) {
    if (bar.kind === 'fork') checkFork(bar, transitions, regions, report);
    else checkJoin(bar, transitions, regions, report);
  }
}

function checkFork(fork: Vertex, transitions: readonly Transition[], regions: Regions, report: Report): void {
  const leaving = transitions.filter(({ source }) => source === fork.id);
  if (leaving.some(({ target }) => target === undefined)) return;
  if (leaving.length < 2) {
    report(
      'wrong-fork',
      fork.label,
      `\`${fork.name}\` leads to one target only. A fork enters several regions: write \`fork ${fork.name} -> A, B\`.`,
    );
  }
  reportSameRegion(leaving, ({ target }) => target ?? '', 'leads into', regions, report);
}

function checkJoin(join: Vertex, transitions: readonly Transition[], regions: Regions, report: Report): void {
  const arriving = transitions.filter(({ target }) => target === join.id);
  if (arriving.length < 2) {
    const message = `${arriving.length === 0 ? 'Nothing' : 'Only one transition'} leads to \`${join.name}\`. A join waits for several regions: let one transition of each end here.`;
    report('wrong-fork', join.label, message);
  }
  for (const transition of arriving) {
    if (transition.trigger.kind === 'none' || transition.guard === undefined) continue;
    report(
      'wrong-fork',
      transition.label,
      `A transition into \`${join.name}\` has no guard: the join fires when all have arrived. Put the guard into the states before.`,
    );
  }
  reportSameRegion(arriving, ({ source }) => source, 'comes from', regions, report);
}

/** Each end lies in a region of its own, and all of them in one state. */
function reportSameRegion(
  transitions: readonly Transition[],
  end: (transition: Transition) => ElementId,
  verb: string,
  regions: Regions,
  report: Report,
): void {
  for (const [index, transition] of transitions.entries()) {
    const own = regions.get(end(transition));
    if (own === undefined) continue;
    for (const other of transitions.slice(0, index)) {
      const theirs = regions.get(end(other));
      if (theirs === undefined || areOrthogonal(own, theirs)) continue;
      report(
        'wrong-fork',
        transition.label,
        `This ${verb} the same region as another. Fork and join connect different regions of one state.`,
      );
      break;
    }
  }
}

/** Below the innermost region that holds both, the ends must lie in two regions of one state. */
function areOrthogonal(first: readonly Region[], second: readonly Region[]): boolean {
  const shared = first.find((region) => second.includes(region));
  if (shared === undefined) return true;
  const mine = first[first.indexOf(shared) - 1];
  const yours = second[second.indexOf(shared) - 1];
  if (mine === undefined || yours === undefined) return false;
  return shared.vertices.some(
    (vertex) => vertex.kind === 'state' && vertex.regions.includes(mine) && vertex.regions.includes(yours),
  );
}
