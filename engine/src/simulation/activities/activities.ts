/**
 * Activities within a run: the host of their runtime. Time comes from the kernel's calendar, resources are shared by all
 * invocations, what an action calls is done by the kernel. Knows nothing of statistics beyond what it tells `Tallies`.
 */
import {
  type ActivityHost,
  type ActivityProgram,
  ActivityRuntime,
  ActivityTimes,
  BEGAN,
  type CompiledActivity,
  type CompiledClaim,
  type DelegatedWork,
  NODE,
  type ResourceAmount,
  RUN,
  TIME_SHIFT,
  WORD_SHIFT,
} from '../../behavior/index.ts';
import type { Effects, Known, RunProblem } from '../../expressions/index.ts';
import type { Resource } from '../../model/index.ts';
import { DAY, formatCount, type RandomStream, randomStream } from '../../numeric/index.ts';
import type { Calendar } from '../calendar.ts';
import { eventOf, eventType } from '../event.ts';
import { Incidents } from '../incidents.ts';
import { Tallies } from '../tallies.ts';
import { NodeTable } from './node-table.ts';
import { Resources } from './resources.ts';
import { countAt, nextChange } from './shifts.ts';

/** What an event of activities is for, in the lowest bits of its index. */
const what = { wake: 0, shift: 1 } as const;
const WHAT_BITS = 2;
/** Arrivals are refused earlier than tokens, so that what has begun can end. */
const ARRIVAL_SHARE = 0.75;

export interface ActivityParts {
  readonly program: ActivityProgram;
  readonly resources: readonly Resource[];
  readonly seed: number;
  /** When the run begins, microseconds since Monday 00:00. */
  readonly beginning: number;
  readonly tokenLimit: number;
  readonly calendar: Calendar;
  readonly clock: Float64Array;
  /** An invocation that a load began is over. */
  concluded(load: number): void;
  /** There was no room for a token. */
  full(): void;
  /** Work of an action that is no activity: ends in `resume`. */
  start(token: number, work: DelegatedWork, values: readonly Known[]): void;
  send(...sent: Parameters<Effects['send']>): void;
}

export class Activities implements ActivityHost {
  readonly clock: Float64Array;
  readonly midnight: number;
  streams: readonly RandomStream[] = [];
  times: ActivityTimes;
  readonly runtime: ActivityRuntime;
  readonly resources: Resources;
  /** As the table says. */
  readonly tallies: Tallies;
  readonly table: NodeTable;
  readonly #parts: ActivityParts;
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  #incidents = new Incidents();
  /** By node: how often an event was taken there since the beginning. */
  readonly #taken: Float64Array;
  /** By resource: how many there are in place of what the text says, and how many of them are not there. */
  readonly #counts: (number | null)[];
  readonly #away: Float64Array;
  /** By token: the transaction of the kernel that does its work; -1: none. */
  readonly #elsewhere: Int32Array;

  constructor(parts: ActivityParts) {
    const { program, clock, tokenLimit, resources } = parts;
    this.#parts = parts;
    this.clock = clock;
    this.midnight = -(parts.beginning % DAY);
    this.times = new ActivityTimes(program, (name) => randomStream(parts.seed, name));
    this.#counts = resources.map(() => null);
    this.#away = new Float64Array(resources.length);
    this.#elsewhere = new Int32Array(tokenLimit);
    this.runtime = new ActivityRuntime(program, this, tokenLimit);
    const { store } = this.runtime;
    this.#words = store.words;
    this.#times = store.times;
    this.table = new NodeTable(program, resources.length);
    this.tallies = new Tallies(this.table.size, clock, store.times);
    this.resources = new Resources({
      count: resources.length,
      claims: program.claims,
      clock,
      store,
      tallies: this.tallies,
      firstTally: this.table.resource(0),
      granted: (token) => this.runtime.granted(token),
    });
    this.#taken = new Float64Array(this.table.lasts.length);
  }

