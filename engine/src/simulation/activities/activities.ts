/**
 * Activities within a run: the host of their runtime. Time comes from the kernel's calendar, resources are shared by all
 * invocations, what an action calls is done by the kernel. Knows nothing of statistics beyond what it tells `Tallies`.
 */
import {
  type ActivityHost,
  type ActivityProgram,
  ActivityRuntime,
  ActivityTimes,
  type CompiledActivity,
  type CompiledClaim,
  type DelegatedWork,
  NODE,
  type ResourceAmount,
  RUN,
  WORD_SHIFT,
} from '../../behavior/index.ts';
import { Frame, type Known, type RunProblem } from '../../expressions/index.ts';
import type { ElementId, Resource, Scenario } from '../../model/index.ts';
import { formatCount, type RandomStream, randomStream } from '../../numeric/index.ts';
import type { Calendar } from '../calendar.ts';
import { eventOf, eventType } from '../event.ts';
import { Incidents } from '../incidents.ts';
import { nextTimeOfDay } from '../next-time-of-day.ts';
import { ARRIVAL_SHARE } from '../run-limits.ts';
import type { Post } from '../signal-routes.ts';
import type { Tallies } from '../tallies.ts';
import { numberOf, waiterOf, waiters } from '../waiters.ts';
import { type WallClock, wallClock } from '../wall-clock.ts';
import { ActivityTallies } from './activity-tallies.ts';
import { Batches } from './batches.ts';
import { Errands } from './errands.ts';
import { type Holder, holdersIn, outermost } from './holders.ts';
import { InvocationSignals } from './invocation-signals.ts';
import { NodeTable } from './node-table.ts';
import { Resources } from './resources.ts';
import { Staffing } from './staffing.ts';
import { type StateActivity, StateVisits } from './state-visits.ts';
import { stuckInvocations } from './stuck-invocations.ts';

/** What an event of activities is for, in the lowest bits of its index. */
const what = { wake: 0, shift: 1, errand: 2 } as const;
const WHAT_BITS = 2;
const WHAT_MASK = (1 << WHAT_BITS) - 1;

interface ActivityParts {
  readonly program: ActivityProgram;
  readonly resources: readonly Resource[];
  readonly seed: number;
  /** What its clocks show. */
  readonly scenario: Scenario;
  readonly tokenLimit: number;
  readonly calendar: Calendar;
  readonly clock: Float64Array;
  /** The method of an operation is over: `ticket` as given to `perform`. */
  performed(ticket: number, hasFailed: boolean): void;
  /** An invocation that a load began is over. */
  concluded(load: number): void;
  /** There was no room for a token. */
  full(): void;
  /** Work of an action that is no activity: ends in `resume`. */
  start(token: number, work: DelegatedWork, values: readonly Known[]): void;
  /** A signal to somebody else. */
  readonly post: Post;
  /** Activities whose invocations somebody sends signals to by their key. */
  readonly keyed: ReadonlySet<ElementId>;
  readonly signalNames: readonly string[];
  /** The activity of a state is over. */
  stateDone(population: number, instance: number, timer: number): void;
  /** By activity and timer of which population; absent: it is none of a state. */
  readonly ofStates: readonly StateActivity[];
  /** All of the model. */
  readonly activityIds: readonly ElementId[];
}

/** What activities hold and wait for at a moment. */
export interface Standing {
  readonly holders: readonly Holder[];
  /** By resource: the most that there can be. */
  readonly most: readonly number[];
  /** The outermost invocation around a token. */
  holderOf(token: number): number;
  /** The ticket of the execution whose method it is; -1 where it is none. */
  ticketOf(holder: Holder): number;
}

export class Activities implements ActivityHost {
  readonly clock: Float64Array;
  readonly #clockOfRun: WallClock;
  streams: readonly RandomStream[] = [];
  times: ActivityTimes;
  readonly runtime: ActivityRuntime;
  readonly resources: Resources;
  readonly #staffing: Staffing;
  readonly #counted: ActivityTallies;
  readonly #parts: ActivityParts;
  readonly #words: Int32Array;
  #incidents = new Incidents();
  /** What activities of states do. */
  readonly visits: StateVisits;
  readonly #errands: Errands;
  readonly #batches: Batches;
  /** What comes to invocations from others. */
  readonly signals: InvocationSignals;
  readonly #frame = new Frame();
  /** By token: the transaction of the kernel that does its work; -1: none. */
  readonly #elsewhere: Int32Array;

