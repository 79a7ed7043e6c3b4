/**
 * Whether events that nobody reported could have brought a machine from where it is known to be to where it takes a signal.
 * Generous: guards are not looked at, because it only ever speaks for the observed system.
 */
import type { ElementId, Machine, Region, Transition } from '../model/index.ts';

export class HiddenWays {
  readonly #leaving = new Map<ElementId, Transition[]>();
  readonly #parents = new Map<ElementId, ElementId>();
  readonly #beginnings = new Map<ElementId, ElementId[]>();

  constructor(machine: Machine) {
    for (const region of machine.regions) this.#collect(region, undefined);
  }

  /** From one of `states` by at least one of the `hidden` signals, and whatever needs no signal, to a state that takes `signal`. */
  lead(states: readonly ElementId[], hidden: ReadonlySet<ElementId>, signal: ElementId): boolean {
    const isHidden = ({ trigger }: Transition) =>
      trigger.kind === 'signal' && trigger.signals.some((id) => hidden.has(id));
    const reached = new Set<ElementId>();
    for (const state of states) {
      for (const transition of this.#outOf(state)) {
        if (transition.target !== undefined && isHidden(transition)) reached.add(transition.target);
      }
    }
    // A set's iteration also meets what is added meanwhile.
    for (const vertex of reached) {
      for (const inner of this.#beginnings.get(vertex) ?? []) reached.add(inner);
      for (const transition of this.#outOf(vertex)) {
        const { trigger, target } = transition;
        if (trigger.kind === 'any' || (trigger.kind === 'signal' && trigger.signals.includes(signal))) return true;
        if (target !== undefined && (trigger.kind !== 'signal' || isHidden(transition))) reached.add(target);
      }
    }
    return false;
  }

  /** Transitions of the vertex and of what encloses it. */
  *#outOf(vertex: ElementId): Generator<Transition> {
    for (let at: ElementId | undefined = vertex; at !== undefined; at = this.#parents.get(at)) {
      yield* this.#leaving.get(at) ?? [];
    }
  }

  #collect(region: Region, parent: ElementId | undefined): void {
    for (const transition of region.transitions) {
      this.#leaving.set(transition.source, [...(this.#leaving.get(transition.source) ?? []), transition]);
    }
    for (const vertex of region.vertices) {
      if (parent !== undefined) {
        this.#parents.set(vertex.id, parent);
        if (vertex.kind === 'initial')
          this.#beginnings.set(parent, [...(this.#beginnings.get(parent) ?? []), vertex.id]);
      }
      if (vertex.kind === 'state') for (const inner of vertex.regions) this.#collect(inner, vertex.id);
    }
  }
}
