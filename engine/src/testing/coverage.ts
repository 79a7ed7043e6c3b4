/** Which states and transitions of machines, and which nodes of activities, the runs of a test went through, with the places where they stand. */
import type { CompiledMachine, Occurrence } from '../behavior/index.ts';
import type { Activity, ElementId, Model } from '../model/index.ts';
import { nodesIn } from '../simulation/index.ts';
import type { MachineCoverage } from './test-result.ts';

export class Coverage {
  readonly #machines = new Map<ElementId, CompiledMachine>();
  readonly #activities: Activity[] = [];
  readonly #counts = new Map<ElementId, Map<ElementId, number>>();

  /** A machine that takes part, whether or not anything happens in it. */
  add(machine: CompiledMachine): void {
    this.#machines.set(machine.id, machine);
  }

  /** An activity that takes part. */
  addActivity(activity: Activity): void {
    this.#activities.push(activity);
  }

  note(machine: ElementId, { kind, element }: Occurrence): void {
    if (kind !== 'enter' && kind !== 'transition') return;
    const counts = this.#counts.get(machine) ?? new Map<ElementId, number>();
    this.#counts.set(machine, counts.set(element, (counts.get(element) ?? 0) + 1));
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
    const activities = this.#activities.map(({ id, nodes }): MachineCoverage => {
      const counts = this.#counts.get(id);
      const states = nodesIn(nodes).flatMap((node) =>
        node.kind === 'interruptible' || node.kind === 'initial'
          ? []
          : [{ element: node.id, place: node.label, count: counts?.get(node.id) ?? 0 }],
      );
      return { machine: id, states, transitions: [] };
    });
    return [...machines, ...activities];
  }
}
