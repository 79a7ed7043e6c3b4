/**
 * The surroundings of a tested activity: virtual time, resources that nobody else uses, stand-ins for operations. What is due at the same
 * moment may happen in any order. Knows nothing of tests.
 */
import {
  type ActivityHost,
  type ActivityProgram,
  ActivityRuntime,
  type CompiledActivity,
  type CompiledClaim,
  compileActivities,
  type DelegatedWork,
  NODE,
  type Oracle,
  type ResourceAmount,
  SERIAL,
  STATE,
  state,
  WORD_SHIFT,
} from '../behavior/index.ts';
import { compileDuration, dataTypesOf, Frame, type Known, type RunProblem, slotScope } from '../expressions/index.ts';
import type { Activity, ElementId, Expression, Model, Operation, OperationCost, SendTarget } from '../model/index.ts';
import { DAY, type RandomStream, randomStream } from '../numeric/index.ts';
import { drawsOf } from './draws.ts';
import { FreeResources } from './free-resources.ts';
import { OpenTimes } from './open-times.ts';
import type { Watcher } from './subject.ts';

/** Tokens at a time, of all invocations. */
const TOKENS = 10_000;
export const NOBODY = -1;

interface Pending {
  readonly due: number;
  /** Waits for it; `NOBODY`: a signal on its way. */
  readonly token: number;
  readonly act: () => void;
}

interface StageParts {
  readonly model: Model;
  /** The one under test first, then those that it invokes. */
  readonly activities: readonly Activity[];
  readonly watcher: Watcher;
  readonly oracle: Oracle;
  readonly seed: number;
  readonly standIns: ReadonlyMap<ElementId, OperationCost>;
  /** The invocation that nobody waits for is over; its values can be read for the last time. */
  readonly ended: (run: number) => void;
}

export class ActivityStage implements ActivityHost {
  readonly clock = new Float64Array(1);
  readonly streams: readonly RandomStream[];
  readonly times: OpenTimes;
  readonly program: ActivityProgram;
  readonly runtime: ActivityRuntime;
  problemFound: RunProblem | null = null;
  readonly #parts: StageParts;
  readonly #resources: FreeResources;
  readonly #operations: ReadonlyMap<ElementId, Operation>;
  #pending: Pending[] = [];

  constructor(parts: StageParts) {
    const { model, activities, oracle, seed } = parts;
    this.#parts = parts;
    this.program = compileActivities(model, activities);
    this.streams = this.program.sources.map((name) => randomStream(seed, name));
    this.times = new OpenTimes(this.program, oracle, seed);
    this.runtime = new ActivityRuntime(this.program, this, TOKENS);
    this.#resources = new FreeResources(model.resources, (token) => this.runtime.granted(token));
    this.#operations = new Map(model.components.flatMap(({ operations }) => operations.map((one) => [one.id, one])));
  }

  /** A test begins at midnight. */
  nextTimeOfDay(timeOfDay: number, after: number): number {
    return timeOfDay + (Math.floor((after - timeOfDay) / DAY) + 1) * DAY;
  }

  get now(): number {
    return this.clock[0] ?? 0;
  }

  /** When something happens by time alone. */
  get waits(): readonly number[] {
    return this.#pending.map(({ due }) => due);
  }

  get nextDue(): number {
    return this.#pending.reduce((least, { due }) => Math.min(least, due), Number.POSITIVE_INFINITY);
  }

