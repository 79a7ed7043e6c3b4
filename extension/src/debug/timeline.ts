/** The recordings of a run in their order, and a cursor on one moment of them. Going back is moving the cursor. */
import type { ElementId, Value } from '@pollux/engine/model';
import type { Happening, Moment } from './moment.ts';
import { type Recording, record } from './recorder.ts';
import type { WatchedMachine } from './watched-machine.ts';

/** Older moments are forgotten, so that a long session does not fill the memory. */
const KEPT_MOMENTS = 50_000;

export class Timeline {
  readonly #machine: WatchedMachine;
  #recordings: Recording[];
  /** What is still to happen. */
  #script: Happening[];
  #at = 0;
  #moment = 0;
  #kept: number;

  constructor(machine: WatchedMachine, values: readonly Value[], script: readonly Happening[]) {
    this.#machine = machine;
    this.#script = [...script];
    const first = record(machine, { kind: 'create', values }, null);
    this.#recordings = [first];
    this.#kept = first.moments.length;
  }

  get moment(): Moment {
    return this.#recordings[this.#at]?.moments[this.#moment] as Moment;
  }

  get recording(): Recording {
    return this.#recordings[this.#at] as Recording;
  }

  /** Of the step that the cursor is in: the moments as far as the cursor. */
  get passed(): readonly Moment[] {
    return this.recording.moments.slice(0, this.#moment + 1);
  }

  get script(): readonly Happening[] {
    const later = this.#recordings.slice(this.#at + 1).map(({ happening }) => happening);
    return withoutRests([...later, ...this.#script]);
  }

  /** The instance lives at the end of the recording that the cursor is in. */
  get isLive(): boolean {
    return this.recording.after.status === 'live';
  }

  /** One moment on, letting the next thing of the script happen where the end is reached; false where nothing is left. */
  forward(): boolean {
    if (this.#moment + 1 < this.recording.moments.length) this.#moment++;
    else if (this.#at + 1 < this.#recordings.length || this.#happenNext()) {
      this.#at++;
      this.#moment = 0;
      this.#forget();
    } else return false;
    return true;
  }

  back(): boolean {
    if (this.#moment > 0) this.#moment--;
    else if (this.#at > 0) {
      this.#at--;
      this.#moment = this.recording.moments.length - 1;
    } else return false;
    return true;
  }

  /** Comes next, once the step that the cursor is in has ended; what was seen of a later time no longer holds. */
  inject(happening: Happening): void {
    this.#cut();
    this.#script.unshift(happening);
  }

  /** From this moment on the variable has the value; what came later happens anew. */
  set(variable: ElementId, value: Value): boolean {
    const slot = this.#machine.compiled.variables.findIndex(({ id }) => id === variable);
    const { moment } = this;
    if (slot < 0 || !this.#mayChange(moment)) return false;
    this.#cut();
    const { happening, before, changes } = this.recording;
    const at = this.#moment;
    const kept = changes.filter((change) => change.at < at || (change.at === at && change.slot !== slot));
    this.#replace(record(this.#machine, happening, before, [...kept, { at, slot, value }]));
    return true;
  }

  #mayChange(moment: Moment): boolean {
    return moment.kind !== 'rest' || this.isLive;
  }

  #replace(recording: Recording): void {
    this.#kept += recording.moments.length - this.recording.moments.length;
    this.#recordings[this.#at] = recording;
  }

  #cut(): void {
    const later = this.#recordings.splice(this.#at + 1);
    this.#kept -= later.reduce((sum, { moments }) => sum + moments.length, 0);
    this.#script = withoutRests([...later.map(({ happening }) => happening), ...this.#script]);
  }

  #happenNext(): boolean {
    if (!this.isLive) return false;
    const next = this.#script.shift();
    if (next === undefined) return false;
    const recording = record(this.#machine, next, this.recording.after);
    if (recording.left !== null) this.#script.unshift(recording.left);
    this.#recordings.push(recording);
    this.#kept += recording.moments.length;
    return true;
  }

  #forget(): void {
    while (this.#kept > KEPT_MOMENTS && this.#at > 0) {
      this.#kept -= this.#recordings.shift()?.moments.length ?? 0;
      this.#at--;
    }
  }
}

/** What is left of an `after` comes from it anew where the `after` itself is still to come. */
function withoutRests(script: readonly Happening[]): Happening[] {
  let isToPass = false;
  return script.filter(({ kind }) => {
    if (kind === 'until' && isToPass) return false;
    isToPass ||= kind === 'after' || kind === 'until';
    return true;
  });
}
