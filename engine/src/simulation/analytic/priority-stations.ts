/** Stations where the greater priority goes first: which formula tells how long each of the visitors waits. */
import {
  type PriorityClass,
  preemptiveServers,
  preemptiveWaits,
  priorityWaits,
  serversWithPriority,
} from './closed-forms/index.ts';
import type { Form } from './solution.ts';
import type { Station, Visitor } from './stations.ts';

interface PrioritySolution {
  readonly form: Form;
  waitOf(visitor: Visitor): number;
}

/** In words where no formula tells it; arrivals are random. */
export function priorityStation({ visitors, servers, units, scheduling }: Station): PrioritySolution | string {
  if (visitors.some(({ priority }) => Number.isNaN(priority)))
    return 'Who goes first is known only in the run: no formula tells how long each waits.';
  const priorities = [...new Set(visitors.map(({ priority }) => priority))].sort((a, b) => b - a);
  const classes = priorities.map((priority) =>
    classOf(
      visitors.filter((visitor) => visitor.priority === priority),
      units,
    ),
  );
  const isPreemptive = scheduling === 'preemptive-priority';
  const mean = classes[0]?.mean ?? 0;
  const isExponential = visitors.every(
    (visitor) => visitor.isExponential && Math.abs(visitor.mean - mean) <= 1e-9 * mean,
  );
  const solved = (form: Form, waits: readonly number[]): PrioritySolution => ({
    form,
    waitOf: ({ priority }) => waits[priorities.indexOf(priority)] ?? Number.NaN,
  });
  if (isExponential && servers > 1) {
    return isPreemptive
      ? solved('M/M/c preemptive', preemptiveServers(classes, servers))
      : solved('M/M/c priorities', serversWithPriority(classes, servers));
  }
  if (servers > 1) return 'Priorities on several cores: no formula is for work that is not exponential with one mean.';
  if (!classes.every(({ second }) => Number.isFinite(second))) return 'The law of the work is not known.';
  if (!isPreemptive) return solved('M/G/1 priorities', priorityWaits(classes));
  const waits = preemptiveWaits(classes);
  return {
    form: 'M/G/1 preemptive',
    waitOf({ priority, mean: own }) {
      const { base, stretch } = waits[priorities.indexOf(priority)] ?? { base: Number.NaN, stretch: 0 };
      return base + own * stretch;
    },
  };
}

function classOf(visitors: readonly Visitor[], units: number): PriorityClass {
  const rate = visitors.reduce((sum, visitor) => sum + visitor.rate, 0);
  const over = (pick: (visitor: Visitor) => number): number =>
    visitors.reduce((sum, visitor) => sum + visitor.rate * pick(visitor), 0) / rate;
  return { arrivals: rate / units, mean: over(({ mean }) => mean), second: over(({ second }) => second) };
}
