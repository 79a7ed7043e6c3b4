/**
 * The loop over events, and with it the few steps that most transactions take most of the time: an arrival, a plain call, the end of
 * its work, a `par` of such calls. They stand together in one function, because V8 keeps in registers only what it need not
 * hand over. All else is the kernel's; here nothing is known of it.
 */
import type { op } from '../behavior/index.ts';
import type * as sampler from '../numeric/block-sampler.ts';
import type { BlockSampler } from '../numeric/index.ts';
import type { Balancers } from './balancers.ts';
import type * as calendar from './calendar.ts';
import type { Calendar } from './calendar.ts';
import type { CallTimeouts } from './call-timeouts.ts';
import type { DirectCalls } from './direct-calls.ts';
import type * as event from './event.ts';
import type { eventType } from './event.ts';
import type { LevelWatch } from './levels/level-watch.ts';
import type * as message from './message-table.ts';
import type { plain } from './plain-calls.ts';
import type * as limit from './run-limits.ts';
import type { Sources } from './sources.ts';
import type * as station from './stations/cores.ts';
import type { Cores } from './stations/index.ts';
import type * as tally from './tallies.ts';
import type { Tallies } from './tallies.ts';

import type * as token from './token-pool.ts';
import type { TokenPool } from './token-pool.ts';
import type { TokenQueue } from './token-queue.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const NOW = 0 satisfies typeof calendar.NOW;
const AT = 1 satisfies typeof calendar.AT;
const UNTIL = 2 satisfies typeof calendar.UNTIL;
const COMPONENT = 5 satisfies typeof message.COMPONENT;
const ENTRY = 0 satisfies typeof message.ENTRY;
const MESSAGE_SHIFT = 3 satisfies typeof message.MESSAGE_SHIFT;
const IS_PLAIN = 2 satisfies typeof plain.yes;
const IS_LEAF = 3 satisfies typeof plain.leaf;
const CALL = 0 satisfies typeof op.call;
const TRY = 31 satisfies typeof op.try;
const WORK = 3 satisfies typeof op.work;
const END_OF_CALL = 7 satisfies typeof op.end;
const DONE = 8 satisfies typeof op.done;
const FINISH = 9 satisfies typeof op.finish;
const FORK = 17 satisfies typeof op.fork;
const JOIN = 18 satisfies typeof op.join;
const RESUME = 0 satisfies typeof eventType.resume;
const ARRIVAL = 1 satisfies typeof eventType.arrival;
const TIMEOUT = 4 satisfies typeof eventType.timeout;
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

const NOTHING = -1;
const ACTIVE = 3 satisfies typeof tally.ACTIVE;
const CELL_SHIFT = 3 satisfies typeof tally.CELL_SHIFT;
const COMPLETED = 2 satisfies typeof tally.COMPLETED;
const SPAN = 4 satisfies typeof tally.SPAN;
const STARTED = 0 satisfies typeof tally.STARTED;
const EARLIER = 5 satisfies typeof tally.EARLIER;
const NOTED_SHIFT = 5 satisfies typeof tally.NOTED_SHIFT;
const NOTED_LIMIT = 32 satisfies typeof tally.NOTED_LIMIT;
const CORES = 0 satisfies typeof station.CORES;
const FULL_SPAN = 6 satisfies typeof station.FULL_SPAN;
const HELD = 1 satisfies typeof station.HELD;
const ROW_SHIFT = 3 satisfies typeof station.ROW_SHIFT;
const SERVED = 5 satisfies typeof station.SERVED;
const WAITING = 2 satisfies typeof station.WAITING;
const BUSY_SPAN = 1 satisfies typeof station.BUSY_SPAN;
const HELD_BY = 0 satisfies typeof station.HELD_BY;
const REPLICA_SHIFT = 1 satisfies typeof station.REPLICA_SHIFT;
const BLOCK_SHIFT = 6;
const BLOCK = 64 satisfies typeof sampler.BLOCK;

// A field of a record is `at | FIELD`, which is never too large: of a sum V8 makes sure each time.

