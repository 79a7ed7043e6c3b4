/**
 * What runs beside a state and holds resources, or invokes another behaviour: a small activity of one action, whose parameters are
 * the variables of the machine. So it stands in the same lines as everybody else.
 */
import type { CompiledMachine } from '../../behavior/index.ts';
import type { ActionNode, Activity, ActivityEdge } from '../../model/index.ts';
import { isDelegated } from '../population.ts';

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
    const { name, place, label } = state;
    const id = `${state.id}/do`;
    const element = (suffix: string) => ({ id: `${id}${suffix}`, name, place, label });
    const edge = (from: string, to: string): ActivityEdge => ({
      ...element(`${from}->${to}`),
      kind: 'edge',
      source: `${id}${from}`,
      target: `${id}${to}`,
      isElse: false,
      effect: [],
    });
    const work: ActionNode['work'] =
      invokes !== undefined
        ? { kind: 'invoke', ...invokes }
        : takes !== undefined
          ? { kind: 'takes', time: takes }
          : { kind: 'nothing' };
    const activity: Activity = {
      ...element(''),
      kind: 'activity',
      parameters: compiled.variables.map(({ initial: _, ...variable }) => variable),
      variables: [],
      partitions: [],
      nodes: [
        { ...element('/begin'), kind: 'initial' },
        { ...element('/step'), kind: 'action', uses, work },
        { ...element('/end'), kind: 'activity-final' },
      ],
      edges: [edge('/begin', '/step'), edge('/step', '/end')],
    };
    return [{ activity, machine: compiled.id, timer: index }];
  });
}
