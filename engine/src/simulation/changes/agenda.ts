/** What is to be done at moments of a run that are no work of the model: each an event of the calendar. */
import type { Calendar } from '../calendar.ts';
import { eventOf, eventType } from '../event.ts';

/** Something that lies ahead. */
export interface Planned {
  readonly time: number;
  readonly index: number;
}

export class Agenda {
  readonly #calendar: Calendar;
  /** Holds the time now. */
  readonly #clock: Float64Array;
  readonly #entries: (() => void)[] = [];
  readonly #free: number[] = [];

  constructor(calendar: Calendar, clock: Float64Array) {
    this.#calendar = calendar;
    this.#clock = clock;
  }

  clear(): void {
    this.#entries.length = 0;
    this.#free.length = 0;
  }

  at(time: number, action: () => void): void {
    const { time: at, index } = this.#enter(time, action);
    this.#calendar.push(at, eventOf(eventType.change, index));
  }

  after(delay: number, action: () => void): void {
    this.at(this.#clock[0]! + Math.max(0, delay), action);
  }

  /** As `at`, among events of the same time as if it had been said when its order was reserved. */
  inOrder(time: number, order: number, action: () => void): Planned {
    const planned = this.#enter(time, action);
    this.#calendar.insert(planned.time, eventOf(eventType.change, planned.index), order);
    return planned;
  }

  /** So many orders for what may be said later; the first of them. */
  reserve(count: number): number {
    return this.#calendar.reserve(count);
  }

  /** It will not happen. */
  cancel({ time, index }: Planned): void {
    if (this.#calendar.remove(time, eventOf(eventType.change, index))) this.#free.push(index);
  }

  /** The event of an entry has come. */
  happen(index: number): void {
    const action = this.#entries[index]!;
    this.#free.push(index);
    action();
  }

  #enter(time: number, action: () => void): Planned {
    const index = this.#free.pop() ?? this.#entries.length;
    this.#entries[index] = action;
    return { time: Math.max(time, this.#clock[0]!), index };
  }
}
