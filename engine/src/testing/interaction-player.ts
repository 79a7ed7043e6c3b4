/**
 * The steps of an interaction as activities in virtual time: messages, fragments, work. Follows the same meaning as the program
 * that is simulated, one run at a time; stand-ins take the place of what operations cost and answer, and what chance
 * would decide is left open. Knows nothing of tests.
 */

import {
  type CompiledInteraction,
  type CompiledMessage,
  type CompiledOperand,
  type InteractionScope,
  isCall,
  type Oracle,
  placedWork,
  type Sequence,
  type Step,
} from '../behavior/index.ts';
import {
  compileActions,
  compileCondition,
  compileDuration,
  compileExpression,
  type Frame,
  type Known,
  RunError,
} from '../expressions/index.ts';
import type {
  Argument,
  CallPolicy,
  ElementId,
  Expression,
  Model,
  Operation,
  OperationCost,
  Value,
} from '../model/index.ts';
import { powerOfTwo } from '../numeric/index.ts';
import { branchesOf } from './branches.ts';
import type { PolicyOf } from './call-policies.ts';
import type { Branch, Execution, ReachedStep } from './execution.ts';
import type { LifelineMachines } from './lifeline-machines.ts';
import type { Activity, Tasks } from './tasks.ts';

/** How a sequence was left. `failed`: a call failed and nobody took care of it. */
type Flow = 'on' | 'break' | 'return' | 'failed';

/** What an execution, or a branch of `par` in it, knows of what is around it. */
interface Context {
  /** Takes the reply; undefined until something was returned. */
  readonly reply: { value: Known };
  /** Critical regions around. */
  readonly critical: readonly object[];
  readonly execution: Execution;
  readonly branch: Branch;
  /** Executions and operands around. */
  readonly depth: number;
}

interface PlayerParts {
  readonly model: Model;
  readonly compiled: CompiledInteraction;
  readonly scope: InteractionScope;
  readonly standIns: ReadonlyMap<ElementId, OperationCost>;
  readonly policyOf: PolicyOf;
  readonly tasks: Tasks;
  readonly machines: LifelineMachines;
  readonly oracle: Oracle;
  now(): number;
  frame(): Frame;
  note(element: ElementId, text: string): void;
  /** Told before each step is done. */
  reached(step: ReachedStep): void;
}

/** Turns of one loop. */
const TURN_LIMIT = 100_000;

export class InteractionPlayer {
  readonly #parts: PlayerParts;
  readonly #operations: ReadonlyMap<ElementId, Operation>;
  readonly #called: ReadonlyMap<ElementId, Operation>;
  /** Calls in progress. */
  readonly #open = new Set<Execution>();
  readonly #held = new Map<object, ReadonlySet<number>>();

  constructor(parts: PlayerParts) {
    this.#parts = parts;
    const { components, machines } = parts.model;
    this.#operations = byId(components.flatMap(({ operations }) => operations));
    this.#called = byId([...components, ...machines].flatMap(({ operations }) => operations));
  }