  /** A replication begins. */
  prepare(replication: number, incidents: Incidents): void {
    const { program, seed, resources } = this.#parts;
    const stream = (name: string): RandomStream => randomStream(seed, name, replication);
    this.#incidents = incidents;
    this.streams = program.sources.map(stream);
    this.times = new ActivityTimes(program, stream);
    this.runtime.clear();
    this.tallies.clear();
    this.#taken.fill(0);
    this.#elsewhere.fill(-1);
    this.#counts.fill(null);
    this.#away.fill(0);
    this.resources.clear(resources.map((_, resource) => this.#present(resource, 0)));
    resources.forEach((_, resource) => {
      this.#expectShift(resource, 0);
    });
  }

  /** The warm-up is over. */
  mark(now: number): void {
    this.tallies.mark(now);
    this.resources.mark(now);
  }

  /** Begins an invocation; false where it was turned away. */
  begin(activity: number, values: readonly Known[], load: number): boolean {
    const { store } = this.runtime;
    const subject = this.table.loaded(activity);
    if (store.live >= Math.floor(store.limit * ARRIVAL_SHARE)) {
      this.tallies.turnAway(subject);
      const { name } = this.#parts.program.activities[activity]!.activity;
      const message = `More than ${formatCount(store.live)} tokens of activities were on their way at a time: arrivals of ${name} were refused.`;
      this.#note('refused', 'warning', this.#parts.program.activities[activity]!.id, message);
      return false;
    }
    this.runtime.begin(activity, values, waiterOf(load));
    return true;
  }

  /** An event of the calendar. */
  event(index: number, now: number): void {
    const record = index >> WHAT_BITS;
    if ((index & 3) === what.wake) {
      this.runtime.awake(record);
      return;
    }
    this.#renew(record);
    this.#expectShift(record, now);
  }

  /**
   * From now on there are so many of a resource (its index in the model) where no shift has fewer; null: as many as the text says.
   * Whoever is at work finishes it.
   */
  setCount(resource: number, count: number | null): void {
    this.#counts[resource] = count;
    this.#renew(resource);
  }

  /** So many more of a resource are not there, whatever shift it is; a negative number brings them back. */
  takeAway(resource: number, count: number): void {
    this.#away[resource]! += count;
    this.#renew(resource);
  }

  /** A transaction of the kernel does the work of a token. */
  delegated(token: number, transaction: number): void {
    this.#elsewhere[token] = transaction;
  }

  /** There was no room for it. */
  refuse(token: number): void {
    this.runtime.resume(token, true);
  }

  /** What the kernel did for a token is over. */
  resume(token: number, transaction: number, hasFailed: boolean): void {
    if (this.#elsewhere[token] !== transaction) return;
    this.#elsewhere[token] = -1;
    this.runtime.resume(token, hasFailed);
    this.runtime.settle();
  }

  // ── what the runtime asks for ──

  wake(token: number, due: number): void {
    if (!(due < Number.POSITIVE_INFINITY)) return;
    this.#parts.calendar.push(due, eventOf(eventType.activity, (token << WHAT_BITS) | what.wake));
  }

  ask(token: number, claim: CompiledClaim, rank: number): boolean {
    return this.resources.ask(token, claim, rank);
  }

  withdraw(token: number, claim: CompiledClaim): void {
    const node = this.#words[(token << WORD_SHIFT) + NODE]!;
    const run = this.#words[(token << WORD_SHIFT) + RUN]!;
    const activity = this.#words[(run << WORD_SHIFT) + NODE]!;
    this.tallies.end(this.table.wait(this.table.node(activity, node)), (token << TIME_SHIFT) + BEGAN, false);
    this.resources.withdraw(token, claim);
  }

  giveBack(uses: readonly ResourceAmount[]): void {
    this.resources.giveBack(uses);
  }

  giveBackOne(resource: number, amount: number): void {
    this.resources.giveBackOne(resource, amount);
  }

  start(...started: Parameters<ActivityHost['start']>): void {
    this.#parts.start(...started);
  }

  abandon(token: number): void {
    this.#elsewhere[token] = -1;
  }

  send(_run: number, ...sent: Parameters<Effects['send']>): void {
    this.#parts.send(...sent);
  }

  log(): void {}

  began(activity: CompiledActivity, _run: number, waiter: number): void {
    this.tallies.begin(loadOf(waiter) >= 0 ? this.table.loaded(activity.index) : activity.index);
  }

  entered(activity: CompiledActivity, token: number, node: number, isFirst: boolean): void {
    const at = this.table.node(activity.index, node);
    if (this.table.lasts[at] === 1) this.tallies.begin(this.table.visit(at));
    else this.tallies.instant(this.table.visit(at));
    if (activity.claims[node] !== null) this.tallies.begin(this.table.wait(at));
    if (!isFirst) return;
    const run = this.#words[(token << WORD_SHIFT) + RUN]!;
    this.tallies.begin(this.table.reach(at));
    this.tallies.end(this.table.reach(at), (run << TIME_SHIFT) + BEGAN, false);
  }

  served(activity: CompiledActivity, token: number, node: number): void {
    if (activity.claims[node] === null) return;
    this.tallies.end(this.table.wait(this.table.node(activity.index, node)), (token << TIME_SHIFT) + BEGAN, false);
  }

  left(activity: CompiledActivity, token: number, node: number, isDone: boolean): void {
    const at = this.table.node(activity.index, node);
    if (isDone) this.#taken[at]!++;
    if (this.table.lasts[at] === 0) return;
    this.tallies.end(this.table.visit(at), (token << TIME_SHIFT) + BEGAN, !isDone);
  }

  ended(activity: CompiledActivity, run: number, waiter: number, hasFailed: boolean): void {
    const load = loadOf(waiter);
    const isLoaded = load >= 0;
    const began = (run << TIME_SHIFT) + BEGAN;
    const subject = isLoaded ? this.table.loaded(activity.index) : this.table.invoked(activity.index);
    this.tallies.end(subject, began, hasFailed);
    if (this.#times[began]! >= this.tallies.from) {
      const { store } = this.runtime;
      for (let node = 0; node < activity.nodes.length; node++) {
        if (store.hasSeen(run, node)) this.tallies.instant(this.table.seen(this.table.node(activity.index, node)));
      }
    }
    if (isLoaded) this.#parts.concluded(load);
  }

  problem({ id }: CompiledActivity, { code, message, place }: RunProblem): void {
    this.#note(code, 'error', id, `Line ${place.start.line + 1}: ${message}`);
  }

  full({ id, activity }: CompiledActivity): void {
    const { limit } = this.runtime.store;
    this.#note(
      'token-limit',
      'warning',
      id,
      `More than ${formatCount(limit)} tokens of activities were on their way at a time: some of ${activity.name} were refused.`,
    );
    this.#parts.full();
  }

  #renew(resource: number): void {
    this.resources.setCapacity(resource, this.#present(resource, this.clock[0]!));
    this.runtime.settle();
  }

  #present(resource: number, now: number): number {
    const { resources, beginning } = this.#parts;
    const known = resources[resource]!;
    const count = this.#counts[resource] ?? null;
    const onShift = countAt(count === null ? known : { ...known, count }, now, beginning);
    return Math.max(0, (count === null ? onShift : Math.min(onShift, count)) - this.#away[resource]!);
  }

  #expectShift(resource: number, now: number): void {
    const { resources, beginning, calendar } = this.#parts;
    const next = nextChange(resources[resource]!, now, beginning);
    if (next < Number.POSITIVE_INFINITY)
      calendar.push(next, eventOf(eventType.activity, (resource << WHAT_BITS) | what.shift));
  }

  #note(code: string, severity: 'error' | 'warning' | 'information', element: string, message: string): void {
    this.#incidents.add({ code, severity, element, message });
  }
}

/** Who waits for an invocation: a token, nobody, or a load. */
function waiterOf(load: number): number {
  return -2 - load;
}

function loadOf(waiter: number): number {
  return -2 - waiter;
}
