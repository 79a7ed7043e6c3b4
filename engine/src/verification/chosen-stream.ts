/** Chance while all possibilities are explored: a choice like any other. */
import { RandomStream } from '../numeric/index.ts';
import type { Schedules } from './schedules.ts';

/** A chance is either taken or not. */
export class ChosenStream extends RandomStream {
  readonly #schedules: Schedules;

  constructor(schedules: Schedules) {
    super(1, 2, 3, 4);
    this.#schedules = schedules;
  }

  override uniform(): number {
    return this.#schedules.pick(2) === 0 ? 0 : 1 - 1 / 4294967296;
  }
}
