/** What machine instances ask the calendar for: timers and delayed signals, in a pool of records. */
import type { Known } from '../expressions/index.ts';
import type { Calendar } from './calendar.ts';
import { eventOf, eventType } from './event.ts';

const NO_SIGNAL = -1;

export class Timers {
  readonly #calendar: Calendar;
  #machine = new Int32Array(256);
  #instance = new Float64Array(256);
  #timer = new Int32Array(256);
  #signal = new Int32Array(256);
  #from = new Float64Array(256);
  readonly #values: (readonly Known[])[] = [];
  readonly #free: number[] = [];
  #used = 0;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  clear(): void {
    this.#free.length = 0;
    this.#values.length = 0;
    this.#used = 0;
  }

  /** `lane`: a lane of the calendar where the delay never varies, else -1. */
  start(machine: number, instance: number, timer: number, due: number, lane: number): number {
    const record = this.#record(machine, instance);
    this.#timer[record] = timer;
    this.#signal[record] = NO_SIGNAL;
    if (lane >= 0) this.#calendar.pushLane(lane, due, eventOf(eventType.timer, record));
    else this.#calendar.push(due, eventOf(eventType.timer, record));
    return record;
  }

  /** `from`: who sends it, as `senderAddress` gives it. */
  sendLater(
    machine: number,
    instance: number,
    signal: number,
    values: readonly Known[],
    due: number,
    from: number,
  ): void {
    const record = this.#record(machine, instance);
    this.#signal[record] = signal;
    this.#values[record] = values;
    this.#from[record] = from;
    this.#calendar.push(due, eventOf(eventType.timer, record));
  }

  machine(record: number): number {
    return this.#machine[record]!;
  }

  instance(record: number): number {
    return this.#instance[record]!;
  }

  timer(record: number): number {
    return this.#timer[record]!;
  }

  /** Negative: a timer and no signal. */
  signal(record: number): number {
    return this.#signal[record]!;
  }

  from(record: number): number {
    return this.#from[record]!;
  }

  values(record: number): readonly Known[] {
    return this.#values[record] ?? [];
  }

  /** The record's event has happened. */
  give(record: number): void {
    if (this.#signal[record] !== NO_SIGNAL) this.#values[record] = [];
    this.#free.push(record);
  }

  #record(machine: number, instance: number): number {
    const record = this.#free.pop() ?? this.#used++;
    if (record === this.#machine.length) this.#grow();
    this.#machine[record] = machine;
    this.#instance[record] = instance;
    return record;
  }

  #grow(): void {
    const capacity = this.#machine.length * 2;
    const machine = new Int32Array(capacity);
    const instance = new Float64Array(capacity);
    const timer = new Int32Array(capacity);
    const signal = new Int32Array(capacity);
    machine.set(this.#machine);
    instance.set(this.#instance);
    timer.set(this.#timer);
    signal.set(this.#signal);
    const from = new Float64Array(capacity);
    from.set(this.#from);
    this.#machine = machine;
    this.#instance = instance;
    this.#timer = timer;
    this.#signal = signal;
    this.#from = from;
  }
}
