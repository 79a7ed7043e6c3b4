/** What is to be done at moments of a run that are no work of the model: each an event of the calendar. */
import type { Calendar } from '../calendar.ts';
import { eventOf, eventType } from '../event.ts';

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
    const index = this.#free.pop() ?? this.#entries.length;
    this.#entries[index] = action;
    this.#calendar.push(Math.max(time, this.#clock[0]!), eventOf(eventType.change, index));
  }

  after(delay: number, action: () => void): void {
    this.at(this.#clock[0]! + Math.max(0, delay), action);
  }

  /** The event of an entry has come. */
  happen(index: number): void {
    const action = this.#entries[index]!;
    this.#free.push(index);
    action();
  }
}