/** Integers of a message. */
const PLAN_SHIFT = 2;
/** Where a call stands while its plain work lasts; -1: the work is not plain. */
const WORKING = 0;
/** One of `plain`. */
const KIND = 1;
/** The only replica; -1 where there are several. */
const REPLICA = 2;
const CALLEE = 3;

const STANDSTILL = 5_000_000 satisfies typeof limit.STANDSTILL;
/** So many events pass between two looks at whether the run goes on. */
const LOOK_MASK = 2047;

/** An open load whose transactions need nothing but a token; see `plainLoads`. */
export interface PlainLoad {
  readonly interaction: number;
  readonly start: number;
  readonly until: number;
}

/** What the kernel does for the loop. Where a number is returned, it is the token that goes on now, or NO_TOKEN. */
export interface Steps {
  /** Takes a token on, until time has to pass or it stands before a plain call. */
  advance(token: number): number;
  /** Any other event than that a token goes on. */
  happen(event: number): number;
  /** Whether a token goes on now, and no longer waits for another time. */
  isDue(token: number): boolean;
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

interface LoopParts {
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
  /** The only replica that ever takes calls of a component, or -1. */
  onlyReplica(component: number): number;
  readonly pool: TokenPool;
  readonly calendar: Calendar;
  readonly ready: TokenQueue;
  readonly tallies: Tallies;
  readonly cores: Cores;
  readonly balancers: Balancers;
  readonly direct: DirectCalls;
  readonly timeouts: CallTimeouts;
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
  readonly #isPlain: Uint8Array;
  readonly #pool: TokenPool;
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  readonly #calendar: Calendar;
  readonly #tallies: Tallies;
  readonly #cores: Cores;
  readonly #served: Float64Array;
  readonly #waited: Float64Array;
  readonly #plans: Int32Array;
  /** By message, then by load: numbers drawn, and how many of them are used up. */
  readonly #draws: Float64Array;
  readonly #drawn: Int32Array;

  /** All events before a time; false where the run ends before it. */
  readonly run: (boundary: number) => boolean;

  constructor(parts: LoopParts) {
    this.#parts = parts;
    this.#code = parts.code;
    this.#isPlain = parts.isPlain;
    this.#pool = parts.pool;
    this.#words = parts.pool.words;
    this.#times = parts.pool.times;
    this.#calendar = parts.calendar;
    this.#tallies = parts.tallies;
    this.#cores = parts.cores;
    this.#served = parts.served;
    this.#waited = parts.waited;
    const count = parts.isPlain.length;
    const sources = count + parts.plainLoads.length;
    this.#draws = new Float64Array(sources << BLOCK_SHIFT);
    this.#drawn = new Int32Array(sources);
    this.#plans = new Int32Array(count << PLAN_SHIFT);
    parts.isPlain.forEach((kind, i) => {
      const at = i << PLAN_SHIFT;
      const component = parts.records[(i << MESSAGE_SHIFT) + COMPONENT]!;
      this.#plans[at | WORKING] = kind === 0 ? -1 : parts.records[(i << MESSAGE_SHIFT) + ENTRY]! + 2;
      this.#plans[at | KIND] = kind;
      this.#plans[at | REPLICA] = parts.onlyReplica(component);
      this.#plans[at | CALLEE] = component;
    });
    this.run = this.#composed();
  }

  begin({ takes, gaps }: Sources): void {
    this.#takes = takes;
    this.#gaps = gaps;
    this.#drawn.fill(BLOCK);
    this.events = 0;
    this.turns = 0;
    this.isStuck = false;
    this.#still = 0;
  }

  /** Plans the first arrival of a load; false where the load is not plain. */
  beginLoad(load: number, from: number): boolean {
    const plain = this.#parts.plainLoads[load] ?? null;
    if (plain === null) return false;
    const source = this.#served.length + load;
    this.#drawn[source] = this.#draw(source, this.#gaps[load]!) + 1;
    const time = from + this.#draws[source << BLOCK_SHIFT]!;
    if (time < plain.until) this.#calendar.push(time, (load << EVENT_SHIFT) | ARRIVAL);
    return true;
  }

