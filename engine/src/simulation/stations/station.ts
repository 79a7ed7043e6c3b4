/**
 * One node whose work can change while it is under way: shared cores, priorities, speeds and numbers of cores that change, work
 * that is taken away. All who are served at a time go on equally fast, so one clock of the work done for each of them, and
 * a heap of what it says when they are done, tell who is next: an event costs the logarithm of how many are present.
 *
 * Source of the clock: A. K. Parekh, R. G. Gallager, A Generalized Processor Sharing Approach, 1993 (virtual time).
 */
import type { Scheduling } from '../../model/index.ts';
import type * as token from '../token-pool.ts';
import type { TokenPool } from '../token-pool.ts';
import { Alarms } from './alarms.ts';
import { TokenHeap, type TokenRanks } from './token-heap.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const DEMAND = 3 satisfies typeof token.DEMAND;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
const PLACE = 4 satisfies typeof token.PLACE;
const QUEUED = 2 satisfies typeof token.QUEUED;
const TIME_SHIFT = 2 satisfies typeof token.TIME_SHIFT;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

/** No node is faster than that, so that no work takes no time by its speed alone. */
const LEAST_FACTOR = 1e-9;

/** What all stations of a run have in common. */
export interface StationRun {
  readonly pool: TokenPool;
  /** Holds the time now. */
  readonly clock: Float64Array;
  readonly ranks: TokenRanks;
  /** By token: the greater goes first. */
  readonly priorities: Float64Array;
  /** By replica, then by node instance for work outside the model: how many are served, and their time on a core as ends less beginnings. */
  readonly heldBy: Int32Array;
  readonly busySpan: Float64Array;
  /** A token has waited, for so many microseconds. */
  waited(token: number, time: number): void;
  /** What a token that waited was to do is not to be done any more. */
  isCancelled(token: number): boolean;
}

export class Station {
  readonly #run: StationRun;
  readonly #scheduling: Scheduling;
  readonly #declared: number;
  readonly #serving: TokenHeap;
  readonly #waiting: TokenHeap;
  readonly #alarms: Alarms;
  #cores = 0;
  /** Work done in a microsecond on a core. */
  #pace = 1;
  /** Until when the clocks below are up to date. */
  #since = 0;
  /** Microseconds on a core, and work done, by each who has been served all the time. */
  #onCore = 0;
  #done = 0;
  /** When the first of those in service ends. */
  #due = Number.POSITIVE_INFINITY;
  #turn = 0;
  #queueSpan = 0;
  #coreTime = 0;
  #fullTime = 0;
  #waited = 0;
  #came = 0;

  /** Cores: Infinity where nobody ever waits. `setAlarm` has `ring` called at a time. */
  constructor(run: StationRun, scheduling: Scheduling, cores: number, setAlarm: (time: number) => void) {
    this.#run = run;
    this.#scheduling = scheduling;
    this.#declared = cores;
    this.#serving = new TokenHeap(run.ranks);
    this.#waiting = new TokenHeap(run.ranks);
    this.#alarms = new Alarms(setAlarm);
    this.clear();
  }