  *whole(): Activity<void> {
    const { compiled } = this.#parts;
    const execution: Execution = { message: null, caller: null, since: this.#parts.now(), at: null };
    const context = { reply: { value: undefined }, critical: [], execution, branch: { from: null }, depth: 0 };
    const flow = yield* this.#sequence(compiled.body, context);
    this.#parts.note(compiled.interaction.id, flow === 'failed' ? 'failed' : 'ended');
  }

  *later(delay: number, work: () => void): Activity<void> {
    yield* this.#pass(delay);
    work();
  }

  /** Under way, in the order in which they began. */
  get executions(): readonly Execution[] {
    return [...this.#open];
  }

  whereItIs(): string {
    const open = [...this.#open].flatMap(({ message }) => (message === null ? [] : this.#messageName(message)));
    return open.length === 0 ? 'waiting' : open.join(' and ');
  }

  evaluate(expression: Expression, of: ElementId): Value {
    const value = compileExpression(expression, this.#parts.scope.at(of));
    return value(this.#parts.frame());
  }

  #holds(condition: Expression, of: ElementId): boolean {
    const holds = compileCondition(condition, this.#parts.scope.at(of));
    return holds(this.#parts.frame());
  }

  #duration(expression: Expression, of: ElementId): number {
    const duration = compileDuration(expression, this.#parts.scope.at(of));
    return duration(this.#parts.frame());
  }

  *#sequence(steps: Sequence, context: Context): Activity<Flow> {
    for (const step of steps) {
      const flow = yield* this.#step(step, context);
      if (flow !== 'on') return flow;
    }
    return 'on';
  }

  *#step(step: Step, context: Context): Activity<Flow> {
    const { machines } = this.#parts;
    this.#reach(step, context);
    switch (step.kind) {
      case 'message':
        return yield* this.#message(step.message, context);
      case 'consumer':
        return 'on';
      case 'create':
        yield* this.#turn();
        machines.create(step.lifeline);
        return 'on';
      case 'destroy':
        yield* this.#turn();
        machines.destroy(step.lifeline);
        return 'on';
      case 'work':
        yield* this.#pass(this.#duration(step.time, `${step.key}/${step.sort}`));
        return 'on';
      case 'use': {
        const within = { ...context, reply: { value: undefined }, depth: context.depth + 1 };
        const flow = yield* this.#sequence(step.body, within);
        return flow === 'failed' ? flow : 'on';
      }
      case 'alternative': {
        const ways = branchesOf(
          step.operands,
          (operand) => operand.guard === undefined || this.#holds(operand.guard, operand.key),
        );
        const taken = ways[ways.length > 1 ? this.#parts.oracle.pick(ways.length) : 0];
        return taken === undefined || taken === null ? 'on' : yield* this.#operand(taken, context);
      }
      case 'loop':
        return yield* this.#loop(step, context);
      case 'parallel':
        return yield* this.#parallel(step.operands, context);
      case 'group': {
        if (step.critical === undefined) return yield* this.#operands(step.operands, context);
        yield* this.#free(step.critical, context);
        const region = {};
        this.#held.set(region, step.critical);
        const flow = yield* this.#operands(step.operands, { ...context, critical: [...context.critical, region] });
        this.#held.delete(region);
        return flow;
      }
      case 'break': {
        const { guard } = step.operand;
        const ways = branchesOf([step.operand], () => guard === undefined || this.#holds(guard, step.key));
        if (ways[ways.length > 1 ? this.#parts.oracle.pick(ways.length) : 0] !== step.operand) return 'on';
        const flow = yield* this.#sequence(step.operand.body, deeper(context));
        return flow === 'on' ? 'break' : flow;
      }
      case 'return':
        if (step.value !== undefined) context.reply.value = this.evaluate(step.value, step.key);
        return 'return';
      case 'action': {
        yield* this.#turn();
        const frame = this.#parts.frame();
        frame.returned = false;
        compileActions([step.action], this.#parts.scope.at(step.key))?.(this.#parts.frame());
        if (!frame.returned) return 'on';
        context.reply.value = frame.reply;
        frame.returned = false;
        return 'return';
      }
      case 'invariant':
        if (this.#holds(step.condition, step.key)) return 'on';
        throw new RunError('assertion-failed', 'The invariant does not hold.', step.condition.place);
    }
  }

  /** A `break` leaves no more than its operand. */
  *#operand(operand: CompiledOperand, context: Context): Activity<Flow> {
    const flow = yield* this.#sequence(operand.body, deeper(context));
    return flow === 'break' ? 'on' : flow;
  }

  *#operands(operands: readonly CompiledOperand[], context: Context): Activity<Flow> {
    for (const operand of operands) {
      const flow = yield* this.#operand(operand, context);
      if (flow !== 'on') return flow;
    }
    return 'on';
  }

  *#loop({ operand, minimum, maximum, key }: Extract<Step, { kind: 'loop' }>, context: Context): Activity<Flow> {
    const { guard } = operand;
    const most = maximum ?? Number.POSITIVE_INFINITY;
    const goal =
      guard === undefined && maximum !== null && most > minimum
        ? minimum + this.#parts.oracle.pick(most - minimum + 1)
        : minimum;
    for (let turn = 0; ; turn++) {
      const again = turn < goal || (guard === undefined ? maximum === null : turn < most && this.#holds(guard, key));
      if (!again) return 'on';
      if (turn >= TURN_LIMIT) {
        const { label } = this.#parts.compiled.interaction;
        throw new RunError('step-budget', 'A loop of this interaction does not come to an end.', label);
      }
      const flow = yield* this.#sequence(operand.body, deeper(context));
      if (flow === 'break') return 'on';
      if (flow !== 'on') return flow;
    }
  }

  *#parallel(operands: readonly CompiledOperand[], context: Context): Activity<Flow> {
    let hasFailed = false;
    const taking = operands.filter(({ guard, key }) => guard === undefined || this.#holds(guard, key));
    const branches = taking.map((operand) =>
      this.#parts.tasks.start(
        this.#branch(operand, context, () => {
          hasFailed = true;
        }),
      ),
    );
    const hasCome = (): boolean => branches.every(({ isDone }) => isDone);
    yield { kind: 'event', hasCome, until: Number.POSITIVE_INFINITY };
    return hasFailed ? 'failed' : 'on';
  }

  *#branch(operand: CompiledOperand, context: Context, fail: () => void): Activity<void> {
    const within = { ...deeper(context), branch: { from: context.branch } };
    if ((yield* this.#sequence(operand.body, within)) === 'failed') fail();
  }

  *#message(message: CompiledMessage, context: Context): Activity<Flow> {
    const { machines, tasks } = this.#parts;
    const ends = [message.from, message.to];
    yield* this.#free(new Set(ends), context);
    if (message.sort === 'publication' || message.sort === 'lost') {
      this.#parts.note(message.id, this.#messageName(message));
      return 'on';
    }
    const operation = isCall(message) ? this.#called.get(message.signature) : undefined;
    if (operation === undefined && machines.isMachine(message.to)) {
      yield* this.#turn();
      const attributes = this.#parts.model.signals.find(({ id }) => id === message.signature)?.attributes ?? [];
      const values = this.#arguments(message, message.arguments, attributes);
      this.#parts.note(message.id, this.#messageName(message));
      machines.send(message.to, message.signature, values);
      if (message.execution.length === 0) return 'on';
    }
    if (message.sort !== 'synchronous-call') {
      const beside = { ...context, branch: { from: context.branch } };
      tasks.start(this.#execution(message, operation, beside, { value: undefined }));
      return 'on';
    }
    const reply: { value: Known } = { value: undefined };
    if (yield* this.#attempts(message, operation, context, reply)) {
      if (message.result === undefined) return 'on';
      yield* this.#turn();
      this.#parts.frame().slots[message.result] = reply.value ?? null;
      return 'on';
    }
    if (message.fallback === undefined) return 'failed';
    return yield* this.#sequence(message.fallback, deeper(context));
  }

  /** True where one of the attempts went well. */
  *#attempts(
    message: CompiledMessage,
    operation: Operation | undefined,
    context: Context,
    reply: { value: Known },
  ): Activity<boolean> {
    const policy = this.#policy(message);
    const { timeout, retries = 0, backoff } = policy;
    for (let attempt = 0; ; attempt++) {
      const limit = timeout === undefined ? null : this.#duration(timeout, `${message.key}/timeout`);
      if (yield* this.#attempt(message, operation, context, reply, limit, policy.cancels === true)) return true;
      if (attempt >= retries) return false;
      if (backoff === undefined) continue;
      const first = this.#duration(backoff.first, `${message.key}/backoff`);
      yield* this.#pass(backoff.exponential ? first * powerOfTwo(Math.min(attempt, 1000)) : first);
    }
  }

  *#attempt(
    message: CompiledMessage,
    operation: Operation | undefined,
    context: Context,
    reply: { value: Known },
    limit: number | null,
    cancels: boolean,
  ): Activity<boolean> {
    if (limit === null) return yield* this.#execution(message, operation, context, reply);
    let hasSucceeded = false;
    const own: { value: Known } = { value: undefined };
    const work = this.#execution(message, operation, context, own);
    const task = this.#parts.tasks.start(
      (function* () {
        hasSucceeded = yield* work;
      })(),
    );
    yield { kind: 'event', hasCome: () => task.isDone, until: this.#parts.now() + limit };
    if (task.isDone) {
      reply.value = own.value;
      return hasSucceeded;
    }
    this.#parts.note(message.id, `${this.#messageName(message)} timed out`);
    if (cancels) {
      this.#parts.tasks.stop(task);
      for (const each of this.#open) if (isPartOf(each, message, context.execution)) this.#open.delete(each);
    }
    return false;
  }

  /** What the callee does between the call and its reply; false where it failed. */
  *#execution(
    message: CompiledMessage,
    operation: Operation | undefined,
    context: Context,
    reply: { value: Known },
  ): Activity<boolean> {
    const { machines } = this.#parts;
    const execution: Execution = { message, caller: context.execution, since: this.#parts.now(), at: null };
    this.#open.add(execution);
    this.#parts.note(message.id, this.#messageName(message));
    const fails = yield* this.#play(message, operation, { ...deeper(context), execution, reply });
    if (fails) this.#parts.note(message.id, `${this.#messageName(message)} failed`);
    else if (reply.value === undefined && operation?.result !== undefined && !machines.isMachine(message.to)) {
      reply.value = this.#result(message, this.#costOf(operation), operation);
    }
    this.#open.delete(execution);
    return !fails;
  }

  *#play(message: CompiledMessage, operation: Operation | undefined, context: Context): Activity<boolean> {
    const { machines } = this.#parts;
    const { reply } = context;
    if (operation !== undefined && machines.isMachine(message.to)) {
      yield* this.#turn();
      const values = this.#arguments(message, message.arguments, operation.parameters);
      const answer = machines.call(message.to, operation.id, values);
      if (answer.value === undefined) {
        yield { kind: 'event', hasCome: () => answer.value !== undefined, until: Number.POSITIVE_INFINITY };
      }
      reply.value = answer.value;
    }
    const placed = placedWork(message.execution);
    const owned = operation === undefined ? undefined : this.#operations.get(operation.id);
    const { takes, delays, fails } = owned === undefined ? {} : this.#costOf(owned);
    const after = fails?.after;
    const isUnlucky = fails !== undefined && this.#happens(fails.probability);
    if (isUnlucky && after !== undefined) {
      yield* this.#pass(this.#costTime(message, owned, after, 'fails-after'));
      return true;
    }
    if (takes !== undefined && !placed.has('takes')) yield* this.#pass(this.#costTime(message, owned, takes, 'takes'));
    if (delays !== undefined && !placed.has('delays'))
      yield* this.#pass(this.#costTime(message, owned, delays, 'delays'));
    if (isUnlucky && placed.size === 0) return true;
    return (yield* this.#sequence(message.execution, context)) === 'failed' || isUnlucky;
  }

  /** A stand-in's, or its own but for what fails by chance. */
  #costOf({ id, takes, delays, result }: Operation): OperationCost {
    const given = this.#parts.standIns.get(id);
    const own = {
      ...(takes === undefined ? {} : { takes }),
      ...(delays === undefined ? {} : { delays }),
      ...(result === undefined ? {} : { result }),
    };
    return { ...own, ...given };
  }

  #costTime(message: CompiledMessage, operation: Operation | undefined, time: Expression, what: string): number {
    return this.#withParameters(message, operation, () => Math.max(0, this.#duration(time, `${message.key}/${what}`)));
  }

  #result(message: CompiledMessage, { result }: OperationCost, operation: Operation): Value {
    if (result === undefined) return null;
    const chance = result.kind === 'draw' && result.distribution.kind === 'chance' ? result.distribution : undefined;
    if (chance !== undefined) return this.#happens(chance.probability);
    return this.#withParameters(message, operation, () => this.evaluate(result, `${message.key}/returns`));
  }

  /** What lies between never and always is left open. */
  #happens(probability: number): boolean {
    if (probability <= 0) return false;
    return probability >= 1 || this.#parts.oracle.pick(2) === 0;
  }

  #withParameters<T>(message: CompiledMessage, operation: Operation | undefined, work: () => T): T {
    const parameters = operation?.parameters ?? [];
    const values = this.#arguments(message, message.arguments, parameters);
    return this.#parts.scope.with(
      parameters.map(({ id }) => id),
      (slots) => {
        const frame = this.#parts.frame();
        for (const [i, slot] of slots.entries()) frame.slots[slot] = values[i] ?? null;
        return work();
      },
    );
  }

  /** By position; what is not given is absent. */
  #arguments(
    { key }: CompiledMessage,
    given: readonly Argument[],
    parameters: readonly { readonly id: ElementId }[],
  ): readonly Value[] {
    const values = new Map(given.map(({ parameter, value }) => [parameter, value]));
    return parameters.map(({ id }) => {
      const value = values.get(id);
      return value === undefined ? null : this.evaluate(value, key);
    });
  }

