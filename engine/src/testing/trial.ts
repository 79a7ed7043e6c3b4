/**
 * One run of a test: its steps against a subject, with what is left open decided by an oracle. Stops at the first thing
 * that is not as expected. Knows nothing of other ways in which the run could go.
 */
import type { Occurrence } from '../behavior/index.ts';
import {
  attempt,
  compileCondition,
  compileDuration,
  compileExpression,
  durationText,
  type Frame,
  type RunProblem,
} from '../expressions/index.ts';
import type { Argument, ElementId, Expression, Model, Operation, TestCase, TestStep, Value } from '../model/index.ts';
import { indexElements } from '../model/index.ts';
import type { ReachedStep } from './execution.ts';
import { seenValues } from './seen-values.ts';
import type { Spectator } from './spectator.ts';
import type { Subject, Watcher } from './subject.ts';
import type { Outcome, TraceEntry } from './test-result.ts';
import { occurrenceText } from './trace-text.ts';

type Stopped = Omit<Outcome, 'trace' | 'way'>;

/** What comes of an occurrence in a machine or activity, for those who count coverage. */
type Noted = (behaviour: ElementId, kind: Occurrence['kind'], element: ElementId) => void;

interface Never {
  readonly step: TestStep;
  /** A state: it is never entered. */
  readonly state: ElementId | null;
  readonly holds: ((frame: Frame) => boolean) | null;
  readonly condition: Expression | null;
}

export class Trial implements Watcher {
  readonly #test: TestCase;
  readonly #names: ReturnType<typeof indexElements>;
  readonly #noted: Noted;
  readonly #spectator: Spectator | null;
  readonly #trace: TraceEntry[] = [];
  readonly #operations: ReadonlyMap<ElementId, Operation>;
  readonly #model: Model;
  #nevers: readonly Never[] = [];
  #stopped: Stopped | null = null;
  #subject: Subject | null = null;
  #step: TestStep | null = null;

  constructor(model: Model, test: TestCase, noted: Noted, spectator: Spectator | null = null) {
    this.#model = model;
    this.#test = test;
    this.#noted = noted;
    this.#spectator = spectator;
    this.#names = indexElements(model);
    const operations = [...model.machines, ...model.components].flatMap((owner) => owner.operations);
    this.#operations = new Map(operations.map((operation) => [operation.id, operation]));
  }

