/**
 * Calls that are waited for and have a way to go, or a caller with a limit of time or further attempts, and nothing else that is to
 * be asked when they begin or end. Each of their steps is one go here, which leaves the same behind as the kernel's steps do. What
 * fails, is given up or tried again is the kernel's.
 */
import type { Program } from '../behavior/interaction/index.ts';
import type { Balancers } from './balancers.ts';
import type * as calendar from './calendar.ts';
import type { Calendar } from './calendar.ts';
import type { CallTimeouts } from './call-timeouts.ts';
import { moment } from './call-timeouts.ts';
import type * as event from './event.ts';
import type { eventType } from './event.ts';
import type { Layout } from './layout.ts';
import type * as message from './message-table.ts';
import type { MessageTable } from './message-table.ts';
import type * as tally from './tallies.ts';
import type { Tallies } from './tallies.ts';
import type * as token from './token-pool.ts';
import type { TokenPool } from './token-pool.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const AT = 1 satisfies typeof calendar.AT;
const COMPONENT = 5 satisfies typeof message.COMPONENT;
const ENTRY = 0 satisfies typeof message.ENTRY;
const FALLS_BACK = 32 satisfies typeof message.FALLS_BACK;
const MESSAGE_SHIFT = 3 satisfies typeof message.MESSAGE_SHIFT;
const POLICED = 128 satisfies typeof message.POLICED;
const SYNCHRONOUS = 1 satisfies typeof message.SYNCHRONOUS;
const TRAITS = 2 satisfies typeof message.TRAITS;
const TRAVELS = 4 satisfies typeof message.TRAVELS;
const WATCHED = 256 satisfies typeof message.WATCHED;
const EVENT_SHIFT = 3 satisfies typeof event.TYPE_BITS;
const TIMEOUT = 4 satisfies typeof eventType.timeout;
const ARRIVED = 1 satisfies typeof token.ARRIVED;
const BEGUN = 1024 satisfies typeof token.BEGUN;
const BESIDE = 13 satisfies typeof token.BESIDE;
const CALLING = -5 satisfies typeof token.CALLING;
const COUNT = 7 satisfies typeof token.COUNT;
const FLAGS = 5 satisfies typeof token.FLAGS;
const GOAL = 8 satisfies typeof token.GOAL;
const INSIDE = 12 satisfies typeof token.INSIDE;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
const OPEN = 9 satisfies typeof token.OPEN;
const PARENT = 1 satisfies typeof token.PARENT;
const PLACE = 4 satisfies typeof token.PLACE;
const POSITION = 0 satisfies typeof token.POSITION;
const ROOT = 2 satisfies typeof token.ROOT;
const SENT = 0 satisfies typeof token.SENT;
const SERIAL = 11 satisfies typeof token.SERIAL;
const TIME_SHIFT = 2 satisfies typeof token.TIME_SHIFT;
const VERSION = 15 satisfies typeof token.VERSION;
const WHAT = 3 satisfies typeof token.WHAT;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;
const ACTIVE = 3 satisfies typeof tally.ACTIVE;
const CELL_SHIFT = 3 satisfies typeof tally.CELL_SHIFT;
const SPAN = 4 satisfies typeof tally.SPAN;
const STARTED = 0 satisfies typeof tally.STARTED;

const GIVES_UP = moment.givesUp;

/** Integers of a message. */
const PLAN_SHIFT = 3;
/** The traits of a call that is direct; 0: it is not. */
const KIND = 0;
const BEGIN = 1;
/** Where its attempts begin. */
const ATTEMPT = 2;
/** The only replica; -1 where there are several. */
const REPLICA = 3;
const CALLEE = 4;
/** The lane of its limit of time; -1: it has none of its own, NO_LIMIT: there is no limit. */
const LANE = 5;
const NO_LIMIT = -2;

interface DirectCallParts {
  readonly messages: Program['messages'];
  readonly table: MessageTable;
  readonly layout: Layout;
  /** False: no call is direct, because something may change or stop, or asks to be told of each step. */
  readonly isPossible: boolean;
  readonly linksOnlyDelay: boolean;
  /** The calendar's lane for a delay; -1 where it has none. */
  laneOf(delay: number): number;
  readonly pool: TokenPool;
  readonly clock: Float64Array;
  readonly calendar: Calendar;
  readonly balancers: Balancers;
  readonly timeouts: CallTimeouts;
  readonly tallies: Tallies;
  readonly roundTrips: Tallies;
}

