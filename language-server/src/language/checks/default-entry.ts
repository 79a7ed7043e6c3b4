/** Which regions are entered at their initial pseudostate: those that no way into their state leads into itself. UML 2.5.1, 14.2.3.4. */
import type { ElementId, Machine, Region, State } from '@pollux/engine/model';

/** What is entered at once: the target of a transition, all targets of a fork or of an entry point. */
interface Entry {
  readonly targets: readonly ElementId[];
  /** Absent where it comes from outside of everything that it enters. */
  readonly source?: ElementId;
  readonly isLocal: boolean;
}

export class DefaultEntries {
  private readonly entries: Entry[] = [];
  /** The regions around a vertex. */
  private readonly around = new Map<ElementId, readonly Region[]>();
  /** The states around a vertex, itself included. */
  private readonly states = new Map<ElementId, readonly ElementId[]>();

  /** Entry points: what they lead to is entered, not they themselves. */
  private readonly points = new Set<ElementId>();

  constructor(machine: Machine) {
    for (const region of machine.regions) this.place(region, [], []);
    for (const region of machine.regions) this.collect(region);
  }

  /** Is the region of the state entered by default on some way? */
  has(state: State, region: Region): boolean {
    return this.entries.some((entry) => this.entersByDefault(entry, state, region));
  }

  private entersByDefault({ targets, source, isLocal }: Entry, state: State, region: Region): boolean {
    if (targets.includes(state.id)) return true;
    const inside = targets.filter((target) => target !== state.id && this.states.get(target)?.includes(state.id));
    if (inside.length === 0 || inside.some((target) => this.around.get(target)?.includes(region))) return false;
    // Who is inside already, or leaves and enters nothing, does not enter the other regions again.
    const comesFromInside =
      source !== undefined && source !== state.id && this.states.get(source)?.includes(state.id) === true;
    return !comesFromInside && !(isLocal && source === state.id);
  }

  private place(region: Region, regions: readonly Region[], states: readonly ElementId[]): void {
    const inside = [region, ...regions];
    for (const vertex of region.vertices) {
      this.around.set(vertex.id, inside);
      const own = vertex.kind === 'state' ? [vertex.id, ...states] : states;
      this.states.set(vertex.id, own);
      if (vertex.kind !== 'state') continue;
      for (const point of vertex.connectionPoints) {
        if (point.kind === 'entry-point') this.points.add(point.id);
        this.around.set(point.id, inside);
        this.states.set(point.id, own);
      }
      for (const inner of vertex.regions) this.place(inner, inside, own);
    }
  }

  private collect(region: Region): void {
    const groups = new Map<ElementId, ElementId[]>();
    for (const vertex of region.vertices) {
      if (vertex.kind === 'fork') groups.set(vertex.id, []);
      if (vertex.kind !== 'state') continue;
      for (const point of vertex.connectionPoints) if (point.kind === 'entry-point') groups.set(point.id, []);
    }
    for (const { source, target, sort } of region.transitions) {
      if (target === undefined || (this.points.has(target) && !groups.has(source))) continue;
      const group = groups.get(source);
      if (group === undefined) this.entries.push({ targets: [target], source, isLocal: sort === 'local' });
      else group.push(target);
    }
    for (const vertex of region.vertices) {
      if (vertex.kind !== 'state') continue;
      for (const { id, kind } of vertex.connectionPoints) {
        // An entry point that leads nowhere enters the state as if it were meant itself.
        if (kind === 'entry-point' && groups.get(id)?.length === 0) groups.set(id, [vertex.id]);
      }
      for (const inner of vertex.regions) this.collect(inner);
    }
    for (const targets of groups.values()) this.entries.push({ targets, isLocal: false });
  }
}