  constructor(parts: ActivityParts) {
    const { program, clock, tokenLimit, resources } = parts;
    this.#parts = parts;
    this.clock = clock;
    this.#staffing = new Staffing(resources, parts.scenario);
    this.#clockOfRun = wallClock(parts.scenario);
    this.times = new ActivityTimes(program, (name) => randomStream(parts.seed, name));
    this.#elsewhere = new Int32Array(tokenLimit);
    this.runtime = new ActivityRuntime(program, this, tokenLimit);
    const { store } = this.runtime;
    this.#words = store.words;
    const table = new NodeTable(program, resources.length);
    this.#counted = new ActivityTallies(table, clock, store);
    this.resources = new Resources({
      count: resources.length,
      claims: program.claims,
      clock,
      store,
      tallies: this.tallies,
      firstTally: table.resource(0),
      granted: (token) => this.runtime.granted(token),
    });
    this.#errands = new Errands((number, delay) => this.#push(clock[0]! + delay, number, what.errand));
    this.#batches = new Batches(this.runtime, this.#errands, (element, values) => this.#patienceOf(element, values));
    this.visits = new StateVisits(parts.ofStates, program, this.runtime, {
      later: (work) => this.#errands.later(work),
      done: (population, instance, timer) => parts.stateDone(population, instance, timer),
    });
    this.signals = new InvocationSignals({
      ...parts,
      runtime: this.runtime,
      errands: this.#errands,
      note: (finding) => this.#incidents.add(finding),
    });
  }

