/**
 * Runs the invocations of activities by tokens, as fUML 1.5 and UML 2.5.1 clauses 15 and 16 say; what differs stands with the
 * compiled form. Every driver embeds this class. It refuses to know calendars, resources and other behaviours: those are the host's.
 *
 * How it is used: one runtime a program, `host.clock` set before each call, then
 *   `begin(activity, values, waiter)` → an invocation, whose first tokens have gone as far as they can;
 *   `awake(token)` at the time that `host.wake` asked for; `granted(token)` and `resume(token, hasFailed)` when what it waited for
 *   is there, then `settle()`; `deliver(run, signal, values)` for signals.
 * A run-time error ends the invocation and is handed to the host as data. Nothing is allocated per event but what expressions make.
 */
import { type Effects, type Known, RunError } from '../../expressions/index.ts';
import type { Place, SendTarget } from '../../model/index.ts';
import { exitOfChoice } from '../interaction/index.ts';
import { ActivityEvents } from './activity-events.ts';
import type { ActivityHost } from './activity-host.ts';
import {
  ActivityStore,
  BEGAN,
  DUE,
  HELD,
  HOLDS,
  INSIDE,
  NEXT,
  NODE,
  NONE,
  ORDINAL,
  OTHER,
  PARENT,
  RUN,
  STATE,
  state,
  TIME_SHIFT,
  WORD_SHIFT,
} from './activity-store.ts';
import { type ActivityProgram, type CompiledActivity, kind } from './compiled-activity.ts';
import { STEP_BUDGET, TokenLife } from './token-life.ts';
import { TokenPlaces } from './token-places.ts';

export class ActivityRuntime implements Effects {
  readonly program: ActivityProgram;
  readonly store: ActivityStore;
  readonly #host: ActivityHost;
  readonly #clock: Float64Array;
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  readonly #tokens: TokenPlaces;
  readonly #life: TokenLife;
  readonly #events: ActivityEvents;
  readonly #ready: number[];
  #next = 0;
  #isSettling = false;
  #moves = 0;
  /** Scratch: who else has come to a join. */
  readonly #arrived: number[] = [];

  constructor(program: ActivityProgram, host: ActivityHost, limit: number) {
    this.program = program;
    this.#host = host;
    this.#clock = host.clock;
    this.store = new ActivityStore(limit, Math.max(1, ...program.activities.map(({ nodes }) => nodes.length)));
    this.#words = this.store.words;
    this.#times = this.store.times;
    this.#tokens = new TokenPlaces(this.store);
    this.#life = new TokenLife(program, host, this.store, this.#tokens, this);
    this.#events = new ActivityEvents(host, this.store, this.#tokens, this.#life);
    this.#ready = this.#life.ready;
  }

  clear(): void {
    this.store.clear();
    this.#ready.length = 0;
    this.#next = 0;
    this.#isSettling = false;
    this.#life.current = NONE;
  }

