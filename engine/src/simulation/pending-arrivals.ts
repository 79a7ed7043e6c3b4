/**
 * The next arrival of each open load, and how its time was found: so that it can be found anew when the rate of the load changes
 * while it is awaited, without drawing a further number. Only in runs that somebody has in hand.
 */
import type { ArrivalRate } from './arrival-rate.ts';
import type { Calendar } from './calendar.ts';

export class PendingArrivals {
  readonly #calendar: Calendar;
  /** By load: the moment of the arrival before, the drawn gap, when the next one comes, and where it stands among its equals. */
  readonly #after: Float64Array;
  readonly #gap: Float64Array;
  readonly #time: Float64Array;
  readonly #order: Int32Array;

  constructor(calendar: Calendar, loads: number) {
    this.#calendar = calendar;
    this.#after = new Float64Array(loads);
    this.#gap = new Float64Array(loads);
    this.#time = new Float64Array(loads);
    this.#order = new Int32Array(loads);
  }

  /** An arrival was drawn; `isComing`: and has just been put into the calendar, as the load lasts so long. */
  note(load: number, after: number, gap: number, time: number, isComing: boolean): void {
    this.#after[load] = after;
    this.#gap[load] = gap;
    this.#time[load] = time;
    this.#order[load] = isComing ? this.#calendar.order : this.#calendar.reserve(1);
  }

  /** The load has another rate. */
  findAgain(load: number, rate: ArrivalRate | null, until: number, event: number): void {
    const [after, gap] = [this.#after[load]!, this.#gap[load]!];
    const time = rate === null ? after + gap : rate.after(after, gap);
    if (time === this.#time[load]) return;
    this.#calendar.remove(this.#time[load]!, event);
    this.#time[load] = time;
    if (time < until) this.#calendar.insert(time, event, this.#order[load]!);
  }
}
