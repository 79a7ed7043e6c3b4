/**
 * Steps one instance by hand or by a script: events are given, time moves when told, everything that happens comes back
 * as occurrences. Between two calls the whole of it is a snapshot of plain data, pending timers included; a
 * restored one goes on exactly as the first would have. Knows no other instances: what it sends is an occurrence.
 */
import type { Known, RunProblem } from '../../expressions/index.ts';
import type { ElementId, Place, SendTarget, Value } from '../../model/index.ts';
import { type RandomStream, randomStream } from '../../numeric/index.ts';
import type { CompiledMachine } from './compiled-machine.ts';
import { DONE, hasBegun, type InstanceState } from './instance-store.ts';
import { type Delivery, delivery, type MachineHost, type MachineObserver, type Oracle } from './machine-host.ts';
import { MachineRuntime } from './machine-runtime.ts';
import type { Occurrence } from './occurrence.ts';

export interface StepperOptions {
  readonly seed?: number;
  /** When the instance is created, microseconds. */
  readonly time?: number;
  /** A time at which it is midnight, microseconds; 0 if absent. */
  readonly midnight?: number;
  readonly stepBudget?: number;
  /** Decides what UML leaves open; without one the order of the text and the drawn numbers do. */
  readonly oracle?: Oracle;
  /** Answers calls by the machine's actions; without it the laws of the operations do. */
  readonly answer?: NonNullable<MachineHost['answer']>;
}

/** An event that waits until the state that defers it is left. */
export interface Deferred {
  /** The signal, or the operation that was called. */
  readonly element: ElementId;
  readonly values: readonly Value[];
  readonly by: ElementId;
  /** The instance sent it itself. */
  readonly isOwn?: true;
}

/** A timer that runs, or a signal to itself under way. */
export interface Pending {
  /** Null for a do-activity whose end nobody can foretell: `endActivity` tells it. */
  readonly due: number | null;
  /** The time-triggered transition, the state whose do-activity runs, or the signal. */
  readonly element: ElementId;
  /** Only signals. */
  readonly values?: readonly Value[];
}

export interface StepperSnapshot {
  readonly schema: 1;
  readonly machine: ElementId;
  readonly seed: number;
  readonly time: number;
  readonly steps: number;
  readonly status: 'live' | 'completed' | 'terminated' | 'failed';
  readonly midnight: number;
  readonly began: number;
  /** Innermost active vertex of each strand (the join where it waits at one), null where nothing is active. */
  readonly configuration: readonly (ElementId | null)[];
  readonly values: Readonly<Record<ElementId, Value>>;
  /** Earliest first; of equal times the one set first. */
  readonly pending: readonly Pending[];
  /** States whose do-activity has come to its end. */
  readonly activitiesDone: readonly ElementId[];
  /** Change-triggered transitions whose condition held last. */
  readonly changesHeld: readonly ElementId[];
  /** Oldest first. */
  readonly deferred: readonly Deferred[];
  /** By region with a history: what was active in it when it was last left. */
  readonly past: Readonly<Record<ElementId, ElementId>>;
}

type Entry = { due: number; handle: number } & ({ timer: number } | { event: number; values: readonly Value[] });

/** The instance as a sender; somebody else is -1. */
const ITSELF = -2;

export class MachineStepper implements MachineHost, MachineObserver {
  readonly compiled: CompiledMachine;
  now: number;
  readonly midnight: number;
  readonly streams: RandomStream[];
  readonly answer?: NonNullable<MachineHost['answer']>;
  #status: StepperSnapshot['status'] = 'live';
  #problem: RunProblem | null = null;
  readonly #runtime: MachineRuntime;
  readonly #oracle: Oracle | null;
  readonly #seed: number;
  #steps = 0;
  #instance = -1;
  #last: InstanceState | null = null;
  #pending: Entry[] = [];
  #handles = 0;
  #occurrences: Occurrence[] = [];

  constructor(compiled: CompiledMachine, options: StepperOptions = {}) {
    this.compiled = compiled;
    this.#seed = options.seed ?? 1;
    this.now = options.time ?? 0;
    this.midnight = options.midnight ?? 0;
    this.streams = compiled.randomSources.map((source) => randomStream(this.#seed, source));
    const { stepBudget, oracle } = options;
    this.#oracle = oracle ?? null;
    if (options.answer !== undefined) this.answer = options.answer;
    this.#runtime = new MachineRuntime(compiled, this, {
      ...(stepBudget === undefined ? {} : { stepBudget }),
      ...(oracle === undefined ? {} : { oracle, interleaves: oracle.order !== undefined }),
    });
    this.#runtime.observer = this;
  }