  /**
   * A new invocation; -1 where there is no room. `values` are read at once. `waiter`: a token whose work it is, or any number below
   * -1, which `host.ended` is told.
   */
  begin(index: number, values: readonly Known[], waiter: number): number {
    const activity = this.program.activities[index]!;
    const { store } = this;
    const run = store.take();
    if (run === NONE) {
      this.#host.full(activity);
      return NONE;
    }
    const words = this.#words;
    const at = run << WORD_SHIFT;
    words[at + NODE] = index;
    words[at + PARENT] = NONE;
    words[at + RUN] = run;
    words[at + STATE] = state.invocation;
    words[at + NEXT] = NONE;
    words[at + HELD] = NONE;
    words[at + INSIDE] = 0;
    words[at + OTHER] = waiter;
    this.#times[(run << TIME_SHIFT) + BEGAN] = this.#clock[0]!;
    store.forgetSeen(run);
    this.#life.fillSlots(run, activity, values);
    this.#host.began(activity, run, waiter);
    try {
      if (activity.initialise !== null) activity.initialise(this.#life.frameOf(run));
      for (const node of activity.starts[0]!) this.#life.spawn(run, NONE, node);
    } catch (error) {
      this.#break(error, run);
      return run;
    }
    if (words[at + INSIDE] === 0) this.#life.end(run, false);
    this.settle();
    return run;
  }

  /** What the token waits for was to be there at this time; nothing where it waits no longer. */
  awake(token: number): void {
    const due = (token << TIME_SHIFT) + DUE;
    if (this.#times[due] !== this.#clock[0]) return;
    this.#times[due] = -1;
    const at = token << WORD_SHIFT;
    switch (this.#words[at + STATE]) {
      case state.working:
        this.#words[at + STATE] = state.done;
        this.#ready.push(token);
        break;
      case state.waiting:
      case state.accepting: {
        const run = this.#words[at + RUN]!;
        this.#life.current = run;
        try {
          if (this.#words[at + STATE] === state.waiting) this.#losePatience(token);
          else this.#events.timePassed(token);
          this.#events.lookAround(run);
        } catch (error) {
          this.#break(error, this.#life.current);
        }
        break;
      }
    }
    this.settle();
  }

  /** The claim of a waiting token is held now. Only remembers: `settle` lets it go on. */
  granted(token: number): void {
    const words = this.#words;
    words[(token << WORD_SHIFT) + STATE] = state.granted;
    words[(token << WORD_SHIFT) + HOLDS] = 1;
    this.#times[(token << TIME_SHIFT) + DUE] = -1;
    this.#ready.push(token);
  }

  /** What was started elsewhere is over. Only remembers: `settle` lets it go on. */
  resume(token: number, hasFailed: boolean): void {
    this.#life.resume(token, hasFailed);
  }

  /** True where an accept action or an interrupt of the invocation takes it. */
  deliver(run: number, signal: number, values: readonly Known[]): boolean {
    if (this.#words[(run << WORD_SHIFT) + STATE] !== state.invocation) return false;
    let isTaken = true;
    this.#life.current = run;
    try {
      isTaken = this.#events.accept(run, signal, values) || this.#events.interrupt(run, signal, values);
      this.#events.lookAround(run);
    } catch (error) {
      this.#break(error, this.#life.current);
    }
    this.settle();
    return isTaken;
  }

  /** Ends an invocation from outside: all it holds is given back, nobody who waits for it is told. */
  terminate(run: number): void {
    if (this.#words[(run << WORD_SHIFT) + STATE] !== state.invocation) return;
    this.#words[(run << WORD_SHIFT) + OTHER] = NONE;
    this.#life.end(run, true);
    this.settle();
  }

  /** Lets all tokens whose turn has come go on until each waits for something. */
  settle(): void {
    if (this.#isSettling) return;
    this.#isSettling = true;
    this.#moves = 0;
    for (;;) {
      try {
        while (this.#next < this.#ready.length) this.#step(this.#ready[this.#next++]!);
        break;
      } catch (error) {
        this.#break(error, this.#life.current);
      }
    }
    this.#ready.length = 0;
    this.#next = 0;
    this.#isSettling = false;
  }

  /** Tokens of an invocation, one after the other; -1 begins and ends. */
  tokenAfter(run: number, token: number): number {
    return this.#words[((token === NONE ? run : token) << WORD_SHIFT) + NEXT]!;
  }

  send(signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    this.#host.send(this.#life.current, signal, values, target, delay);
  }

  log(text: string, place: Place): void {
    this.#host.log(this.#life.current, text, place);
  }

  // ── steps ──

  #step(token: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const run = words[at + RUN]!;
    this.#life.current = run;
    switch (words[at + STATE]) {
      case state.ready:
        this.#arrive(token);
        break;
      case state.granted:
        this.#serve(token);
        break;
      case state.done:
        this.#life.finish(token);
        break;
      case state.failed:
        this.#life.end(run, true);
        break;
      default:
        return;
    }
    this.#events.lookAround(run);
  }

  #arrive(token: number): void {
    const at = token << WORD_SHIFT;
    const words = this.#words;
    const run = words[at + RUN]!;
    const activity = this.#life.activityOf(run);
    const node = words[at + NODE]!;
    if (++this.#moves > STEP_BUDGET) {
      this.#moves = 0;
      const { name, label } = activity.nodes[node]!;
      throw new RunError('step-budget', `Tokens pass ${name} again and again without any time passing.`, label);
    }
    // It stands there now: whoever takes it out says that it has left.
    words[at + STATE] = state.working;
    this.#times[(token << TIME_SHIFT) + BEGAN] = this.#clock[0]!;
    this.#host.entered(activity, token, node, this.store.see(run, node));
    switch (activity.kinds[node]) {
      case kind.decision:
        this.#decide(token, activity, node);
        break;
      case kind.fork:
        this.#fork(token, activity, node);
        break;
      case kind.join:
        this.#join(token, activity, node);
        break;
      case kind['activity-final']:
        if (words[at + PARENT] === NONE) this.#life.end(run, false);
        else this.#life.finishInside(words[at + PARENT]!);
        break;
      case kind['flow-final']:
        this.#life.leave(token, activity, node, NONE);
        break;
      case kind.action:
      case kind.acquire:
      case kind.structured:
        this.#claim(token, activity, node);
        break;
      case kind.accept:
        this.#events.wait(token, activity, node);
        break;
      case kind.send:
        this.#events.sendFrom(token, activity, node);
        break;
      case kind.release:
        for (const { resource, amount } of activity.releases[node]!) this.#release(token, resource, amount);
        this.#life.leaveFirst(token, activity, node);
        break;
      default:
        this.#life.leaveFirst(token, activity, node);
    }
  }

  #decide(token: number, activity: CompiledActivity, node: number): void {
    const choice = activity.choices[node]!;
    const draw = this.#host.times.choice(activity.index, node);
    const edge = exitOfChoice(choice, this.#life.frameOf(this.#life.current), draw);
    if (edge >= 0) {
      this.#life.leave(token, activity, node, edge);
      return;
    }
    const { name, label } = activity.nodes[node]!;
    throw new RunError('no-branch', `No way out of the decision ${name} is open.`, label);
  }

  #fork(token: number, activity: CompiledActivity, node: number): void {
    const words = this.#words;
    const first = activity.firstEdge[node]!;
    const count = activity.edgeCount[node]!;
    const parent = words[(token << WORD_SHIFT) + PARENT]!;
    const run = words[(token << WORD_SHIFT) + RUN]!;
    // What was acquired goes along the first way.
    this.#life.leaveFirst(token, activity, node);
    for (let edge = first + 1; edge < first + count; edge++) {
      const other = this.#life.spawn(run, parent, activity.targets[edge]!);
      this.#words[(other << WORD_SHIFT) + ORDINAL] = activity.ordinals[edge]!;
      this.#host.took(activity, edge);
      activity.effects[edge]?.(this.#life.frameOf(run));
    }
  }

  /** One token of each incoming edge becomes one that goes on. */
  #join(token: number, activity: CompiledActivity, node: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    words[at + STATE] = state.joining;
    const found = this.#arrived;
    found.length = 0;
    for (let ordinal = 0; ordinal < activity.joinSize[node]!; ordinal++) {
      if (ordinal === words[at + ORDINAL]) continue;
      const other = this.#tokens.waitingAtJoin(token, node, ordinal);
      if (other === NONE) return;
      found.push(other);
    }
    words[at + STATE] = state.ready;
    for (const other of found) {
      this.store.handOver(other, token);
      this.#host.left(activity, other, node, true);
      this.#life.remove(other);
    }
    this.#life.leaveFirst(token, activity, node);
  }

  // ── resources and work ──

  #claim(token: number, activity: CompiledActivity, node: number): void {
    const claim = activity.claims[node]!;
    if (claim === null) {
      this.#serve(token);
      return;
    }
    const frame = this.#life.frameOf(this.#life.current);
    // Drawn each time, whether anybody has to wait or not.
    const patience = this.#host.times.patience(activity.index, node, frame);
    if (this.#host.ask(token, claim, claim.rank === null ? 0 : claim.rank(frame))) {
      this.#words[(token << WORD_SHIFT) + HOLDS] = 1;
      this.#serve(token);
      return;
    }
    this.#words[(token << WORD_SHIFT) + STATE] = state.waiting;
    if (patience < Number.POSITIVE_INFINITY) this.#life.wake(token, this.#clock[0]! + patience);
  }

  #losePatience(token: number): void {
    const activity = this.#life.activityOf(this.#life.current);
    const node = this.#words[(token << WORD_SHIFT) + NODE]!;
    const claim = activity.claims[node]!;
    this.#host.withdraw(token, claim);
    this.#host.left(activity, token, node, false);
    this.#life.follow(token, activity, claim.patience!.edge);
  }

  /** The token has what it claims. */
  #serve(token: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const run = words[at + RUN]!;
    const activity = this.#life.activityOf(run);
    const node = words[at + NODE]!;
    this.#host.served(activity, token, node);
    if (activity.kinds[node] === kind.acquire) {
      words[at + HOLDS] = 0;
      for (const { resource, amount } of activity.claims[node]!.uses) this.store.hold(token, resource, amount);
      this.#life.finish(token);
      return;
    }
    if (activity.kinds[node] === kind.structured) {
      words[at + STATE] = state.inside;
      words[at + INSIDE] = 0;
      for (const start of activity.starts[node + 1]!) this.#life.spawn(run, token, start);
      if (words[at + INSIDE] === 0) this.#life.finish(token);
      return;
    }
    const work = activity.works[node]!;
    switch (work.kind) {
      case 'nothing':
        this.#life.finish(token);
        return;
      case 'time':
        words[at + STATE] = state.working;
        this.#life.wake(
          token,
          this.#clock[0]! + this.#host.times.lasting(activity.index, node, this.#life.frameOf(run)),
        );
        return;
      default: {
        const frame = this.#life.frameOf(run);
        const values = work.values.map((value) => value(frame));
        words[at + STATE] = state.elsewhere;
        words[at + OTHER] = NONE;
        if (work.kind === 'invoke') this.#invoke(token, work.activity, values);
        else this.#host.start(token, work, values);
      }
    }
  }

  #invoke(token: number, index: number, values: readonly Known[]): void {
    const run = this.begin(index, values, token);
    const at = token << WORD_SHIFT;
    if (run === NONE) this.#life.resume(token, true);
    else if (this.#words[at + STATE] === state.elsewhere) this.#words[at + OTHER] = run;
  }

  /** From the token itself, then from what the invocation holds, then from its other tokens. */
  #release(token: number, resource: number, amount: number): void {
    const words = this.#words;
    const run = words[(token << WORD_SHIFT) + RUN]!;
    let left = amount - this.store.letGo(token, resource, amount);
    if (left > 0) left -= this.store.letGo(run, resource, left);
    for (let other = words[(run << WORD_SHIFT) + NEXT]!; other !== NONE && left > 0; ) {
      left -= this.store.letGo(other, resource, left);
      other = words[(other << WORD_SHIFT) + NEXT]!;
    }
    if (left < amount) this.#host.giveBackOne(resource, amount - left);
  }

  #break(error: unknown, run: number): void {
    if (!(error instanceof RunError)) throw error;
    this.#host.problem(this.#life.activityOf(run), error.problem);
    this.#life.end(run, true);
  }
}
