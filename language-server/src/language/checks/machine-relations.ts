/** How machines refer to each other: what they extend, what their states stand for. Sees the whole model, imports included. */
import type { ElementId, Machine, Model, Region, State } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';

/** Checks the machines of one file against all that are visible. */
export function checkMachineRelations(own: readonly Machine[], whole: Model, report: Report): void {
  const machines = new Map(whole.machines.map((machine) => [machine.id, machine]));
  for (const machine of own) {
    checkExtension(machine, machines, report);
    for (const state of statesOf(machine)) checkSubmachine(machine, state, machines, report);
  }
}

type Machines = ReadonlyMap<ElementId, Machine>;

function checkExtension(machine: Machine, machines: Machines, report: Report): void {
  const seen = new Set<ElementId>([machine.id]);
  for (let base = machine.extends; base !== undefined; base = machines.get(base)?.extends) {
    if (base === machine.id) {
      report(
        'machine-cycle',
        machine.label,
        `\`${machine.name}\` extends itself, directly or through others. Break the circle.`,
      );
      return;
    }
    if (seen.has(base)) return;
    seen.add(base);
  }
}

function checkSubmachine(machine: Machine, state: State, machines: Machines, report: Report): void {
  const { submachine } = state;
  const used = submachine === undefined ? undefined : machines.get(submachine.machine);
  if (submachine === undefined || used === undefined) return;
  if (reaches(used, machine.id, machines, new Set())) {
    report(
      'machine-cycle',
      state.label,
      `\`${used.name}\` holds \`${machine.name}\` again: the states would never end. Break the circle.`,
    );
  }
  const connected = new Set(submachine.exits.map(({ point }) => point));
  for (const point of used.connectionPoints) {
    if (point.kind !== 'exit-point' || connected.has(point.id)) continue;
    report(
      'exit-not-connected',
      state.label,
      `\`${used.name}\` can be left at \`${point.name}\`, and nothing says where that leads. Add \`exit ${point.name} -> …\`.`,
    );
  }
  if (state.regions.length > 0) {
    report(
      'wrong-kind',
      state.label,
      `\`${state.name}\` stands for \`${used.name}\`, so it has no states of its own. Move them there.`,
    );
  }
}

function reaches(from: Machine, wanted: ElementId, machines: Machines, seen: Set<ElementId>): boolean {
  if (from.id === wanted) return true;
  if (seen.has(from.id)) return false;
  seen.add(from.id);
  for (const { submachine } of statesOf(from)) {
    const used = submachine === undefined ? undefined : machines.get(submachine.machine);
    if (used !== undefined && reaches(used, wanted, machines, seen)) return true;
  }
  return false;
}

/** Every state, at whatever depth. */
function* statesOf(owner: { readonly regions: readonly Region[] }): Generator<State> {
  for (const region of owner.regions) {
    for (const vertex of region.vertices) {
      if (vertex.kind !== 'state') continue;
      yield vertex;
      yield* statesOf(vertex);
    }
  }
}
