/** Everything that the loads of a scenario set in motion, directly or through others: activities refer to behaviours, states of machines too. */
import { type CompiledMachine, compileMachine } from '../../behavior/index.ts';
import type { Activity, ElementId, Interaction, Model, Scenario } from '../../model/index.ts';
import { reachedFrom } from '../not-executable/reached.ts';
import { batchActivity } from './batches.ts';
import { calledOperations } from './called-operations.ts';
import { delegatedWork, methodWork } from './delegated-work.ts';
import { type StateActivity, stateActivities } from './do-activities.ts';
import { actionsOf, reachedActivities } from './reached-activities.ts';

interface SetInMotion {
  /** Those that loads start, then the work of actions. */
  readonly interactions: readonly Interaction[];
  /** Those of the model, then those of states. */
  readonly activities: readonly Activity[];
  readonly ofStates: readonly StateActivity[];
  readonly machines: ReadonlyMap<ElementId, CompiledMachine>;
}

export function setInMotion(
  model: Model,
  scenario: Scenario,
  loads: readonly ElementId[],
  loaded: readonly Interaction[],
): SetInMotion {
  const machines = new Map<ElementId, CompiledMachine>();
  let found: SetInMotion = { interactions: loaded, activities: [], ofStates: [], machines };
  for (;;) {
    const before = found.interactions.length + found.activities.length + machines.size;
    const { interactions } = reachedFrom(model, scenario, found.interactions);
    const instances = interactions.flatMap(({ lifelines }) =>
      lifelines.flatMap(({ represents }) => (represents.kind === 'machine' ? [represents.machine] : [])),
    );
    const invoked = found.activities
      .flatMap(actionsOf)
      .flatMap(({ work }) => (work.kind === 'invoke' ? [work.behaviour] : []));
    const withMethod = calledOperations(model, interactions).filter(({ method }) => method !== undefined);
    const methods = withMethod.flatMap(({ method }) => method ?? []);
    for (const id of [...instances, ...invoked, ...methods]) {
      const compiled = machines.has(id) ? null : compileMachine(model, id);
      if (compiled !== null) machines.set(id, compiled);
    }
    const ofStates = [...machines.values()].flatMap(stateActivities);
    const byStates = ofStates
      .flatMap(({ activity }) => actionsOf(activity))
      .flatMap(({ work }) => (work.kind === 'invoke' ? [work.behaviour] : []));
    const reached = reachedActivities(model, [...loads, ...byStates, ...methods]);
    const activities = [
      ...reached,
      ...ofStates.map(({ activity }) => activity),
      ...reached.flatMap((activity) => actionsOf(activity).flatMap((action) => batchActivity(activity, action) ?? [])),
    ];
    const work = [
      ...activities.flatMap(actionsOf).map((action) => delegatedWork(action, model)),
      ...withMethod.map((operation) => methodWork(operation, model)),
    ];
    found = {
      interactions: [...loaded, ...work.filter((interaction) => interaction !== null)],
      activities,
      ofStates,
      machines,
    };
    if (found.interactions.length + activities.length + machines.size === before) return found;
  }
}
