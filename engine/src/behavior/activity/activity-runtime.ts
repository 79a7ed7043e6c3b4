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
import { type Effects, Frame, type Known, RunError } from '../../expressions/index.ts';
import type { Place, SendTarget } from '../../model/index.ts';
import { exitOfChoice } from '../interaction/index.ts';
import type { ActivityHost } from './activity-host.ts';
import {
  ActivityStore,
  BEGAN,
  DUE,
  HELD,
  HOLDS,
  INSIDE,
  IS_AGAIN,
  NEXT,
  NODE,
  NONE,
  ORDINAL,
  OTHER,
  PARENT,
  PREVIOUS,
  RUN,
  STATE,
  state,
  TIME_SHIFT,
  WORD_SHIFT,
} from './activity-store.ts';
import { type ActivityProgram, type CompiledAccept, type CompiledActivity, kind } from './compiled-activity.ts';
import { TokenPlaces } from './token-places.ts';

const NO_VALUES: readonly Known[] = [];
/** Moves of tokens within one step after which they are taken to be endless. */
const STEP_BUDGET = 200_000;

export class ActivityRuntime implements Effects {
  readonly program: ActivityProgram;
  readonly store: ActivityStore;
  readonly #host: ActivityHost;
  readonly #clock: Float64Array;
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  readonly #tokens: TokenPlaces;
  readonly #frame = new Frame();
  /** Tokens whose turn comes next; one that was taken out since is passed over. */
  readonly #ready: number[] = [];
  #next = 0;
  #isSettling = false;
  #moves = 0;
  /** The invocation whose expressions are being evaluated: the one that a run-time error ends. */
  #current = NONE;
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
    this.#frame.effects = this;
  }

  clear(): void {
    this.store.clear();
    this.#ready.length = 0;
    this.#next = 0;
    this.#isSettling = false;
    this.#current = NONE;
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
    this.#fillSlots(run, activity, values);
    this.#host.began(activity, run, waiter);
    try {
      if (activity.initialise !== null) activity.initialise(this.#frameOf(run));
      for (const node of activity.starts[0]!) this.#spawn(run, NONE, node);
    } catch (error) {
      this.#break(error, run);
      return run;
    }
    if (words[at + INSIDE] === 0) this.#end(run, false);
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
        this.#current = run;
        try {
          if (this.#words[at + STATE] === state.waiting) this.#losePatience(token);
          else this.#timePassed(token);
          this.#lookAround(run);
        } catch (error) {
          this.#break(error, this.#current);
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
    const at = (token << WORD_SHIFT) + STATE;
    if (this.#words[at] !== state.elsewhere) return;
    this.#words[at] = hasFailed ? state.failed : state.done;
    this.#ready.push(token);
  }

  /** True where an accept action or an interrupt of the invocation takes it. */
  deliver(run: number, signal: number, values: readonly Known[]): boolean {
    if (this.#words[(run << WORD_SHIFT) + STATE] !== state.invocation) return false;
    let isTaken = true;
    this.#current = run;
    try {
      isTaken = this.#accept(run, signal, values) || this.#interrupt(run, signal, values);
      this.#lookAround(run);
    } catch (error) {
      this.#break(error, this.#current);
    }
    this.settle();
    return isTaken;
  }

  /** Ends an invocation from outside: all it holds is given back, nobody who waits for it is told. */
  terminate(run: number): void {
    if (this.#words[(run << WORD_SHIFT) + STATE] !== state.invocation) return;
    this.#words[(run << WORD_SHIFT) + OTHER] = NONE;
    this.#end(run, true);
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
        this.#break(error, this.#current);
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
    this.#host.send(this.#current, signal, values, target, delay);
  }

  log(text: string, place: Place): void {
    this.#host.log(this.#current, text, place);
  }

  // ── steps ──

  #step(token: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const run = words[at + RUN]!;
    this.#current = run;
    switch (words[at + STATE]) {
      case state.ready:
        this.#arrive(token);
        break;
      case state.granted:
        this.#serve(token);
        break;
      case state.done:
        this.#finish(token);
        break;
      case state.failed:
        this.#end(run, true);
        break;
      default:
        return;
    }
    this.#lookAround(run);
  }

  #arrive(token: number): void {
    const at = token << WORD_SHIFT;
    const words = this.#words;
    const run = words[at + RUN]!;
    const activity = this.#activityOf(run);
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
        if (words[at + PARENT] === NONE) this.#end(run, false);
        else this.#finishInside(words[at + PARENT]!);
        break;
      case kind['flow-final']:
        this.#leave(token, activity, node, NONE);
        break;
      case kind.action:
      case kind.acquire:
      case kind.structured:
        this.#claim(token, activity, node);
        break;
      case kind.accept:
        this.#wait(token, activity, node);
        break;
      case kind.send:
        this.#sendFrom(token, activity, node);
        break;
      case kind.release:
        for (const { resource, amount } of activity.releases[node]!) this.#release(token, resource, amount);
        this.#leaveFirst(token, activity, node);
        break;
      default:
        this.#leaveFirst(token, activity, node);
    }
  }

  #decide(token: number, activity: CompiledActivity, node: number): void {
    const choice = activity.choices[node]!;
    const draw = this.#host.times.choice(activity.index, node);
    const edge = exitOfChoice(choice, this.#frameOf(this.#current), draw);
    if (edge >= 0) {
      this.#leave(token, activity, node, edge);
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
    this.#leaveFirst(token, activity, node);
    for (let edge = first + 1; edge < first + count; edge++) {
      const other = this.#spawn(run, parent, activity.targets[edge]!);
      this.#words[(other << WORD_SHIFT) + ORDINAL] = activity.ordinals[edge]!;
      activity.effects[edge]?.(this.#frameOf(run));
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
      this.#remove(other);
    }
    this.#leaveFirst(token, activity, node);
  }

  // ── resources and work ──

  #claim(token: number, activity: CompiledActivity, node: number): void {
    const claim = activity.claims[node]!;
    if (claim === null) {
      this.#serve(token);
      return;
    }
    const frame = this.#frameOf(this.#current);
    // Drawn each time, whether anybody has to wait or not.
    const patience = this.#host.times.patience(activity.index, node, frame);
    if (this.#host.ask(token, claim, claim.rank === null ? 0 : claim.rank(frame))) {
      this.#words[(token << WORD_SHIFT) + HOLDS] = 1;
      this.#serve(token);
      return;
    }
    this.#words[(token << WORD_SHIFT) + STATE] = state.waiting;
    if (patience < Number.POSITIVE_INFINITY) this.#wake(token, this.#clock[0]! + patience);
  }

  #losePatience(token: number): void {
    const activity = this.#activityOf(this.#current);
    const node = this.#words[(token << WORD_SHIFT) + NODE]!;
    const claim = activity.claims[node]!;
    this.#host.withdraw(token, claim);
    this.#host.left(activity, token, node, false);
    this.#follow(token, activity, claim.patience!.edge);
  }

  /** The token has what it claims. */
  #serve(token: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const run = words[at + RUN]!;
    const activity = this.#activityOf(run);
    const node = words[at + NODE]!;
    this.#host.served(activity, token, node);
    if (activity.kinds[node] === kind.acquire) {
      words[at + HOLDS] = 0;
      for (const { resource, amount } of activity.claims[node]!.uses) this.store.hold(token, resource, amount);
      this.#finish(token);
      return;
    }
    if (activity.kinds[node] === kind.structured) {
      words[at + STATE] = state.inside;
      words[at + INSIDE] = 0;
      for (const start of activity.starts[node + 1]!) this.#spawn(run, token, start);
      if (words[at + INSIDE] === 0) this.#finish(token);
      return;
    }
    const work = activity.works[node]!;
    switch (work.kind) {
      case 'nothing':
        this.#finish(token);
        return;
      case 'time':
        words[at + STATE] = state.working;
        this.#wake(token, this.#clock[0]! + this.#host.times.lasting(activity.index, node, this.#frameOf(run)));
        return;
      default: {
        const frame = this.#frameOf(run);
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
    if (run === NONE) this.resume(token, true);
    else if (this.#words[at + STATE] === state.elsewhere) this.#words[at + OTHER] = run;
  }

  /** The node has done what it is for. */
  #finish(token: number): void {
    const at = token << WORD_SHIFT;
    const activity = this.#activityOf(this.#words[at + RUN]!);
    const node = this.#words[at + NODE]!;
    this.#giveBack(token, activity, node);
    this.#leaveFirst(token, activity, node);
  }

  /** What happens in the braces of a structured node is over. */
  #finishInside(owner: number): void {
    const run = this.#words[(owner << WORD_SHIFT) + RUN]!;
    this.#kill(run, (token) => this.#tokens.isInside(token, owner), owner);
    this.#finish(owner);
  }

  #giveBack(token: number, activity: CompiledActivity, node: number): void {
    const at = (token << WORD_SHIFT) + HOLDS;
    if (this.#words[at] === 0) return;
    this.#words[at] = 0;
    this.#host.giveBack(activity.claims[node]!.uses);
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

  // ── events ──

  #wait(token: number, activity: CompiledActivity, node: number): void {
    const { event } = activity.accepts[node]!;
    this.#words[(token << WORD_SHIFT) + STATE] = state.accepting;
    const now = this.#clock[0]!;
    if (event.kind === 'time') {
      this.#wake(token, now + this.#host.times.lasting(activity.index, node, this.#frameOf(this.#current)));
    } else if (event.kind === 'clock') {
      this.#wake(token, this.#host.nextTimeOfDay(event.timeOfDay, now));
    }
  }

  /** A time event whose guard does not hold comes again. */
  #timePassed(token: number): void {
    const at = token << WORD_SHIFT;
    const activity = this.#activityOf(this.#current);
    const node = this.#words[at + NODE]!;
    const accept = activity.accepts[node]!;
    if (accept.guard === null || accept.guard(this.#frameOf(this.#current))) this.#take(token, activity, node, accept);
    else this.#wait(token, activity, node);
  }

  #accept(run: number, signal: number, values: readonly Known[]): boolean {
    const words = this.#words;
    const activity = this.#activityOf(run);
    let found = NONE;
    for (let token = words[(run << WORD_SHIFT) + NEXT]!; token !== NONE; token = words[(token << WORD_SHIFT) + NEXT]!) {
      const at = token << WORD_SHIFT;
      if (words[at + STATE] !== state.accepting) continue;
      const { event, guard } = activity.accepts[words[at + NODE]!]!;
      if (event.kind !== 'signal' || !event.signals.includes(signal)) continue;
      if (this.#tokens.isEarlier(token, found) && (guard === null || guard(this.#frameOf(run, values)))) found = token;
    }
    if (found === NONE) return false;
    const node = words[(found << WORD_SHIFT) + NODE]!;
    this.#take(found, activity, node, activity.accepts[node]!, values);
    return true;
  }

  #interrupt(run: number, signal: number, values: readonly Known[]): boolean {
    const activity = this.#activityOf(run);
    const { interrupts } = activity;
    for (const { region, signals, guard, edge } of interrupts) {
      if (edge < 0 || !signals.includes(signal)) continue;
      const inRegion = this.#tokens.someIn(run, activity, region);
      if (inRegion === NONE) continue;
      if (guard !== null && !guard(this.#frameOf(run, values))) continue;
      const parent = this.#words[(inRegion << WORD_SHIFT) + PARENT]!;
      // Made first, so that what is around does not end with the last token of the region.
      const token = this.#spawn(run, parent, activity.targets[edge]!);
      this.#kill(run, (other) => other !== token && this.#tokens.isInRegion(other, parent, activity, region), NONE);
      this.#words[(token << WORD_SHIFT) + ORDINAL] = activity.ordinals[edge]!;
      activity.effects[edge]?.(this.#frameOf(run, values));
      return true;
    }
    return false;
  }

  #lookAround(run: number): void {
    if (this.#words[(run << WORD_SHIFT) + STATE] === state.invocation && this.#activityOf(run).watches) this.#look(run);
  }

  /** Somebody waits for a condition, and something has changed. */
  #look(run: number): void {
    const words = this.#words;
    const activity = this.#activityOf(run);
    for (let token = words[(run << WORD_SHIFT) + NEXT]!; token !== NONE; ) {
      const at = token << WORD_SHIFT;
      const next = words[at + NEXT]!;
      if (words[at + STATE] === state.accepting) {
        const node = words[at + NODE]!;
        const accept = activity.accepts[node]!;
        const { event, guard } = accept;
        const frame = this.#frameOf(run);
        if (event.kind === 'change' && event.holds(frame) && (guard === null || guard(frame))) {
          this.#take(token, activity, node, accept);
          // What it does may change what others wait for, and who is there.
          this.#look(run);
          return;
        }
      }
      token = next;
    }
  }

  #take(
    token: number,
    activity: CompiledActivity,
    node: number,
    accept: CompiledAccept,
    values: readonly Known[] = NO_VALUES,
  ): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    if (accept.isSpontaneous) {
      const { kind: what } = accept.event;
      const parent = words[at + PARENT]!;
      if (words[at + IS_AGAIN] === 1) {
        words[at + IS_AGAIN] = 0;
        this.#words[((parent === NONE ? words[at + RUN]! : parent) << WORD_SHIFT) + INSIDE]!++;
      }
      // A condition would hold again at once.
      if (what !== 'change') this.#spawn(words[at + RUN]!, parent, node, true);
    }
    this.#leaveFirst(token, activity, node, values);
  }

  #sendFrom(token: number, activity: CompiledActivity, node: number): void {
    const { signal, values, target, key } = activity.sends[node]!;
    const run = this.#current;
    const frame = this.#frameOf(run);
    const carried = values.map((value) => value(frame));
    const delay = this.#host.times.lasting(activity.index, node, frame);
    const to: SendTarget =
      target.kind === 'instance' && key !== null
        ? { ...target, key: { ...target.key, kind: 'literal', value: key(frame) } }
        : target;
    this.#host.send(run, signal, carried, to, delay);
    this.#leaveFirst(token, activity, node);
  }

  // ── tokens ──

  /** A new token that comes to a node; `isAgain`: one that keeps nothing going. */
  #spawn(run: number, parent: number, node: number, isAgain = false): number {
    const token = this.store.take();
    if (token === NONE) {
      const activity = this.#activityOf(run);
      this.#host.full(activity);
      throw new RunError('step-budget', 'There are too many tokens at a time.', activity.nodes[node]!.label);
    }
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const head = (run << WORD_SHIFT) + NEXT;
    const next = words[head]!;
    words[at + NODE] = node;
    words[at + PARENT] = parent;
    words[at + RUN] = run;
    words[at + STATE] = state.ready;
    words[at + NEXT] = next;
    words[at + PREVIOUS] = run;
    words[at + ORDINAL] = 0;
    words[at + HELD] = NONE;
    words[at + INSIDE] = 0;
    words[at + HOLDS] = 0;
    words[at + OTHER] = NONE;
    words[at + IS_AGAIN] = isAgain ? 1 : 0;
    words[head] = token;
    if (next !== NONE) words[(next << WORD_SHIFT) + PREVIOUS] = token;
    this.#times[(token << TIME_SHIFT) + DUE] = -1;
    if (!isAgain) words[((parent === NONE ? run : parent) << WORD_SHIFT) + INSIDE]!++;
    this.#ready.push(token);
    return token;
  }

  #leaveFirst(token: number, activity: CompiledActivity, node: number, values: readonly Known[] = NO_VALUES): void {
    const edge = activity.edgeCount[node]! > 0 ? activity.firstEdge[node]! : NONE;
    this.#leave(token, activity, node, edge, values);
  }

  /** Along an edge, or where there is none to its end. */
  #leave(
    token: number,
    activity: CompiledActivity,
    node: number,
    edge: number,
    values: readonly Known[] = NO_VALUES,
  ): void {
    this.#host.left(activity, token, node, true);
    if (edge >= 0) this.#follow(token, activity, edge, values);
    else this.#endToken(token);
  }

  #follow(token: number, activity: CompiledActivity, edge: number, values: readonly Known[] = NO_VALUES): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    words[at + NODE] = activity.targets[edge]!;
    words[at + ORDINAL] = activity.ordinals[edge]!;
    words[at + STATE] = state.ready;
    this.#times[(token << TIME_SHIFT) + DUE] = -1;
    this.#ready.push(token);
    const effect = activity.effects[edge];
    if (effect !== null && effect !== undefined) effect(this.#frameOf(words[at + RUN]!, values));
  }

  /** What it had acquired stays with what is around it. */
  #endToken(token: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const run = words[at + RUN]!;
    const parent = words[at + PARENT]!;
    const around = parent === NONE ? run : parent;
    this.store.handOver(token, around);
    this.#remove(token);
    if (words[(around << WORD_SHIFT) + INSIDE]! > 0) return;
    if (parent === NONE) this.#end(run, false);
    else this.#finishInside(parent);
  }

  /** Takes a token that holds nothing out of its invocation. */
  #remove(token: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const next = words[at + NEXT]!;
    words[(words[at + PREVIOUS]! << WORD_SHIFT) + NEXT] = next;
    if (next !== NONE) words[(next << WORD_SHIFT) + PREVIOUS] = words[at + PREVIOUS]!;
    const parent = words[at + PARENT]!;
    const around = parent === NONE ? words[at + RUN]! : parent;
    if (words[at + IS_AGAIN] === 0) words[(around << WORD_SHIFT) + INSIDE]!--;
    this.#times[(token << TIME_SHIFT) + DUE] = -1;
    this.store.give(token);
  }

  /**
   * Takes tokens out where they stand: lines are left first, then everything is given back. What they had acquired goes to `heir`,
   * or is given back too.
   */
  #kill(run: number, isDoomed: (token: number) => boolean, heir: number): void {
    const words = this.#words;
    const activity = this.#activityOf(run);
    const doomed: number[] = [];
    for (let token = words[(run << WORD_SHIFT) + NEXT]!; token !== NONE; token = words[(token << WORD_SHIFT) + NEXT]!) {
      if (isDoomed(token)) doomed.push(token);
    }
    for (const token of doomed) {
      const at = token << WORD_SHIFT;
      const node = words[at + NODE]!;
      const was = words[at + STATE]!;
      if (was === state.waiting) this.#host.withdraw(token, activity.claims[node]!);
      if (was !== state.ready) this.#host.left(activity, token, node, false);
      if (was === state.elsewhere) this.#abandon(token);
      words[at + STATE] = state.free;
    }
    for (const token of doomed) {
      this.#giveBack(token, activity, words[(token << WORD_SHIFT) + NODE]!);
      if (heir !== NONE) this.store.handOver(token, heir);
      else this.store.dropAll(token, (resource, amount) => this.#host.giveBackOne(resource, amount));
    }
    for (const token of doomed) this.#remove(token);
  }

  #abandon(token: number): void {
    const run = this.#words[(token << WORD_SHIFT) + OTHER]!;
    if (run === NONE) {
      this.#host.abandon(token);
      return;
    }
    this.#words[(run << WORD_SHIFT) + OTHER] = NONE;
    this.#end(run, true);
  }

  #end(run: number, hasFailed: boolean): void {
    const words = this.#words;
    const at = run << WORD_SHIFT;
    const activity = this.#activityOf(run);
    this.#kill(run, () => true, NONE);
    this.store.dropAll(run, (resource, amount) => this.#host.giveBackOne(resource, amount));
    const waiter = words[at + OTHER]!;
    this.#host.ended(activity, run, waiter, hasFailed);
    this.store.give(run);
    if (waiter >= 0) this.resume(waiter, hasFailed);
  }

  // ── expressions and errors ──

  #wake(token: number, due: number): void {
    this.#times[(token << TIME_SHIFT) + DUE] = due;
    this.#host.wake(token, due);
  }

  #activityOf(run: number): CompiledActivity {
    return this.program.activities[this.#words[(run << WORD_SHIFT) + NODE]!]!;
  }

  #fillSlots(run: number, { slotCount }: CompiledActivity, values: readonly Known[]): void {
    const { slots } = this.store;
    while (slots.length <= run) slots.push([]);
    const own = slots[run]!;
    for (let i = 0; i < slotCount; i++) own[i] = i < values.length ? values[i] : null;
  }

  #frameOf(run: number, values: readonly Known[] = NO_VALUES): Frame {
    const frame = this.#frame;
    this.#current = run;
    frame.slots = this.store.slots[run]!;
    frame.event = values;
    frame.now = this.#clock[0]!;
    frame.began = this.#times[(run << TIME_SHIFT) + BEGAN]!;
    frame.streams = this.#host.streams;
    frame.budget = STEP_BUDGET;
    return frame;
  }

  #break(error: unknown, run: number): void {
    if (!(error instanceof RunError)) throw error;
    this.#host.problem(this.#activityOf(run), error.problem);
    this.#end(run, true);
  }
}
