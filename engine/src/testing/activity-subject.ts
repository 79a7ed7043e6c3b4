/** An activity under test: one invocation on a stage of its own. A node is where a token stands, a final where one has come to. */
import type { Oracle } from '../behavior/index.ts';
import { dataTypesOf, Frame, type Known, type RunProblem, type Scope, slotScope } from '../expressions/index.ts';
import type { Activity, ElementId, Model, OperationCost, Value, Variable } from '../model/index.ts';
import { ActivityStage, NOBODY } from './activity-stage.ts';
import { drawsOf } from './draws.ts';
import type { Instance, Subject, Watcher } from './subject.ts';

/** Moments at which something happens in one run. */
const MOMENTS = 100_000;

export class ActivitySubject implements Subject {
  readonly parameters: readonly Variable[];
  readonly scope: Scope;
  readonly instances: ReadonlyMap<number, Instance> = new Map();
  readonly executions = [];
  readonly #model: Model;
  readonly #watcher: Watcher;
  readonly #standIns: Map<ElementId, OperationCost>;
  readonly #stage: ActivityStage;
  readonly #frame = new Frame();
  readonly #nodes: readonly { readonly id: ElementId; readonly name: string }[];
  /** Finals that a token has come to, by node. */
  readonly #reached = new Set<number>();
  #run = NOBODY;
  #moments = 0;
  #last: readonly Known[] | null = null;
  #problem: RunProblem | null = null;

  /** `activities`: the one under test first, then those that it invokes. */
  constructor(
    model: Model,
    activities: readonly [Activity, ...Activity[]],
    watcher: Watcher,
    { oracle, seed, standIns }: { oracle: Oracle; seed: number; standIns: ReadonlyMap<ElementId, OperationCost> },
  ) {
    const [{ id, parameters, variables }] = activities;
    this.#model = model;
    this.#watcher = watcher;
    this.#standIns = new Map(standIns);
    this.parameters = parameters;
    this.#stage = new ActivityStage({
      model,
      activities,
      oracle,
      seed,
      standIns: this.#standIns,
      watcher: {
        occurred: (activity, occurrence) => {
          if (activity === id && occurrence.kind === 'enter') this.#entered(occurrence.element);
          watcher.occurred(activity, occurrence);
        },
        took: (activity, edge) => watcher.took(activity, edge),
        noted: (time, element, text) => watcher.noted(time, element, text),
        reached: (step) => watcher.reached(step),
        settled: () => watcher.settled(),
      },
      ended: (run) => {
        this.#last = [...(this.#stage.runtime.store.slots[run] ?? [])];
      },
    });
    this.#nodes = this.#stage.program.activities[0]?.nodes ?? [];
    const draws = drawsOf(id, seed);
    this.#frame.streams = draws.streams;
    const places = new Map(this.#nodes.map((node, index) => [node.id, index]));
    const slots = [...parameters, ...variables];
    const typeOf = new Map(slots.map((variable) => [variable.id, variable.type]));
    const scope = slotScope(
      slots.map((variable) => variable.id),
      draws.source,
    );
    this.scope = {
      ...scope,
      locate: (variable) => {
        const location = scope.locate(variable);
        const type = typeOf.get(variable);
        return location === undefined || type === undefined ? location : { ...location, type };
      },
      state: (node) => {
        const index = places.get(node);
        return index === undefined ? undefined : { strand: index, first: index, last: index };
      },
      dataTypes: dataTypesOf(model),
    };
  }

  get now(): number {
    return this.#stage.now;
  }

  get isOver(): boolean {
    return this.#last !== null;
  }

  get problem(): RunProblem | null {
    return this.#problem ?? this.#stage.problemFound;
  }

  get waits(): readonly number[] {
    return this.#stage.waits;
  }

  frame(): Frame {
    const frame = this.#frame;
    frame.slots = [...(this.#last ?? this.#stage.runtime.store.slots[this.#run] ?? [])];
    frame.active = new Int32Array(this.#nodes.length).fill(-1);
    for (const node of [...this.#stoodIn(), ...this.#reached]) frame.active[node] = node;
    frame.now = this.now;
    return frame;
  }

  whereItIs(): string {
    const nodes = [...new Set(this.#stoodIn())].sort((a, b) => a - b);
    return nodes.map((node) => this.#nodes[node]?.name ?? '').join(' and ') || 'no node';
  }

  begin(values: readonly Value[]): void {
    this.#run = this.#stage.runtime.begin(0, values, NOBODY);
    this.#watcher.settled();
  }

  send(signal: ElementId, values: readonly Value[]): void {
    const index = this.#model.signals.findIndex(({ id }) => id === signal);
    const isTaken = !this.isOver && this.#stage.runtime.deliver(this.#run, index, values);
    if (!isTaken)
      this.#watcher.occurred(this.#stage.program.activities[0]?.id ?? '', {
        kind: 'discard',
        time: this.now,
        element: signal,
      });
    this.#watcher.settled();
  }

  /** Nobody calls an activity. */
  call(): void {}

  standIn(operation: ElementId, cost: OperationCost): void {
    this.#standIns.set(operation, { ...this.#standIns.get(operation), ...cost });
  }

  advance(to: number): void {
    while (!this.isOver && this.#stage.nextDue <= to) if (!this.#goOn()) return;
    if (to > this.now) this.#stage.clock[0] = to;
  }

  finish(): void {
    while (!this.isOver && this.#stage.nextDue < Number.POSITIVE_INFINITY) if (!this.#goOn()) return;
  }

  #goOn(): boolean {
    if (++this.#moments > MOMENTS) {
      const [activity] = this.#stage.program.activities;
      const message = `More than ${MOMENTS} moments have gone by, and it has not ended.`;
      if (activity !== undefined) this.#problem = { code: 'step-budget', message, place: activity.activity.label };
      return false;
    }
    this.#stage.happenNext();
    return this.#watcher.settled();
  }

  #stoodIn(): readonly number[] {
    return this.#run < 0 || this.isOver ? [] : this.#stage.stoodIn(this.#run);
  }

  #entered(element: ElementId): void {
    const node = this.#nodes.findIndex(({ id }) => id === element);
    const kind = this.#stage.program.activities[0]?.nodes[node]?.kind;
    if (kind === 'activity-final' || kind === 'flow-final') this.#reached.add(node);
  }
}
