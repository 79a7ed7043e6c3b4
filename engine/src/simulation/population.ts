/**
 * The instances of one machine within a run: created by the first message to their lifeline, timed by the run's
 * calendar, let go when nothing can reach them any more. Knows nothing of interactions.
 */
import { type CompiledMachine, delivery, type MachineHost, MachineRuntime } from '../behavior/machine/index.ts';
import type { Known, RunProblem } from '../expressions/index.ts';
import type { ElementId, SendTarget } from '../model/index.ts';
import { formatCount, type QuantileSketch, type RandomStream, randomStream } from '../numeric/index.ts';
import type { Incidents } from './incidents.ts';
import { MachineSightings, noSightings, type Sightings } from './machine-sightings.ts';
import type { MachineWork } from './machine-work.ts';
import { nextTimeOfDay } from './next-time-of-day.ts';
import { INSTANCE_LIMIT } from './run-limits.ts';
import { NOBODY, senderAddress } from './senders.ts';
import type { Post } from './signal-routes.ts';
import type { Timers } from './timers.ts';
import type { WallClock } from './wall-clock.ts';

export const NO_INSTANCE = -1;
/** Too much is under way: what was to be work on a core takes its time without one. */
const NO_WORK = -1;

/** Tells whoever waits for a call that was kept what its reply is. */
export type Answer = (caller: number, reply: Known) => void;

/** So many instances are asked whether they take what was sent to their component. */
const OFFERED = 1000;

/** Instances created, entries by vertex, uses by transition. */
export interface MachineFigures {
  readonly created: number;
  readonly entries: readonly number[];
  readonly taken: readonly number[];
  /** Empty where nobody asks. */
  readonly sightings: Sightings;
}

/** Tells who waits for an instance's end that it is over. */
export type Over = (waiter: number, work: number, hasFailed: boolean) => void;

/** Do-activities that hold resources or invoke a behaviour are done by others, who say when they are over. */
export interface DoWork {
  /** Returns a handle; -1 where the do-activity is one that a timer is enough for. */
  begin(population: number, instance: number, timer: number): number;
  /** The state is left before it is over. */
  abort(handle: number): void;
}

export class Population implements MachineHost {
  now = 0;
  readonly #clock: WallClock;
  readonly streams: readonly RandomStream[];
  readonly compiled: CompiledMachine;
  readonly runtime: MachineRuntime;
  readonly #index: number;
  readonly #timers: Timers;
  readonly #work: MachineWork;
  readonly #incidents: Incidents;
  readonly #signalNames: readonly string[];
  /** By the first argument; null where no lifeline asks for an instance by its key. */
  readonly #byKey: Map<Known, number> | null;
  readonly #keyOf = new Map<number, Known>();
  /** Lane of the calendar for each timer; -1: its delay varies. */
  readonly #laneOf: readonly number[];
  /** Instances whose transaction has ended but not they. */
  readonly #answer: Answer;
  readonly #post: Post;
  readonly #doWork: DoWork;
  readonly #over: Over;
  /** Who waits for the end of an instance. */
  readonly #awaited = new Map<number, { readonly waiter: number; readonly work: number }>();
  /** What an instance is found by. */
  readonly keyOf: (values: readonly Known[]) => Known;
  /** Who waits for a call that the instance has kept. */
  readonly #waiting = new Map<number, Set<number>>();
  /** The call that is being delivered, and its reply. */
  #calling = -1;
  #reply: Known = null;
  /** By timer: it is a do-activity that others do. */
  readonly #isDoWork: Uint8Array;
  readonly #vertexOf = new Map<ElementId, number>();
  readonly #abandoned = new Set<number>();
  /** Instances that have sent something, which may be answered; null where nobody answers. */
  readonly #spoken: Set<number> | null;
  /** Delayed signals on their way, by instance. */
  readonly #underWay = new Map<number, number>();
  readonly #sightings: MachineSightings | null;
  #created = 0;
  #createdAtMark = 0;
  #entriesAtMark: Float64Array;
  #takenAtMark: Float64Array;

