/**
 * One machine and all that is under way around it: what waits in its pool, timers, a script. It can be packed into a few integers and
 * unpacked again, says what may happen next and lets it happen. Knows nothing of the states it has been in.
 */
import {
  BEGUN,
  type CompiledMachine,
  type Delivery,
  DONE,
  delivery,
  hasBegun,
  IDLE,
  type MachineHost,
  type MachineObserver,
  MachineRuntime,
  mentions,
  timerBounds,
} from '../behavior/index.ts';
import type { Known, RunProblem } from '../expressions/index.ts';
import type { SendTarget, Value } from '../model/index.ts';
import { type RandomStream, randomStream } from '../numeric/index.ts';
import { ChosenStream } from './chosen-stream.ts';
import { draws } from './draws.ts';
import type { Environment, SentEvent } from './environment.ts';
import { Interner } from './interner.ts';
import { MOVE, move } from './move.ts';
import type { Schedules } from './schedules.ts';
import {
  areTied,
  elapsed,
  fired,
  isDue,
  NO_TIMERS,
  renamed,
  sorted,
  started,
  stopped,
  type Zone,
  zoneText,
} from './timer-zone.ts';
import { WaitingEvents } from './waiting-events.ts';

const STEP_BUDGET = 2000;
const LIVE = 0;
const ENDED = 1;
const FAILED = 2;

/** The instance as a sender, whatever its number; somebody else is -1. */
const ITSELF = -2;

export class World implements MachineHost {
  readonly now = 0;
  readonly streams: readonly RandomStream[];
  readonly compiled: CompiledMachine;
  readonly runtime: MachineRuntime;
  /** Of packed states. */
  readonly words: number;
  problem: RunProblem | null = null;
  /** A call or signal that nothing took in the last move, deferred ones of earlier included. */
  discards: number[] = [];

  readonly #environment: Environment;
  readonly #values = new Interner<Value>();
  readonly #zones = new Interner<Zone>();
  readonly #waits = new WaitingEvents();
  readonly #perWord: number;
  readonly #hasZones: boolean;
  readonly #hasWaiting: boolean;
  readonly #defers: boolean;
  readonly #isOpen: boolean;
  readonly #scriptKey: number;
  readonly #mostWaiting: number;
  /** Do-activities that are done piece by piece. */
  readonly #pieced: readonly number[];
  #instance = -1;
  #status = LIVE;
  #position = 0;
  #zone: Zone = NO_TIMERS;
  // The number of what was unpacked, as long as nothing has changed it.
  #knownZone: Zone | null = null;
  #zoneNumber = 0;
  /** Of the moves last asked for some were left out: too much would wait. */
  isCrowded = false;

