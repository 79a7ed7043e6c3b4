/**
 * Follows one instance from outside. Each observed event is held against every state the instance may be in; timers,
 * completions and do-activities may have happened unseen in between. What no possible state takes or defers is an illegal transition:
 * UML would discard the event, but a running system that reports it contradicts its model. Weights of branches say
 * nothing here. Verdicts err towards acceptance: where possibilities had to be dropped, the answer is *undecided*.
 */
import type { Known } from '../../expressions/index.ts';
import type { ElementId } from '../../model/index.ts';
import type { CompiledMachine } from './compiled-machine.ts';
import { covers, type Hypothesis, joined, keyOf, type Window } from './hypothesis.ts';
import { type HypothesisRunner, type Outcome, runnerOf } from './hypothesis-runner.ts';

interface RecogniserOptions {
  /** How far observed times may be off, microseconds: a timer is late for sure only after this much more. */
  readonly tolerance?: number;
  /** How many hypotheses are kept at most. */
  readonly limit?: number;
}

export type Recognition =
  /** Transitions that every explanation takes, in order. */
  | { readonly verdict: 'accepted'; readonly transitions: readonly ElementId[] }
  | {
      readonly verdict: 'rejected';
      readonly reason: 'illegal-transition' | 'unknown-event';
      /** The innermost states it could have been in, final states included. */
      readonly states: readonly ElementId[];
    }
  | { readonly verdict: 'undecided'; readonly reason: 'too-many-possibilities' };

const LIMIT = 64;
/** How many silent steps are followed between two observations. */
const SILENT_STEPS = 500;
/** And how many transitions in them. */
const SILENT_TRANSITIONS = 50_000;

interface Possible {
  readonly hypotheses: readonly Hypothesis[];
  /** Some were dropped on the way. */
  readonly isPartial: boolean;
}

interface Closure extends Possible {
  readonly of: readonly Hypothesis[];
  readonly time: number;
}

export function createRecogniser(
  compiled: CompiledMachine,
  values: readonly Known[],
  time: number,
  options: RecogniserOptions = {},
): MachineRecogniser {
  return new MachineRecogniser(compiled, values, time, options);
}

export class MachineRecogniser {
  /** Observed events that no possible state took. */
  rejections = 0;
  readonly compiled: CompiledMachine;
  readonly #runner: HypothesisRunner;
  readonly #tolerance: number;
  readonly #limit: number;
  #hypotheses: readonly Hypothesis[];
  #time: number;
  /** The last closure worked out: it is asked for several times a moment. */
  #closure: Closure | null = null;
  /** Possibilities were dropped: what is left no longer proves anything impossible. */
  #vague = false;

  constructor(compiled: CompiledMachine, values: readonly Known[], time: number, options: RecogniserOptions = {}) {
    this.compiled = compiled;
    this.#runner = runnerOf(compiled);
    this.#tolerance = options.tolerance ?? 0;
    this.#limit = options.limit ?? LIMIT;
    this.#time = time;
    // A parameter that was not seen is not known, rather than absent.
    const known = Array.from({ length: compiled.parameterCount }, (_, i) => values[i]);
    const beginnings = this.#runner.create(known, this.#around(time));
    this.#hypotheses = this.#keep(this.#distinct(beginnings.map((outcome) => outcome.hypothesis)));
  }

