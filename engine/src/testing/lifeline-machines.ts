/**
 * The machines that the lifelines of an interaction under test stand for: created by the first message to each, stepped,
 * asked. One that is asked for by its key begins in its first state, for nothing was there before the test.
 */
import {
  type CompiledInteraction,
  type CompiledMachine,
  MachineStepper,
  type Occurrence,
  type Oracle,
} from '../behavior/index.ts';
import type { RunProblem } from '../expressions/index.ts';
import type { ElementId, Expression, Model, OperationCost, Value } from '../model/index.ts';
import { answers } from './answers.ts';
import { idsInMachine } from './machine-ids.ts';
import type { Instance, Watcher } from './subject.ts';
import { activeNames } from './trace-text.ts';

export interface Reply {
  value: Value | undefined;
}

interface Called extends Instance {
  readonly waiting: { readonly operation: ElementId; readonly reply: Reply }[];
}

interface MachineSurroundings {
  readonly model: Model;
  readonly interaction: CompiledInteraction;
  readonly watcher: Watcher;
  readonly oracle: Oracle;
  readonly seed: number;
  /** Null where there is no such machine. */
  compile(machine: ElementId, lifeline: number): CompiledMachine | null;
  readonly standIns: ReadonlyMap<ElementId, OperationCost>;
  now(): number;
  evaluate(expression: Expression, of: ElementId): Value;
}

export class LifelineMachines {
  readonly #around: MachineSurroundings;
  readonly #instances = new Map<number, Called>();
  #problem: RunProblem | null = null;

  constructor(around: MachineSurroundings) {
    this.#around = around;
  }

  get problem(): RunProblem | null {
    return this.#problem;
  }

  get all(): ReadonlyMap<number, Instance> {
    return this.#instances;
  }

  isMachine(lifeline: number): boolean {
    return this.#around.interaction.lifelines[lifeline]?.represents.kind === 'machine';
  }

  create(lifeline: number): void {
    this.#instanceOf(lifeline);
  }

  destroy(lifeline: number): void {
    this.#instances.delete(lifeline);
  }

  send(lifeline: number, signal: ElementId, values: readonly Value[]): void {
    const instance = this.#instanceOf(lifeline);
    if (instance !== undefined) this.#tell(instance, () => instance.stepper.dispatch(signal, values));
  }

  /** The reply comes at once, or later where the machine keeps the call; null at once where there is no such machine. */
  call(lifeline: number, operation: ElementId, values: readonly Value[]): Reply {
    const instance = this.#instanceOf(lifeline);
    if (instance === undefined) return { value: null };
    const reply: Reply = { value: undefined };
    instance.waiting.push({ operation, reply });
    this.#tell(instance, () => instance.stepper.call(operation, values));
    return reply;
  }

  isIn(lifeline: number, state: ElementId): boolean {
    const instance = this.#instances.get(lifeline);
    if (instance === undefined) return false;
    const { compiled, stepper } = instance;
    const vertex = idsInMachine(this.#around.model, compiled).vertex(state);
    return stepper.isIn(compiled.vertices[vertex ?? -1]?.id ?? '');
  }

  whereItIs(lifeline: number): string {
    const instance = this.#instances.get(lifeline);
    if (instance === undefined) return 'no state: it has not been created';
    return activeNames(instance.compiled, instance.stepper);
  }

  /** Lifelines whose machine has something due by then. */
  due(now: number): readonly number[] {
    return [...this.#instances].flatMap(([lifeline, { stepper }]) => (nextOf(stepper) <= now ? [lifeline] : []));
  }

  nextTime(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.#instances.values()].map(({ stepper }) => nextOf(stepper)));
  }

  goOn(lifeline: number, now: number): void {
    const instance = this.#instances.get(lifeline);
    if (instance !== undefined) this.#tell(instance, () => instance.stepper.advanceOnce(now));
  }

  #instanceOf(lifeline: number): Called | undefined {
    const known = this.#instances.get(lifeline);
    if (known !== undefined) return known;
    const { model, interaction, oracle, seed, now, evaluate, compile, standIns } = this.#around;
    const { represents, key: element } = interaction.lifelines[lifeline] ?? {};
    if (represents?.kind !== 'machine' || element === undefined) return undefined;
    const compiled = compile(represents.machine, lifeline);
    if (compiled === null) return undefined;
    const given = new Map(represents.arguments.map(({ parameter, value }) => [parameter, value]));
    const values = compiled.machine.parameters.map(({ id, initial }, index) => {
      const value = (index === 0 ? represents.key : undefined) ?? given.get(id) ?? initial;
      return value === undefined ? null : evaluate(value, element);
    });
    const answer = answers(model, standIns, oracle, seed);
    const stepper = new MachineStepper(compiled, { oracle, seed, answer, time: now() });
    const instance: Called = { compiled, stepper, waiting: [] };
    this.#instances.set(lifeline, instance);
    this.#tell(instance, () => stepper.createInstance(values));
    return instance;
  }

  #tell(instance: Called, work: () => readonly Occurrence[]): void {
    const { compiled, stepper, waiting } = instance;
    stepper.now = this.#around.now();
    for (const occurrence of work()) {
      this.#around.watcher.occurred(compiled.id, occurrence);
      if (occurrence.kind !== 'reply') continue;
      const answered = waiting.findIndex(({ operation }) => operation === occurrence.element);
      const [caller] = answered < 0 ? [] : waiting.splice(answered, 1);
      if (caller !== undefined) caller.reply.value = occurrence.value;
    }
    this.#problem ??= stepper.problem;
  }
}

function nextOf(stepper: MachineStepper): number {
  return stepper.pending()[0]?.due ?? Number.POSITIVE_INFINITY;
}
