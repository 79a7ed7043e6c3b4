/**
 * The timeline of a scenario in a run: what happens at which moment, and when it is over. What lies ahead may be written anew while
 * the run goes on, and everything then comes as if it had been written so from the beginning. Knows nothing of what changes do.
 */
import type { Change, ElementId, TimelineEvent } from '../../model/index.ts';
import type { Agenda, Planned } from './agenda.ts';

/** Ends a change before its time, or one that has none. */
export type Revert = () => void;

/** Further events that may be written while a run goes on. */
const ROOM = 1 << 16;

interface Entry {
  event: TimelineEvent;
  begin: Planned | null;
  /** How it ends once it has begun. */
  under: { readonly since: number; readonly order: number; readonly revert: Revert; end: Planned | null } | null;
}

export class Timeline {
  readonly #agenda: Agenda;
  /** Holds the time now. */
  readonly #clock: Float64Array;
  readonly #apply: (change: Change, key: ElementId) => Revert;
  readonly #entries: Entry[] = [];
  /** Of those that may come. */
  #order = 0;
  #left = 0;

  constructor(agenda: Agenda, clock: Float64Array, apply: (change: Change, key: ElementId) => Revert) {
    this.#agenda = agenda;
    this.#clock = clock;
    this.#apply = apply;
  }

  begin(events: readonly TimelineEvent[], mayBeRewritten: boolean): void {
    this.#entries.length = 0;
    for (const event of events) this.#plan(event, this.#agenda.reserve(1));
    this.#left = mayBeRewritten ? ROOM : 0;
    this.#order = this.#agenda.reserve(this.#left);
  }

  /** Whether everything in which another timeline differs lies ahead, and is of a kind that a run can be told of late. */
  allows(events: readonly TimelineEvent[]): boolean {
    const { kept, gone, come } = this.#compare(events);
    const now = this.#clock[0]!;
    const isAhead = ({ time, change }: TimelineEvent): boolean => time >= now && isKnownLate(change);
    return (
      come.length <= this.#left &&
      [...gone.map(({ event }) => event), ...come].every(isAhead) &&
      kept.every(([{ event }, next]) => endOf(event) === endOf(next) || (endOf(event) >= now && endOf(next) >= now))
    );
  }

  /** Another timeline, which `allows` has found possible. */
  rewrite(events: readonly TimelineEvent[]): void {
    const { kept, gone, come } = this.#compare(events);
    for (const entry of gone) {
      if (entry.begin !== null) this.#agenda.cancel(entry.begin);
      this.#entries.splice(this.#entries.indexOf(entry), 1);
    }
    for (const [entry, event] of kept) {
      const hasMoved = endOf(entry.event) !== endOf(event);
      entry.event = event;
      if (hasMoved) this.#planEnd(entry);
    }
    for (const event of come) {
      this.#left--;
      this.#plan(event, this.#order);
      this.#order = (this.#order + 1) | 0;
    }
  }

  #plan(event: TimelineEvent, order: number): void {
    const entry: Entry = { event, begin: null, under: null };
    this.#entries.push(entry);
    entry.begin = this.#agenda.inOrder(event.time, order, () => this.#happen(entry));
  }

  #happen(entry: Entry): void {
    const { change, id } = entry.event;
    entry.begin = null;
    if (durationOf(change) <= 0) return;
    const revert = this.#apply(change, id);
    entry.under = { since: this.#clock[0]!, order: this.#agenda.reserve(1), revert, end: null };
    this.#planEnd(entry);
  }

  #planEnd({ event, under }: Entry): void {
    if (under === null) return;
    if (under.end !== null) this.#agenda.cancel(under.end);
    const duration = durationOf(event.change);
    under.end =
      duration === Number.POSITIVE_INFINITY
        ? null
        : this.#agenda.inOrder(under.since + duration, under.order, under.revert);
  }

  /** Both in their order: what begins as it did is the same, what the other has no more is gone, and what is left has come. */
  #compare(events: readonly TimelineEvent[]): {
    readonly kept: readonly (readonly [Entry, TimelineEvent])[];
    readonly gone: readonly Entry[];
    readonly come: readonly TimelineEvent[];
  } {
    const kept: [Entry, TimelineEvent][] = [];
    const gone: Entry[] = [];
    let next = 0;
    for (const entry of this.#entries) {
      const event = events[next];
      if (event !== undefined && begunAlike(entry.event, event)) {
        kept.push([entry, event]);
        next++;
      } else gone.push(entry);
    }
    return { kept, gone, come: events.slice(next) };
  }
}

function durationOf(change: Change): number {
  return ('duration' in change ? change.duration : undefined) ?? Number.POSITIVE_INFINITY;
}

function endOf({ time, change }: TimelineEvent): number {
  return time + durationOf(change);
}

function begunAlike(one: TimelineEvent, other: TimelineEvent): boolean {
  const beginning = ({ time, change }: TimelineEvent): string => JSON.stringify({ time, ...change, duration: 0 });
  return one === other || beginning(one) === beginning(other);
}

/** Further arrivals, versions and receivers of signals have their places in a run from its beginning. */
function isKnownLate({ kind }: Change): boolean {
  return kind !== 'load' && kind !== 'rollout' && kind !== 'send';
}