  clear(): void {
    for (const part of [this.#serving, this.#waiting, this.#alarms]) part.clear();
    this.#cores = this.#declared;
    this.#pace = 1;
    this.#since = 0;
    this.#onCore = 0;
    this.#done = 0;
    this.#due = Number.POSITIVE_INFINITY;
    this.#turn = 0;
    this.#queueSpan = 0;
    this.#fullTime = 0;
    this.#coreTime = 0;
    this.#waited = 0;
    this.#came = 0;
  }

  get cores(): number {
    return this.#cores;
  }

  /** A token wants work done, microseconds on a core at normal speed. */
  arrive(token: number, work: number, priority: number): void {
    this.#catchUp();
    this.#came++;
    this.#run.ranks.turns[token] = this.#turn++;
    this.#run.priorities[token] = priority;
    if (this.#isFree()) this.#serve(token, work);
    else {
      const weakest = this.#scheduling === 'preemptive-priority' ? this.#weakest() : NO_TOKEN;
      if (weakest === NO_TOKEN || !(priority > this.#run.priorities[weakest]!)) this.#line(token, work);
      else {
        const left = Math.max(0, this.#run.ranks.keys[weakest]! - this.#done);
        this.#unserve(weakest);
        this.#line(weakest, left);
        this.#serve(token, work);
      }
    }
    this.#lookAhead();
  }

  /** The alarm went off: the token whose work is done, which is then to `leave`; -1 where none is. */
  ring(): number {
    this.#alarms.ring();
    const now = this.#run.clock[0]!;
    if (now < this.#due || this.#serving.size === 0) {
      this.#alarms.want(this.#due);
      return NO_TOKEN;
    }
    this.#catchUp();
    const token = this.#serving.at(0);
    // Whatever rounding made of it.
    this.#done = Math.max(this.#done, this.#run.ranks.keys[token]!);
    return token;
  }

  /** Takes a token out, whether its work is done or not. */
  leave(token: number): void {
    this.#catchUp();
    this.#remove(token);
    this.#fill();
    this.#lookAhead();
  }

  /** There is no core at all for the time being. */
  get isDown(): boolean {
    return this.#cores === 0;
  }

  isServing(token: number): boolean {
    return this.#serving.holds(token);
  }

  /** Takes out whoever works or waits for a replica, or for all of them: -1. */
  evict(replica: number): readonly number[] {
    this.#catchUp();
    const { words } = this.#run.pool;
    const tokens: number[] = [];
    for (const heap of [this.#serving, this.#waiting]) {
      for (let i = 0; i < heap.size; i++) {
        const token = heap.at(i);
        if (replica < 0 || words[(token << WORD_SHIFT) + PLACE] === replica) tokens.push(token);
      }
    }
    const { turns } = this.#run.ranks;
    tokens.sort((one, other) => turns[one]! - turns[other]!);
    for (const token of tokens) this.#remove(token);
    this.#fill();
    this.#lookAhead();
    return tokens;
  }

  /** All work, what is left of that under way too, takes so many times as long as at normal speed; Infinity: it stands still. */
  setSpeed(factor: number): void {
    this.#catchUp();
    this.#pace = 1 / Math.max(factor, LEAST_FACTOR);
    this.#lookAhead();
  }

  /** Fewer cores let work under way go on, unless it shares them. */
  setCores(cores: number): void {
    this.#catchUp();
    this.#cores = cores;
    this.#fill();
    this.#lookAhead();
  }

  /** How many wait now: of work that shares cores, the part that is not done. */
  get excess(): number {
    return this.#scheduling === 'sharing' ? Math.max(0, this.#serving.size - this.#cores) : this.#waiting.size;
  }

  /** Cores that there are now: one that was taken away is there until its work is done. */
  get coresThere(): number {
    return this.#scheduling === 'sharing' ? this.#cores : Math.max(this.#cores, this.#serving.size);
  }

  /** The part of a core that each in service has now. */
  get share(): number {
    const present = this.#serving.size;
    return this.#scheduling === 'sharing' && present > this.#cores ? this.#cores / present : 1;
  }

  /** Sums until now: waited and came, microseconds in line and of cores that there were. */
  totals(): {
    readonly queue: number;
    readonly cores: number;
    readonly waited: number;
    readonly came: number;
    readonly excess: number;
    readonly onCore: number;
    readonly full: number;
  } {
    this.#catchUp();
    const isSharing = this.#scheduling === 'sharing';
    const present = isSharing ? this.#serving.size : this.#waiting.size;
    return {
      queue: this.#queueSpan + present * this.#idleClock(),
      cores: this.#coreTime,
      waited: this.#waited,
      came: this.#came,
      excess: this.excess,
      onCore: this.#onCore,
      full: this.#fullTime,
    };
  }

  /** The clock of those who wait: all the time, or the part of it that those who share lack. */
  #idleClock(): number {
    return this.#scheduling === 'sharing' ? this.#since - this.#onCore : this.#since;
  }

  #catchUp(): void {
    const now = this.#run.clock[0]!;
    const passed = now - this.#since;
    if (passed <= 0) return;
    const share = this.share;
    const present = this.#serving.size;
    this.#since = now;
    this.#onCore += passed * share;
    if (present >= this.#cores) this.#fullTime += passed;
    this.#done += passed * share * this.#pace;
    if (this.#cores < Number.POSITIVE_INFINITY) this.#coreTime += passed * this.coresThere;
  }

  #isFree(): boolean {
    return this.#scheduling === 'sharing' || this.#serving.size < this.#cores;
  }

  /** Who has to give way first: the least priority, of equals the last that came. */
  #weakest(): number {
    const { priorities } = this.#run;
    let weakest = NO_TOKEN;
    for (let i = 0; i < this.#serving.size; i++) {
      const token = this.#serving.at(i);
      if (weakest === NO_TOKEN || priorities[token]! < priorities[weakest]!) weakest = token;
      else if (priorities[token] === priorities[weakest] && this.#isLater(token, weakest)) weakest = token;
    }
    return weakest;
  }

  #isLater(token: number, other: number): boolean {
    const { turns } = this.#run.ranks;
    return turns[token]! > turns[other]!;
  }

  #serve(token: number, work: number): void {
    const { ranks, pool, heldBy, busySpan } = this.#run;
    const replica = pool.words[(token << WORD_SHIFT) + PLACE]!;
    heldBy[replica]!++;
    busySpan[replica]! -= this.#onCore;
    if (this.#serving.size === 0) this.#done = 0;
    ranks.keys[token] = this.#done + work;
    this.#serving.push(token);
    if (this.#scheduling === 'sharing') this.#beginWait(token);
  }

  #unserve(token: number): void {
    const { pool, heldBy, busySpan } = this.#run;
    const replica = pool.words[(token << WORD_SHIFT) + PLACE]!;
    heldBy[replica]!--;
    busySpan[replica]! += this.#onCore;
    this.#serving.remove(token);
    if (this.#scheduling === 'sharing') this.#endWait(token);
  }

  #line(token: number, work: number): void {
    const { ranks, priorities, pool } = this.#run;
    pool.times[(token << TIME_SHIFT) + DEMAND] = work;
    ranks.keys[token] = this.#scheduling === 'fifo' ? 0 : -priorities[token]!;
    this.#waiting.push(token);
    this.#beginWait(token);
  }

  #unline(token: number): void {
    this.#waiting.remove(token);
    this.#endWait(token);
  }

  #beginWait(token: number): void {
    const clock = this.#idleClock();
    this.#run.pool.times[(token << TIME_SHIFT) + QUEUED] = clock;
    this.#queueSpan -= clock;
  }

  #endWait(token: number): void {
    const clock = this.#idleClock();
    // Whoever never waited may come out a trace below 0.
    const time = Math.max(0, clock - this.#run.pool.times[(token << TIME_SHIFT) + QUEUED]!);
    this.#queueSpan += clock;
    this.#waited += time;
    this.#run.waited(token, time);
  }

  #remove(token: number): void {
    if (this.#serving.holds(token)) this.#unserve(token);
    else if (this.#waiting.holds(token)) this.#unline(token);
  }

  #fill(): void {
    const { pool, isCancelled } = this.#run;
    while (this.#waiting.size > 0 && this.#isFree()) {
      const token = this.#waiting.at(0);
      this.#unline(token);
      this.#serve(token, isCancelled(token) ? 0 : pool.times[(token << TIME_SHIFT) + DEMAND]!);
    }
  }

  #lookAhead(): void {
    const rate = this.share * this.#pace;
    if (this.#serving.size === 0 || !(rate > 0)) this.#due = Number.POSITIVE_INFINITY;
    else {
      const left = this.#run.ranks.keys[this.#serving.at(0)]! - this.#done;
      this.#due = this.#run.clock[0]! + Math.max(0, left) / rate;
    }
    this.#alarms.want(this.#due);
  }
}