  constructor(parts: {
    readonly compiled: CompiledMachine;
    readonly index: number;
    readonly seed: number;
    readonly replication: number;
    readonly timers: Timers;
    readonly work: MachineWork;
    readonly lanes: readonly number[];
    readonly incidents: Incidents;
    readonly answer: Answer;
    readonly post: Post;
    readonly doWork: DoWork;
    readonly over: Over;
    readonly keyOf: (values: readonly Known[]) => Known;
    readonly hasKeys: boolean;
    /** Somebody may send something back to an instance. */
    readonly canBeAnswered: boolean;
    readonly signalNames: readonly string[];
    /** Of the run. */
    readonly clock: WallClock;
    /** Where somebody asks: what `MachineSightings` writes into. */
    readonly sightings: readonly QuantileSketch[] | null;
  }) {
    const { compiled, seed, replication } = parts;
    this.compiled = compiled;
    this.#clock = parts.clock;
    this.streams = compiled.randomSources.map((source) => randomStream(seed, source, replication));
    this.#index = parts.index;
    this.#timers = parts.timers;
    this.#work = parts.work;
    this.#laneOf = parts.lanes;
    this.#incidents = parts.incidents;
    this.#answer = parts.answer;
    this.#post = parts.post;
    this.#doWork = parts.doWork;
    this.#over = parts.over;
    this.keyOf = parts.keyOf;
    this.#signalNames = parts.signalNames;
    this.#isDoWork = Uint8Array.from(compiled.timers, (timer) => (isDelegated(timer, compiled) ? 1 : 0));
    this.#byKey = parts.hasKeys ? new Map() : null;
    this.#spoken = parts.canBeAnswered ? new Set() : null;
    this.runtime = new MachineRuntime(compiled, this);
    const { sightings } = parts;
    this.#sightings = sightings && new MachineSightings(compiled.vertices.length, sightings, this);
    this.runtime.observer = this.#sightings;
    this.#entriesAtMark = this.runtime.entries.slice();
    this.#takenAtMark = this.runtime.taken.slice();
  }

  /** The warm-up ends. */
  mark(): void {
    this.#sightings?.mark();
    this.#createdAtMark = this.#created;
    this.#entriesAtMark = this.runtime.entries.slice();
    this.#takenAtMark = this.runtime.taken.slice();
  }

  /** Counts since the mark. */
  figures(): MachineFigures {
    const { entries, taken } = this.runtime;
    return {
      created: this.#created - this.#createdAtMark,
      entries: Array.from(entries, (count, vertex) => count - this.#entriesAtMark[vertex]!),
      taken: Array.from(taken, (count, transition) => count - this.#takenAtMark[transition]!),
      sightings: this.#sightings?.figures() ?? noSightings,
    };
  }

  /** How many instances are in each state now, and how many there are of the machine. */
  census(): ReadonlyMap<ElementId, number> {
    const { vertices, parent, id } = this.compiled;
    const { store } = this.runtime;
    const counts = new Int32Array(vertices.length);
    const seen = new Int32Array(vertices.length).fill(-1);
    let number = 0;
    for (const instance of store.ids()) {
      const first = store.place(instance) * store.strands;
      for (let strand = 0; strand < store.strands; strand++) {
        // An orthogonal state is active once, however many regions of it are.
        for (let at = store.active[first + strand]!; at >= 0 && seen[at] !== number; at = parent[at]!) {
          seen[at] = number;
          counts[at]!++;
        }
      }
      number++;
    }
    const states = vertices.flatMap((vertex, at): [ElementId, number][] =>
      vertex.kind === 'state' ? [[vertex.id, counts[at]!]] : [],
    );
    return new Map([[id, store.live], ...states]);
  }

  /** A new instance; -1 where there are too many. */
  create(values: readonly Known[], now: number): number {
    if (this.runtime.store.live >= INSTANCE_LIMIT) {
      this.#incidents.add({
        code: 'instance-limit',
        severity: 'warning',
        element: this.compiled.id,
        message: `More than ${formatCount(INSTANCE_LIMIT)} instances of ${this.compiled.machine.name} lived at a time: no more were created.`,
      });
      return NO_INSTANCE;
    }
    this.now = now;
    this.#created++;
    const instance = this.runtime.spawn(values);
    if (this.#byKey !== null && values.length > 0 && this.runtime.isLive(instance)) {
      const key = this.keyOf(values);
      this.#byKey.set(key, instance);
      this.#keyOf.set(instance, key);
    }
    return instance;
  }

  /** A new instance whose end somebody waits for. */
  perform(values: readonly Known[], now: number, waiter: number, work: number): void {
    const instance = this.create(values, now);
    if (instance !== NO_INSTANCE && this.runtime.isLive(instance)) this.#awaited.set(instance, { waiter, work });
    else this.#over(waiter, work, instance === NO_INSTANCE);
  }

