/** What a machine times and watches: its timers, do-activities and change triggers, by the state they belong to. */
import type { DoActivity } from '../../model/index.ts';
import type { Change, Timer } from './compiled-machine.ts';
import type { MachineTree } from './machine-tree.ts';

export function watchesOf(tree: MachineTree): { timers: readonly Timer[]; changes: readonly Change[] } {
  const timers: Timer[] = [];
  const changes: Change[] = [];
  tree.vertices.forEach((state, vertex) => {
    if (state.kind !== 'state') return;
    if (state.activity !== undefined) timers.push({ vertex, transition: -1, runs: activityTime(state.activity) });
    for (const transition of tree.outgoing[vertex]!) {
      const { trigger } = tree.transitions[transition]!;
      if (trigger.kind === 'time') timers.push({ vertex, transition, runs: { kind: 'delay', delay: trigger.delay } });
      if (trigger.kind === 'clock') {
        timers.push({ vertex, transition, runs: { kind: 'clock', timeOfDay: trigger.timeOfDay } });
      }
      if (trigger.kind === 'change') changes.push({ vertex, transition });
    }
  });
  return { timers, changes };
}

function activityTime(activity: DoActivity): Timer['runs'] {
  if (activity.takes !== undefined) return { kind: 'delay', delay: activity.takes };
  return { kind: activity.invokes === undefined ? 'at-once' : 'elsewhere' };
}