  /** Does one of those things that are due next. */
  happenNext(): void {
    const due = this.nextDue;
    const next = this.#pending.filter((each) => each.due === due);
    const chosen = next[next.length > 1 ? (this.#parts.oracle.order?.(next.length) ?? 0) : 0];
    if (chosen === undefined) return;
    this.#pending = this.#pending.filter((each) => each !== chosen);
    this.clock[0] = Math.max(this.now, due);
    chosen.act();
    this.runtime.settle();
  }

  /** Nodes of an invocation that a token stands in, one for each token. */
  stoodIn(run: number): readonly number[] {
    const nodes: number[] = [];
    const { words } = this.runtime.store;
    for (let token = this.runtime.tokenAfter(run, NOBODY); token >= 0; token = this.runtime.tokenAfter(run, token)) {
      nodes.push(words[(token << WORD_SHIFT) + NODE] ?? 0);
    }
    return nodes;
  }

  wake(token: number, due: number): void {
    this.#forget(token);
    if (due < Number.POSITIVE_INFINITY) this.#pending.push({ due, token, act: () => this.runtime.awake(token) });
  }

  ask(token: number, claim: CompiledClaim, rank: number): boolean {
    return this.#resources.ask(token, claim, rank);
  }

  withdraw(token: number): void {
    this.#resources.withdraw(token);
  }

  giveBack(uses: readonly ResourceAmount[]): void {
    this.#resources.giveBack(uses);
  }

  giveBackOne(resource: number, amount: number): void {
    this.#resources.giveBack([{ resource, amount }]);
  }

  /** A call; batches and behaviours that are no activities are refused before. */
  start(token: number, { element }: DelegatedWork, values: readonly Known[]): void {
    const operation = this.#operationOf(element);
    const { takes, delays, fails } = operation === undefined ? {} : this.#costOf(operation);
    const probability = fails?.probability ?? 0;
    const hasFailed = probability >= 1 || (probability > 0 && this.#parts.oracle.pick(2) === 0);
    const parts = hasFailed ? [fails?.after] : [takes, delays];
    const lasting = parts.reduce((sum, part) => sum + this.#timeOf(part, operation, values), 0);
    this.#pending.push({ due: this.now + lasting, token, act: () => this.runtime.resume(token, hasFailed) });
  }

  abandon(token: number): void {
    this.#forget(token);
  }

  send(run: number, signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    const { id = '', name = '' } = this.#parts.model.signals[signal] ?? {};
    this.#parts.watcher.noted(this.now, id, `send ${name} to ${target.kind}`);
    if (target.kind !== 'self') return;
    const { words } = this.runtime.store;
    const serial = words[(run << WORD_SHIFT) + SERIAL];
    const carried = [...values];
    const act = (): void => {
      const at = run << WORD_SHIFT;
      if (words[at + SERIAL] === serial && words[at + STATE] === state.invocation)
        this.runtime.deliver(run, signal, carried);
    };
    this.#pending.push({ due: this.now + delay, token: NOBODY, act });
  }

  log(_run: number, text: string): void {
    this.#parts.watcher.noted(this.now, this.program.activities[0]?.id ?? '', `log ${text}`);
  }

  began(): void {}

  entered({ id, nodes }: CompiledActivity, _token: number, node: number): void {
    this.#occurred(id, 'enter', nodes[node]?.id);
  }

  served(): void {}

  left({ id, nodes }: CompiledActivity, token: number, node: number): void {
    this.#forget(token);
    this.#occurred(id, 'exit', nodes[node]?.id);
  }

  took({ id, ways }: CompiledActivity, edge: number): void {
    const way = ways[edge];
    if (way !== undefined) this.#parts.watcher.took(id, way.id);
  }

  ended({ id }: CompiledActivity, run: number, waiter: number, hasFailed: boolean): void {
    this.#occurred(id, hasFailed ? 'terminate' : 'complete', id);
    if (waiter === NOBODY) this.#parts.ended(run);
  }

  problem(_activity: CompiledActivity, problem: RunProblem): void {
    this.problemFound ??= problem;
  }

  full({ activity: { name, label } }: CompiledActivity): void {
    const message = `More than ${TOKENS} tokens of ${name} are on their way at a time.`;
    this.problemFound ??= { code: 'step-budget', message, place: label };
  }

  #occurred(
    activity: ElementId,
    kind: 'enter' | 'exit' | 'complete' | 'terminate',
    element: ElementId = activity,
  ): void {
    this.#parts.watcher.occurred(activity, { kind, time: this.now, element });
  }

  #forget(token: number): void {
    this.#pending = this.#pending.filter((each) => each.token !== token);
  }

  #operationOf(element: ElementId): Operation | undefined {
    const node = this.program.activities.flatMap(({ nodes }) => nodes).find(({ id }) => id === element);
    const work = node?.kind === 'action' ? node.work : undefined;
    return work?.kind === 'call' ? this.#operations.get(work.operation) : undefined;
  }

  /** A stand-in's, or its own but for what fails by chance. */
  #costOf({ id, takes, delays }: Operation): OperationCost {
    const given = this.#parts.standIns.get(id);
    return {
      ...(takes === undefined ? {} : { takes }),
      ...(delays === undefined ? {} : { delays }),
      ...given,
    };
  }

  #timeOf(time: Expression | undefined, operation: Operation | undefined, values: readonly Known[]): number {
    if (time === undefined || operation === undefined) return 0;
    const { source, streams } = drawsOf(operation.id, this.#parts.seed);
    const places = operation.parameters.map(({ id }) => id);
    const scope = { ...slotScope(places, source), dataTypes: dataTypesOf(this.#parts.model) };
    const lasts = compileDuration(time, scope);
    const frame = new Frame();
    frame.slots = [...values];
    frame.streams = streams;
    return lasts(frame);
  }
}
