/** A machine as it runs: with all it inherits, and with the machines that its states stand for in their places. */
import type { ElementId, Machine, Model } from '../../model/index.ts';
import { inlineSubmachines } from './inline-submachines.ts';
import { redefineMachine } from './redefine-machine.ts';
import { parametersOfBehaviours } from './state-behaviours.ts';

/** `null` where the model has no such machine. A machine that extends or contains itself does so only once. */
export function resolveMachine(model: Model, id: ElementId): Machine | null {
  const machine = resolve(machinesOf(model), id, []);
  return machine === null ? null : withBehaviourParameters(machine);
}

/** A model never changes, and is asked for each of its machines. */
const known = new WeakMap<Model, ReadonlyMap<ElementId, Machine>>();

function machinesOf(model: Model): ReadonlyMap<ElementId, Machine> {
  let machines = known.get(model);
  if (machines === undefined) {
    machines = new Map(model.machines.map((machine) => [machine.id, machine]));
    known.set(model, machines);
  }
  return machines;
}

/** What the behaviours of its states take of an event has a place in the instance, as its variables have. */
function withBehaviourParameters(machine: Machine): Machine {
  const parameters = parametersOfBehaviours(machine);
  if (parameters.length === 0) return machine;
  const places = parameters.map(({ initial: _initial, ...variable }) => variable);
  return { ...machine, variables: [...machine.variables, ...places] };
}

function resolve(
  machines: ReadonlyMap<ElementId, Machine>,
  id: ElementId,
  around: readonly ElementId[],
): Machine | null {
  const machine = inherited(machines, id, []);
  if (machine === null) return null;
  const path = [...around, id];
  return inlineSubmachines(machine, (state) => {
    const inner = state.submachine?.machine;
    return inner === undefined || path.includes(inner) ? null : resolve(machines, inner, path);
  });
}

function inherited(
  machines: ReadonlyMap<ElementId, Machine>,
  id: ElementId,
  below: readonly ElementId[],
): Machine | null {
  const machine = machines.get(id);
  if (machine === undefined) return null;
  const general = machine.extends;
  if (general === undefined || general === id || below.includes(general)) return machine;
  const base = inherited(machines, general, [...below, id]);
  return base === null ? machine : redefineMachine(base, machine);
}
