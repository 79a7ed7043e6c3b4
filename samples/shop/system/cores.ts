/** Simulated work: a core is held for the time the work takes, and whoever finds none free waits in line. */
import type { Distribution } from './distribution.ts';
import { pause } from './pause.ts';

export class Cores {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async work(demand: Distribution): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((turn) => this.#waiting.push(turn));
    try {
      await pause(demand.sample());
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