export class DirectCalls {
  readonly #plans: Int32Array;
  /** By message: how long its caller waits. */
  readonly #limits: Float64Array;
  /** By replica: its node, and which kind of node that is. */
  readonly #nodes: Int32Array;
  readonly #kinds: Int32Array;
  /** By kind and kind of node, `#width` to a row: microseconds one way, and their lane in the calendar. */
  readonly #width: number;
  readonly #latency: Float64Array;
  readonly #lanes: Int32Array;
  readonly #pool: TokenPool;
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  readonly #clock: Float64Array;
  readonly #calendar: Calendar;
  readonly #balancers: Balancers;
  readonly #timeouts: CallTimeouts;
  readonly #tallies: Tallies;
  readonly #roundTrips: Tallies;

  constructor(parts: DirectCallParts) {
    const { messages, table, layout, laneOf, balancers } = parts;
    this.#pool = parts.pool;
    this.#words = parts.pool.words;
    this.#times = parts.pool.times;
    this.#clock = parts.clock;
    this.#calendar = parts.calendar;
    this.#balancers = balancers;
    this.#timeouts = parts.timeouts;
    this.#tallies = parts.tallies;
    this.#roundTrips = parts.roundTrips;
    this.#width = layout.kinds.length;
    this.#nodes = layout.nodeOfReplica;
    this.#kinds = layout.nodeOfReplica.map((node) => layout.kindOfNode[node]!);
    this.#latency = layout.latency ?? new Float64Array(this.#width * this.#width);
    this.#lanes = Int32Array.from(this.#latency, laneOf);
    this.#plans = new Int32Array(messages.length << PLAN_SHIFT);
    this.#limits = new Float64Array(messages.length).fill(Number.POSITIVE_INFINITY);
    for (const { index, policy, attempt } of messages) {
      const record = index << MESSAGE_SHIFT;
      const traits = table.records[record + TRAITS]!;
      if (!parts.isPossible || !isDirect(traits, messages[index]!)) continue;
      if ((traits & TRAVELS) !== 0 && !parts.linksOnlyDelay) continue;
      const at = index << PLAN_SHIFT;
      const component = table.records[record + COMPONENT]!;
      if (balancers.eligible(component) === 0) continue;
      this.#plans[at | KIND] = traits;
      this.#plans[at | BEGIN] = table.records[record + ENTRY]!;
      this.#plans[at | ATTEMPT] = attempt;
      this.#plans[at | REPLICA] = balancers.only(component);
      this.#plans[at | CALLEE] = component;
      const limit = policy?.timeout?.kind === 'constant' ? policy.timeout.value : Number.POSITIVE_INFINITY;
      this.#limits[index] = limit;
      this.#plans[at | LANE] = limit === Number.POSITIVE_INFINITY ? NO_LIMIT : laneOf(limit);
    }
  }

  isDirect(message: number): boolean {
    return this.#plans[(message << PLAN_SHIFT) | KIND] !== 0;
  }

  /** Whether there are tokens for one more. */
  get hasRoom(): boolean {
    return this.#pool.live + 2 <= this.#pool.limit;
  }