  /**
   * The loop as a function that is made once for these parts: V8 takes what it closes over for constants, as long as it is the only one
   * that was made. Arrays are then read where they are known to be.
   */
  #composed(): (boundary: number) => boolean {
    const messages = this.#served.length;
    const {
      ready,
      timeouts,
      mayStop,
      plainLoads,
      interactions,
      arrivalLimit,
      levels,
      steps,
      calendar,
      pool,
      balancers,
    } = this.#parts;
    const { words, times } = pool;
    const { moments } = calendar;
    const code = this.#code;
    const plans = this.#plans;
    const served = this.#served;
    const { tallies } = this.#parts;
    const { cells, noted, notedCount } = tallies;
    const draws = this.#draws;
    const drawn = this.#drawn;
    const { rows, replicas, nodeOf } = this.#parts.cores;
    return (boundary) => {
      moments[UNTIL] = boundary;
      const { from } = tallies;
      for (;;) {
        let token: number;
        let ended = -1;
        let began = ARRIVED;
        if (!ready.isEmpty) token = ready.shift();
        else {
          const event = calendar.next();
          if (event === NOTHING) return true;
          const time = moments[AT]!;
          if (time !== moments[NOW]!) {
            this.#still = 0;
            if (levels !== null) levels.passUntil(time);
          } else if (++this.#still > STANDSTILL) steps.standStill();
          if (this.isStuck) return false;
          moments[NOW] = time;
          this.turns = 0;
          this.events++;
          if ((this.events & LOOK_MASK) === 0 && steps.looksUp(this.events, event)) return false;
          const type = event & EVENT_MASK;
          if (type === RESUME) {
            token = event >> EVENT_SHIFT;
            if (mayStop && !steps.isDue(token)) continue;
            const at = token << WORD_SHIFT;
            const what = words[at | WHAT]!;
            if (what >= 0 && plans[(what << PLAN_SHIFT) | WORKING] === words[at | POSITION]) {
              // Plain work is done: it gives its core back.
              const replica = words[at | PLACE]!;
              const place = replica << REPLICA_SHIFT;
              replicas[place | BUSY_SPAN]! += time;
              replicas[place | HELD_BY]! -= 1;
              const row = nodeOf[replica]! << ROW_SHIFT;
              if (rows[row | WAITING] !== 0) this.#work(this.#cores.handOver(nodeOf[replica]!));
              else {
                if (rows[row | HELD] === rows[row | CORES]) rows[row | FULL_SPAN]! += time;
                rows[row | HELD]! -= 1;
              }
              if (plans[(what << PLAN_SHIFT) | KIND] === IS_LEAF) ended = what;
              else words[at | POSITION]! += 2;
            }
          } else if (type === ARRIVAL && plainLoads[event >> EVENT_SHIFT] !== null) {
            const load = event >> EVENT_SHIFT;
            const { interaction, start, until } = plainLoads[load]!;
            const source = messages + load;
            let draw = drawn[source]!;
            if (draw === BLOCK) draw = this.#draw(source, this.#gaps[load]!);
            drawn[source] = draw + 1;
            const next = time + draws[(source << BLOCK_SHIFT) + draw]!;
            if (next < until) {
              moments[AT] = next;
              calendar.plan(event);
            }
            token = pool.live < arrivalLimit ? pool.take() : NO_TOKEN;
            if (token === NO_TOKEN) token = steps.start(load);
            else {
              const cell = (interactions + interaction) << CELL_SHIFT;
              cells[cell | ACTIVE]! += 1;
              cells[cell | SPAN]! -= time;
              cells[cell | STARTED]! += 1;
              const at = token << WORD_SHIFT;
              words[at | POSITION] = start;
              words[at | PARENT] = NO_TOKEN;
              words[at | ROOT] = token;
              words[at | WHAT] = TRANSACTION;
              words[at | PLACE] = -1;
              words[at | FLAGS] = 0;
              words[at | COUNT] = interaction;
              words[at | GOAL] = load;
              words[at | OPEN] = 1;
              words[at | INSIDE] = NO_TOKEN;
              times[(token << TIME_SHIFT) | SENT] = time;
            }
          } else if (type === TIMEOUT && timeouts.isStale(event >> EVENT_SHIFT, words)) continue;
          else token = steps.happen(event);
        }
        while (token !== NO_TOKEN) {
          const at = token << WORD_SHIFT;
          if (ended < 0) {
            const position = words[at | POSITION]!;
            const operand = code[position + 1]!;
            let message = NOTHING;
            let branch = 0;
            let last = 0;
            switch (code[position]!) {
              case CALL:
                if (plans[(operand << PLAN_SHIFT) | KIND]! < IS_PLAIN) break;
                words[at | POSITION] = position + 2;
                message = operand;
                break;
              case FORK:
                if (!this.#isPlainFork(position)) break;
                words[at | POSITION] = operand;
                words[at | BRANCHES] = code[position + 2]!;
                branch = position + 3;
                last = branch + code[position + 2]!;
                message = code[code[branch]! + 1]!;
                break;
              case END_OF_CALL:
                if (plans[(operand << PLAN_SHIFT) | KIND] === IS_PLAIN && (words[at | FLAGS]! & FAILED) === 0)
                  ended = operand;
                break;
              case FINISH: {
                const load = words[at | GOAL]!;
                if (load < 0 || plainLoads[load] === null || words[at | FLAGS] !== 0 || words[at | OPEN] !== 1) break;
                ended = interactions + words[at | COUNT]!;
                began = SENT;
                break;
              }
              case JOIN:
                pool.give(token);
                token = this.#joinInto(words[at | PARENT]!);
                continue;
            }
            if (message >= 0) {
              for (;;) {
                // A plain call begins, and its work as soon as a core is free.
                const called = pool.take();
                if (called === NO_TOKEN) {
                  token = steps.call(token, message);
                  break;
                }
                const now = moments[NOW]!;
                const plan = message << PLAN_SHIFT;
                let replica = plans[plan | REPLICA]!;
                if (replica < 0) replica = balancers.choose(plans[plan | CALLEE]!);
                const to = called << WORD_SHIFT;
                words[to | POSITION] = plans[plan | WORKING]!;
                words[to | PARENT] = token;
                words[to | ROOT] = words[at | ROOT]!;
                words[to | WHAT] = message;
                words[to | PLACE] = replica;
                words[to | FLAGS] = last === 0 ? 0 : IS_BRANCH;
                times[(called << TIME_SHIFT) | ARRIVED] = now;
                const cell = message << CELL_SHIFT;
                cells[cell | ACTIVE]! += 1;
                cells[cell | SPAN]! -= now;
                cells[cell | STARTED]! += 1;
                served[message]! += 1;
                const row = nodeOf[replica]! << ROW_SHIFT;
                rows[row | SERVED]! += 1;
                const held = rows[row | HELD]! + 1;
                let draw = drawn[message]!;
                if (draw === BLOCK) draw = this.#draw(message, this.#takes[message]!);
                drawn[message] = draw + 1;
                const time = draws[(message << BLOCK_SHIFT) + draw]!;
                if (held > rows[row | CORES]!) {
                  times[(called << TIME_SHIFT) | DEMAND] = time;
                  this.#cores.line(called, nodeOf[replica]!);
                } else {
                  rows[row | HELD] = held;
                  if (held === rows[row | CORES]) rows[row | FULL_SPAN]! -= now;
                  const place = replica << REPLICA_SHIFT;
                  replicas[place | HELD_BY]! += 1;
                  replicas[place | BUSY_SPAN]! -= now;
                  moments[AT] = now + time;
                  calendar.plan(called << EVENT_SHIFT);
                }
                if (++branch >= last) {
                  token = NO_TOKEN;
                  break;
                }
                message = code[code[branch]! + 1]!;
              }
              continue;
            }
            if (ended < 0) {
              // No case of the switch: with one more, V8 would jump by a table, which costs each of them more.
              token = this.#goOn(token, position, operand);
              continue;
            }
          }
          const now = moments[NOW]!;
          const cell = ended << CELL_SHIFT;
          cells[cell | ACTIVE]! -= 1;
          cells[cell | SPAN]! += now;
          cells[cell | COMPLETED]! += 1;
          const begun = times[(token << TIME_SHIFT) | began]!;
          if (begun < from) cells[cell | EARLIER]! += 1;
          const count = notedCount[ended]!;
          noted[(ended << NOTED_SHIFT) + count] = now - begun;
          notedCount[ended] = count + 1;
          if (count + 1 === NOTED_LIMIT) this.#tallies.settle(ended);
          ended = -1;
          began = ARRIVED;
          pool.give(token);
          const outer = words[at | PARENT]!;
          token = words[at | FLAGS] === IS_BRANCH ? this.#joinInto(outer) : outer;
        }
      }
    };
  }

  /** The next numbers of a source; returns which is the first. */
  #draw(source: number, sampler: BlockSampler): number {
    sampler.drawInto(this.#draws, source << BLOCK_SHIFT);
    return 0;
  }

  /** What no plain call needs; returns the token that goes on now. */
  #goOn(token: number, position: number, message: number): number {
    const direct = this.#parts.direct;
    switch (this.#code[position]) {
      case WORK:
        if (this.#plans[(message << PLAN_SHIFT) | WORKING] !== position + 2) break;
        this.#beginWork(token, message);
        return NO_TOKEN;
      case TRY:
      case CALL:
        if (!direct.isDirect(message) || !direct.hasRoom) break;
        this.#words[(token << WORD_SHIFT) | POSITION] = position + 2;
        return direct.begin(token, message);
      case END_OF_CALL:
        if (direct.isDirect(message) && direct.goesWell(token)) return direct.end(token, message);
        break;
      case DONE:
        if (direct.isDirect(message) && direct.goesWell(token)) return direct.reply(token, message);
        break;
    }
    return this.#parts.steps.advance(token);
  }

  /** Plain work of a call that is not plain: as soon as a core is free. */
  #beginWork(token: number, message: number): void {
    const at = token << WORD_SHIFT;
    const now = this.#calendar.moments[NOW]!;
    let draw = this.#drawn[message]!;
    if (draw === BLOCK) draw = this.#draw(message, this.#takes[message]!);
    this.#drawn[message] = draw + 1;
    const time = this.#draws[(message << BLOCK_SHIFT) + draw]!;
    this.#words[at | POSITION]! += 2;
    this.#served[message]! += 1;
    this.#times[(token << TIME_SHIFT) | DEMAND] = time;
    if (!this.#cores.acquire(token, this.#words[at | PLACE]!)) return;
    this.#calendar.moments[AT] = now + time;
    this.#calendar.plan(token << EVENT_SHIFT);
  }

  /** A token that has waited in line works now. */
  #work(token: number): void {
    const now = this.#calendar.moments[NOW]!;
    const times = token << TIME_SHIFT;
    const message = this.#words[(token << WORD_SHIFT) | WHAT]!;
    if (message >= 0) this.#waited[message]! += now - this.#times[times | QUEUED]!;
    else this.#parts.steps.noteWait(token);
    this.#calendar.moments[AT] = now + this.#times[times | DEMAND]!;
    this.#calendar.plan(token << EVENT_SHIFT);
  }

  /** A branch that is nothing but a plain call needs no token of its own. */
  #isPlainBranch(position: number): boolean {
    const code = this.#code;
    return code[position] === CALL && code[position + 2] === JOIN && this.#isPlain[code[position + 1]!] === IS_LEAF;
  }

  /** Whether all branches are such, and there is room for them. */
  #isPlainFork(position: number): boolean {
    const code = this.#code;
    const size = code[position + 2]!;
    for (let i = position + 3; i < position + 3 + size; i++) if (!this.#isPlainBranch(code[i]!)) return false;
    return size > 0 && this.#pool.live + size <= this.#pool.limit;
  }

  /** One branch less; the token outside of them goes on when none is left. */
  #joinInto(outer: number): number {
    const words = this.#words;
    const at = outer << WORD_SHIFT;
    const running = words[at | BRANCHES]! - 1;
    words[at | BRANCHES] = running;
    if (running > 0) return NO_TOKEN;
    return (words[at | FLAGS]! & BRANCH_FAILED) === 0 ? outer : this.#parts.steps.failBranches(outer);
  }
}
