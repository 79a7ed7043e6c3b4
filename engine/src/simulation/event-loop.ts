/**
 * The loop over events, and with it the few steps that most transactions take most of the time: an arrival, a plain call, the end of
 * its work, a `par` of such calls. They stand together in one function, because V8 keeps in registers only what it need not
 * hand over. All else is the kernel's; here nothing is known of it.
 */
import type { op } from '../behavior/index.ts';
import type { Balancers } from './balancers.ts';
import type { Calendar } from './calendar.ts';
import type * as event from './event.ts';
import type { eventType } from './event.ts';
import type { LevelWatch } from './levels/level-watch.ts';
import type * as message from './message-table.ts';
import type { plain } from './plain-calls.ts';
import type * as limit from './run-limits.ts';
import type { Sources } from './sources.ts';
import type { Cores } from './stations/index.ts';
import type { Tallies } from './tallies.ts';
import type * as token from './token-pool.ts';
import type { TokenPool } from './token-pool.ts';
import type { TokenQueue } from './token-queue.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const COMPONENT = 5 satisfies typeof message.COMPONENT;
const ENTRY = 0 satisfies typeof message.ENTRY;
const MESSAGE_SHIFT = 3 satisfies typeof message.MESSAGE_SHIFT;
const IS_PLAIN = 1 satisfies typeof plain.yes;
const IS_LEAF = 2 satisfies typeof plain.leaf;
const CALL = 0 satisfies typeof op.call;
const RELEASE = 4 satisfies typeof op.release;
const END_OF_CALL = 7 satisfies typeof op.end;
const FINISH = 9 satisfies typeof op.finish;
const FORK = 17 satisfies typeof op.fork;
const JOIN = 18 satisfies typeof op.join;
const RESUME = 0 satisfies typeof eventType.resume;
const ARRIVAL = 1 satisfies typeof eventType.arrival;
const EVENT_SHIFT = 3 satisfies typeof event.TYPE_BITS;
const EVENT_MASK = 7;
const ARRIVED = 1 satisfies typeof token.ARRIVED;
const BRANCHES = 6 satisfies typeof token.BRANCHES;
const BRANCH_FAILED = 2 satisfies typeof token.BRANCH_FAILED;
const COUNT = 7 satisfies typeof token.COUNT;
const DEMAND = 3 satisfies typeof token.DEMAND;
const FAILED = 1 satisfies typeof token.FAILED;
const FLAGS = 5 satisfies typeof token.FLAGS;
const GOAL = 8 satisfies typeof token.GOAL;
const INSIDE = 12 satisfies typeof token.INSIDE;
const IS_BRANCH = 65536 satisfies typeof token.IS_BRANCH;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
const OPEN = 9 satisfies typeof token.OPEN;
const PARENT = 1 satisfies typeof token.PARENT;
const PLACE = 4 satisfies typeof token.PLACE;
const POSITION = 0 satisfies typeof token.POSITION;
const QUEUED = 2 satisfies typeof token.QUEUED;
const ROOT = 2 satisfies typeof token.ROOT;
const SENT = 0 satisfies typeof token.SENT;
const TIME_SHIFT = 2 satisfies typeof token.TIME_SHIFT;
const TRANSACTION = -1 satisfies typeof token.TRANSACTION;
const WHAT = 3 satisfies typeof token.WHAT;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

const STANDSTILL = 5_000_000 satisfies typeof limit.STANDSTILL;
/** So many events pass between two looks at whether the run goes on. */
const LOOK_MASK = 2047;

/** An open load whose transactions need nothing but a token; see `plainLoads`. */
export interface PlainLoad {
  readonly interaction: number;
  readonly start: number;
  readonly until: number;
}

/** What the kernel does for the loop. Each returns the token that goes on now, or NO_TOKEN. */
export interface Steps {
  /** Takes a token on, until time has to pass or it stands before a plain call. */
  advance(token: number): number;
  /** Any other event than that a token goes on. */
  happen(event: number): number;
  /** A token's time has come; NO_TOKEN where it goes on no more. */
  resume(token: number): number;
  /** A transaction of a load, when there may be too many. */
  start(load: number): number;
  /** A plain call for which there is no token. */
  call(caller: number, message: number): number;
  /** None of a token's branches is left, and one has failed. */
  failBranches(token: number): number;
  /** A token that works for another has waited for a core. */
  noteWait(token: number): void;
  /** Whether the run is to end here, before an event. */
  looksUp(events: number, event: number): boolean;
  standStill(): void;
}

