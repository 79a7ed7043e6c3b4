/**
 * Runs the instances of one machine by UML's run-to-completion step (UML 2.5.1, 14.2.3.9; PSSM 1.0): one event at a
 * time; completion events first; the innermost transition wins; exits innermost first, effect, entries outermost first.
 * Every driver embeds this class. It refuses to know time, calendars and other machines: those are the host's.
 *
 * How a simulation uses it: one runtime a compiled machine. `host.now = t` before each call, then
 *   `spawn(args)` → id of a new instance, already in its first state (or ended: `host.ended` has been called);
 *   `deliver(id, event, values, sender?)` → what became of it (`event`: index in `model.signals`, or that many and the index
 *     in `compiled.operations` for a call; `values`: attributes or parameters by position, read only during the call);
 *   `timerFired(id, timer)` when the calendar reaches what `host.startTimer` asked for;
 *   `activityEnded(id, state)` when a behaviour that the state's do-activity invokes has come to its end.
 * `population`, `entries` (by vertex) and `taken` (by transition) are counted all the time; an `observer` is told each
 * occurrence. A run-time error ends the instance and is handed to `host.ended` as data. Nothing is allocated
 * per event but numbers that do not fit 31 bits.
 */
import { type Effects, Frame, type Known, RunError } from '../../expressions/index.ts';
import type { ElementId, Place, SendTarget, Value } from '../../model/index.ts';
import { drawBranch, possibleBranches } from './choose-branch.ts';
import { type CompiledMachine, flag, type MachineCode, op } from './compiled-machine.ts';
import { CompletionQueue } from './completion-queue.ts';
import { BEGUN, DONE, hasBegun, IDLE, type InstanceState, InstanceStore } from './instance-store.ts';
import { type Delivery, delivery, type MachineHost, type MachineObserver, type Oracle } from './machine-host.ts';
import { nameCycle } from './name-cycle.ts';
import { quietStrokes } from './quiet-strokes.ts';
import { hasPieces, Weaver } from './weaver.ts';

interface RuntimeOptions {
  /** Exact unless the values are only partly known; then an oracle decides what stays open. */
  readonly code?: MachineCode;
  readonly oracle?: Oracle;
  /** How many transitions and loop turns one call may take before it counts as endless. */
  readonly stepBudget?: number;
  /**
   * Orthogonal regions and do-activities happen side by side, in the order that the oracle chooses stroke by stroke. What
   * has begun and what is in the pool at the end of a step is the host's to go on with.
   */
  readonly interleaves?: boolean;
}

const NO_VALUES: readonly Known[] = [];
const DAY = 24 * 60 * 60 * 1_000_000;
/** The last transitions of an endless step that are remembered, to name its cycle. */
const REMEMBERED = 64;
const SELF: SendTarget = { kind: 'self' };

export class MachineRuntime implements Effects {
  readonly compiled: CompiledMachine;
  observer: MachineObserver | null = null;
  /** By vertex: live instances in it. */
  readonly population: Int32Array;
  /** By vertex: how often it was entered. */
  readonly entries: Float64Array;
  /** By transition: how often it was taken. */
  readonly taken: Float64Array;
  /** Events that no transition took; signals to instances that have ended. */
  discarded = 0;
  missed = 0;
  readonly store: InstanceStore;
  /** Whose behaviour is running: a vertex, or -1 - a transition. */
  acting = 0;

  readonly #host: MachineHost;
  readonly #code: MachineCode;
  // What each step reads, one hop closer.
  readonly #program: Int32Array;
  readonly #flags: Uint8Array;
  readonly #strandOf: Int32Array;
  readonly #parentInStrand: Int32Array;
  readonly #entryOf: MachineCode['entries'];
  readonly #exitOf: MachineCode['exits'];
  readonly #effectOf: MachineCode['effects'];
  readonly #oracle: Oracle | null;
  readonly #frame = new Frame();
  readonly #stepBudget: number;
  readonly #orthogonal: boolean;
  readonly #selected: Int32Array;
  readonly #selectedAt: Int32Array;
  readonly #callsFrom: number;
  readonly #defers: boolean;
  readonly #weaver: Weaver | null;
  readonly #holdsRoute = (route: number): boolean => this.#holds(route);

  // The step in progress.
  #instance = -1;
  #place = -1;
  #sender = -1;
  #finished = false;
  /** Nothing of the programs in progress happens any more. */
  #aborted = false;
  /** The state found to defer an event, or -1. */
  #deferredBy = -1;
  /** Something is left to do after the event: completions, own signals, an end; always where the machine watches or defers. */
  #unsettled = false;
  readonly #alwaysSettles: boolean;
  readonly #watchesChanges: boolean;
  readonly #hasInvariants: boolean;
  readonly #completions = new CompletionQueue();
  /** Do-activities without a time that this step has begun. */
  #doing: number[] = [];
  /** Events to itself; a change is noted as -1 - its index. */
  #pool: { readonly event: number; readonly values: readonly Known[] }[] = [];
  #recent: number[] = [];

