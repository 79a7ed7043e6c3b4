/**
 * Takes a hypothesis through one step in every way it can come out, on the same runtime that simulates, with the
 * partial code: the meaning of a machine is written once. Knows steps, not observations.
 */
import type { Known, RunProblem } from '../../expressions/index.ts';
import type { ElementId, SendTarget } from '../../model/index.ts';
import type { CompiledMachine } from './compiled-machine.ts';
import { type Bounds, timerBounds } from './delay-bounds.ts';
import { EveryOutcome } from './every-outcome.ts';
import type { Hypothesis, SignalUnderWay, Window } from './hypothesis.ts';
import type { InstanceState } from './instance-store.ts';
import { delivery, type MachineHost, type MachineObserver } from './machine-host.ts';
import { MachineRuntime } from './machine-runtime.ts';

/** At most so many outcomes of one step are followed. */
const OUTCOMES = 256;
const STEP_BUDGET = 2000;
/** And at most so many transitions in all outcomes of one step together: a machine that goes round and round costs them all. */
const TRANSITIONS = 5000;

export interface Outcome {
  readonly hypothesis: Hypothesis;
  /** Transitions taken, in order. */
  readonly taken: readonly number[];
}

const runners = new WeakMap<CompiledMachine, HypothesisRunner>();

/** One runner serves all observed instances of a machine. */
export function runnerOf(compiled: CompiledMachine): HypothesisRunner {
  const known = runners.get(compiled);
  if (known !== undefined) return known;
  const runner = new HypothesisRunner(compiled);
  runners.set(compiled, runner);
  return runner;
}

export class HypothesisRunner implements MachineHost {
  now = 0;
  readonly streams = [];
  readonly compiled: CompiledMachine;
  readonly #outcomes = new EveryOutcome();
  readonly #runtime: MachineRuntime;
  readonly #bounds: readonly Bounds[];
  /** Transitions taken in all outcomes so far. */
  work = 0;
  /** Whether a step had more outcomes than are followed; stays until it is asked for. */
  #truncated = false;

  // The run in progress.
  #window: Window = { from: 0, to: 0 };
  #timers: (Window | null)[] = [];
  #underWay: SignalUnderWay[] = [];
  #ended: { state: InstanceState; problem: RunProblem | null } | null = null;
  #taken: number[] = [];

  constructor(compiled: CompiledMachine) {
    this.compiled = compiled;
    this.#bounds = compiled.timers.map(({ runs }) => timerBounds(runs));
    this.#runtime = new MachineRuntime(compiled, this, {
      code: compiled.partial,
      oracle: this.#outcomes,
      stepBudget: STEP_BUDGET,
    });
    const observer: MachineObserver = {
      entered() {},
      exited() {},
      taken: (_instance, transition) => {
        this.#taken.push(transition);
        this.work++;
      },
      discarded() {},
      deferred() {},
      terminated() {},
      logged() {},
      sent() {},
    };
    this.#runtime.observer = observer;
  }

  get truncated(): boolean {
    const truncated = this.#truncated;
    this.#truncated = false;
    return truncated;
  }

  create(values: readonly Known[], window: Window): readonly Outcome[] {
    return this.#each(
      window,
      null,
      () => this.#runtime.spawn(values),
      () => true,
    );
  }

  /** Only the outcomes in which some transition takes the event, or a state keeps it for later. */
  deliver(before: Hypothesis, event: number, values: readonly Known[], window: Window): readonly Outcome[] {
    return this.#each(
      window,
      before,
      () => this.#runtime.load(before.state),
      (instance) => this.#runtime.deliver(instance, event, values) !== delivery.discarded,
    );
  }

  eventOfCall(operation: ElementId): number {
    return this.#runtime.eventOfCall(operation);
  }

  fireTimer(before: Hypothesis, timer: number, window: Window): readonly Outcome[] {
    const due = before.state.due.map((at, i) => (i === timer ? window.from : at));
    return this.#each(
      window,
      { ...before, timers: before.timers.map((other, i) => (i === timer ? null : other)) },
      () => this.#runtime.load({ ...before.state, due }),
      (instance) => {
        this.#runtime.timerFired(instance, timer);
        return true;
      },
    );
  }

  /** A signal to itself arrives; no transition need take it. */
  receiveOwn(before: Hypothesis, index: number, window: Window): readonly Outcome[] {
    const { signal, values } = before.underWay[index]!;
    return this.#each(
      window,
      { ...before, underWay: before.underWay.filter((_, i) => i !== index) },
      () => this.#runtime.load(before.state),
      (instance) => {
        this.#runtime.deliver(instance, signal, values);
        return true;
      },
    );
  }

  /** Every outcome of `act` that it accepts and that no run-time error ends. */
  #each(window: Window, before: Hypothesis | null, open: () => number, act: (instance: number) => boolean): Outcome[] {
    const outcomes: Outcome[] = [];
    this.now = window.from;
    this.#window = window;
    const enough = this.work + TRANSITIONS;
    const complete = this.#outcomes.each(OUTCOMES, () => {
      this.#timers =
        before === null ? this.compiled.timers.map(() => null) : before.timers.map((w) => later(w, window));
      this.#underWay =
        before === null ? [] : before.underWay.map((signal) => ({ ...signal, ...later(signal, window) }));
      this.#ended = null;
      this.#taken = [];
      const instance = open();
      const accepted = act(instance);
      const ended = this.#ended as { state: InstanceState; problem: RunProblem | null } | null;
      const state = ended?.state ?? this.#runtime.save(instance);
      const timers = this.#timers.map((running) => (ended === null ? running : null));
      this.#runtime.terminate(instance);
      if (accepted && state !== null && !ended?.problem) {
        const hypothesis = { state, ended: ended !== null, timers, underWay: ended === null ? this.#underWay : [] };
        outcomes.push({ hypothesis, taken: this.#taken });
      }
      return this.work < enough;
    });
    if (!complete) this.#truncated = true;
    return outcomes;
  }

  // What the runtime asks of its host. Nothing needs the handles of timers.

  startTimer(_instance: number, timer: number, due: number): number {
    const [least, most] = due < Number.POSITIVE_INFINITY ? [due - this.now, due - this.now] : this.#bounds[timer]!;
    this.#timers[timer] = { from: this.#window.from + least, to: this.#window.to + most };
    return 0;
  }

  stopTimer(_handle: number, _instance: number, timer: number): void {
    this.#timers[timer] = null;
  }

  send(_instance: number, signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    if (target.kind !== 'self') return;
    const [least, most] = Number.isNaN(delay) ? [0, Number.POSITIVE_INFINITY] : [delay, delay];
    const { from, to } = this.#window;
    this.#underWay.push({ signal, values: [...values], from: from + least, to: to + most });
  }

  ended(instance: number, problem: RunProblem | null): void {
    this.#ended = { state: this.#runtime.save(instance)!, problem };
  }
}

/** What has not happened by the beginning of a step happens after it. */
function later<T extends Window | null>(window: T, step: Window): T {
  if (window === null || window.from >= step.from) return window;
  return { ...window, from: step.from, to: Math.max(window.to, step.from) };
}