export interface LoopParts {
  readonly code: Int32Array;
  readonly records: Int32Array;
  readonly isPlain: Uint8Array;
  /** By load; null where it is none. */
  readonly plainLoads: readonly (PlainLoad | null)[];
  /** The first interaction among the subjects of the tallies. */
  readonly interactions: number;
  readonly arrivalLimit: number;
  /** What a token waits for may go on no more. */
  readonly mayStop: boolean;
  readonly pool: TokenPool;
  readonly clock: Float64Array;
  readonly calendar: Calendar;
  readonly ready: TokenQueue;
  readonly tallies: Tallies;
  readonly cores: Cores;
  readonly balancers: Balancers;
  /** By message: how many wanted a core, and microseconds waited for it. */
  readonly served: Float64Array;
  readonly waited: Float64Array;
  /** Looks before time goes on; null where nobody asks. */
  readonly levels: LevelWatch | null;
  readonly steps: Steps;
}

export class EventLoop {
  events = 0;
  /** Turns of loops within this event. */
  turns = 0;
  /** Time will never pass again: the run is given up. */
  isStuck = false;
  /** Events in a row at one and the same moment. */
  #still = 0;
  #takes: Sources['takes'] = [];
  #gaps: Sources['gaps'] = [];
  readonly #parts: LoopParts;
  readonly #code: Int32Array;
  readonly #records: Int32Array;
  readonly #isPlain: Uint8Array;
  readonly #pool: TokenPool;
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  readonly #clock: Float64Array;
  readonly #calendar: Calendar;
  readonly #tallies: Tallies;
  readonly #cores: Cores;
  readonly #balancers: Balancers;
  readonly #served: Float64Array;

  constructor(parts: LoopParts) {
    this.#parts = parts;
    this.#code = parts.code;
    this.#records = parts.records;
    this.#isPlain = parts.isPlain;
    this.#pool = parts.pool;
    this.#words = parts.pool.words;
    this.#times = parts.pool.times;
    this.#clock = parts.clock;
    this.#calendar = parts.calendar;
    this.#tallies = parts.tallies;
    this.#cores = parts.cores;
    this.#balancers = parts.balancers;
    this.#served = parts.served;
  }

  begin({ takes, gaps }: Sources): void {
    this.#takes = takes;
    this.#gaps = gaps;
    this.events = 0;
    this.turns = 0;
    this.isStuck = false;
    this.#still = 0;
  }

