/** Which states and transitions of machines, and which nodes and edges of activities, the runs of a test went through, with the places where they stand. */
import type { CompiledActivity, CompiledMachine, Occurrence } from '../behavior/index.ts';
import type { ElementId, Model, Place } from '../model/index.ts';
import type { Covered, MachineCoverage } from './test-result.ts';

export class Coverage {
  readonly #machines = new Map<ElementId, CompiledMachine>();
  readonly #activities: CompiledActivity[] = [];
  readonly #counts = new Map<ElementId, Map<ElementId, number>>();

  /** A machine that takes part, whether or not anything happens in it. */
  add(machine: CompiledMachine): void {
    this.#machines.set(machine.id, machine);
  }

  /** An activity that takes part. */
  addActivity(activity: CompiledActivity): void {
    this.#activities.push(activity);
  }

  note(behaviour: ElementId, kind: Occurrence['kind'], element: ElementId): void {
    if (kind !== 'enter' && kind !== 'transition') return;
    const counts = this.#counts.get(behaviour) ?? new Map<ElementId, number>();
    this.#counts.set(behaviour, counts.set(element, (counts.get(element) ?? 0) + 1));
  }

  /** Final states count as states; what was inherited stands where it is declared. */
  of(model: Model): readonly MachineCoverage[] {
    const names = new Set(model.machines.map(({ id }) => id));
    const machines = [...this.#machines.values()]
      .filter(({ id }) => names.has(id))
      .map(({ id, vertices, transitions }) => {
        const counts = this.#counts.get(id);
        const covered = (element: (typeof vertices)[number] | (typeof transitions)[number]) => ({
          element: element.id,
          place: element.label,
          count: counts?.get(element.id) ?? 0,
        });
        return {
          machine: id,
          states: vertices.filter(({ kind }) => kind === 'state' || kind === 'final').map(covered),
          transitions: transitions.map(covered),
        };
      });
    const activities = this.#activities.map(({ id, nodes, ways }): MachineCoverage => {
      const counts = this.#counts.get(id);
      const covered = ({ id: element, label }: { readonly id: ElementId; readonly label: Place }): Covered => ({
        element,
        place: label,
        count: counts?.get(element) ?? 0,
      });
      return {
        machine: id,
        states: nodes.filter(({ kind }) => kind !== 'initial').map(covered),
        transitions: ways.map(covered),
      };
    });
    return [...machines, ...activities];
  }
}
