/** A recorded run with a cursor on one of its moments. Who interferes changes what comes behind the cursor, never what was. */
import type { Interference, PlayMoment, PlayProgram } from './play-moment.ts';
import { type PlayRecording, recordPlay } from './play-recorder.ts';
import type { Reel } from './walk.ts';

type What<I> = I extends unknown ? Omit<I, 'at'> : never;

export class PlayReel implements Reel<PlayMoment> {
  readonly #program: PlayProgram;
  #interferences: readonly Interference[] = [];
  #recording: PlayRecording;
  #at = 0;

  constructor(program: PlayProgram) {
    this.#program = program;
    this.#recording = recordPlay(program, []);
  }

  get moment(): PlayMoment {
    return this.#recording.moments[this.#at] as PlayMoment;
  }

  get passed(): readonly PlayMoment[] {
    return this.#recording.moments.slice(0, this.#at + 1);
  }

  get isLive(): boolean {
    return this.#recording.isLive;
  }

  forward(): boolean {
    if (this.#at + 1 >= this.#recording.moments.length) return false;
    this.#at++;
    return true;
  }

  back(): boolean {
    if (this.#at === 0) return false;
    this.#at--;
    return true;
  }

  /** Takes hold at the moment under the cursor; what was done behind it before is forgotten. */
  interfere(what: What<Interference>): void {
    const at = this.#at;
    const kept = this.#interferences.filter((each) => each.at <= at);
    this.#interferences = [...kept, { ...what, at } as Interference];
    this.#recording = recordPlay(this.#program, this.#interferences);
    this.#at = Math.min(at, this.#recording.moments.length - 1);
  }
}