  /**
   * A signal, or an operation that was called. `values`: its attributes or parameters by position, undefined where not seen.
   * Times must not go backwards.
   */
  observe(event: ElementId, values: readonly Known[], time: number): Recognition {
    this.#time = Math.max(this.#time, time);
    const possible = this.#keep(this.#closed(this.#time));
    const signal = this.compiled.signals.findIndex((candidate) => candidate.id === event);
    const index = signal < 0 ? this.#runner.eventOfCall(event) : signal;
    const outcomes = possible
      .filter((hypothesis) => !hypothesis.ended && index >= 0)
      .flatMap((hypothesis) => this.#runner.deliver(hypothesis, index, values, this.#around(this.#time)));
    const next = this.#distinct(outcomes.map((outcome) => outcome.hypothesis));
    const followed = this.#keep(next);
    if (followed.length > 0) {
      this.#hypotheses = followed;
      return { verdict: 'accepted', transitions: this.#takenByAll(outcomes) };
    }
    if (possible.length > 0) this.#hypotheses = possible;
    if (this.#vague) return { verdict: 'undecided', reason: 'too-many-possibilities' };
    this.rejections++;
    const reason = index < 0 ? 'unknown-event' : 'illegal-transition';
    return { verdict: 'rejected', reason, states: this.#innermost(possible) };
  }

  /** The innermost states it may be in at a time, final states included. */
  possibleStates(time: number): readonly ElementId[] {
    return this.#innermost(this.#closed(Math.max(this.#time, time)).hypotheses);
  }

  /** All states it is in for sure at a time, outermost first. */
  certainStates(time: number): readonly ElementId[] {
    const possible = this.#closed(Math.max(this.#time, time)).hypotheses;
    const { vertices, strandOf, last } = this.compiled;
    return vertices.flatMap((vertex, v) => {
      const active = (hypothesis: Hypothesis): boolean => {
        const leaf = hypothesis.state.active[strandOf[v]!] ?? -1;
        return leaf >= v && leaf <= last[v]!;
      };
      return possible.length > 0 && possible.every(active) ? [vertex.id] : [];
    });
  }

  /** The value of a parameter or variable where all hypotheses agree on it. */
  value(variable: ElementId): Known {
    const slot = this.compiled.variables.findIndex(({ id }) => id === variable);
    const [first, ...others] = this.#hypotheses.map((hypothesis) => hypothesis.state.slots[slot]);
    return others.every((value) => value === first) ? first : undefined;
  }

  /** The instance has reached its end for sure. */
  get ended(): boolean {
    return this.#hypotheses.length > 0 && this.#hypotheses.every((hypothesis) => hypothesis.ended);
  }

  get possibilities(): number {
    return this.#hypotheses.length;
  }

  #around(time: number): Window {
    return { from: time - this.#tolerance, to: time + this.#tolerance };
  }

  /** What was dropped on the way counts from now on: a question about the future does not get here. */
  #keep(possible: Possible): readonly Hypothesis[] {
    if (possible.isPartial) this.#vague = true;
    return possible.hypotheses;
  }

  /** Every hypothesis that can hold at a time, after whatever may have happened unseen until then. */
  #closed(time: number): Possible {
    const of = this.#hypotheses;
    if (of.every((hypothesis) => earliest(hypothesis) > time)) return { hypotheses: of, isPartial: false };
    if (this.#closure?.of === of && this.#closure.time === time) return this.#closure;
    this.#closure = { of, time, ...this.#close(of, time) };
    return this.#closure;
  }

  #close(from: readonly Hypothesis[], time: number): Possible {
    const held: Hypothesis[] = [];
    const seen = new Map<string, Hypothesis[]>();
    const open = [...from];
    let steps = 0;
    const enough = this.#runner.work + SILENT_TRANSITIONS;
    for (let hypothesis = open.pop(); hypothesis !== undefined; hypothesis = open.pop()) {
      const windows = windowsOf(hypothesis);
      if (this.#runner.work > enough) steps = SILENT_STEPS + 1;
      const deadline = windows.reduce((least, { to }) => Math.min(least, to), Number.POSITIVE_INFINITY);
      if (deadline >= time || steps >= SILENT_STEPS) held.push(hypothesis);
      for (const { timer, underWay, from: earliestTime, to } of windows) {
        const window = { from: earliestTime, to: Math.min(to, deadline, time) };
        if (window.from > window.to || steps++ >= SILENT_STEPS) continue;
        const outcomes =
          timer >= 0
            ? this.#runner.fireTimer(hypothesis, timer, window)
            : this.#runner.receiveOwn(hypothesis, underWay, window);
        for (const outcome of outcomes) if (isNew(seen, outcome.hypothesis)) open.push(outcome.hypothesis);
      }
    }
    const { hypotheses, isPartial } = this.#distinct(held);
    return { hypotheses, isPartial: isPartial || steps > SILENT_STEPS };
  }

  /** Hypotheses of one key joined, and no more than the limit. */
  #distinct(hypotheses: readonly Hypothesis[]): Possible {
    const isTruncated = this.#runner.truncated;
    if (hypotheses.length <= 1) return { hypotheses, isPartial: isTruncated };
    const byKey = new Map<string, Hypothesis>();
    for (const hypothesis of hypotheses) {
      const key = keyOf(hypothesis);
      const same = byKey.get(key);
      byKey.set(key, same === undefined ? hypothesis : joined(same, hypothesis));
    }
    const distinct = [...byKey.values()];
    return { hypotheses: distinct.slice(0, this.#limit), isPartial: isTruncated || distinct.length > this.#limit };
  }

  #innermost(hypotheses: readonly Hypothesis[]): readonly ElementId[] {
    const { vertices } = this.compiled;
    const leaves = new Set(hypotheses.flatMap((hypothesis) => hypothesis.state.active.filter((leaf) => leaf >= 0)));
    return [...leaves].sort((a, b) => a - b).map((leaf) => vertices[leaf]!.id);
  }

  #takenByAll(outcomes: readonly Outcome[]): readonly ElementId[] {
    const [first, ...others] = outcomes;
    const sure = (first?.taken ?? []).filter((transition) => others.every(({ taken }) => taken.includes(transition)));
    return sure.map((transition) => this.compiled.transitions[transition]!.id);
  }
}

interface SilentEvent extends Window {
  /** Indices; -1 for the other kind. */
  readonly timer: number;
  readonly underWay: number;
}

function windowsOf(hypothesis: Hypothesis): readonly SilentEvent[] {
  if (hypothesis.ended) return [];
  return [
    ...hypothesis.timers.flatMap((window, timer) =>
      window === null ? [] : [{ timer, underWay: -1, from: window.from, to: window.to }],
    ),
    ...hypothesis.underWay.map(({ from, to }, underWay) => ({ timer: -1, underWay, from, to })),
  ];
}

function earliest(hypothesis: Hypothesis): number {
  return windowsOf(hypothesis).reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY);
}

/** Not yet followed from here with windows as wide. */
function isNew(seen: Map<string, Hypothesis[]>, hypothesis: Hypothesis): boolean {
  const key = keyOf(hypothesis);
  const known = seen.get(key);
  if (known === undefined) {
    seen.set(key, [hypothesis]);
    return true;
  }
  if (known.some((other) => covers(other, hypothesis))) return false;
  known.push(hypothesis);
  return true;
}
