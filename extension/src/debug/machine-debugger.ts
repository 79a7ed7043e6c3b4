/**
 * Debugs one instance of a machine: steps forwards and back, stops at breakpoints, changes variables, lets events happen.
 * Knows neither an editor nor its protocol.
 */
import type { ElementId, Expression, Model, Value, ValueType } from '@pollux/engine/model';
import type { Fragment } from '@pollux/language-server/protocol';
import { type Site, sitesOf } from './breakpoint-sites.ts';
import type { Debuggee, ShownThread } from './debuggee.ts';
import { FragmentEvaluator } from './fragment-evaluator.ts';
import { happeningOf } from './happening-of.ts';
import type { Happening, Moment, Output } from './moment.ts';
import {
  activeStates,
  framesOf,
  type ShownFrame,
  type ShownScope,
  type ShownVariable,
  scopesOf,
} from './moment-views.ts';
import { Timeline } from './timeline.ts';
import { type Evaluated, type Stop, Walk } from './walk.ts';
import { type WatchedMachine, watchedMachine } from './watched-machine.ts';

export interface MachineProgram {
  readonly model: Model;
  readonly machine: ElementId;
  /** Of the machine's parameters, by position. */
  readonly values: readonly Value[];
  readonly script: readonly Happening[];
}

const THREAD = 1;

export class MachineDebugger extends Walk<Moment> implements Debuggee {
  readonly machine: WatchedMachine;
  readonly evaluator: FragmentEvaluator;
  readonly sites: readonly Site[];
  readonly thread = THREAD;
  readonly #timeline: Timeline;

  /** Null where the model has no such machine. */
  static of(program: MachineProgram, say: (output: Output) => void): MachineDebugger | null {
    const machine = watchedMachine(program.model, program.machine);
    return machine === null ? null : new MachineDebugger(program, machine, say);
  }

  private constructor(program: MachineProgram, machine: WatchedMachine, say: (output: Output) => void) {
    const timeline = new Timeline(machine, program.values, program.script);
    super(timeline, say);
    this.#timeline = timeline;
    this.machine = machine;
    this.evaluator = new FragmentEvaluator(program.model, machine.compiled);
    this.sites = sitesOf(machine.compiled);
  }

  /** What is still to happen from here on. */
  get script(): readonly Happening[] {
    return this.#timeline.script;
  }

  /** Lets something happen: at once where the machine waits, else when the step has ended. Runs to a breakpoint or to rest. */
  happen(happening: Happening): Stop {
    this.#timeline.inject(happening);
    let isBegun = this.moment.kind === 'rest';
    return this.run((moment) => {
      if (moment.kind !== 'rest') return false;
      const isDone = isBegun && !this.#isToPass();
      isBegun = true;
      return isDone;
    });
  }

  /** False where there is no such variable, or the instance has ended. */
  setVariable(variable: ElementId, value: Value): boolean {
    const isSet = this.#timeline.set(variable, value);
    if (isSet) this.silence(this.#timeline.passed);
    return isSet;
  }

  get name(): string {
    return this.machine.compiled.machine.name;
  }

  readonly hint = 'Waiting: `send Pay(ok: true)` lets an event happen, `after 5 s` lets time pass.';

  threads(): readonly ShownThread[] {
    return [{ id: THREAD, name: this.name }];
  }

  frames(): readonly ShownFrame[] {
    return framesOf(this.machine.compiled, this.moment);
  }

  scopes(): readonly ShownScope[] {
    return scopesOf(this.machine.compiled, this.moment, this.evaluator, this.script);
  }

  active(): readonly ElementId[] {
    return activeStates(this.machine.compiled, this.moment);
  }

  behaviour(): ElementId {
    return this.machine.compiled.id;
  }

  evaluate(expression: Expression): Evaluated {
    return this.evaluator.evaluate(expression, this.moment);
  }

  protected override evaluateNow(expression: Expression): Evaluated {
    return this.evaluate(expression);
  }

  override text(value: Value, type: ValueType): string {
    return this.evaluator.text(value, type);
  }

  set({ element }: ShownVariable, value: Value): boolean {
    return element !== undefined && this.setVariable(element, value);
  }

  happens(fragment: Fragment): (() => Stop) | { readonly problem: string } {
    const happening = happeningOf(fragment, this.evaluator, this.moment);
    return 'problem' in happening ? happening : () => this.happen(happening);
  }

  #isToPass(): boolean {
    return this.#timeline.isLive && this.script[0]?.kind === 'until';
  }
}
