/**
 * Debugs an interaction, or a test of an interaction or a machine: what is played is what tests play. Knows neither an editor
 * nor its protocol.
 */
import { compileInteraction, InteractionScope } from '@pollux/engine/behavior';
import { attempt, compileExpression, Frame, valueText } from '@pollux/engine/expressions';
import type { ElementId, Expression, Interaction, Place, Value, ValueType } from '@pollux/engine/model';
import { randomStream } from '@pollux/engine/numeric';
import { type Branch, UNDER_TEST } from '@pollux/engine/testing';
import type { Fragment } from '@pollux/language-server/protocol';
import type { Site } from './breakpoint-sites.ts';
import type { Debuggee, FramePosition, ShownThread } from './debuggee.ts';
import { FragmentEvaluator } from './fragment-evaluator.ts';
import type { Output } from './moment.ts';
import { type ShownFrame, type ShownScope, type ShownVariable, scopesOf, variablesOf } from './moment-views.ts';
import type { InstanceSeen, PlayMoment, PlayProgram } from './play-moment.ts';
import { PlayReel } from './play-reel.ts';
import { playSites } from './play-sites.ts';
import {
  isInside,
  lifelineOf,
  playActive,
  playFrames,
  playPool,
  playThreads,
  playTimers,
  threadOf,
} from './play-views.ts';
import { type Evaluated, type Stop, Walk } from './walk.ts';
import type { WatchedMachine } from './watched-machine.ts';

export class PlayDebugger extends Walk<PlayMoment> implements Debuggee {
  readonly sites: readonly Site[];
  readonly hint =
    'It goes on no further by itself: `send Pay(ok: true) to order` lets an event happen, `after 5 s` lets time pass.';
  readonly #program: PlayProgram;
  readonly #reel: PlayReel;
  readonly #interaction: Interaction | null;
  readonly #evaluators = new Map<WatchedMachine, FragmentEvaluator>();

  constructor(program: PlayProgram, say: (output: Output) => void) {
    const reel = new PlayReel(program);
    super(reel, say);
    this.#reel = reel;
    this.#program = program;
    this.#interaction = program.model.interactions.find(({ id }) => id === program.test.behaviour) ?? null;
    this.sites = playSites(program.model, program.test);
  }

  get name(): string {
    return this.threads()[0]?.name ?? '';
  }

  get thread(): number {
    return threadOf(this.moment.lifeline);
  }