  /** A replication begins. */
  prepare(replication: number, incidents: Incidents): void {
    const { program, seed, resources } = this.#parts;
    const stream = (name: string): RandomStream => randomStream(seed, name, replication);
    this.#incidents = incidents;
    this.streams = program.sources.map(stream);
    this.times = new ActivityTimes(program, stream);
    this.runtime.clear();
    this.#counted.clear();
    this.#errands.clear();
    this.#batches.clear();
    this.visits.clear();
    this.signals.clear();
    this.#elsewhere.fill(-1);
    this.#staffing.clear();
    this.resources.clear(resources.map((_, resource) => this.#staffing.present(resource, 0)));
    resources.forEach((_, resource) => {
      this.#expectShift(resource, 0);
    });
  }

  /** As `NodeTable` says. */
  get tallies(): Tallies {
    return this.#counted.tallies;
  }

  /** The warm-up is over. */
  mark(now: number): void {
    this.tallies.mark(now);
    this.resources.mark(now);
  }

  nextTimeOfDay(timeOfDay: number, after: number): number {
    return nextTimeOfDay(this.#clockOfRun, timeOfDay, after);
  }

  /** The run is over: says what would have waited for ever. */
  finish(): void {
    const found = stuckInvocations({
      runtime: this.runtime,
      resources: this.#parts.resources,
      most: this.#mostOfEach(),
      held: this.resources.held,
      wasTaken: (activity, node) => this.#counted.wasTaken(activity, node),
    });
    for (const finding of found) this.#incidents.add(finding);
  }

  /** Who waits for what, for whoever looks beyond activities. */
  standing(): Standing {
    const { words } = this.runtime.store;
    return {
      holders: [...holdersIn(this.runtime)],
      most: this.#mostOfEach(),
      holderOf: (token) => outermost(this.runtime, words[(token << WORD_SHIFT) + RUN]!),
      ticketOf: ({ waiter }) => numberOf(waiters.method, waiter),
    };
  }

  /** The most of each resource that there can be while the run goes on. */
  #mostOfEach(): readonly number[] {
    return this.#parts.resources.map((_, resource) =>
      Math.max(this.resources.capacity[resource]!, this.#staffing.most(resource)),
    );
  }

  /** Begins an invocation; false where it was turned away. */
  begin(activity: number, values: readonly Known[], load: number): boolean {
    const { store } = this.runtime;
    if (store.live >= Math.floor(store.limit * ARRIVAL_SHARE)) {
      this.#counted.turnedAway(activity);
      const { name } = this.#parts.program.activities[activity]!.activity;
      const message = `More than ${formatCount(store.live)} tokens of activities were on their way at a time: arrivals of ${name} were refused.`;
      this.#note('refused', 'warning', this.#parts.program.activities[activity]!.id, message);
      return false;
    }
    this.runtime.begin(activity, values, waiterOf(waiters.load, load));
    return true;
  }

  /** Begins an invocation as the method of an operation; `performed` is told of its end, be it at once. */
  perform(activity: number, values: readonly Known[], ticket: number): void {
    if (this.runtime.begin(activity, values, waiterOf(waiters.method, ticket)) < 0) this.#parts.performed(ticket, true);
  }

  /** An event of the calendar. */
  event(index: number, now: number): void {
    const number = index >> WHAT_BITS;
    switch (index & WHAT_MASK) {
      case what.wake:
        this.runtime.awake(number);
        return;
      case what.errand:
        this.#errands.run(number);
        return;
      default:
        this.#renew(number);
        this.#expectShift(number, now);
    }
  }

  /**
   * From now on there are so many of a resource (its index in the model) where no shift has fewer; null: as many as the text says.
   * Whoever is at work finishes it.
   */
  setCount(resource: number, count: number | null): void {
    this.#staffing.setCount(resource, count);
    this.#renew(resource);
  }

  /** So many more of a resource are not there, whatever shift it is; a negative number brings them back. */
  takeAway(resource: number, count: number): void {
    this.#staffing.takeAway(resource, count);
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
    if (due < Number.POSITIVE_INFINITY) this.#push(due, token, what.wake);
  }

  ask(token: number, claim: CompiledClaim, rank: number): boolean {
    return this.resources.ask(token, claim, rank);
  }

  withdraw(token: number, claim: CompiledClaim): void {
    const node = this.#words[(token << WORD_SHIFT) + NODE]!;
    const run = this.#words[(token << WORD_SHIFT) + RUN]!;
    const activity = this.#parts.program.activities[this.#words[(run << WORD_SHIFT) + NODE]!]!;
    this.#counted.waited(activity, token, node);
    this.resources.withdraw(token, claim);
  }

  giveBack(uses: readonly ResourceAmount[]): void {
    this.resources.giveBack(uses);
  }

  giveBackOne(resource: number, amount: number): void {
    this.resources.giveBackOne(resource, amount);
  }

  start(...started: Parameters<ActivityHost['start']>): void {
    if (started[1].batch === null) this.#parts.start(...started);
    else this.#batches.add(...started);
  }

  abandon(token: number): void {
    this.#batches.remove(token);
    this.#elsewhere[token] = -1;
  }

  send(...sent: Parameters<ActivityHost['send']>): void {
    this.signals.send(...sent);
  }

  /** Through the calendar. */
  resumeLater(token: number, transaction: number, hasFailed: boolean): void {
    this.#errands.later(() => this.resume(token, transaction, hasFailed));
  }

  log(): void {}

  began(activity: CompiledActivity, run: number, waiter: number): void {
    this.signals.began(activity, run);
    this.#counted.began(activity, numberOf(waiters.load, waiter) >= 0);
  }

  entered(activity: CompiledActivity, token: number, node: number, isFirst: boolean): void {
    this.#counted.entered(activity, token, node, isFirst);
  }

  served(activity: CompiledActivity, token: number, node: number): void {
    this.#counted.waited(activity, token, node);
  }

  left(activity: CompiledActivity, token: number, node: number, isDone: boolean): void {
    this.#counted.left(activity, token, node, isDone);
  }

  /** Nothing is measured by edges. */
  took(): void {}

  ended(activity: CompiledActivity, run: number, waiter: number, hasFailed: boolean): void {
    const load = numberOf(waiters.load, waiter);
    this.#counted.ended(activity, run, load >= 0, hasFailed);
    this.signals.ended(activity, run);
    if (load >= 0) this.#parts.concluded(load);
    const visit = numberOf(waiters.visit, waiter);
    if (visit >= 0) this.visits.ended(visit);
    const batch = numberOf(waiters.batch, waiter);
    if (batch >= 0) this.#batches.ended(batch, hasFailed);
    const ticket = numberOf(waiters.method, waiter);
    if (ticket >= 0) this.#parts.performed(ticket, hasFailed);
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
    this.resources.setCapacity(resource, this.#staffing.present(resource, this.clock[0]!));
    this.runtime.settle();
  }

  #expectShift(resource: number, now: number): void {
    const next = this.#staffing.nextShift(resource, now);
    if (next < Number.POSITIVE_INFINITY) this.#push(next, resource, what.shift);
  }

  #push(due: number, number: number, why: number): void {
    this.#parts.calendar.push(due, eventOf(eventType.activity, (number << WHAT_BITS) | why));
  }

  #patienceOf(element: string, values: readonly Known[]): number {
    const frame = this.#frame;
    frame.slots = [...values];
    frame.now = this.clock[0]!;
    frame.began = frame.now;
    frame.streams = this.streams;
    return this.times.batch(element, frame);
  }

  #note(code: string, severity: 'error' | 'warning' | 'information', element: string, message: string): void {
    this.#incidents.add({ code, severity, element, message });
  }
}
