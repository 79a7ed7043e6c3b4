/**
 * Debugs one instance of a machine: steps forwards and back, stops at breakpoints, changes variables, lets events happen.
 * Knows neither an editor nor its protocol.
 */
import type { ElementId, Model, Value } from '@pollux/engine/model';
import type { Breakpoint } from './breakpoint.ts';
import { isAt, type Site, sitesOf } from './breakpoint-sites.ts';
import { FragmentEvaluator } from './fragment-evaluator.ts';
import type { Happening, Moment, Output } from './moment.ts';
import { Timeline } from './timeline.ts';
import { type WatchedMachine, watchedMachine } from './watched-machine.ts';

export type StopReason =
  | 'entry'
  | 'step'
  | 'breakpoint'
  | 'exception'
  /** Nothing is left of the script: the machine waits. */
  | 'waiting'
  /** The instance has ended and nothing is left to show. */
  | 'ended';

export interface Stop {
  readonly reason: StopReason;
  /** Ids of the breakpoints that stopped it. */
  readonly hits: readonly number[];
}

export interface MachineProgram {
  readonly model: Model;
  readonly machine: ElementId;
  /** Of the machine's parameters, by position. */
  readonly values: readonly Value[];
  readonly script: readonly Happening[];
}

export class MachineDebugger {
  readonly machine: WatchedMachine;
  readonly evaluator: FragmentEvaluator;
  readonly sites: readonly Site[];
  readonly #say: (output: Output) => void;
  readonly #timeline: Timeline;
  readonly #breakpoints = new Map<string, readonly Breakpoint[]>();
  readonly #hits = new Map<Breakpoint, number>();
  readonly #said = new WeakSet<Moment>();

  /** Null where the model has no such machine. */
  static of(program: MachineProgram, say: (output: Output) => void): MachineDebugger | null {
    const machine = watchedMachine(program.model, program.machine);
    return machine === null ? null : new MachineDebugger(program, machine, say);
  }

  private constructor(program: MachineProgram, machine: WatchedMachine, say: (output: Output) => void) {
    this.machine = machine;
    this.evaluator = new FragmentEvaluator(program.model, machine.compiled);
    this.sites = sitesOf(machine.compiled);
    this.#say = say;
    this.#timeline = new Timeline(machine, program.values, program.script);
  }

  get moment(): Moment {
    return this.#timeline.moment;
  }

  /** What is still to happen from here on. */
  get script(): readonly Happening[] {
    return this.#timeline.script;
  }

  /** Of one text; those it had are gone. */
  setBreakpoints(uri: string, breakpoints: readonly Breakpoint[]): void {
    this.#breakpoints.set(uri, breakpoints);
  }

  /** Stops at the first moment, or where the first breakpoint is. */
  start(stopOnEntry: boolean): Stop {
    this.#speak();
    if (stopOnEntry) return { reason: 'entry', hits: [] };
    return this.#arrived() ?? this.continue();
  }

  continue(): Stop {
    return this.#run(() => false);
  }

  /** To the next state, transition or action. */
  stepIn(): Stop {
    return this.#run(() => true);
  }

  /** Over what is nested deeper: the actions of a transition, the body of a loop. */
  stepOver(): Stop {
    const { depth } = this.moment;
    return this.#run((moment) => moment.depth <= depth || moment.kind === 'rest');
  }

  /** Out of the actions; from a state or transition to the end of the run-to-completion step. */
  stepOut(): Stop {
    const { depth } = this.moment;
    return this.#run((moment) => moment.depth < depth || moment.kind === 'rest');
  }

  /** One moment back. */
  stepBack(): Stop {
    return { reason: this.#timeline.back() ? 'step' : 'entry', hits: [] };
  }

  reverseContinue(): Stop {
    while (this.#timeline.back()) {
      const hits = this.#standing().filter((breakpoint) => breakpoint.message === null && this.#holds(breakpoint));
      if (hits.length > 0) return { reason: 'breakpoint', hits: hits.map(({ id }) => id) };
    }
    return { reason: 'entry', hits: [] };
  }

  /** Lets something happen: at once where the machine waits, else when the step has ended. Runs to a breakpoint or to rest. */
  happen(happening: Happening): Stop {
    this.#timeline.inject(happening);
    let isBegun = this.moment.kind === 'rest';
    return this.#run((moment) => {
      if (moment.kind !== 'rest') return false;
      const isDone = isBegun && !this.#isToPass();
      isBegun = true;
      return isDone;
    });
  }

  /** False where there is no such variable, or the instance has ended. */
  setVariable(variable: ElementId, value: Value): boolean {
    const isSet = this.#timeline.set(variable, value);
    // What was said up to here was said before the change too.
    if (isSet) for (const moment of this.#timeline.passed) this.#said.add(moment);
    return isSet;
  }

  #isToPass(): boolean {
    return this.#timeline.isLive && this.script[0]?.kind === 'until';
  }

  #run(isReached: (moment: Moment) => boolean): Stop {
    while (this.#timeline.forward()) {
      this.#speak();
      const stop = this.#arrived();
      if (stop !== null) return stop;
      if (isReached(this.moment)) return { reason: 'step', hits: [] };
    }
    return { reason: this.#timeline.isLive ? 'waiting' : 'ended', hits: [] };
  }

  /** Where this moment halts the run whatever was wanted. */
  #arrived(): Stop | null {
    if (this.moment.problem !== null) return { reason: 'exception', hits: [] };
    const hits = this.#standing().filter((breakpoint) => this.#isHit(breakpoint));
    return hits.length === 0 ? null : { reason: 'breakpoint', hits: hits.map(({ id }) => id) };
  }

  #standing(): readonly Breakpoint[] {
    const { moment } = this;
    const here = this.#breakpoints.get(moment.place.uri) ?? [];
    return here.filter(({ sites }) => sites.some((site) => isAt(moment, site)));
  }

  #isHit(breakpoint: Breakpoint): boolean {
    if (!this.#holds(breakpoint)) return false;
    const count = (this.#hits.get(breakpoint) ?? 0) + 1;
    this.#hits.set(breakpoint, count);
    if (breakpoint.hits !== null && !breakpoint.hits(count)) return false;
    if (breakpoint.message === null) return true;
    this.#say({ text: this.#message(breakpoint.message), isError: false, place: this.moment.place });
    return false;
  }

  /** A condition that cannot be evaluated stops, and says why: who set it wants to know. */
  #holds({ condition }: Breakpoint): boolean {
    if (condition === null) return true;
    const result = this.evaluator.evaluate(condition, this.moment);
    if ('value' in result) return result.value === true;
    this.#say({
      text: `The condition of a breakpoint: ${result.problem.message}`,
      isError: true,
      place: this.moment.place,
    });
    return true;
  }

  #message(parts: NonNullable<Breakpoint['message']>): string {
    return parts
      .map((part) => {
        if (typeof part === 'string') return part;
        const result = this.evaluator.evaluate(part, this.moment);
        return 'value' in result ? this.evaluator.text(result.value, part.type) : `<${result.problem.message}>`;
      })
      .join('');
  }

  /** Each moment speaks once, however often it is passed. */
  #speak(): void {
    const { moment } = this;
    if (this.#said.has(moment)) return;
    this.#said.add(moment);
    for (const output of moment.output) this.#say(output);
  }
}
