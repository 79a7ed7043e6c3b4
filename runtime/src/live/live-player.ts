/**
 * Plays a live run against the wall clock: so many virtual seconds a second, in slices short enough that a command is heard at
 * once. Keeps frames of the past, so that looking back costs nothing; only going on from there runs it again.
 */
import type { ElementId, Model } from '@pollux/engine/model';
import {
  type Finding,
  inputTime,
  type LiveCommand,
  type LiveFrame,
  type LiveHistory,
  type LiveInput,
  LiveRun,
  type LiveState,
  type LiveStatus,
  withEnd,
  withInput,
} from '@pollux/engine/simulation';

/** At most ten frames a second. */
export const FRAME_MS = 100;
/** Of each of these it may compute so long. */
const BUDGET_MS = 60;
/** The same on the way to a moment that is wanted: nobody looks at what lies between. */
const HURRY_MS = 90;
/** A slice of the run is made to take about so long. */
const SLICE_MS = 10;
/** Frames that are kept over the whole run. */
const KEPT = 240;
/** Steps of a run. */
const STEPS = 600;
const SECOND = 1e6;
const slowest = 0.1;
const fastest = 10_000;

interface LivePlayerParts {
  readonly model: Model;
  readonly scenario: ElementId;
  readonly seed?: number | undefined;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
}

export class LivePlayer {
  readonly #run: LiveRun;
  readonly #clock: () => number;
  readonly #loaded: readonly ElementId[];
  #speed = 1;
  #reached = 0;
  #isPlaying = false;
  /** Microseconds to be reached as fast as possible; null: as the speed says. */
  #goal: number | null = null;
  /** What is shown where that has passed. */
  #past: LiveFrame | null = null;
  #last = 0;
  /** Microseconds of the run that took a slice of wall time last. */
  #slice: number;
  /** Microseconds of the run that the last tick went, and between two looks at what was counted. */
  #span = 0;
  #spacing = 0;
  /** When a frame was kept last, and what it took, milliseconds. */
  #keptAt = 0;
  #frameCost = 0;
  #kept: LiveFrame[] = [];
  #problems: readonly Finding[];

  constructor({ model, scenario, seed, clock }: LivePlayerParts) {
    this.#run = new LiveRun(model, scenario, { seed });
    this.#clock = clock;
    this.#problems = this.#run.problems;
    this.#slice = this.#run.duration / 1000;
    const loads = model.scenarios.find(({ id }) => id === scenario)?.loads ?? [];
    this.#loaded = [...new Set(loads.map(({ behaviour }) => behaviour))];
    this.#keep(this.#run.frame());
  }

  /** Whether there is something to do without a further command. */
  get isBusy(): boolean {
    return this.#goal !== null || (this.#isPlaying && !this.#run.isOver);
  }