  #policy({ id, from, to }: CompiledMessage): CallPolicy {
    return this.#parts.policyOf(id, this.#componentOf(from), this.#componentOf(to));
  }

  #componentOf(lifeline: number): ElementId | undefined {
    const represents = this.#parts.compiled.lifelines[lifeline]?.represents;
    return represents?.kind === 'component' ? represents.component : undefined;
  }

  #messageName({ from, to, name, signature, sort }: CompiledMessage): string {
    const { lifelines } = this.#parts.compiled;
    const what = name === '' ? signature.slice(signature.lastIndexOf('.') + 1) : name;
    const arrow = sort === 'synchronous-call' ? '->' : '->>';
    const receiver = lifelines[to]?.name ?? '?';
    return `${lifelines[from]?.name ?? '?'} ${arrow} ${receiver}${sort === 'signal' ? ' : ' : '.'}${what}`;
  }

  #reach(step: Step, { execution, branch, depth }: Context): void {
    if (step.kind === 'consumer') return;
    const element = step.kind === 'message' ? step.message.id : step.id;
    execution.at = element;
    this.#parts.reached({ element, execution, branch, depth });
  }

  *#pass(time: number): Activity<void> {
    if (time > 0) yield { kind: 'time', until: this.#parts.now() + time };
  }

  /** Where others may go first, they may do so before what they can tell from this. */
  *#turn(): Activity<void> {
    if (this.#parts.tasks.count > 1) yield { kind: 'turn' };
  }

  /** Waits until no critical region elsewhere holds any of the lifelines. */
  *#free(lifelines: ReadonlySet<number>, { critical }: Context): Activity<void> {
    const hasCome = (): boolean =>
      [...this.#held].every(
        ([region, held]) => critical.includes(region) || ![...held].some((lifeline) => lifelines.has(lifeline)),
      );
    if (!hasCome()) yield { kind: 'event', hasCome, until: Number.POSITIVE_INFINITY };
  }
}

function deeper(context: Context): Context {
  return { ...context, depth: context.depth + 1 };
}

/** It is the execution of that call, or goes on within it. */
function isPartOf(execution: Execution, message: CompiledMessage, caller: Execution): boolean {
  for (let at: Execution | null = execution; at !== null; at = at.caller) {
    if (at.message === message && at.caller === caller) return true;
  }
  return false;
}

function byId<T extends { readonly id: ElementId }>(elements: readonly T[]): ReadonlyMap<ElementId, T> {
  return new Map(elements.map((element) => [element.id, element]));
}
