/**
 * An interaction under test: its tree of steps played in virtual time, with stand-ins for operations, without contention for
 * cores, threads or links. What fails does so because the test says it. Knows nothing of what is expected.
 */
import {
  type CompiledInteraction,
  type CompiledMachine,
  compileInteraction,
  InteractionScope,
  type Oracle,
} from '../behavior/index.ts';
import { Frame, type Known, RunError, type RunProblem, type Scope } from '../expressions/index.ts';
import type { ElementId, Interaction, Model, OperationCost, SendTarget, Value, Variable } from '../model/index.ts';
import { randomStream } from '../numeric/index.ts';
import { callPolicies } from './call-policies.ts';
import type { Execution } from './execution.ts';
import { InteractionPlayer } from './interaction-player.ts';
import { LifelineMachines } from './lifeline-machines.ts';
import type { Instance, Subject, Watcher } from './subject.ts';
import { Tasks } from './tasks.ts';

/** Steps of activities and machines within one run. */
const STEP_LIMIT = 100_000;

export class InteractionSubject implements Subject {
  readonly parameters: readonly Variable[];
  readonly scope: Scope;
  readonly #model: Model;
  readonly compiled: CompiledInteraction;
  readonly #watcher: Watcher;
  readonly #oracle: Oracle;
  readonly #standIns: Map<ElementId, OperationCost>;
  readonly #frame = new Frame();
  readonly #sources: string[] = [];
  readonly #seed: number;
  readonly #tasks = new Tasks();
  readonly #machines: LifelineMachines;
  readonly #player: InteractionPlayer;
  #now = 0;
  #steps = 0;
  #hasBegun = false;
  #problem: RunProblem | null = null;

  constructor(
    model: Model,
    interaction: Interaction,
    standIns: ReadonlyMap<ElementId, OperationCost>,
    watcher: Watcher,
    oracle: Oracle,
    seed: number,
    compile: (machine: ElementId, lifeline: number) => CompiledMachine | null,
  ) {
    this.#model = model;
    this.parameters = interaction.parameters;
    this.#watcher = watcher;
    this.#oracle = oracle;
    this.#seed = seed;
    this.#standIns = new Map(standIns);
    this.compiled = compileInteraction(interaction, model);
    const scope = new InteractionScope(model, this.compiled.slotOf, this.#sources);
    this.scope = scope.at(interaction.id);
    for (const { key, index } of this.compiled.lifelines) scope.addMachine(key, index);
    this.#machines = new LifelineMachines({
      model,
      interaction: this.compiled,
      watcher,
      oracle,
      seed,
      compile,
      standIns: this.#standIns,
      now: () => this.#now,
      evaluate: (expression, of) => this.#player.evaluate(expression, of),
    });
    this.#player = new InteractionPlayer({
      model,
      compiled: this.compiled,
      scope,
      standIns: this.#standIns,
      policyOf: callPolicies(model),
      tasks: this.#tasks,
      machines: this.#machines,
      oracle,
      now: () => this.#now,
      frame: () => this.frame(),
      note: (element, text) => watcher.noted(this.#now, element, text),
      reached: (step) => watcher.reached(step),
    });
    this.#frame.effects = {
      send: (signal, values, target, delay) => this.#sent(signal, values, target, delay),
      log: (text) => watcher.noted(this.#now, interaction.id, `log ${text}`),
    };
    this.#frame.instances = this.#machines;
  }

  get now(): number {
    return this.#now;
  }

  get isOver(): boolean {
    return this.#hasBegun && this.#tasks.count === 0;
  }

  get problem(): RunProblem | null {
    return this.#problem ?? this.#machines.problem;
  }

  get instances(): ReadonlyMap<number, Instance> {
    return this.#machines.all;
  }

  get executions(): readonly Execution[] {
    return this.#player.executions;
  }

  get waits(): readonly number[] {
    return this.#tasks.times(this.#now);
  }

  frame(): Frame {
    const frame = this.#frame;
    frame.now = this.#now;
    frame.budget = STEP_LIMIT;
    const streams = [...frame.streams];
    for (const source of this.#sources.slice(streams.length)) streams.push(randomStream(this.#seed, source));
    frame.streams = streams;
    return frame;
  }

  whereItIs(lifeline?: ElementId): string {
    if (lifeline !== undefined) return this.#machines.whereItIs(this.#lifeline(lifeline));
    return this.isOver ? 'over' : this.#player.whereItIs();
  }

  begin(values: readonly Value[]): void {
    const { slots } = this.compiled;
    this.#frame.slots = slots.map(({ index }) => values[index] ?? null);
    for (const { index, kind, variable } of slots) {
      if (kind !== 'variable' || variable.initial === undefined) continue;
      this.#frame.slots[index] = this.#player.evaluate(variable.initial, variable.id);
    }
    this.#hasBegun = true;
    this.#tasks.start(this.#player.whole());
    this.advance(0);
  }

  send(signal: ElementId, values: readonly Value[], lifeline: ElementId | undefined): void {
    if (lifeline !== undefined) this.#machines.send(this.#lifeline(lifeline), signal, values);
    this.advance(this.#now);
  }

  /** Only machines are called by a test. */
  call(): void {}

  standIn(operation: ElementId, cost: OperationCost): void {
    this.#standIns.set(operation, { ...this.#standIns.get(operation), ...cost });
  }

  advance(to: number): void {
    if (this.#go(to, false)) this.#now = Math.max(this.#now, to);
  }

  finish(): void {
    this.#go(Number.POSITIVE_INFINITY, true);
  }

  /** What an action of the interaction sends to a lifeline. */
  #sent(signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    const { id } = this.#model.signals[signal] ?? {};
    if (id === undefined || target.kind !== 'lifeline') return;
    const lifeline = this.#lifeline(target.lifeline);
    const carried = values.map((value) => value ?? null);
    if (delay === 0) this.#machines.send(lifeline, id, carried);
    else this.#tasks.start(this.#player.later(delay, () => this.#machines.send(lifeline, id, carried)));
  }

  #lifeline(id: ElementId): number {
    return this.compiled.lifelineOf.get(id) ?? -1;
  }

  /** Everything that happens until then; false where the run is not to go on. */
  #go(limit: number, onlyUntilOver: boolean): boolean {
    for (;;) {
      if (onlyUntilOver && this.isOver) return true;
      if (!this.#goOnNow()) return false;
      const next = Math.min(this.#tasks.nextTime(), this.#machines.nextTime());
      if (!(next <= limit) || next === Number.POSITIVE_INFINITY || (onlyUntilOver && this.isOver)) return true;
      this.#now = Math.max(this.#now, next);
    }
  }

  /** All that can happen without time passing. */
  #goOnNow(): boolean {
    for (;;) {
      const tasks = this.#tasks.ready(this.#now);
      const due = this.#machines.due(this.#now);
      const count = tasks.length + due.length;
      if (count === 0) return this.#watcher.settled();
      const chosen = count > 1 ? (this.#oracle.order?.(count) ?? 0) : 0;
      const task = tasks[chosen];
      this.#guard(() => {
        if (task !== undefined) this.#tasks.goOn(task);
        else this.#machines.goOn(due[chosen - tasks.length] ?? -1, this.#now);
      });
      if (!this.#watcher.settled() || this.problem !== null) return false;
    }
  }

  #guard(work: () => void): void {
    try {
      if (++this.#steps > STEP_LIMIT) {
        const { label } = this.compiled.interaction;
        throw new RunError('step-budget', 'This interaction does not come to an end.', label);
      }
      work();
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      this.#problem ??= error.problem;
    }
  }
}