  hear(command: LiveCommand): void {
    if (this.#run.duration === 0) return;
    switch (command.kind) {
      case 'play':
        this.#goOn();
        this.#isPlaying = true;
        this.#last = this.#clock();
        break;
      case 'speed':
        this.#speed = Math.min(fastest, Math.max(slowest, command.speed));
        break;
      case 'pause':
        this.#isPlaying = false;
        this.#goal = null;
        break;
      case 'step':
        this.#goOn();
        this.#isPlaying = false;
        this.#goal = Math.min((this.#goal ?? this.#run.now) + this.#step, this.#run.duration);
        break;
      case 'change':
        this.#change((inputs, time) => withInput(inputs, { time, change: command.change }));
        break;
      case 'end':
        this.#change((inputs, time) => withEnd(inputs, command.target, time));
        break;
      case 'seek':
        this.#seek(command.time_s * SECOND);
    }
  }

  /** Goes on for the time that has passed; true where something may have changed. */
  tick(): boolean {
    if (!this.isBusy) return false;
    const begun = this.#clock();
    const passed = Math.min(begun - this.#last, 2 * FRAME_MS);
    const from = this.#run.now;
    this.#spacing = Math.max(this.#run.window / 10, this.#span / 3);
    const goal = this.#goal ?? from + (this.#speed * passed * SECOND) / 1000;
    const budget = this.#goal === null ? BUDGET_MS : HURRY_MS;
    this.#last = begun;
    while (this.#run.now < goal && !this.#run.isOver && this.#clock() - begun < budget) this.#advance(goal);
    this.#span = this.#run.now - from;
    if (this.#goal !== null && (this.#run.now >= this.#goal || this.#run.isOver)) {
      this.#goal = null;
      this.#last = this.#clock();
    } else if (this.#goal === null && passed > 0) this.#reached = (this.#run.now - from) / SECOND / (passed / 1000);
    return true;
  }

  state(): LiveState {
    const frame = this.#past ?? this.#run.frame();
    if (this.#past === null) this.#keep(frame);
    return {
      status: this.#status(),
      speed: this.#speed,
      reached: this.#reached,
      now_s: this.#run.now / SECOND,
      goal_s: this.#goal === null ? null : this.#goal / SECOND,
      duration_s: this.#run.duration / SECOND,
      step_s: this.#step / SECOND,
      seed: this.#run.seed,
      inputs: this.#run.inputs,
      frame,
      history: this.#history(),
      problems: this.#problems,
    };
  }

  get #step(): number {
    return this.#run.duration / STEPS;
  }

  #status(): LiveStatus {
    if (this.#run.duration === 0) return 'impossible';
    if (this.#goal !== null) return 'catching-up';
    if (this.#past !== null) return 'looking-back';
    if (this.#run.isOver) return 'over';
    return this.#isPlaying ? 'playing' : 'paused';
  }

  #advance(goal: number): void {
    const before = this.#clock();
    const to = Math.min(goal, this.#run.now + this.#slice);
    const wasWhole = to < goal;
    // What is shown of it stays as it was: the same numbers are run again.
    if (!this.#run.tryAdvance(to, {}, this.#spacing)) this.#goal = Math.max(this.#goal ?? 0, to);
    const took = this.#clock() - before;
    if (took > SLICE_MS) this.#slice = Math.max(1, this.#slice / 2);
    else if (wasWhole && took < SLICE_MS / 2) this.#slice = Math.min(this.#run.duration / KEPT, this.#slice * 2);
    if (this.#run.now - this.#keptUntil >= this.#run.duration / KEPT) this.#keepNow();
  }

  /** The moment that is shown becomes the moment from which the run goes on. */
  #goOn(): void {
    if (this.#past === null) return;
    const to = this.#past.time_s * SECOND;
    this.#past = null;
    if (to >= this.#run.now) return;
    this.#run.restart();
    this.#runAgainTo(to);
  }

  /** From the moment that is shown or on the way to: nothing is run again for it, but where that moment has passed. */
  #change(changed: (inputs: readonly LiveInput[], time: number) => readonly LiveInput[]): void {
    const { duration, inputs, now } = this.#run;
    const shown = this.#goal ?? (this.#past === null ? now : this.#past.time_s * SECOND);
    const time = inputTime(shown, duration);
    if (shown === now) this.#run.advance(time, {}, this.#spacing);
    this.#problems = this.#run.change(changed(inputs, time));
    if (this.#problems.length > 0) return;
    this.#past = null;
    if (this.#run.now > time) this.#run.restart();
    this.#runAgainTo(time);
  }

  /** As fast as possible; what was kept of later moments was of another run. */
  #runAgainTo(to: number): void {
    this.#kept = this.#kept.filter(({ time_s }) => time_s * SECOND <= to);
    this.#goal = to > this.#run.now ? to : null;
    this.#last = this.#clock();
  }

  #seek(wanted: number): void {
    this.#isPlaying = false;
    const to = Math.min(Math.max(0, wanted), this.#run.duration);
    if (to < this.#run.now) {
      this.#goal = null;
      this.#past = this.#kept.findLast(({ time_s }) => time_s * SECOND <= to) ?? this.#kept[0] ?? null;
    } else {
      this.#past = null;
      this.#goal = to > this.#run.now ? to : null;
    }
  }

  /** Keeping a frame costs more than a slice of a small run: no more than a third of the time goes into it. */
  #keepNow(): void {
    const begun = this.#clock();
    if (begun - this.#keptAt < 2 * this.#frameCost) return;
    this.#keep(this.#run.frame());
    this.#keptAt = this.#clock();
    this.#frameCost = this.#keptAt - begun;
  }

  get #keptUntil(): number {
    return (this.#kept[this.#kept.length - 1]?.time_s ?? 0) * SECOND;
  }

  #keep(frame: LiveFrame): void {
    const last = this.#kept[this.#kept.length - 1];
    const isNew = last === undefined || (frame.time_s - last.time_s) * SECOND >= this.#run.duration / KEPT;
    if (isNew || (this.#run.isOver && frame.time_s > last.time_s)) this.#kept.push(frame);
  }

  #history(): LiveHistory {
    const rows = this.#loaded.flatMap((element) =>
      (['rate', 'p95', 'errors'] as const).map((measure) => ({
        element,
        measure,
        values: this.#kept.map(({ elements }) => elements[element]?.[measure] ?? null),
      })),
    );
    return { times_s: this.#kept.map(({ time_s }) => time_s), rows };
  }
}