  threads(): readonly ShownThread[] {
    return playThreads(this.#program, this.moment);
  }

  frames(thread: number): readonly ShownFrame[] {
    return playFrames(this.#program, this.moment, thread);
  }

  active(): readonly ElementId[] {
    return playActive(this.moment);
  }

  scopes({ thread }: FramePosition): readonly ShownScope[] {
    const instance = this.#instanceAt(lifelineOf(thread));
    if (instance !== null) {
      const { machine, moment } = instance;
      return scopesOf(machine.compiled, moment, this.#evaluatorOf(machine), []);
    }
    return [
      { name: 'Variables', variables: this.#variables() },
      { name: 'Instances', variables: this.#instances() },
      { name: 'Pool', variables: playPool(this.moment) },
      { name: 'Timers', variables: playTimers(this.moment) },
    ];
  }

  behaviour(at: FramePosition | Place): ElementId {
    if ('thread' in at) {
      const instance = this.#instanceAt(lifelineOf(at.thread));
      return instance?.machine.compiled.id ?? this.#program.test.behaviour;
    }
    const machines = this.#program.model.machines.filter(({ place }) => isInside(at, place));
    return machines[0]?.id ?? this.#program.test.behaviour;
  }

  evaluate(expression: Expression, { thread }: FramePosition): Evaluated {
    return this.#evaluateAt(expression, lifelineOf(thread));
  }

  protected override evaluateNow(expression: Expression): Evaluated {
    return this.#evaluateAt(expression, this.moment.lifeline);
  }

  override text(value: Value, type: ValueType): string {
    if (value === null) return 'absent';
    if (typeof value === 'string' && type.kind !== 'enumeration') return `"${value}"`;
    return valueText(value, type);
  }

  /** What somebody waits behind a branch of its own goes on beside it. */
  protected override isBeside({ branch, depth }: PlayMoment, stood: PlayMoment): boolean {
    if (depth === 0 || branch === stood.branch) return false;
    for (let at: Branch | null = stood.branch; at !== null; at = at.from) if (at === branch) return false;
    return true;
  }

  set({ element }: ShownVariable, value: Value): boolean {
    const { lifeline, kind } = this.moment;
    const slot = this.#slots().findIndex(({ id }) => id === element);
    const machine = this.#instanceAt(lifeline)?.machine.compiled;
    const own = machine?.variables.findIndex(({ id }) => id === element) ?? -1;
    if (slot >= 0) this.#reel.interfere({ kind: 'set', lifeline: null, slot, value });
    else if (own >= 0 && kind !== 'rest' && kind !== 'step') {
      this.#reel.interfere({ kind: 'set', lifeline, slot: own, value });
    } else return false;
    this.silence(this.#reel.passed);
    return true;
  }

  happens(fragment: Fragment): (() => Stop) | { readonly problem: string } {
    if (fragment.kind === 'expression' || fragment.kind === 'test') return { problem: 'This is no step.' };
    if (this.moment.kind === 'rest' && !this.#reel.isLive) return { problem: 'It has ended: go back first.' };
    return () => {
      this.#reel.interfere({ kind: 'step', step: fragment });
      this.silence(this.#reel.passed);
      // A stand-in answers whoever asks later.
      if (fragment.kind === 'given') return { reason: 'step', hits: [] };
      return this.run(({ kind }) => kind === 'rest');
    };
  }

  /** A test of a machine has no more to show than the machine. */
  #instanceAt(lifeline: number | null): InstanceSeen | null {
    const { instances } = this.moment;
    if (lifeline === null && this.#interaction !== null) return null;
    return instances.get(lifeline ?? UNDER_TEST) ?? null;
  }

  #evaluateAt(expression: Expression, lifeline: number | null): Evaluated {
    const instance = this.#instanceAt(lifeline);
    if (instance !== null) return this.#evaluatorOf(instance.machine).evaluate(expression, instance.moment);
    const { model } = this.#program;
    const interaction = this.#interaction;
    // A machine under test that is not there yet.
    if (interaction === null) return { value: null };
    const compiled = compileInteraction(interaction, model);
    const sources: ElementId[] = [];
    const scope = new InteractionScope(model, compiled.slotOf, sources).at(interaction.id);
    for (const { key, index } of compiled.lifelines) scope.addMachine(key, index);
    return attempt(() => {
      const value = compileExpression(expression, scope);
      const frame = new Frame();
      frame.slots = [...this.moment.values];
      frame.now = this.moment.time;
      frame.streams = sources.map((source) => randomStream(1, source));
      frame.instances = { isIn: (index, state) => this.#isIn(index, state) };
      return value(frame);
    });
  }

  #isIn(lifeline: number, state: ElementId): boolean {
    const instance = this.moment.instances.get(lifeline);
    return instance !== undefined && this.#evaluatorOf(instance.machine).isIn(state, instance.moment);
  }

  #evaluatorOf(machine: WatchedMachine): FragmentEvaluator {
    const known = this.#evaluators.get(machine);
    if (known !== undefined) return known;
    const evaluator = new FragmentEvaluator(this.#program.model, machine.compiled);
    this.#evaluators.set(machine, evaluator);
    return evaluator;
  }

  #slots() {
    return this.#interaction === null ? [] : [...this.#interaction.parameters, ...this.#interaction.variables];
  }

  #variables(): readonly ShownVariable[] {
    return this.#slots().map(({ id, name, type }, slot) => {
      const text = this.text(this.moment.values[slot] ?? null, type);
      return { name, text, element: id, type };
    });
  }

  #instances(): readonly ShownVariable[] {
    const lifelines = this.#interaction?.lifelines ?? [];
    return [...this.moment.instances].map(([lifeline, { machine, moment }]) => {
      const [first] = moment.active.filter((vertex) => vertex >= 0);
      const parts = variablesOf(machine.compiled, moment, this.#evaluatorOf(machine));
      return {
        name: lifelines[lifeline]?.name ?? machine.compiled.machine.name,
        text: machine.compiled.vertices[first ?? -1]?.name ?? 'ended',
        parts: parts.map(({ name, text }) => ({ name, text })),
      };
    });
  }
}
