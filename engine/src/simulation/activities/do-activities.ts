/**
 * What runs beside a state and holds resources, or invokes another behaviour: a small activity of one action, whose parameters are
 * the variables of the machine. So it stands in the same lines as everybody else.
 */
import type { CompiledMachine } from '../../behavior/index.ts';
import type { ActionNode, Activity } from '../../model/index.ts';
import { isDelegated } from '../population.ts';
import { oneStepActivity } from './one-step-activity.ts';

export interface StateActivity {
  readonly activity: Activity;
  /** Of which machine's timer it takes the place. */
  readonly machine: string;
  readonly timer: number;
}

export function stateActivities(compiled: CompiledMachine): readonly StateActivity[] {
  return compiled.timers.flatMap((timer, index): StateActivity[] => {
    const state = compiled.vertices[timer.vertex]!;
    if (state.kind !== 'state' || state.activity === undefined || !isDelegated(timer, compiled)) return [];
    const { takes, uses, invokes } = state.activity;
    const work: ActionNode['work'] =
      invokes !== undefined
        ? { kind: 'invoke', ...invokes }
        : takes !== undefined
          ? { kind: 'takes', time: takes }
          : { kind: 'nothing' };
    const activity = oneStepActivity(`${state.id}/do`, state, compiled.variables, { uses, work });
    return [{ activity, machine: compiled.id, timer: index }];
  });
}