  find(key: Known): number {
    return this.#byKey?.get(key) ?? NO_INSTANCE;
  }

  deliver(instance: number, signal: number, values: readonly Known[], now: number, from = NOBODY): void {
    this.now = now;
    const outcome = this.runtime.deliver(instance, signal, values, from);
    if (outcome === delivery.taken || outcome === delivery.deferred) return;
    const isMissing = outcome === delivery.missing;
    const name = this.compiled.machine.name;
    const what = this.#signalNames[signal] ?? 'a signal';
    this.#incidents.add({
      code: isMissing ? 'signal-to-ended' : 'signal-discarded',
      severity: 'information',
      element: this.compiled.id,
      message: isMissing
        ? `${what} came to an instance of ${name} that had ended.`
        : `An instance of ${name} in ${this.#stateOf(instance)} discarded ${what}.`,
    });
  }

  /**
   * Offers a signal to those for which `isThere` holds, who has lived longest first, until one takes it or keeps it for later. False
   * where none does.
   */
  offer(
    isThere: (instance: number) => boolean,
    signal: number,
    values: readonly Known[],
    now: number,
    from: number,
  ): boolean {
    this.now = now;
    const candidates = [...this.runtime.store.ids()].filter(isThere).sort((a, b) => a - b);
    for (const instance of candidates.slice(0, OFFERED)) {
      const outcome = this.runtime.deliver(instance, signal, values, from);
      if (outcome === delivery.taken || outcome === delivery.deferred) return true;
    }
    return false;
  }

  /** Its reply, or undefined where the instance keeps the call: then `answer` tells the caller. */
  call(instance: number, operation: ElementId, values: readonly Known[], now: number, caller: number): Known {
    this.now = now;
    const event = this.runtime.eventOfCall(operation);
    if (event < 0) return null;
    this.#calling = caller;
    this.#reply = null;
    const outcome = this.runtime.deliver(instance, event, values, caller);
    this.#calling = -1;
    if (outcome !== delivery.deferred) return this.#reply;
    const waiting = this.#waiting.get(instance);
    if (waiting === undefined) this.#waiting.set(instance, new Set([caller]));
    else waiting.add(caller);
    return undefined;
  }

  replied(instance: number, _event: number, value: Known, caller: number): void {
    if (caller === this.#calling) this.#reply = value;
    else if (this.#waiting.get(instance)?.delete(caller) === true) this.#answer(caller, value);
  }

  /** It waits for no reply any more. */
  forget(caller: number): void {
    for (const waiting of this.#waiting.values()) waiting.delete(caller);
  }

  timerFired(instance: number, timer: number, now: number): void {
    this.now = now;
    this.runtime.timerFired(instance, timer);
    if (this.#abandoned.has(instance)) this.#letGo(instance);
  }

  /** A signal that was sent with a delay arrives. */
  deliverLate(instance: number, signal: number, values: readonly Known[], now: number, from: number): void {
    const left = this.#underWay.get(instance)! - 1;
    if (left === 0) this.#underWay.delete(instance);
    else this.#underWay.set(instance, left);
    this.deliver(instance, signal, values, now, from);
    if (this.#abandoned.has(instance)) this.#letGo(instance);
  }

  /** Its transaction has ended: what no timer and no key can reach is over. */
  abandon(instance: number): void {
    if (!this.runtime.isLive(instance) || this.#byKey !== null) return;
    this.#abandoned.add(instance);
    this.#letGo(instance);
  }

  destroy(instance: number, now: number): void {
    if (!this.runtime.isLive(instance)) return;
    this.now = now;
    this.#abandoned.delete(instance);
    this.#spoken?.delete(instance);
    this.#forgetKey(instance);
    this.runtime.terminate(instance);
    this.#sightings?.over(instance, false);
    for (const caller of this.#waiting.get(instance) ?? []) this.#answer(caller, null);
    this.#waiting.delete(instance);
  }

  isIn(instance: number, state: ElementId): boolean {
    let vertex = this.#vertexOf.get(state);
    if (vertex === undefined) {
      vertex = this.compiled.vertices.findIndex(({ id }) => id === state);
      this.#vertexOf.set(state, vertex);
    }
    return vertex >= 0 && this.runtime.isLive(instance) && this.runtime.isIn(instance, vertex);
  }

  nextTimeOfDay(timeOfDay: number, after: number): number {
    return nextTimeOfDay(this.#clock, timeOfDay, after);
  }

  startTimer(instance: number, timer: number, due: number): number {
    if (this.#isDoWork[timer] === 1) return this.#doWork.begin(this.#index, instance, timer);
    const isWork = this.#work.isWork(this.#index, timer);
    if (isWork) {
      const work = this.#work.begin(this.#index, instance, timer, due - this.now);
      if (work >= 0) return work;
    }
    const record = this.#timers.start(this.#index, instance, timer, due, this.#laneOf[timer] ?? -1);
    return isWork ? NO_WORK : record;
  }

  /** A timer that fires though it was stopped is ignored by the runtime. */
  stopTimer(handle: number, _instance: number, timer: number): void {
    if (this.#isDoWork[timer] === 1) this.#doWork.abort(handle);
    else if (handle !== NO_WORK && this.#work.isWork(this.#index, timer)) this.#work.stop(handle);
  }

  /** What an instance does on a core, with resources or through another behaviour is done. */
  worked(instance: number, timer: number, now: number): void {
    this.now = now;
    this.runtime.activityEnded(instance, this.compiled.timers[timer]!.vertex);
    if (this.#abandoned.has(instance)) this.#letGo(instance);
  }

  send(
    instance: number,
    signal: number,
    values: readonly Known[],
    target: SendTarget,
    delay: number,
    handled: number,
  ): void {
    const { now } = this;
    const from = this.addressOf(instance);
    if (target.kind === 'self') this.deliverAfter(instance, signal, [...values], now, delay, from);
    else if (target.kind !== 'lifeline') {
      this.#post({ target, signal, values: [...values], now, delay, from, handled });
    }
  }

  /** What goes along with the signals that an instance sends. */
  addressOf(instance: number): number {
    this.#spoken?.add(instance);
    return senderAddress('instance', this.#index, instance);
  }

  /** The instance stays, though its transaction ends, until what is under way to it has arrived. */
  deliverAfter(
    instance: number,
    signal: number,
    values: readonly Known[],
    now: number,
    delay: number,
    from: number,
  ): void {
    this.#underWay.set(instance, (this.#underWay.get(instance) ?? 0) + 1);
    this.#timers.sendLater(this.#index, instance, signal, values, now + delay, from);
  }

  ended(instance: number, problem: RunProblem | null): void {
    this.#abandoned.delete(instance);
    this.#spoken?.delete(instance);
    this.#waiting.delete(instance);
    this.#forgetKey(instance);
    this.#sightings?.over(instance, problem === null);
    const awaited = this.#awaited.get(instance);
    if (awaited !== undefined) {
      this.#awaited.delete(instance);
      this.#over(awaited.waiter, awaited.work, problem !== null);
    }
    if (problem === null) return;
    this.#incidents.add({
      code: problem.code,
      severity: 'error',
      element: this.compiled.id,
      message: `Line ${problem.place.start.line + 1}: ${problem.message}`,
    });
  }

  #forgetKey(instance: number): void {
    const key = this.#keyOf.get(instance);
    if (key === undefined) return;
    this.#keyOf.delete(instance);
    // A later instance may have taken the key.
    if (this.#byKey!.get(key) === instance) this.#byKey!.delete(key);
  }

  /** The innermost active states by name. */
  #stateOf(instance: number): string {
    const { vertices, parent } = this.compiled;
    const active = [...vertices.keys()].filter((vertex) => this.runtime.isIn(instance, vertex));
    const innermost = active.filter((vertex) => !active.some((other) => parent[other] === vertex));
    return innermost.map((vertex) => vertices[vertex]!.name).join(' and ');
  }

  #letGo(instance: number): void {
    const { store } = this.runtime;
    const place = store.place(instance);
    if (place < 0 || this.#underWay.has(instance) || this.#spoken?.has(instance) === true) return;
    for (let timer = 0; timer < store.timers; timer++) if (store.due[place * store.timers + timer]! >= 0) return;
    this.#abandoned.delete(instance);
    this.runtime.terminate(instance);
    this.#sightings?.over(instance, false);
  }
}

/** A do-activity that waits for resources, or invokes another behaviour. */
export function isDelegated(
  { vertex, transition }: CompiledMachine['timers'][number],
  { vertices }: CompiledMachine,
): boolean {
  const state = vertices[vertex]!;
  if (transition >= 0 || state.kind !== 'state' || state.activity === undefined) return false;
  return state.activity.uses.length > 0 || state.activity.invokes !== undefined;
}