  run(subject: Subject, toTheEnd = false): Omit<Outcome, 'way'> {
    this.#subject = subject;
    const outcome = attempt(() => {
      this.#nevers = this.#test.steps.flatMap((step) => this.#neverOf(step, subject));
      subject.begin(this.#arguments(subject.parameters, this.#test.arguments, subject));
      for (const step of this.#test.steps) {
        if (this.#isStopped()) break;
        this.#step = step;
        this.#spectator?.tested(step);
        this.#do(step, subject);
      }
      if (toTheEnd && !this.#isStopped()) subject.finish();
    });
    if ('problem' in outcome) this.#fail(outcome.problem);
    this.#isStopped();
    const passed: Stopped = { verdict: 'pass', step: null, place: null, message: '', expected: null, found: null };
    return { ...(this.#stopped ?? passed), trace: this.#trace };
  }

  /** Does a step that the test does not have. */
  interject(step: TestStep, subject: Subject): void {
    if (step.kind === 'given') subject.standIn(step.operation, step.cost);
    else this.#do(step, subject);
  }

  occurred(machine: ElementId, occurrence: Occurrence): void {
    this.#noted(machine, occurrence.kind, occurrence.element);
    this.#spectator?.occurred(occurrence);
    const { time, element, kind } = occurrence;
    this.#trace.push({ time, element, text: occurrenceText(occurrence, (id) => this.#nameOf(id)) });
    if (kind !== 'enter' || this.#stopped !== null) return;
    const entered = this.#nevers.find(({ state }) => state !== null && this.#isSame(machine, state, element));
    if (entered === undefined) return;
    this.#miss(entered.step, `${this.#nameOf(element)} was entered at ${durationText(time)}.`, {
      expected: entered.step.text,
      found: `entered ${this.#nameOf(element)} at ${durationText(time)}`,
    });
  }

  took(activity: ElementId, edge: ElementId): void {
    this.#noted(activity, 'transition', edge);
  }

  reached(step: ReachedStep): void {
    this.#spectator?.reached(step);
  }

  noted(time: number, element: ElementId, text: string): void {
    this.#spectator?.noted(element, text);
    this.#trace.push({ time, element, text });
  }

  settled(): boolean {
    const subject = this.#subject;
    if (this.#isStopped() || subject === null) return false;
    this.#spectator?.settled();
    for (const { step, holds, condition } of this.#nevers) {
      if (holds === null || condition === null) continue;
      const met = attempt(() => holds(subject.frame()));
      if ('problem' in met) this.#fail(met.problem);
      else if (met.value) {
        const found = this.#seen(condition, subject);
        this.#miss(step, `It held at ${durationText(subject.now)}: ${found}.`, { expected: step.text, found });
      }
      if (this.#stopped !== null) return false;
    }
    return true;
  }

  #do(step: TestStep, subject: Subject): void {
    if (step.kind !== 'given' && step.kind !== 'never' && step.kind !== 'never-holds') {
      this.#trace.push({ time: subject.now, element: step.id, text: step.text });
    }
    switch (step.kind) {
      case 'send': {
        const attributes = this.#model.signals.find(({ id }) => id === step.signal)?.attributes ?? [];
        subject.send(step.signal, this.#arguments(attributes, step.arguments, subject), step.lifeline);
        return;
      }
      case 'call': {
        const parameters = this.#operations.get(step.operation)?.parameters ?? [];
        subject.call(step.operation, this.#arguments(parameters, step.arguments, subject));
        return;
      }
      case 'after':
        subject.advance(subject.now + compileDuration(step.delay, subject.scope)(subject.frame()));
        return;
      case 'expect':
        this.#expect(step, step.condition, subject);
        return;
      case 'expect-ended':
        subject.finish();
        if (this.#isStopped()) return;
        if (!subject.isOver) {
          const found = `still going on: ${subject.whereItIs()}`;
          this.#miss(step, `It has not ended: ${subject.whereItIs()}.`, { expected: step.text, found });
        } else if (step.result !== undefined) this.#expect(step, step.result, subject);
        return;
      case 'given':
      case 'never':
      case 'never-holds':
        return;
    }
  }

  #expect(step: TestStep, condition: Expression, subject: Subject): void {
    if (compileCondition(condition, subject.scope)(subject.frame())) return;
    const found = this.#seen(condition, subject) || 'false';
    this.#miss(step, `It does not hold: ${found}.`, { expected: step.text, found });
  }

  #seen(condition: Expression, subject: Subject): string {
    return seenValues(condition, subject.scope, subject.frame(), {
      variable: (id) => this.#nameOf(id),
      whereItIs: (lifeline) =>
        lifeline === undefined
          ? `in ${subject.whereItIs()}`
          : `${this.#nameOf(lifeline)} in ${subject.whereItIs(lifeline)}`,
    });
  }

  #neverOf(step: TestStep, subject: Subject): readonly Never[] {
    if (step.kind === 'never') return [{ step, state: step.state, holds: null, condition: null }];
    if (step.kind !== 'never-holds') return [];
    const { condition } = step;
    return [{ step, state: null, holds: compileCondition(condition, subject.scope), condition }];
  }

  /** By position; what is not given has its default, or is absent. */
  #arguments(
    parameters: readonly { readonly id: ElementId; readonly initial?: Expression }[],
    given: readonly Argument[],
    subject: Subject,
  ): readonly Value[] {
    const values = new Map(given.map(({ parameter, value }) => [parameter, value]));
    return parameters.map(({ id, initial }) => {
      const value = values.get(id) ?? initial;
      return value === undefined ? null : compileExpression(value, subject.scope)(subject.frame());
    });
  }

  #isStopped(): boolean {
    const problem = this.#subject?.problem ?? null;
    if (this.#stopped === null && problem !== null) this.#fail(problem);
    return this.#stopped !== null;
  }

  #miss(step: TestStep, message: string, { expected, found }: { expected: string; found: string }): void {
    this.#stopped ??= { verdict: 'fail', step: step.id, place: step.place, message, expected, found };
  }

  /** What a model asserts of itself is a judgement like the test's own; everything else keeps the test from judging. */
  #fail({ code, message, place }: RunProblem): void {
    const verdict = code === 'assertion-failed' ? 'fail' : 'error';
    const step = this.#step?.id ?? null;
    const text = `Line ${place.start.line + 1}: ${message}`;
    this.#stopped ??= { verdict, step, place, message: text, expected: null, found: null };
  }

  /** A machine that inherits has its states under names of its own. */
  #isSame(machine: ElementId, state: ElementId, entered: ElementId): boolean {
    if (state === entered) return true;
    for (let at = this.#general(machine), seen = 0; at !== undefined && seen < 100; at = this.#general(at), seen++) {
      if (state.startsWith(at) && entered === machine + state.slice(at.length)) return true;
    }
    return false;
  }

  #general(machine: ElementId): ElementId | undefined {
    return this.#model.machines.find(({ id }) => id === machine)?.extends;
  }

  /** Its own name, or what its id says within its owner. */
  #nameOf(id: ElementId): string {
    const name = this.#names.get(id)?.name;
    if (name !== undefined && name !== '') return name;
    const dot = id.indexOf('/') < 0 ? id.lastIndexOf('.') : id.lastIndexOf('.', id.indexOf('/'));
    return id.slice(dot + 1);
  }
}