  /** Sends it; returns the execution where it begins at once, else NO_TOKEN. */
  begin(caller: number, message: number): number {
    const words = this.#words;
    const times = this.#times;
    const calendar = this.#calendar;
    const pool = this.#pool;
    const plans = this.#plans;
    const plan = message << PLAN_SHIFT;
    const traits = plans[plan | KIND]!;
    const now = this.#clock[0]!;
    const root = words[(caller << WORD_SHIFT) | ROOT]!;
    const from = words[(caller << WORD_SHIFT) | PLACE]!;
    let waiting = caller;
    if ((traits & POLICED) !== 0) {
      waiting = pool.take();
      const at = waiting << WORD_SHIFT;
      words[at | POSITION] = plans[plan | ATTEMPT]!;
      words[at | PARENT] = caller;
      words[at | ROOT] = root;
      words[at | WHAT] = CALLING;
      words[at | PLACE] = from;
      words[at | FLAGS] = BEGUN;
      words[at | COUNT] = 1;
      words[at | GOAL] = message;
      words[at | BESIDE] = NO_TOKEN;
      words[at | VERSION] = 0;
      times[(waiting << TIME_SHIFT) | SENT] = now;
      words[(caller << WORD_SHIFT) | INSIDE] = waiting;
      const lane = plans[plan | LANE]!;
      if (lane !== NO_LIMIT) {
        const record = this.#timeouts.take(waiting, words[at | SERIAL]!, GIVES_UP);
        calendar.moments[AT] = now + this.#limits[message]!;
        calendar.planIn(lane, (record << EVENT_SHIFT) | TIMEOUT);
      }
    }
    if ((traits & (POLICED | TRAVELS)) !== 0) this.#roundTrips.begin(message);
    const execution = pool.take();
    const at = execution << WORD_SHIFT;
    let to = plans[plan | REPLICA]!;
    if (to < 0) to = this.#balancers.choose(plans[plan | CALLEE]!);
    if ((traits & WATCHED) !== 0) this.#balancers.began(to);
    words[at | POSITION] = plans[plan | BEGIN]!;
    words[at | PARENT] = waiting;
    words[at | ROOT] = root;
    words[at | WHAT] = message;
    words[at | PLACE] = to;
    words[at | FLAGS] = 0;
    words[at | INSIDE] = NO_TOKEN;
    words[(waiting << WORD_SHIFT) | INSIDE] = execution;
    if ((traits & POLICED) !== 0) words[(waiting << WORD_SHIFT) | OPEN] = execution;
    const route = (traits & TRAVELS) === 0 ? -1 : this.#route(from, to);
    const arrival = route < 0 ? now : now + this.#latency[route]!;
    times[(execution << TIME_SHIFT) | SENT] = now;
    times[(execution << TIME_SHIFT) | ARRIVED] = arrival;
    const cells = this.#tallies.cells;
    const cell = message << CELL_SHIFT;
    cells[cell | ACTIVE]! += 1;
    cells[cell | SPAN]! -= arrival;
    cells[cell | STARTED]! += 1;
    if (route < 0) return execution;
    calendar.moments[AT] = arrival;
    calendar.planIn(this.#lanes[route]!, execution << EVENT_SHIFT);
    return NO_TOKEN;
  }

  /** Whether an execution has gone well, and somebody waits for it who has sent it once. */
  goesWell(execution: number): boolean {
    const words = this.#words;
    const at = execution << WORD_SHIFT;
    const waiting = words[at | PARENT]!;
    if (words[at | FLAGS] !== 0 || waiting === NO_TOKEN) return false;
    const to = waiting << WORD_SHIFT;
    return words[to | WHAT] !== CALLING || words[to | FLAGS] === BEGUN;
  }

  /** The work is done, and the reply leaves; returns who goes on now. */
  end(execution: number, message: number): number {
    const words = this.#words;
    const at = execution << WORD_SHIFT;
    const traits = this.#plans[(message << PLAN_SHIFT) | KIND]!;
    this.#tallies.end(message, (execution << TIME_SHIFT) | ARRIVED, false);
    if ((traits & WATCHED) !== 0) this.#balancers.ended(words[at | PLACE]!);
    if ((traits & TRAVELS) !== 0) {
      const route = this.#route(words[at | PLACE]!, words[(words[at | PARENT]! << WORD_SHIFT) | PLACE]!);
      if (route >= 0) {
        words[at | POSITION]! += 2;
        this.#calendar.moments[AT] = this.#clock[0]! + this.#latency[route]!;
        this.#calendar.planIn(this.#lanes[route]!, execution << EVENT_SHIFT);
        return NO_TOKEN;
      }
    }
    return this.reply(execution, message);
  }

  /** The reply is there; returns who goes on now. */
  reply(execution: number, message: number): number {
    const words = this.#words;
    const traits = this.#plans[(message << PLAN_SHIFT) | KIND]!;
    const waiting = words[(execution << WORD_SHIFT) | PARENT]!;
    if ((traits & POLICED) === 0) {
      if ((traits & TRAVELS) !== 0) this.#roundTrips.end(message, (execution << TIME_SHIFT) | SENT, false);
      this.#pool.give(execution);
      return waiting;
    }
    this.#pool.give(execution);
    words[(waiting << WORD_SHIFT) | SERIAL]! += 1;
    this.#roundTrips.end(message, (waiting << TIME_SHIFT) | SENT, false);
    this.#pool.give(waiting);
    return words[(waiting << WORD_SHIFT) | PARENT]!;
  }

  /** Between which kinds of node a way leads that takes time; -1: it takes none. */
  #route(from: number, to: number): number {
    if (from < 0 || to < 0 || this.#nodes[from] === this.#nodes[to]) return -1;
    const route = this.#kinds[from]! * this.#width + this.#kinds[to]!;
    return this.#latency[route]! > 0 ? route : -1;
  }
}

/** `traits`: of the message. What has any other is the kernel's. */
function isDirect(traits: number, { policy, policyVersions }: Program['messages'][number]): boolean {
  if ((traits & SYNCHRONOUS) === 0 || (traits & (POLICED | TRAVELS)) === 0) return false;
  if ((traits & ~(SYNCHRONOUS | POLICED | TRAVELS | WATCHED | FALLS_BACK)) !== 0) return false;
  if (policy === null) return true;
  const { timeout, budget, breaker, hedge, bulkhead, needsConnection, cancels, deadlinePropagates } = policy;
  return (
    policyVersions.length === 0 &&
    (timeout === null || (timeout.kind === 'constant' && timeout.value > 0)) &&
    budget === null &&
    breaker === null &&
    hedge === null &&
    bulkhead === null &&
    !needsConnection &&
    !cancels &&
    !deadlinePropagates
  );
}
