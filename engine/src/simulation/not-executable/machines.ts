/** What the simulation does not do for a machine yet; whatever UML says of machines alone, `behavior/machine` does. */
import type { Machine, Region, State } from '../../model/index.ts';
import { inActions } from './actions.ts';
import { type NotExecutable, unreadRecordings } from './entry.ts';

export function inMachine(machine: Machine): readonly NotExecutable[] {
  return [...machine.regions.flatMap(inRegion), ...unreadRecordings(machine.variables, machine)];
}

function inRegion(region: Region): readonly NotExecutable[] {
  return [
    ...region.vertices.flatMap((vertex) => (vertex.kind === 'state' ? inState(vertex) : [])),
    ...region.transitions.flatMap((transition) => [
      ...inActions(transition.effect, transition, 'machine'),
      ...unreadRecordings([transition.trigger, transition.effect], transition),
    ]),
  ];
}

function inState(state: State): readonly NotExecutable[] {
  const { activity } = state;
  const found: NotExecutable[] = [
    ...inActions([...state.entry, ...state.exit, ...(activity?.actions ?? [])], state, 'machine'),
    ...(state.submachine?.exits ?? []).flatMap((exit) => inActions(exit.effect, exit, 'machine')),
    ...unreadRecordings([state.entry, state.exit, activity], state),
    ...state.regions.flatMap(inRegion),
  ];
  return found;
}