  constructor(compiled: CompiledMachine, host: MachineHost, options: RuntimeOptions = {}) {
    this.compiled = compiled;
    this.#host = host;
    this.#code = options.code ?? compiled.exact;
    this.#program = compiled.program;
    this.#flags = compiled.flags;
    this.#strandOf = compiled.strandOf;
    this.#parentInStrand = compiled.parentInStrand;
    this.#entryOf = this.#code.entries;
    this.#exitOf = this.#code.exits;
    this.#effectOf = this.#code.effects;
    this.#oracle = options.oracle ?? null;
    this.#stepBudget = options.stepBudget ?? 100_000;
    this.store = new InstanceStore({
      strands: compiled.strandCount,
      histories: compiled.historyCount,
      timers: compiled.timers.length,
      changes: compiled.changes.length,
      slots: compiled.variables.length,
    });
    this.population = new Int32Array(compiled.vertices.length);
    this.entries = new Float64Array(compiled.vertices.length);
    this.taken = new Float64Array(compiled.transitions.length);
    this.#orthogonal = compiled.strandCount > 1;
    this.#callsFrom = compiled.signals.length;
    this.#defers = compiled.deferrable.includes(1);
    this.#watchesChanges = compiled.changes.length > 0;
    this.#hasInvariants = compiled.invariants.length > 0;
    this.#alwaysSettles = this.#watchesChanges || this.#defers || this.#hasInvariants;
    this.#unsettled = this.#alwaysSettles;
    this.#selected = new Int32Array(compiled.strandCount);
    this.#selectedAt = new Int32Array(compiled.strandCount);
    const isWoven = compiled.strandCount > 1 || hasPieces(compiled);
    this.#weaver = options.interleaves === true && isWoven ? this.#newWeaver() : null;
    this.#frame.streams = host.streams;
    this.#frame.effects = this;
  }