  /** Creates the instance and takes its initial transitions; to be called once, before anything else. */
  createInstance(values: readonly Value[] = []): readonly Occurrence[] {
    return this.#observed(() => {
      this.#instance = this.#runtime.spawn(values);
    });
  }

  /** Gives the instance an event. The values are the signal's attributes by position. */
  dispatch(signal: ElementId, values: readonly Value[] = []): readonly Occurrence[] {
    return this.#observed(() => this.#deliver(this.#event(signal), values));
  }

  /** Calls an operation of the instance. The reply is an occurrence, of a later step where the call is deferred. */
  call(operation: ElementId, values: readonly Value[] = []): readonly Occurrence[] {
    return this.dispatch(operation, values);
  }

  /** The behaviour that the do-activity of a state invokes has come to its end. */
  endActivity(state: ElementId): readonly Occurrence[] {
    const vertex = this.compiled.vertexIndex.get(state);
    return this.#observed(() => {
      if (vertex === undefined) return;
      const { timers, timersOf } = this.compiled;
      const own = timersOf[vertex]!.find((timer) => timers[timer]!.transition < 0);
      this.#pending = this.#pending.filter((entry) => !('timer' in entry) || entry.timer !== own);
      this.#runtime.activityEnded(this.#instance, vertex);
    });
  }

  /** Moves time on to `to`, firing timers and delayed signals in the order of their times. */
  advance(to: number): readonly Occurrence[] {
    return this.#observed(() => {
      while (this.#fire(to));
      this.now = Math.max(this.now, to);
    });
  }

  /** Like `advance`, but as far as the first timer or delayed signal that is due by then. */
  advanceOnce(to: number): readonly Occurrence[] {
    return this.#observed(() => {
      if (!this.#fire(to)) this.now = Math.max(this.now, to);
    });
  }

  /** False where nothing is due by then. */
  #fire(to: number): boolean {
    const first = this.#pending[0];
    if (first === undefined || first.due > to) return false;
    const together = this.#pending.filter(({ due }) => due === first.due).length;
    const [next] = this.#pending.splice(together > 1 ? (this.#oracle?.order?.(together) ?? 0) : 0, 1);
    if (next === undefined) return false;
    this.now = Math.max(this.now, next.due);
    if ('timer' in next) this.#runtime.timerFired(this.#instance, next.timer);
    else this.#deliver(next.event, next.values, ITSELF);
    return true;
  }

  get status(): StepperSnapshot['status'] {
    return this.#status;
  }

  /** The run-time error that ended the instance. */
  get problem(): RunProblem | null {
    return this.#problem;
  }

  /** Active states and final states, outermost first; after the end those it ended in. */
  states(): readonly ElementId[] {
    const { vertices, strandOf, last } = this.compiled;
    const active = this.#state()?.active ?? [];
    return vertices.flatMap((vertex, v) => {
      const leaf = active[strandOf[v]!] ?? -1;
      return leaf >= v && leaf <= last[v]! ? [vertex.id] : [];
    });
  }

  isIn(state: ElementId): boolean {
    return this.states().includes(state);
  }

  values(): Readonly<Record<ElementId, Value>> {
    const slots = this.#state()?.slots ?? [];
    return Object.fromEntries(this.compiled.variables.map(({ id }, slot) => [id, slots[slot] ?? null]));
  }

  pending(): readonly Pending[] {
    const { timers, transitions, vertices } = this.compiled;
    return this.#pending.map((entry) => {
      const due = entry.due === Number.POSITIVE_INFINITY ? null : entry.due;
      if (!('timer' in entry)) return { due, element: this.#eventId(entry.event), values: entry.values };
      const { transition, vertex } = timers[entry.timer]!;
      return { due, element: (transitions[transition] ?? vertices[vertex]!).id };
    });
  }

  deferredEvents(): readonly Deferred[] {
    return (this.#state()?.deferred ?? []).map(({ event, values, by, sender }) => ({
      element: this.#eventId(event),
      values: values.map((value) => value ?? null),
      by: this.compiled.vertices[by]?.id ?? '',
      ...(sender === ITSELF ? { isOwn: true } : {}),
    }));
  }

  snapshot(): StepperSnapshot {
    const { id, vertices, transitions, timers, changes, regionIds, historyOfRegion } = this.compiled;
    const state = this.#state();
    return {
      schema: 1,
      machine: id,
      seed: this.#seed,
      time: this.now,
      steps: this.#steps,
      status: this.#status,
      midnight: this.midnight,
      began: state?.began ?? this.now,
      configuration: (state?.active ?? []).map((vertex) => vertices[vertex]?.id ?? null),
      values: this.values(),
      pending: this.pending(),
      activitiesDone: timers.flatMap(({ vertex }, timer) => (state?.due[timer] === DONE ? [vertices[vertex]!.id] : [])),
      changesHeld: changes.flatMap((change, i) => (state?.changed[i] ? [transitions[change.transition]!.id] : [])),
      deferred: this.deferredEvents(),
      past: Object.fromEntries(
        regionIds.flatMap((region, r) => {
          const vertex = vertices[state?.past[historyOfRegion[r]!] ?? -1];
          return vertex === undefined ? [] : [[region, vertex.id]];
        }),
      ),
    };
  }

  /** A stepper in the state of a snapshot of the same machine. */
  static restore(
    compiled: CompiledMachine,
    snapshot: StepperSnapshot,
    options: Pick<StepperOptions, 'oracle' | 'stepBudget'> = {},
  ): MachineStepper {
    const { seed, time, midnight } = snapshot;
    const stepper = new MachineStepper(compiled, { ...options, seed, time, midnight });
    const { vertexIndex, timers, changes, transitions, vertices, variables, regionIds, historyOfRegion } = compiled;
    const due: (number | null)[] = timers.map(() => null);
    for (const { due: known, element, values } of snapshot.pending) {
      const at = known ?? Number.POSITIVE_INFINITY;
      const timer = timers.findIndex((t) => (transitions[t.transition] ?? vertices[t.vertex]!).id === element);
      const handle = stepper.#handles++;
      if (timer < 0) stepper.#pending.push({ due: at, handle, event: stepper.#event(element), values: values ?? [] });
      else {
        stepper.#pending.push({ due: at, handle, timer });
        due[timer] = at;
      }
    }
    timers.forEach(({ vertex, transition }, timer) => {
      if (transition < 0 && snapshot.activitiesDone.includes(vertices[vertex]!.id)) due[timer] = DONE;
    });
    const past = new Array<number>(compiled.historyCount).fill(-1);
    regionIds.forEach((region, r) => {
      const vertex = snapshot.past[region];
      if (vertex !== undefined) past[historyOfRegion[r]!] = vertexIndex.get(vertex) ?? -1;
    });
    const state: InstanceState = {
      active: snapshot.configuration.map((id) => (id === null ? -1 : (vertexIndex.get(id) ?? -1))),
      slots: variables.map(({ id }) => snapshot.values[id] ?? null),
      began: snapshot.began,
      due,
      changed: changes.map(({ transition }) => snapshot.changesHeld.includes(transitions[transition]!.id)),
      past,
      deferred: snapshot.deferred.map(({ element, values, by, isOwn }) => ({
        event: stepper.#event(element),
        values,
        sender: isOwn === true ? ITSELF : -1,
        by: vertexIndex.get(by) ?? -1,
      })),
    };
    stepper.#status = snapshot.status;
    stepper.#steps = snapshot.steps;
    if (snapshot.status === 'live') stepper.#resume(state);
    else stepper.#last = state;
    return stepper;
  }

  #resume(state: InstanceState): void {
    this.#instance = this.#runtime.load(state);
    for (const entry of this.#pending) {
      if ('timer' in entry) this.#runtime.adoptTimer(this.#instance, entry.timer, entry.handle);
    }
  }

  #state(): InstanceState | null {
    return this.#runtime.save(this.#instance) ?? this.#last;
  }

  #event(id: ElementId): number {
    const signal = this.compiled.signals.findIndex((candidate) => candidate.id === id);
    return signal < 0 ? this.#runtime.eventOfCall(id) : signal;
  }

  #eventId(event: number): ElementId {
    const { signals, operations } = this.compiled;
    return (signals[event] ?? operations[event - signals.length])?.id ?? '';
  }

  #deliver(event: number, values: readonly Value[], sender = -1): Delivery {
    const outcome = this.#runtime.deliver(this.#instance, event, values, sender);
    if (outcome === delivery.missing) this.discarded(this.#instance, event);
    return outcome;
  }

  /** Each call draws from streams of its own, so a snapshot needs to hold only how many calls there were. */
  #observed(work: () => void): readonly Occurrence[] {
    this.#steps++;
    this.compiled.randomSources.forEach((source, i) => {
      this.streams[i] = randomStream(this.#seed, source, this.#steps);
    });
    this.#occurrences = [];
    work();
    this.#finishActivities();
    return this.#occurrences;
  }

  /** Where an oracle chooses, do-activities that take no time may wait for one another, but no longer than for this call. */
  #finishActivities(): void {
    const order = this.#oracle?.order?.bind(this.#oracle);
    while (order !== undefined) {
      const begun = (this.#runtime.save(this.#instance)?.due ?? []).flatMap((due, timer) =>
        due !== null && hasBegun(due) ? [timer] : [],
      );
      const [only] = begun;
      if (only === undefined) return;
      this.#runtime.runActivity(this.#instance, begun[begun.length > 1 ? order(begun.length) : 0] ?? only);
    }
  }

  #insert(entry: Entry): void {
    const later = this.#pending.findIndex((other) => other.due > entry.due);
    this.#pending.splice(later < 0 ? this.#pending.length : later, 0, entry);
  }

  // What the runtime asks of its host and tells its observer.

  startTimer(_instance: number, timer: number, due: number): number {
    const handle = this.#handles++;
    this.#insert({ due, handle, timer });
    return handle;
  }

  stopTimer(handle: number): void {
    this.#pending = this.#pending.filter((entry) => entry.handle !== handle);
  }

  send(_instance: number, signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    if (target.kind !== 'self') return;
    const kept = values.map((value) => value ?? null);
    this.#insert({ due: this.now + delay, handle: this.#handles++, event: signal, values: kept });
  }

  addressOf(): number {
    return ITSELF;
  }

  ended(instance: number, problem: RunProblem | null): void {
    this.#last = this.#runtime.save(instance);
    this.#problem = problem;
    this.#pending = this.#pending.filter((entry) => !('timer' in entry));
    const at = { time: this.now, element: this.compiled.id };
    if (problem !== null) this.#occurrences.push({ ...at, kind: 'error', problem });
    else if (this.#status === 'live') this.#occurrences.push({ ...at, kind: 'complete' });
    if (problem !== null) this.#status = 'failed';
    else if (this.#status === 'live') this.#status = 'completed';
  }

  entered(_instance: number, vertex: number): void {
    this.#occurrences.push({ kind: 'enter', time: this.now, element: this.compiled.vertices[vertex]!.id });
  }

  exited(_instance: number, vertex: number): void {
    this.#occurrences.push({ kind: 'exit', time: this.now, element: this.compiled.vertices[vertex]!.id });
  }

  taken(_instance: number, transition: number): void {
    this.#occurrences.push({ kind: 'transition', time: this.now, element: this.compiled.transitions[transition]!.id });
  }

  discarded(_instance: number, event: number): void {
    this.#occurrences.push({ kind: 'discard', time: this.now, element: this.#eventId(event) });
  }

  deferred(_instance: number, event: number): void {
    this.#occurrences.push({ kind: 'defer', time: this.now, element: this.#eventId(event) });
  }

  terminated(_instance: number, vertex: number): void {
    this.#status = 'terminated';
    this.#occurrences.push({ kind: 'terminate', time: this.now, element: this.compiled.vertices[vertex]!.id });
  }

  replied(_instance: number, event: number, value: Known): void {
    this.#occurrences.push({ kind: 'reply', time: this.now, element: this.#eventId(event), value: value ?? null });
  }

  logged(_instance: number, text: string, place: Place): void {
    this.#occurrences.push({ kind: 'log', time: this.now, element: this.#acting(), text, place });
  }

  sent(_instance: number, signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    const { id, attributes } = this.compiled.signals[signal]!;
    const to = receiver(target);
    const key = target.kind === 'instance' && target.key.kind === 'literal' ? { key: target.key.value } : {};
    const byAttribute = Object.fromEntries(attributes.map((attribute, i) => [attribute.id, values[i] ?? null]));
    this.#occurrences.push({ kind: 'send', time: this.now, element: id, values: byAttribute, to, ...key, delay });
  }

  called(_instance: number, operation: ElementId, values: readonly Value[], reply: Value): void {
    const parameters = this.compiled.called.find(({ id }) => id === operation)?.parameters ?? [];
    const byParameter = Object.fromEntries(parameters.map(({ id }, i) => [id, values[i] ?? null]));
    this.#occurrences.push({ kind: 'call', time: this.now, element: operation, values: byParameter, reply });
  }

  #acting(): ElementId {
    const acting = this.#runtime.acting;
    const { vertices, transitions } = this.compiled;
    return (acting >= 0 ? vertices[acting] : transitions[-1 - acting])?.id ?? this.compiled.id;
  }
}

function receiver(target: SendTarget): 'self' | 'sender' | ElementId {
  switch (target.kind) {
    case 'self':
    case 'sender':
      return target.kind;
    case 'lifeline':
      return target.lifeline;
    case 'instance':
      return target.behaviour;
    case 'component':
      return target.component;
  }
}
