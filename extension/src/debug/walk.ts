/**
 * Walks over recorded moments, forwards and back, and stops at breakpoints. Knows neither what the moments are of nor how they
 * came about.
 */
import type { RunProblem } from '@pollux/engine/expressions';
import type { Expression, Place, Value, ValueType } from '@pollux/engine/model';
import type { Breakpoint } from './breakpoint.ts';
import { isAt, type Site } from './breakpoint-sites.ts';
import type { Output } from './moment.ts';

type StopReason =
  | 'entry'
  | 'step'
  | 'breakpoint'
  | 'exception'
  /** Nothing is left of the script: it waits. */
  | 'waiting'
  /** It has ended and nothing is left to show. */
  | 'ended';

export interface Stop {
  readonly reason: StopReason;
  /** Ids of the breakpoints that stopped it. */
  readonly hits: readonly number[];
}

export type Evaluated = { readonly value: Value } | { readonly problem: RunProblem };

/** What a moment is to somebody who walks. */
export interface Walked {
  /** `rest`: nothing is being done. */
  readonly kind: Site['kind'] | 'exit' | 'rest';
  readonly place: Place;
  /** How deep it is nested. */
  readonly depth: number;
  /** What was said since the moment before. */
  readonly output: readonly Output[];
  /** What ended the run here. */
  readonly problem: RunProblem | null;
}

/** Moments in their order, with a cursor on one of them. */
export interface Reel<M extends Walked> {
  readonly moment: M;
  /** More can happen behind the last moment. */
  readonly isLive: boolean;
  /** False where nothing is left. */
  forward(): boolean;
  back(): boolean;
}

export abstract class Walk<M extends Walked> {
  readonly #reel: Reel<M>;
  readonly #say: (output: Output) => void;
  readonly #breakpoints = new Map<string, readonly Breakpoint[]>();
  readonly #hits = new Map<Breakpoint, number>();
  readonly #said = new WeakSet<Walked>();

  constructor(reel: Reel<M>, say: (output: Output) => void) {
    this.#reel = reel;
    this.#say = say;
  }

  get moment(): M {
    return this.#reel.moment;
  }

  protected abstract evaluateNow(expression: Expression): Evaluated;

  abstract text(value: Value, type: ValueType): string;

  /** It goes on beside where it stood: no step leads there. */
  protected isBeside(_moment: M, _stood: M): boolean {
    return false;
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
    return this.run(() => false);
  }

  /** To the next state, transition or action. */
  stepIn(): Stop {
    return this.run(() => true);
  }

  /** Over what is nested deeper: the actions of a transition, the body of a loop. */
  stepOver(): Stop {
    return this.#step((depth, before) => depth <= before);
  }

  /** Out of the actions; from a state or transition to the end of the run-to-completion step. */
  stepOut(): Stop {
    return this.#step((depth, before) => depth < before);
  }

  /** One moment back. */
  stepBack(): Stop {
    return { reason: this.#reel.back() ? 'step' : 'entry', hits: [] };
  }

  reverseContinue(): Stop {
    while (this.#reel.back()) {
      const hits = this.#standing().filter((breakpoint) => breakpoint.message === null && this.#holds(breakpoint));
      if (hits.length > 0) return { reason: 'breakpoint', hits: hits.map(({ id }) => id) };
    }
    return { reason: 'entry', hits: [] };
  }

  #step(isUp: (depth: number, before: number) => boolean): Stop {
    const stood = this.moment;
    return this.run((moment) => {
      if (moment.kind === 'rest') return true;
      return isUp(moment.depth, stood.depth) && !this.isBeside(moment, stood);
    });
  }

  /** What was said up to there was said before. */
  protected silence(moments: readonly Walked[]): void {
    for (const moment of moments) this.#said.add(moment);
  }

  protected run(isReached: (moment: M) => boolean): Stop {
    while (this.#reel.forward()) {
      this.#speak();
      const stop = this.#arrived();
      if (stop !== null) return stop;
      if (isReached(this.moment)) return { reason: 'step', hits: [] };
    }
    return { reason: this.#reel.isLive ? 'waiting' : 'ended', hits: [] };
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
    const result = this.evaluateNow(condition);
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
        const result = this.evaluateNow(part);
        return 'value' in result ? this.text(result.value, part.type) : `<${result.problem.message}>`;
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
