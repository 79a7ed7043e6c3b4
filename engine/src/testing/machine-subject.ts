/** A machine under test: one instance, stepped. */
import { type CompiledMachine, MachineStepper, type Occurrence, type Oracle } from '../behavior/index.ts';
import { dataTypesOf, Frame, type Scope } from '../expressions/index.ts';
import type { ElementId, Model, OperationCost, Value, Variable } from '../model/index.ts';
import { answers } from './answers.ts';
import { drawsOf } from './draws.ts';
import { idsInMachine } from './machine-ids.ts';
import { type Instance, type Subject, UNDER_TEST, type Watcher } from './subject.ts';
import { activeNames } from './trace-text.ts';

export class MachineSubject implements Subject {
  readonly parameters: readonly Variable[];
  readonly scope: Scope;
  readonly executions = [];
  readonly waits = [];
  readonly instances: ReadonlyMap<number, Instance>;
  readonly #compiled: CompiledMachine;
  readonly #stepper: MachineStepper;
  readonly #watcher: Watcher;
  readonly #frame = new Frame();
  readonly #standIns: Map<ElementId, OperationCost>;

  constructor(
    model: Model,
    compiled: CompiledMachine,
    watcher: Watcher,
    { oracle, seed, standIns }: { oracle: Oracle; seed: number; standIns: ReadonlyMap<ElementId, OperationCost> },
  ) {
    this.#compiled = compiled;
    this.parameters = compiled.machine.parameters;
    this.#watcher = watcher;
    this.#standIns = new Map(standIns);
    this.#stepper = new MachineStepper(compiled, {
      oracle,
      seed,
      answer: answers(model, this.#standIns, oracle, seed),
    });
    this.instances = new Map([[UNDER_TEST, { compiled, stepper: this.#stepper }]]);
    const ids = idsInMachine(model, compiled);
    const draws = drawsOf(compiled.id, seed);
    this.#frame.streams = draws.streams;
    const signals = new Map(model.signals.map((signal, index) => [signal.id, { signal, index }]));
    this.scope = {
      locate(variable) {
        const index = ids.slot(variable);
        const type = compiled.variables[index ?? -1]?.type;
        return index === undefined ? undefined : { kind: 'slot', index, ...(type === undefined ? {} : { type }) };
      },
      state(state) {
        const first = ids.vertex(state);
        if (first === undefined) return undefined;
        return { strand: compiled.strandOf[first] ?? 0, first, last: compiled.last[first] ?? first };
      },
      signal: (signal) => signals.get(signal)?.index ?? -1,
      attributes: (signal) => signals.get(signal)?.signal.attributes.map(({ id }) => id) ?? [],
      source: draws.source,
      dataTypes: dataTypesOf(model),
    };
  }

  get now(): number {
    return this.#stepper.now;
  }

  get isOver(): boolean {
    return this.#stepper.status !== 'live';
  }

  get problem() {
    return this.#stepper.problem;
  }

  frame(): Frame {
    const { began, configuration, values } = this.#stepper.snapshot();
    const { variables, vertexIndex } = this.#compiled;
    const frame = this.#frame;
    frame.slots = variables.map(({ id }) => values[id] ?? null);
    frame.active = Int32Array.from(configuration, (id) => (id === null ? -1 : (vertexIndex.get(id) ?? -1)));
    frame.now = this.now;
    frame.began = began;
    return frame;
  }

  whereItIs(): string {
    return activeNames(this.#compiled, this.#stepper);
  }

  begin(values: readonly Value[]): void {
    this.#tell(this.#stepper.createInstance(values));
  }

  send(signal: ElementId, values: readonly Value[]): void {
    this.#tell(this.#stepper.dispatch(signal, values));
  }

  call(operation: ElementId, values: readonly Value[]): void {
    this.#tell(this.#stepper.call(operation, values));
  }

  standIn(operation: ElementId, cost: OperationCost): void {
    this.#standIns.set(operation, { ...this.#standIns.get(operation), ...cost });
  }

  advance(to: number): void {
    for (let due = this.#nextDue(); due <= to; due = this.#nextDue()) {
      if (!this.#tell(this.#stepper.advanceOnce(due))) return;
    }
    this.#stepper.advance(to);
  }

  /** Time stands still: whatever was to happen has happened. */
  finish(): void {}

  #nextDue(): number {
    return this.#stepper.pending()[0]?.due ?? Number.POSITIVE_INFINITY;
  }

  #tell(occurrences: readonly Occurrence[]): boolean {
    for (const occurrence of occurrences) this.#watcher.occurred(this.#compiled.id, occurrence);
    return this.#watcher.settled();
  }
}
