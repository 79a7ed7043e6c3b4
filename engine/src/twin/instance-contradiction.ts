/** What an event that no transition takes contradicts in the text, and the sentence that says so. */
import type { ElementId, Machine } from '../model/index.ts';
import type { Contradiction } from './divergence-log.ts';

interface Named {
  readonly id: ElementId;
  readonly name: string;
}

/** `states`: where the instance may have been, or where it ended. */
export function illegalTransition(
  machine: Machine,
  signal: Named,
  states: readonly Named[],
  ended: boolean,
): Contradiction {
  const where = states.map((state) => state.name).join(' or ');
  return {
    kind: 'illegal-transition',
    element: states[0]?.id ?? machine.id,
    detail: signal.id,
    scope: machine.id,
    enough: 1,
    sentence: ({ count, instances }) => {
      const who = listed(machine, instances, count);
      if (ended) return `${seen(signal, count)} after the end in ${where} of ${who}`;
      return `${seen(signal, count)} in state ${where} of ${who}, no transition takes it`;
    },
  };
}

/** In no state at all is there a transition for it. */
export function unknownEvent(machine: Machine, signal: Named): Contradiction {
  return {
    kind: 'unknown-event',
    element: machine.id,
    detail: signal.id,
    scope: machine.id,
    enough: 1,
    sentence: ({ count, instances }) =>
      `${seen(signal, count)} for ${listed(machine, instances, count)}, ${machine.name} has no transition for it`,
  };
}

function seen(signal: Named, count: number): string {
  return count > 1 ? `${signal.name} seen ${count} times` : `${signal.name} seen`;
}

/** `order o-17`, `order o-17, o-21, o-22, …` */
function listed(machine: Machine, instances: readonly string[], count: number): string {
  const shown = instances.slice(0, 3);
  const more = count > shown.length && instances.length > 1 ? ', …' : '';
  return `${machine.name.toLowerCase()} ${shown.join(', ')}${more}`;
}