  /** Creates an instance and takes its initial transitions. Missing arguments are absent values. */
  spawn(values: readonly Known[]): number {
    const instance = this.store.open();
    const { compiled } = this;
    const slots = this.store.slots[this.store.place(instance)]!;
    for (let i = 0; i < compiled.variables.length; i++) {
      slots[i] = i < compiled.parameterCount ? (i < values.length ? values[i] : null) : null;
    }
    this.#begin(instance, this.store.place(instance), NO_VALUES, -1);
    this.store.began[this.#place] = this.#frame.began = this.#host.now;
    this.#frame.handled = -1;
    try {
      this.#code.initialise(this.#frame);
      this.#launch(compiled.startProgram);
      this.#settle();
    } catch (error) {
      this.#fail(error);
    }
    return instance;
  }

  deliver(instance: number, event: number, values: readonly Known[], sender = -1): Delivery {
    const place = this.store.place(instance);
    if (place < 0) {
      this.missed++;
      return delivery.missing;
    }
    this.#begin(instance, place, values, sender);
    try {
      const outcome = this.#handle(event);
      if (this.#unsettled) this.#settle();
      return outcome;
    } catch (error) {
      this.#fail(error);
      return delivery.taken;
    }
  }

  /** What the host took into its pool has its turn: an event to itself, or a change (-1 - its index). */
  handlePooled(instance: number, event: number, values: readonly Known[]): Delivery {
    if (event >= 0) return this.deliver(instance, event, values, this.#addressOf(instance));
    const place = this.store.place(instance);
    if (place < 0) return delivery.missing;
    this.#begin(instance, place, values, -1);
    try {
      const isTaken = this.#changeOccurred(-1 - event);
      this.#settle();
      return isTaken ? delivery.taken : delivery.discarded;
    } catch (error) {
      this.#fail(error);
      return delivery.taken;
    }
  }

  /** Runs a do-activity that takes no time and has begun in an earlier step. */
  runActivity(instance: number, timer: number): void {
    this.#begin(instance, this.store.place(instance), NO_VALUES, -1);
    try {
      this.#act(this.#doing.indexOf(timer));
      this.#settle();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The event of a call, or -1 where the machine has no such operation. */
  eventOfCall(operation: ElementId): number {
    const index = this.compiled.operations.findIndex(({ id }) => id === operation);
    return index < 0 ? -1 : this.#callsFrom + index;
  }

  /** The behaviour that a state's do-activity invokes has come to its end. False where the state has been left since. */
  activityEnded(instance: number, state: number): boolean {
    const place = this.store.place(instance);
    const timer = this.compiled.timersOf[state]!.find((t) => this.compiled.timers[t]!.transition < 0);
    if (place < 0 || timer === undefined) return false;
    const slot = place * this.store.timers + timer;
    if (this.store.due[slot]! > this.#host.now) this.store.due[slot] = this.#host.now;
    return this.timerFired(instance, timer);
  }

  /** False where the timer was stopped, restarted later, or its instance has ended. */
  timerFired(instance: number, timer: number): boolean {
    const place = this.store.place(instance);
    if (place < 0) return false;
    const slot = place * this.store.timers + timer;
    const due = this.store.due[slot]!;
    if (!(due <= this.#host.now) || due === DONE) return false;
    this.#begin(instance, place, NO_VALUES, -1);
    this.#frame.handled = -1;
    const { vertex, transition, runs } = this.compiled.timers[timer]!;
    try {
      if (transition < 0) this.#comeToActions(timer);
      else {
        this.store.due[slot] = IDLE;
        this.#tryAt(this.#active(vertex), this.compiled.timerColumn + timer);
        // The same time comes again tomorrow.
        if (runs.kind === 'clock' && Number.isNaN(this.store.due[slot]!) && this.#isActive(vertex))
          this.#start(timer, true);
      }
      this.#settle();
    } catch (error) {
      this.#fail(error);
    }
    return true;
  }

  /** Ends an instance from outside: no exit behaviour runs, `host.ended` is not called. */
  terminate(instance: number): void {
    const place = this.store.place(instance);
    if (place >= 0) this.#close(instance, place);
  }

  isLive(instance: number): boolean {
    return this.store.place(instance) >= 0;
  }

  isIn(instance: number, vertex: number): boolean {
    const place = this.store.place(instance);
    if (place < 0) return false;
    const active = this.store.active[place * this.store.strands + this.compiled.strandOf[vertex]!]!;
    return active >= vertex && active <= this.compiled.last[vertex]!;
  }

  /** The value of a parameter or variable, by its position in `compiled.variables`. */
  value(instance: number, slot: number): Known {
    const place = this.store.place(instance);
    return place < 0 ? null : this.store.slots[place]![slot];
  }

  save(instance: number): InstanceState | null {
    const place = this.store.place(instance);
    return place < 0 ? null : this.store.read(place);
  }

  /** Tells the runtime of a loaded instance the handle of a timer that the host started again. */
  adoptTimer(instance: number, timer: number, handle: number): void {
    const place = this.store.place(instance);
    if (place >= 0) this.store.handles[place * this.store.timers + timer] = handle;
  }

  /** An instance in a state that was saved. Its timers are the host's to start again. */
  load(state: InstanceState): number {
    const instance = this.store.open();
    const place = this.store.place(instance);
    this.store.write(place, state);
    this.#count(place, 1);
    return instance;
  }

  send(signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    this.observer?.sent(this.#instance, signal, values, target, delay);
    // What it sent itself goes back to itself.
    const isBack = target.kind === 'sender' && this.#sender === this.#addressOf(this.#instance);
    const to = isBack ? SELF : target;
    if (to.kind === 'self' && delay === 0) this.#keep(signal, [...values]);
    else this.#host.send(this.#instance, signal, values, to, delay, this.#sender);
  }

  #addressOf(instance: number): number {
    return this.#host.addressOf?.(instance) ?? instance;
  }

  #keep(event: number, values: readonly Known[]): void {
    if (this.#host.pooled !== undefined) {
      this.#host.pooled(event, values);
      return;
    }
    this.#pool.push({ event, values });
    this.#unsettled = true;
  }

  call(operation: ElementId, values: readonly Value[], law: (frame: Frame) => Value): Value {
    const byLaw = (): Value => law(this.#frame);
    const reply =
      this.#host.answer === undefined ? byLaw() : this.#host.answer(this.#instance, operation, values, byLaw);
    this.observer?.called?.(this.#instance, operation, values, reply);
    return reply;
  }

  log(text: string, place: Place): void {
    this.observer?.logged(this.#instance, text, place);
  }

  #begin(instance: number, place: number, event: readonly Known[], sender: number): void {
    const { store } = this;
    const frame = this.#frame;
    this.#instance = instance;
    this.#place = place;
    this.#sender = sender;
    frame.slots = store.slots[place]!;
    frame.active = store.active;
    frame.base = place * store.strands;
    frame.event = event;
    frame.now = this.#host.now;
    frame.began = store.began[place]!;
    frame.budget = this.#stepBudget;
    if (this.#weaver !== null) this.#goOnDoing();
  }

  #goOnDoing(): void {
    const { due, timers } = this.store;
    this.#doing = [];
    for (let timer = 0; timer < timers; timer++) {
      if (hasBegun(due[this.#place * timers + timer]!)) this.#doing.push(timer);
    }
  }

  #launch(start: number): void {
    if (this.#weaver === null || this.#weaver.isPlain(start)) this.#run(start);
    else this.#weaver.run([{ start, leaf: -1 }]);
  }

  #newWeaver(): Weaver {
    const { compiled } = this;
    const frame = this.#frame;
    return new Weaver(compiled, {
      next: (count, among) => this.#oracle?.order?.(count, among) ?? 0,
      isOver: () => this.#aborted,
      enter: (vertex) => this.#enter(vertex),
      exit: (vertex) => this.#exit(vertex),
      take: (transition) => this.#take(transition),
      complete: (state) => this.#completeIfDone(state),
      arrive: (arrival) => this.#haveAllCome(arrival),
      branch: (vertex) => this.#branch(vertex),
      wayOut: (vertex) => this.#wayOut(vertex),
      isActive: (state) => this.#isActive(state),
      isTaken: (strand) => this.#isTaken(strand),
      active: (strand) => frame.active[frame.base + strand]!,
      setActive: (strand, vertex) => {
        frame.active[frame.base + strand] = vertex;
      },
      past: (region) => this.#past(region),
      terminate: (vertex) => this.#terminate(vertex),
      finish: () => this.#finish(),
      endless: () => {
        // What is taken from here on is remembered, and ends the step with the name of its cycle.
        if (this.#frame.budget > REMEMBERED) {
          this.#frame.budget = REMEMBERED;
          return;
        }
        throw new RunError('step-budget', 'This step does not come to an end.', compiled.place);
      },
      begun: () => this.#doing.length,
      act: (index) => this.#act(index),
      isQuiet: quietStrokes(compiled, this.#code),
    });
  }

  #columnOf(event: number): number {
    return this.compiled.columnOfEvent[event] ?? this.compiled.otherColumn;
  }

  #active(vertex: number): number {
    return this.#frame.active[this.#frame.base + this.compiled.strandOf[vertex]!]!;
  }

  #isActive(vertex: number): boolean {
    const leaf = this.#active(vertex);
    return leaf >= vertex && leaf <= this.compiled.last[vertex]!;
  }

  /** The strand cannot be entered: its state is not active, or something in it is. */
  #isTaken(strand: number): boolean {
    const { active, base } = this.#frame;
    return active[base + strand]! >= 0 || !this.#isActive(this.compiled.strandOwner[strand]!);
  }

  #discard(event: number): void {
    this.discarded++;
    this.observer?.discarded(this.#instance, event);
  }

  /** One event as far as its own step: taken, deferred or discarded; a call is answered. The frame has its values. */
  #handle(event: number): Delivery {
    this.#frame.handled = event;
    const column = this.#columnOf(event);
    const by = this.#defers ? this.#deferring(column) : -1;
    if (by >= 0) {
      this.store.defer(this.#place, { event, values: [...this.#frame.event], sender: this.#sender, by });
      this.observer?.deferred(this.#instance, event);
      return delivery.deferred;
    }
    if (event < this.#callsFrom) {
      if (this.#step(column)) return delivery.taken;
      this.#discard(event);
      return delivery.discarded;
    }
    this.#frame.returned = false;
    this.#frame.reply = null;
    const isTaken = this.#step(column);
    if (!isTaken) this.#discard(event);
    this.#host.replied?.(this.#instance, event, isTaken ? this.#frame.reply : null, this.#sender);
    return isTaken ? delivery.taken : delivery.discarded;
  }

  /**
   * The innermost active state that defers the event, where neither it nor a state in it has a transition that takes it: the
   * more deeply nested has priority, also over the deferral (UML 2.5.1, 14.2.3.4.4). -1 where there is none.
   */
  #deferring(column: number): number {
    if (this.compiled.deferrable[column] !== 1) return -1;
    this.#deferredBy = -1;
    const { rootStrands } = this.compiled;
    for (let i = 0; i < rootStrands.length; i++) this.#findDeferral(rootStrands[i]!, column);
    return this.#deferredBy;
  }

  /** Whether anything in the strand takes the event. */
  #findDeferral(strand: number, column: number): boolean {
    const { childStrands, parentInStrand, columns, defers, routeSource, last } = this.compiled;
    const leaf = this.#frame.active[this.#frame.base + strand]!;
    if (leaf < 0) return false;
    const children = childStrands[leaf]!;
    let isTaken = false;
    for (let i = 0; i < children.length; i++) if (this.#findDeferral(children[i]!, column)) isTaken = true;
    const route = this.#enabled(leaf, column);
    const source = route < 0 ? -1 : routeSource[route]!;
    for (let v = leaf; v >= 0 && !isTaken; v = parentInStrand[v]!) {
      if (source >= v && source <= last[v]!) isTaken = true;
      else if (this.#deferredBy < 0 && defers[v * columns + column] === 1) this.#deferredBy = v;
    }
    return isTaken;
  }

  /**
   * Handles the oldest of the events whose deferring state has been left, unless another defers it now; false where there is
   * none. As long as its state stays active an event waits, whatever else has changed.
   */
  #release(): boolean {
    const waiting = this.store.deferred(this.#place);
    for (let i = 0; i < waiting.length; i++) {
      const { event, values, sender, by } = waiting[i]!;
      if (by >= 0) continue;
      this.#frame.event = values;
      const next = this.#deferring(this.#columnOf(event));
      if (next >= 0) {
        this.store.deferAgain(this.#place, i, next);
        continue;
      }
      this.store.release(this.#place, i);
      this.#sender = sender;
      this.#handle(event);
      return true;
    }
    return false;
  }

  /** One event against the whole configuration: true where a transition took it. */
  #step(column: number): boolean {
    if (!this.#orthogonal) return this.#tryAt(this.#frame.active[this.#frame.base]!, column);
    const { rootStrands, routeProgram } = this.compiled;
    const selected = this.#selected;
    let count = 0;
    for (let i = 0; i < rootStrands.length; i++) count = this.#select(rootStrands[i]!, column, count);
    const { active, base } = this.#frame;
    if (this.#weaver !== null) {
      this.#stepTogether(this.#weaver, count);
      return count > 0;
    }
    let fired = 0;
    const isOrdered = this.#oracle?.order === undefined;
    for (let i = 0; i < count && !this.#finished; i++) {
      if (!isOrdered) this.#chooseNext(i, count);
      const route = selected[i]!;
      if (fired > 0) {
        // Passing a join may have left what it comes from.
        const leaf = this.#selectedAt[i]!;
        if (active[base + this.#strandOf[leaf]!] !== leaf || this.#conflicts(route, fired)) continue;
      }
      selected[fired++] = route;
      this.#run(routeProgram[route]!);
    }
    return count > 0;
  }

  /** Of routes that conflict any may win; those that do not happen side by side. */
  #stepTogether(weaver: Weaver, count: number): void {
    const selected = this.#selected;
    let hasConflict = false;
    for (let i = 1; i < count && !hasConflict; i++) hasConflict = this.#conflicts(selected[i]!, i);
    const programs: { readonly start: number; readonly leaf: number }[] = [];
    let fired = 0;
    for (let i = 0; i < count; i++) {
      if (hasConflict) this.#chooseNext(i, count);
      const route = selected[i]!;
      if (hasConflict && fired > 0 && this.#conflicts(route, fired)) continue;
      selected[fired++] = route;
      programs.push({ start: this.compiled.routeProgram[route]!, leaf: this.#selectedAt[i]! });
    }
    const [only] = programs;
    if (only !== undefined && programs.length === 1) this.#launch(only.start);
    else weaver.run(programs);
  }

  /** Any of the routes that are left may be the next. */
  #chooseNext(at: number, count: number): void {
    if (count - at < 2) return;
    const next = at + (this.#oracle?.order?.(count - at) ?? 0);
    for (const list of [this.#selected, this.#selectedAt]) {
      const chosen = list[next]!;
      list.copyWithin(at + 1, at, next);
      list[at] = chosen;
    }
  }

  /** Adds the enabled routes of a strand, those inside it first; an outer one only where no inner one is enabled. */
  #select(strand: number, column: number, count: number): number {
    const { compiled } = this;
    const leaf = this.#frame.active[this.#frame.base + strand]!;
    if (leaf < 0) return count;
    const children = compiled.childStrands[leaf]!;
    let after = count;
    for (let i = 0; i < children.length; i++) after = this.#select(children[i]!, column, after);
    if (after > count) return after;
    const route = this.#chosen(leaf, column);
    if (route < 0) return count;
    this.#selected[count] = route;
    this.#selectedAt[count] = leaf;
    return count + 1;
  }

  /** Would leave what a route fired in this step leaves too (UML: conflicting transitions, neither has priority). */
  #conflicts(route: number, fired: number): boolean {
    const { routeScope } = this.compiled;
    const scope = routeScope[route]!;
    if (scope < 0) return false;
    for (let i = 0; i < fired; i++) {
      const other = routeScope[this.#selected[i]!]!;
      if (other >= 0 && (this.#within(scope, other) || this.#within(other, scope))) return true;
    }
    return false;
  }

  #within(strand: number, outer: number): boolean {
    for (let s = strand; s >= 0; s = this.compiled.strandParent[s]!) if (s === outer) return true;
    return false;
  }

  #tryAt(leaf: number, column: number): boolean {
    if (leaf < 0) return false;
    const route = this.#chosen(leaf, column);
    if (route < 0) return false;
    this.#launch(this.compiled.routeProgram[route]!);
    return true;
  }

  #enabled(leaf: number, column: number): number {
    const { cells, columns, routeLists } = this.compiled;
    for (let i = cells[leaf * columns + column]!; ; i++) {
      const route = routeLists[i]!;
      if (route < 0 || this.#holds(route)) return route;
    }
  }

  /** The enabled route, or any of those with the same source: competing transitions have no priority. */
  #chosen(leaf: number, column: number): number {
    const first = this.#enabled(leaf, column);
    const oracle = this.#oracle;
    if (first < 0 || oracle?.order === undefined) return first;
    const { cells, columns, routeLists, routeSource } = this.compiled;
    const enabled = [first];
    for (let i = routeLists.indexOf(first, cells[leaf * columns + column]!) + 1; ; i++) {
      const route = routeLists[i]!;
      if (route < 0 || routeSource[route] !== routeSource[first]) break;
      if (this.#holds(route)) enabled.push(route);
    }
    const { transitions, routeTransition } = this.compiled;
    // `any` is for what no other trigger names (UML 2.5.1, 13.4.1).
    const named = enabled.filter((route) => transitions[routeTransition[route]!]!.trigger.kind !== 'any');
    const competing = named.length > 0 ? named : enabled;
    return competing[competing.length > 1 ? oracle.order(competing.length, 'transitions') : 0] ?? first;
  }

  #holds(route: number): boolean {
    const guard = this.#code.guards[route]!;
    if (guard === null) return true;
    const truth = guard(this.#frame);
    return truth === undefined ? this.#oracle!.maybe() : truth;
  }

  #truth(route: number): boolean | undefined {
    const guard = this.#code.guards[route]!;
    return guard === null ? true : guard(this.#frame);
  }

  /**
   * What a step leaves to do: do-activities that take no time, completion events, changes, deferred events, and then what it
   * sent to its own instance.
   */
  #settle(): void {
    for (;;) {
      if (this.#finished) {
        this.#end(null);
        return;
      }
      if (this.#doing.length > 0 && this.#actNow()) continue;
      if (!this.#completions.isEmpty) {
        const leaf = this.#completions.take();
        this.#frame.event = NO_VALUES;
        this.#frame.handled = -1;
        if (this.#active(leaf) === leaf) this.#tryAt(leaf, this.compiled.completionColumn);
        continue;
      }
      if (this.#watchesChanges) this.#noteChanges();
      if (this.#defers && this.#release()) continue;
      if (this.#hasInvariants) this.#checkInvariants();
      if (this.#pool.length === 0) {
        this.#unsettled = this.#alwaysSettles;
        return;
      }
      const { event, values } = this.#pool.shift()!;
      this.#frame.event = values;
      this.#sender = this.#addressOf(this.#instance);
      if (event < 0) this.#changeOccurred(-1 - event);
      else this.#handle(event);
    }
  }

  /** At rest: what is not known to be broken holds. */
  #checkInvariants(): void {
    const { invariants, vertices, machine } = this.compiled;
    this.#frame.event = NO_VALUES;
    for (let i = 0; i < invariants.length; i++) {
      const { vertex, condition } = invariants[i]!;
      if ((vertex >= 0 && !this.#isActive(vertex)) || this.#code.invariants[i]!(this.#frame) !== false) continue;
      const { name } = vertices[vertex] ?? machine;
      throw new RunError('assertion-failed', `The invariant of ${name} does not hold.`, condition.place);
    }
  }

  #changeOccurred(change: number): boolean {
    const { changes, changeColumn } = this.compiled;
    this.#frame.handled = -1;
    return this.#tryAt(this.#active(changes[change]!.vertex), changeColumn + change);
  }

  /** Without choices a do-activity runs as soon as it can; otherwise it may also wait, even for what comes later. */
  #actNow(): boolean {
    let next = 1;
    if (this.#weaver !== null) {
      const isIdle = this.#completions.isEmpty && this.store.deferred(this.#place).length === 0;
      next = isIdle ? 0 : (this.#oracle?.order?.(this.#doing.length + 1, 'activities') ?? 0);
    }
    if (next > 0) this.#act(next - 1);
    return next > 0;
  }

  #act(index: number): void {
    const timer = this.#doing[index];
    if (timer === undefined) return;
    const { event } = this.#frame;
    this.#frame.event = NO_VALUES;
    if (!this.#actPartly(timer)) {
      this.#doing.splice(index, 1);
      this.#finishActivity(timer);
    }
    this.#frame.event = event;
  }

  /** The time of a do-activity has passed, or what it invokes has come to its end. */
  #comeToActions(timer: number): void {
    const { vertex } = this.compiled.timers[timer]!;
    if (this.#weaver === null || !this.#code.activitySteps[vertex]) {
      this.#finishActivity(timer);
      return;
    }
    this.store.due[this.#place * this.store.timers + timer] = BEGUN;
    this.#doing.push(timer);
    this.#unsettled = true;
  }

  /** Where something may come between its actions, the next of them; false where all that is left may be done at once. */
  #actPartly(timer: number): boolean {
    const { vertex } = this.compiled.timers[timer]!;
    const steps = this.#weaver === null ? null : this.#code.activitySteps[vertex];
    if (steps === null || steps === undefined) return false;
    const slot = this.#place * this.store.timers + timer;
    this.acting = vertex;
    const next = steps[BEGUN - this.store.due[slot]!]!(this.#frame);
    if (next >= 0) this.store.due[slot] = BEGUN - next;
    else {
      this.#doing.splice(this.#doing.indexOf(timer), 1);
      this.#activityDone(timer);
    }
    return true;
  }

  /** Does what a do-activity does; its state is complete, unless something in it still goes on. */
  #finishActivity(timer: number): void {
    const { vertex } = this.compiled.timers[timer]!;
    const activity = this.#code.activities[vertex]!;
    if (activity !== null) {
      this.acting = vertex;
      activity(this.#frame);
    }
    this.#activityDone(timer);
  }

  #activityDone(timer: number): void {
    this.store.due[this.#place * this.store.timers + timer] = DONE;
    this.#completeIfDone(this.compiled.timers[timer]!.vertex);
  }

  /** A change event occurs when a condition turns true while its state is active (entering counts as false before). */
  #noteChanges(): void {
    const { compiled, store } = this;
    this.#frame.event = NO_VALUES;
    for (let change = 0; change < compiled.changes.length; change++) {
      const { vertex } = compiled.changes[change]!;
      const active = this.#active(vertex);
      if (active < vertex || active > compiled.last[vertex]!) continue;
      const slot = this.#place * store.changes + change;
      const truth = this.#code.conditions[change]!(this.#frame);
      const holds = truth === undefined ? this.#oracle!.maybe() : truth;
      if (holds && store.changed[slot] === 0) this.#keep(-1 - change, NO_VALUES);
      store.changed[slot] = holds ? 1 : 0;
    }
  }

  #run(start: number): void {
    const program = this.#program;
    let at = start;
    for (;;) {
      const operand = program[at + 1]!;
      switch (program[at]!) {
        case op.end:
          return;
        case op.exit:
          this.#exit(operand);
          break;
        case op.effect:
          this.#take(operand);
          break;
        case op.enter:
          this.#enter(operand);
          break;
        case op.exitStrand:
          this.#exitStrand(operand);
          break;
        case op.complete:
          this.#completeIfDone(operand);
          break;
        case op.exitInside:
          this.#exitInside(operand);
          break;
        case op.arrive:
          this.#arrive(operand);
          if (this.#aborted) return;
          break;
        case op.history:
          this.#recall(operand);
          if (this.#aborted) return;
          break;
        case op.terminate:
          this.#terminate(operand);
          return;
        case op.leaveMachine:
          for (const strand of this.compiled.rootStrands) this.#exitStrand(strand);
          this.#finish();
          return;
        case op.onlyInto:
          if (this.#isTaken(operand)) return;
          break;
        default: {
          const next = this.compiled.routeProgram[this.#branch(operand)]!;
          if (program[at + 2] === op.end) {
            at = next;
            continue;
          }
          this.#run(next);
          if (this.#aborted) return;
        }
      }
      at += 2;
    }
  }

  #terminate(vertex: number): void {
    this.observer?.terminated(this.#instance, vertex);
    this.#finish();
  }

  #finish(): void {
    this.#aborted = this.#finished = this.#unsettled = true;
  }

  #take(transition: number): void {
    this.taken[transition]!++;
    if (--this.#frame.budget < REMEMBERED) this.#remember(transition);
    if (this.observer !== null) this.observer.taken(this.#instance, transition);
    const effect = this.#effectOf[transition]!;
    if (effect !== null) {
      this.acting = -1 - transition;
      effect(this.#frame);
    }
  }

  #enter(vertex: number): void {
    const frame = this.#frame;
    frame.active[frame.base + this.#strandOf[vertex]!] = vertex;
    this.population[vertex]!++;
    this.entries[vertex]!++;
    if (this.observer !== null) this.observer.entered(this.#instance, vertex);
    const entry = this.#entryOf[vertex]!;
    if (entry !== null) {
      this.acting = vertex;
      entry(frame);
    }
    const flags = this.#flags[vertex]!;
    if (flags === flag.state) return;
    if (flags & flag.watches) this.#watch(vertex);
    if (flags & flag.final) this.#regionDone(vertex);
    else if ((flags & (flag.completes | flag.lasts)) === flag.completes) this.#complete(vertex);
  }

  #exit(vertex: number): void {
    const frame = this.#frame;
    const flags = this.#flags[vertex]!;
    if (flags & flag.watches) this.#unwatch(vertex);
    if (flags & flag.remembered) this.#note(vertex);
    if (flags & flag.defers) this.store.undefer(this.#place, vertex);
    if (!this.#completions.isEmpty) this.#completions.forget(vertex);
    if (this.observer !== null && flags & flag.state) this.observer.exited(this.#instance, vertex);
    const exit = this.#exitOf[vertex]!;
    if (exit !== null) {
      this.acting = vertex;
      exit(frame);
    }
    this.population[vertex]!--;
    frame.active[frame.base + this.#strandOf[vertex]!] = this.#parentInStrand[vertex]!;
  }

  #exitStrand(strand: number): void {
    const { childStrands, parentInStrand, flags } = this.compiled;
    const frame = this.#frame;
    let vertex = frame.active[frame.base + strand]!;
    while (vertex >= 0) {
      const children = childStrands[vertex]!;
      for (let i = 0; i < children.length; i++) this.#exitStrand(children[i]!);
      if (flags[vertex]! & (flag.state | flag.final)) this.#exit(vertex);
      vertex = parentInStrand[vertex]!;
    }
    frame.active[frame.base + strand] = -1;
  }

  #exitInside(state: number): void {
    const { childStrands, parentInStrand, strandOf, flags } = this.compiled;
    const { active, base } = this.#frame;
    while (this.#isActive(state)) {
      const vertex = active[base + strandOf[state]!]!;
      const children = childStrands[vertex]!;
      for (let i = 0; i < children.length; i++) this.#exitStrand(children[i]!);
      if (vertex === state) return;
      if (flags[vertex]! & (flag.state | flag.final)) this.#exit(vertex);
      else active[base + strandOf[state]!] = parentInStrand[vertex]!;
    }
  }

  /** The region now waits at the join; where all have come, the join is passed. */
  #arrive(arrival: number): void {
    const { arrivalVertex, routeProgram } = this.compiled;
    if (this.#haveAllCome(arrival)) this.#run(routeProgram[this.#wayOut(arrivalVertex[arrival]!)]!);
  }

  #haveAllCome(arrival: number): boolean {
    const { arrivalVertex, arrivalStrand, joinStrands } = this.compiled;
    const { active, base } = this.#frame;
    const join = arrivalVertex[arrival]!;
    active[base + arrivalStrand[arrival]!] = join;
    for (const strand of joinStrands[join]!) if (active[base + strand] !== join) return false;
    return true;
  }

  /** For a history: what was active in the region. A final state leaves nothing to go back to. */
  #note(vertex: number): void {
    const slot = this.#place * this.store.histories + this.compiled.historyOfVertex[vertex]!;
    this.store.past[slot] = this.#flags[vertex]! & flag.final ? -1 : vertex;
  }

  #recall(history: number): void {
    const { compiled } = this;
    const region = compiled.regionOf[history]!;
    if (this.#past(region) >= 0) this.#restore(region, compiled.vertices[history]!.kind === 'deep-history');
    else if (compiled.branches[history]!.length > 0) this.#run(compiled.routeProgram[this.#branch(history)]!);
    else this.#run(compiled.regionEntry[region]!);
  }

  #past(region: number): number {
    return this.store.past[this.#place * this.store.histories + this.compiled.historyOfRegion[region]!]!;
  }

  #restore(region: number, isDeep: boolean): void {
    const { compiled } = this;
    const state = this.#past(region);
    if (state < 0 || !isDeep) {
      this.#run(state < 0 ? compiled.regionEntry[region]! : compiled.stateEntry[state]!);
      return;
    }
    this.#enter(state);
    const regions = compiled.regionsOf[state]!;
    for (let i = 0; i < regions.length && !this.#aborted; i++) this.#restore(regions[i]!, true);
    if (regions.length > 0) this.#completeIfDone(state);
  }

  #watch(vertex: number): void {
    const { compiled, store } = this;
    for (const timer of compiled.timersOf[vertex]!) this.#start(timer);
    for (const change of compiled.changesOf[vertex]!) store.changed[this.#place * store.changes + change] = 0;
  }

  #start(timer: number, isAgain = false): void {
    const { now } = this.#frame;
    const slot = this.#place * this.store.timers + timer;
    const { runs } = this.compiled.timers[timer]!;
    if (runs.kind === 'at-once') {
      this.store.due[slot] = BEGUN;
      if (!this.#doing.includes(timer)) this.#doing.push(timer);
      this.#unsettled = true;
      return;
    }
    let due = Number.POSITIVE_INFINITY;
    if (runs.kind === 'clock')
      due = isAgain && this.#host.nextTimeOfDay === undefined ? now + DAY : this.#nextTime(runs.timeOfDay);
    else if (runs.kind === 'delay') {
      const delay = this.#code.delays[timer]!(this.#frame);
      // A delay that is not known leaves it to the host when the timer fires.
      if (typeof delay === 'number') due = now + delay;
    }
    if (due <= now) this.#spin(timer);
    this.store.due[slot] = due;
    this.store.handles[slot] = this.#host.startTimer(this.#instance, timer, due);
  }

  /** After now, and never now. Who watches does not know the clock of the system. */
  #nextTime(timeOfDay: number): number {
    if (this.#code.partial) return Number.POSITIVE_INFINITY;
    const { now } = this.#frame;
    if (this.#host.nextTimeOfDay !== undefined) return this.#host.nextTimeOfDay(timeOfDay, now);
    const first = (this.#host.midnight ?? 0) + timeOfDay;
    return first + (Math.floor((now - first) / DAY) + 1) * DAY;
  }

  /** A timer without delay lets no time pass: an endless chain of them would never come to an end. */
  #spin(timer: number): void {
    const { spins, spinTime } = this.store;
    const now = this.#frame.now;
    if (spinTime[this.#place] !== now) spins[this.#place] = 0;
    spinTime[this.#place] = now;
    if (++spins[this.#place]! <= this.#stepBudget) return;
    const { runs, vertex } = this.compiled.timers[timer]!;
    const { place } = runs.kind === 'delay' ? runs.delay : this.compiled.vertices[vertex]!;
    throw new RunError('step-budget', 'Timers without delay follow one another without end.', place);
  }

  #unwatch(vertex: number): void {
    const timers = this.compiled.timersOf[vertex]!;
    for (let i = 0; i < timers.length; i++) this.#stop(this.#instance, this.#place, timers[i]!);
    if (this.#doing.length > 0) this.#doing = this.#doing.filter((timer) => !timers.includes(timer));
  }

  #stop(instance: number, place: number, timer: number): void {
    const { due, handles, timers } = this.store;
    const slot = place * timers + timer;
    if (due[slot]! >= 0) this.#host.stopTimer(handles[slot]!, instance, timer);
    due[slot] = IDLE;
  }

  #complete(leaf: number): void {
    this.#completions.add(leaf);
    this.#unsettled = true;
  }

  #regionDone(final: number): void {
    const owner = this.compiled.parent[final]!;
    if (owner >= 0) this.#completeIfDone(owner);
    else if (this.#allFinal(this.compiled.rootStrands, -1)) this.#finished = this.#unsettled = true;
  }

  /** A completion event for a state whose regions and do-activity have all come to their end. */
  #completeIfDone(state: number): void {
    const { compiled, store } = this;
    if ((compiled.flags[state]! & flag.completes) === 0) return;
    for (const timer of compiled.timersOf[state]!) {
      if (compiled.timers[timer]!.transition < 0 && store.due[this.#place * store.timers + timer] !== DONE) return;
    }
    const leaf = this.#active(state);
    if (compiled.flags[state]! & flag.orthogonal) {
      if (this.#allFinal(compiled.childStrands[state]!, state)) this.#complete(state);
    } else if (leaf === state || (compiled.flags[leaf]! & flag.final && compiled.parent[leaf] === state)) {
      this.#complete(leaf);
    }
  }

  /** A region that nothing begins is done from the start. */
  #allFinal(strands: Int32Array, owner: number): boolean {
    const { flags, parent, strandBegins } = this.compiled;
    for (let i = 0; i < strands.length; i++) {
      const strand = strands[i]!;
      const leaf = this.#frame.active[this.#frame.base + strand]!;
      if (leaf < 0 && strandBegins[strand] === 0) continue;
      if (leaf < 0 || (flags[leaf]! & flag.final) === 0 || parent[leaf] !== owner) return false;
    }
    return true;
  }

  /** The route out of a pseudostate that is decided when it is reached. */
  #branch(vertex: number): number {
    const frame = this.#frame;
    frame.active[frame.base + this.compiled.strandOf[vertex]!] = vertex;
    return this.#wayOut(vertex);
  }

  #wayOut(vertex: number): number {
    const { compiled } = this;
    const oracle = this.#oracle;
    const frame = this.#frame;
    let route = -1;
    if (oracle === null) {
      route = drawBranch(compiled.branches[vertex]!, this.#holdsRoute, frame.streams[compiled.choiceSource[vertex]!]);
    } else {
      const possible = possibleBranches(compiled.branches[vertex]!, (candidate) => this.#truth(candidate));
      route = possible[possible.length > 1 ? oracle.pick(possible.length) : 0] ?? -1;
    }
    if (route >= 0) return route;
    throw new RunError('no-branch', 'No branch of this choice can be taken.', compiled.vertices[vertex]!.label);
  }

  #remember(transition: number): void {
    if (this.#frame.budget === REMEMBERED - 1) this.#recent = [];
    this.#recent.push(transition);
    if (this.#frame.budget >= 0) return;
    const { transitions } = this.compiled;
    const cycle = nameCycle(this.#recent.map((t) => transitions[t]!));
    throw new RunError('step-budget', `This step does not come to an end: ${cycle}.`, transitions[transition]!.label);
  }

  #fail(error: unknown): void {
    if (!(error instanceof RunError)) throw error;
    this.#end(error.problem);
  }

  #end(problem: RunError['problem'] | null): void {
    this.#finished = this.#aborted = false;
    this.#unsettled = this.#alwaysSettles;
    this.#completions.clear();
    this.#doing = [];
    const instance = this.#instance;
    for (const { event, sender } of this.store.deferred(this.#place)) {
      this.#discard(event);
      if (event >= this.#callsFrom) this.#host.replied?.(instance, event, null, sender);
    }
    for (const { event } of this.#pool) if (event >= 0) this.#discard(event);
    this.#pool = [];
    this.#host.ended(instance, problem);
    this.#close(instance, this.#place);
  }

  #close(instance: number, place: number): void {
    const { timers } = this.store;
    for (let timer = 0; timer < timers; timer++) this.#stop(instance, place, timer);
    this.#count(place, -1);
    this.store.close(instance);
  }

  /** Adds an instance's active vertices to the population, or takes them out. */
  #count(place: number, by: 1 | -1): void {
    const { strandCount, parentInStrand, flags } = this.compiled;
    for (let strand = 0; strand < strandCount; strand++) {
      let vertex = this.store.active[place * strandCount + strand]!;
      for (; vertex >= 0; vertex = parentInStrand[vertex]!) {
        if (flags[vertex]! & (flag.state | flag.final)) this.population[vertex]! += by;
      }
    }
  }
}
