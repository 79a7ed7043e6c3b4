/**
 * What is to happen through the calendar, be it at once: whoever asks for it may be in the middle of a step. Knows nothing of what it
 * is about, nor of the calendar beyond that it gives a number back when its time has come.
 */
export class Errands {
  /** By number; undefined where it is free. */
  readonly #errands: ((() => void) | undefined)[] = [];
  readonly #free: number[] = [];
  /** Hands a number to the calendar; `delay`: microseconds. */
  readonly #push: (number: number, delay: number) => void;

  constructor(push: (number: number, delay: number) => void) {
    this.#push = push;
  }

  clear(): void {
    this.#errands.length = 0;
    this.#free.length = 0;
  }

  /** At this moment, but when the step is over. */
  later(act: () => void): void {
    this.after(0, act);
  }

  /** `delay`: microseconds. */
  after(delay: number, act: () => void): void {
    const number = this.#free.pop() ?? this.#errands.length;
    this.#errands[number] = act;
    this.#push(number, delay);
  }

  run(number: number): void {
    const act = this.#errands[number];
    this.#errands[number] = undefined;
    this.#free.push(number);
    act?.();
  }
}