  constructor(compiled: CompiledMachine, environment: Environment, schedules: Schedules, mostWaiting: number) {
    this.#mostWaiting = mostWaiting;
    this.compiled = compiled;
    this.#environment = environment;
    const isChance = !draws(compiled);
    this.streams = compiled.randomSources.map((source) =>
      isChance ? new ChosenStream(schedules) : randomStream(1, source),
    );
    this.runtime = new MachineRuntime(compiled, this, {
      code: { ...compiled.exact, delays: compiled.partial.delays, partial: true },
      oracle: schedules,
      interleaves: true,
      stepBudget: STEP_BUDGET,
    });
    const { strandCount, historyCount, variables, timers, changes, machine } = compiled;
    this.#perWord = compiled.vertices.length < 255 ? 4 : compiled.vertices.length < 65535 ? 2 : 1;
    const sends = mentions(machine, 'send');
    this.#hasZones = timers.length > 0 || sends || environment.kind === 'script';
    this.#isOpen = environment.kind === 'open';
    this.#defers = compiled.deferrable.includes(1);
    this.#hasWaiting = sends || changes.length > 0 || this.#defers;
    this.#scriptKey = timers.length;
    this.#pieced = timers.flatMap(({ vertex }, timer) => (compiled.exact.activitySteps[vertex] ? [timer] : []));
    this.words =
      1 +
      Math.ceil((strandCount + historyCount) / this.#perWord) +
      variables.length +
      Math.ceil(timers.length / 16) +
      Math.ceil(this.#pieced.length / 2) +
      Math.ceil(changes.length / 32) +
      (this.#hasZones ? 1 : 0) +
      (this.#hasWaiting ? 1 : 0);
  }

  set observer(observer: MachineObserver | null) {
    this.runtime.observer = observer;
  }

  get configurationWords(): number {
    return Math.ceil(this.compiled.strandCount / this.#perWord);
  }

  /** Of these and of what histories remember; the values follow. */
  get vertexWords(): number {
    return Math.ceil((this.compiled.strandCount + this.compiled.historyCount) / this.#perWord);
  }

  get isLive(): boolean {
    return this.#status === LIVE;
  }

  get hasFailed(): boolean {
    return this.#status === FAILED;
  }

  /** Events that wait: for their turn, for their time, or until nothing defers them. */
  get waiting(): number {
    if (!this.#hasWaiting || this.#status !== LIVE) return 0;
    const { store } = this.runtime;
    return this.#waits.pool.length + this.#waits.delayed.length + store.deferred(store.place(this.#instance)).length;
  }

  /** Innermost active vertex of a strand, or -1. */
  active(strand: number): number {
    const { store } = this.runtime;
    return this.isLive ? store.active[store.place(this.#instance) * store.strands + strand]! : -1;
  }

  /** Parameters and variables by name. */
  values(): ReadonlyMap<string, Value> {
    const { store } = this.runtime;
    const slots = this.isLive ? store.slots[store.place(this.#instance)]! : [];
    return new Map(this.compiled.variables.map(({ name }, slot) => [name, slots[slot] ?? null]));
  }

  create(values: readonly Value[]): void {
    if (this.#instance >= 0) this.runtime.terminate(this.#instance);
    this.#reset();
    this.#instance = -1;
    const instance = this.runtime.spawn(values);
    if (this.#status === LIVE) this.#instance = instance;
    this.#awaitScript();
  }

  /** What may happen now. */
  moves(): number[] {
    this.isCrowded = false;
    if (this.#status !== LIVE) return [];
    const environment = this.#environment;
    const { store } = this.runtime;
    const found: number[] = [];
    const base = store.place(this.#instance) * store.timers;
    for (let timer = 0; timer < store.timers; timer++) {
      if (hasBegun(store.due[base + timer]!)) found.push(move.activity * MOVE + timer);
    }
    if (this.#waits.pool.length > 0) found.push(move.pooled * MOVE);
    if (
      environment.kind === 'open' &&
      this.#waits.pool.length > 0 &&
      this.#waits.pool.length + this.#waits.ahead >= this.#mostWaiting
    )
      this.isCrowded = true;
    else if (environment.kind === 'open') {
      for (let event = 0; event < environment.events.length; event++) found.push(event);
    } else if (environment.steps[this.#position]?.kind === 'event') found.push(move.event * MOVE);
    const { keys } = this.#zone;
    if (keys.length === 0) return found;
    const isNow = this.#isNow();
    for (const key of keys) {
      // What is drawn is never exactly nothing.
      if (isNow ? !isDue(this.#zone, key) : fired(this.#zone, key, false) === null) continue;
      if (key < this.#scriptKey) found.push(move.timer * MOVE + key);
      else if (key === this.#scriptKey) found.push(move.wait * MOVE);
      else found.push(move.delayed * MOVE + (key - this.#scriptKey - 1));
    }
    return found;
  }

  /** Without any doing of the world outside, and before any time passes. */
  isInternal(next: number): boolean {
    const kind = Math.floor(next / MOVE);
    if (kind === move.pooled || kind === move.activity) return true;
    if (kind === move.timer) return isDue(this.#zone, next % MOVE);
    return kind === move.delayed && isDue(this.#zone, this.#scriptKey + 1 + (next % MOVE));
  }

  /** Of the moves those of the machine's own that come at the same moment, in no order; empty where there are fewer than two. */
  unordered(moves: readonly number[]): readonly number[] {
    if (!this.#hasZones || moves.length < 2) return [];
    const own = moves.filter((next) => {
      const kind = Math.floor(next / MOVE);
      return kind === move.timer || kind === move.pooled || kind === move.delayed;
    });
    const now = own.filter((next) => this.isInternal(next));
    if (now.length > 0) return now.length > 1 ? now : [];
    for (const first of own) {
      const tied = own.filter((next) => areTied(this.#zone, this.#keyOf(first), this.#keyOf(next)));
      if (tied.length > 1) return tied;
    }
    return [];
  }

  #keyOf(next: number): number {
    return Math.floor(next / MOVE) === move.timer ? next % MOVE : this.#scriptKey + 1 + (next % MOVE);
  }

  perform(next: number): Delivery {
    const { runtime } = this;
    const index = next % MOVE;
    this.discards.length = 0;
    switch (Math.floor(next / MOVE)) {
      case move.event: {
        const sent = this.eventOf(next);
        if (this.#isOpen && this.#waits.pool.length > 0) {
          this.#waits.ahead++;
          this.#waits.changed();
        }
        if (this.#environment.kind === 'script') this.#position++;
        else if (!this.#isNow()) this.#zone = elapsed(this.#zone);
        const outcome = runtime.deliver(this.#instance, sent.event, sent.values);
        this.#awaitScript();
        return outcome;
      }
      case move.timer: {
        const { store } = runtime;
        this.#zone = fired(this.#zone, index, this.#isNow()) ?? NO_TIMERS;
        store.due[store.place(this.#instance) * store.timers + index] = 0;
        runtime.timerFired(this.#instance, index);
        return delivery.taken;
      }
      case move.pooled: {
        const { event, values } = this.#waits.pool.shift()!;
        this.#waits.ahead = 0;
        this.#waits.changed();
        return runtime.handlePooled(this.#instance, event, values);
      }
      case move.activity:
        runtime.runActivity(this.#instance, index);
        return delivery.taken;
      case move.delayed: {
        const key = this.#scriptKey + 1 + index;
        const zone = fired(this.#zone, key, this.#isNow()) ?? NO_TIMERS;
        this.#zone = renamed(zone, (other) => (other > key ? other - 1 : other));
        const [sent] = this.#waits.delayed.splice(index, 1);
        this.#waits.changed();
        return runtime.deliver(this.#instance, sent!.event, sent!.values, ITSELF);
      }
      default:
        this.#zone = fired(this.#zone, this.#scriptKey, this.#isNow()) ?? NO_TIMERS;
        this.#position++;
        this.#awaitScript();
        return delivery.taken;
    }
  }

  /** What an event move sends. */
  eventOf(next: number): SentEvent {
    const environment = this.#environment;
    if (environment.kind === 'open') return environment.events[next]!;
    const step = environment.steps[this.#position];
    return step?.kind === 'event' ? step : { event: -1, values: [] };
  }

  /** What a signal to itself or a change that is next carries; null for other moves. */
  ownEventOf(next: number): SentEvent | null {
    const kind = Math.floor(next / MOVE);
    if (kind === move.pooled) return this.#waits.pool[0] ?? null;
    return kind === move.delayed ? (this.#waits.delayed[next % MOVE] ?? null) : null;
  }

  /** How long the script waits where that is next, microseconds. */
  waitOf(): number {
    const environment = this.#environment;
    const step = environment.kind === 'script' ? environment.steps[this.#position] : undefined;
    return step?.kind === 'wait' ? step.time : 0;
  }

  pack(into: Int32Array): void {
    into[0] = this.#status | (this.#position << 2);
    if (this.#status !== LIVE) {
      into.fill(0, 1);
      into[0] = this.#status;
      return;
    }
    const { store } = this.runtime;
    const { strands, histories, timers, changes, active, past, due, changed } = store;
    const place = store.place(this.#instance);
    const perWord = this.#perWord;
    const bits = 32 / perWord;
    let at = 0;
    let packed = 0;
    for (let i = 0; i < strands + histories; i++) {
      const vertex = i < strands ? active[place * strands + i]! : past[place * histories + i - strands]!;
      if (i % perWord === 0) packed = 0;
      packed |= (vertex + 1) << ((i % perWord) * bits);
      if (i % perWord === perWord - 1 || i === strands + histories - 1) into[++at] = packed;
    }
    const slots = store.slots[place]!;
    for (let i = 0; i < this.compiled.variables.length; i++) into[++at] = this.#valueNumber(slots[i] ?? null);
    for (let i = 0; i < timers; i++) {
      if (i % 16 === 0) into[++at] = 0;
      into[at]! |= timerBits(due[place * timers + i]!) << ((i % 16) * 2);
    }
    for (let i = 0; i < this.#pieced.length; i++) {
      if (i % 2 === 0) into[++at] = 0;
      const own = due[place * timers + this.#pieced[i]!]!;
      if (hasBegun(own)) into[at]! |= (BEGUN - own) << ((i % 2) * 16);
    }
    for (let i = 0; i < changes; i++) {
      if (i % 32 === 0) into[++at] = 0;
      into[at]! |= changed[place * changes + i]! << (i % 32);
    }
    if (this.#hasZones) {
      if (this.#zone !== this.#knownZone) {
        this.#knownZone = sorted(this.#zone);
        this.#zoneNumber = this.#zones.number(this.#knownZone, zoneText(this.#knownZone));
      }
      into[++at] = this.#zoneNumber;
    }
    if (this.#hasWaiting) into[++at] = this.#waits.pack(store.deferred(place), this.#defers);
  }

  unpack(from: Int32Array): void {
    this.#reset();
    this.#status = from[0]! & 3;
    this.#position = from[0]! >>> 2;
    if (this.#status !== LIVE) return;
    const { store } = this.runtime;
    if (this.#instance < 0 || store.place(this.#instance) < 0) this.#instance = store.open();
    const place = store.place(this.#instance);
    const { strands, histories, timers, changes, active, past, due, changed } = store;
    const perWord = this.#perWord;
    const bits = 32 / perWord;
    const mask = perWord === 1 ? -1 : (1 << bits) - 1;
    let at = 0;
    for (let i = 0; i < strands + histories; i++) {
      if (i % perWord === 0) at++;
      const vertex = ((from[at]! >>> ((i % perWord) * bits)) & mask) - 1;
      if (i < strands) active[place * strands + i] = vertex;
      else past[place * histories + i - strands] = vertex;
    }
    const slots = store.slots[place]!;
    for (let i = 0; i < this.compiled.variables.length; i++) {
      const number = from[++at]!;
      slots[i] = (number & 1) === 0 ? number / 2 : this.#values.thing(number >> 1);
    }
    for (let i = 0; i < timers; i++) {
      if (i % 16 === 0) at++;
      due[place * timers + i] = timerDue((from[at]! >>> ((i % 16) * 2)) & 3);
    }
    for (let i = 0; i < this.#pieced.length; i++) {
      if (i % 2 === 0) at++;
      const slot = place * timers + this.#pieced[i]!;
      if (hasBegun(due[slot]!)) due[slot] = BEGUN - ((from[at]! >>> ((i % 2) * 16)) & 0xffff);
    }
    if (timers > 0) store.spins[place] = 0;
    for (let i = 0; i < changes; i++) {
      if (i % 32 === 0) at++;
      changed[place * changes + i] = (from[at]! >>> (i % 32)) & 1;
    }
    store.began[place] = 0;
    if (this.#hasZones) {
      this.#zoneNumber = from[++at]!;
      this.#zone = this.#knownZone = this.#zones.thing(this.#zoneNumber);
    }
    if (!this.#hasWaiting) return;
    while (store.deferred(place).length > 0) store.release(place, 0);
    for (const event of this.#waits.unpack(from[++at]!)) store.defer(place, event);
  }

  #reset(): void {
    this.problem = null;
    this.#status = LIVE;
    this.#position = 0;
    this.#zone = NO_TIMERS;
    this.#knownZone = null;
    if (this.#hasWaiting) this.#waits.clear();
  }

  /** No time passes: the machine has something to do, or the script comes before. A machine takes no time itself. */
  #isNow(): boolean {
    if (this.#waits.pool.length > 0) return true;
    const environment = this.#environment;
    if (environment.kind === 'script' && environment.steps[this.#position]?.kind !== 'wait') return true;
    const { store } = this.runtime;
    const base = store.place(this.#instance) * store.timers;
    for (let timer = 0; timer < store.timers; timer++) if (hasBegun(store.due[base + timer]!)) return true;
    return false;
  }

  #awaitScript(): void {
    const environment = this.#environment;
    if (environment.kind !== 'script' || this.#status !== LIVE) return;
    const step = environment.steps[this.#position];
    if (step?.kind === 'wait' && !this.#zone.keys.includes(this.#scriptKey))
      this.#zone = started(this.#zone, this.#scriptKey, step.time, step.time);
  }

  #valueNumber(value: Value): number {
    if (typeof value === 'number' && Number.isInteger(value) && value < 0x20000000 && value > -0x20000000)
      return value * 2;
    const key = typeof value === 'object' && value !== null ? `\u0000${JSON.stringify(value)}` : value;
    return this.#values.number(value, key) * 2 + 1;
  }

  // What the runtime asks of its host.

  startTimer(_instance: number, timer: number, due: number): number {
    const runs = this.compiled.timers[timer]!.runs;
    const [least, most] = due < Number.POSITIVE_INFINITY ? [due, due] : timerBounds(runs);
    this.#zone = started(this.#zone, timer, least, most);
    return 0;
  }

  stopTimer(_handle: number, _instance: number, timer: number): void {
    this.#zone = stopped(this.#zone, timer);
  }

  send(_instance: number, signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    if (target.kind !== 'self') return;
    this.#waits.changed();
    this.#waits.delayed.push({ event: signal, values: values.map((value) => value ?? null) });
    const known = delay >= 0;
    this.#zone = started(
      this.#zone,
      this.#scriptKey + this.#waits.delayed.length,
      known ? delay : 0,
      known ? delay : Number.POSITIVE_INFINITY,
    );
  }

  addressOf(): number {
    return ITSELF;
  }

  pooled(event: number, values: readonly Known[]): void {
    this.#waits.changed();
    this.#waits.pool.push({ event, values: values.map((value) => value ?? null) });
  }

  ended(_instance: number, problem: RunProblem | null): void {
    this.problem = problem;
    this.#status = problem === null ? ENDED : FAILED;
    this.#instance = -1;
  }
}

function timerBits(due: number): number {
  if (Number.isNaN(due)) return 0;
  return due === DONE ? 2 : hasBegun(due) ? 3 : 1;
}

function timerDue(bits: number): number {
  return bits === 0 ? IDLE : bits === 2 ? DONE : bits === 3 ? BEGUN : Number.POSITIVE_INFINITY;
}