  /** All events before a time; false where the run ends before it. */
  run(boundary: number): boolean {
    const { plainLoads, interactions, arrivalLimit, mayStop, ready, waited, levels, steps } = this.#parts;
    const code = this.#code;
    const isPlain = this.#isPlain;
    const pool = this.#pool;
    const words = this.#words;
    const times = this.#times;
    const clock = this.#clock;
    const calendar = this.#calendar;
    const tallies = this.#tallies;
    const cores = this.#cores;
    const gaps = this.#gaps;
    for (;;) {
      let token: number;
      if (!ready.isEmpty) token = ready.shift();
      else {
        const time = calendar.peek();
        if (time >= boundary) return true;
        const event = calendar.pop();
        if (time !== clock[0]!) {
          this.#still = 0;
          if (levels !== null) levels.passUntil(time);
        } else if (++this.#still > STANDSTILL) steps.standStill();
        if (this.isStuck) return false;
        clock[0] = time;
        this.turns = 0;
        this.events++;
        if ((this.events & LOOK_MASK) === 0 && steps.looksUp(this.events, event)) return false;
        const type = event & EVENT_MASK;
        if (type === RESUME) {
          token = event >> EVENT_SHIFT;
          if (mayStop) token = steps.resume(token);
        } else if (type === ARRIVAL && plainLoads[event >> EVENT_SHIFT] !== null) {
          const load = event >> EVENT_SHIFT;
          const { interaction, start, until } = plainLoads[load]!;
          const next = time + gaps[load]!.next();
          if (next < until) calendar.push(next, event);
          token = pool.live < arrivalLimit ? pool.take() : NO_TOKEN;
          if (token === NO_TOKEN) token = steps.start(load);
          else {
            tallies.begin(interactions + interaction);
            const at = token << WORD_SHIFT;
            words[at + POSITION] = start;
            words[at + PARENT] = NO_TOKEN;
            words[at + ROOT] = token;
            words[at + WHAT] = TRANSACTION;
            words[at + PLACE] = -1;
            words[at + FLAGS] = 0;
            words[at + COUNT] = interaction;
            words[at + GOAL] = load;
            words[at + OPEN] = 1;
            words[at + INSIDE] = NO_TOKEN;
            times[(token << TIME_SHIFT) + SENT] = time;
          }
        } else token = steps.happen(event);
      }
      while (token !== NO_TOKEN) {
        const at = token << WORD_SHIFT;
        const position = words[at + POSITION]!;
        const operand = code[position + 1]!;
        let ended = -1;
        let began = ARRIVED;
        switch (code[position]!) {
          case CALL:
            if (isPlain[operand] !== 0) {
              words[at + POSITION] = position + 2;
              token = this.visit(token, operand, 0);
              continue;
            }
            break;
          case RELEASE: {
            const what = words[at + WHAT]!;
            if (what < 0 || isPlain[what] === 0) break;
            words[at + POSITION] = position + 2;
            const next = cores.release(words[at + PLACE]!);
            if (next !== NO_TOKEN) {
              const now = clock[0]!;
              const message = words[(next << WORD_SHIFT) + WHAT]!;
              if (message >= 0) waited[message]! += now - times[(next << TIME_SHIFT) + QUEUED]!;
              else steps.noteWait(next);
              calendar.push(now + times[(next << TIME_SHIFT) + DEMAND]!, next << EVENT_SHIFT);
            }
            if (isPlain[what] !== IS_LEAF) continue;
            ended = what;
            break;
          }
          case END_OF_CALL:
            if (isPlain[operand] === IS_PLAIN && (words[at + FLAGS]! & FAILED) === 0) ended = operand;
            break;
          case FINISH: {
            const load = words[at + GOAL]!;
            if (load < 0 || plainLoads[load] === null || words[at + FLAGS] !== 0 || words[at + OPEN] !== 1) break;
            ended = interactions + words[at + COUNT]!;
            began = SENT;
            break;
          }
          case FORK:
            if (!this.#isPlainFork(position)) break;
            words[at + POSITION] = operand;
            words[at + BRANCHES] = code[position + 2]!;
            for (let i = position + 3; i < position + 3 + code[position + 2]!; i++)
              this.visit(token, code[code[i]! + 1]!, IS_BRANCH);
            token = NO_TOKEN;
            continue;
          case JOIN:
            pool.give(token);
            token = this.#joinInto(words[at + PARENT]!);
            continue;
        }
        if (ended < 0) {
          token = steps.advance(token);
          continue;
        }
        tallies.end(ended, (token << TIME_SHIFT) + began, false);
        pool.give(token);
        const outer = words[at + PARENT]!;
        token = words[at + FLAGS] === IS_BRANCH ? this.#joinInto(outer) : outer;
      }
    }
  }

  /** Begins a plain call, and its work; returns the token that goes on now. */
  visit(caller: number, message: number, flags: number): number {
    const pool = this.#pool;
    const token = pool.take();
    if (token === NO_TOKEN) return this.#parts.steps.call(caller, message);
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const record = message << MESSAGE_SHIFT;
    const replica = this.#balancers.choose(this.#records[record + COMPONENT]!);
    words[at + POSITION] = this.#records[record + ENTRY]! + 2;
    words[at + PARENT] = caller;
    words[at + ROOT] = words[(caller << WORD_SHIFT) + ROOT]!;
    words[at + WHAT] = message;
    words[at + PLACE] = replica;
    words[at + FLAGS] = flags;
    const times = token << TIME_SHIFT;
    const now = this.#clock[0]!;
    this.#times[times + ARRIVED] = now;
    this.#tallies.begin(message);
    this.#served[message]! += 1;
    const time = this.#takes[message]!.next();
    if (this.#cores.acquire(token, replica)) this.#calendar.push(now + time, token << EVENT_SHIFT);
    else this.#times[times + DEMAND] = time;
    return NO_TOKEN;
  }

  /** A branch that is nothing but a plain call needs no token of its own. */
  isPlainBranch(position: number): boolean {
    const code = this.#code;
    return code[position] === CALL && code[position + 2] === JOIN && this.#isPlain[code[position + 1]!] === IS_LEAF;
  }

  /** Whether all branches are such, and there is room for them. */
  #isPlainFork(position: number): boolean {
    const code = this.#code;
    const size = code[position + 2]!;
    for (let i = position + 3; i < position + 3 + size; i++) if (!this.isPlainBranch(code[i]!)) return false;
    return size > 0 && this.#pool.live + size <= this.#pool.limit;
  }

  /** One branch less; the token outside of them goes on when none is left. */
  #joinInto(outer: number): number {
    const words = this.#words;
    const at = outer << WORD_SHIFT;
    const running = words[at + BRANCHES]! - 1;
    words[at + BRANCHES] = running;
    if (running > 0) return NO_TOKEN;
    return (words[at + FLAGS]! & BRANCH_FAILED) === 0 ? outer : this.#parts.steps.failBranches(outer);
  }
}
