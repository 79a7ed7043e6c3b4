/**
 * What a message costs and how long its caller waits: times, failures, caches, priorities, policies, in each version that may run.
 * Writes it into the program's message, and no code.
 */
import { compileExpression, compilePriority, type Evaluate } from '../../expressions/index.ts';
import type {
  Argument,
  Cache,
  CallPolicy,
  Component,
  ElementId,
  Expression,
  Model,
  Operation,
  Requirement,
  Value,
} from '../../model/index.ts';
import type { CompiledMessage } from './compiled-interaction.ts';
import { costOf } from './cost-of.ts';
import { capacitiesOf, inVersions } from './declared-capacities.ts';
import type { InteractionScope } from './interaction-scope.ts';
import type { Cost, Costs, Policy, Priority, ProgramMessage } from './program.ts';
import type { ProgramParts } from './program-parts.ts';
import { sameParameters } from './same-parameters.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Of a caller that simply waits, beside versions of it that do not. */
const nothingDone: Policy = {
  timeout: null,
  retries: 0,
  backoff: null,
  budget: null,
  breaker: null,
  hedge: null,
  bulkhead: null,
  needsConnection: false,
  cancels: false,
  deadlinePropagates: false,
};

function requiredOf(caller: Component | undefined, called: ElementId | null): Requirement | undefined {
  return caller?.requires.find((requirement) => requirement.component === called);
}

export class MessageCosts {
  readonly #model: Model;
  readonly #parts: ProgramParts;
  readonly #scope: InteractionScope;

  constructor(model: Model, parts: ProgramParts, scope: InteractionScope) {
    this.#model = model;
    this.#parts = parts;
    this.#scope = scope;
  }

  /** What each attempt costs, in each version that may answer it, and what its expressions have to be told for that. */
  costs(flat: Writable<ProgramMessage>, message: CompiledMessage, operation: Operation): void {
    const strategy = this.#parts.balances.find((balance) => balance.component === flat.component)?.strategy;
    const key = strategy?.kind === 'hash' && !flat.toItself ? strategy.key : undefined;
    const parameters = operation.parameters.map((parameter) => parameter.id);
    const versions = this.#parts.variants.versions.get(flat.component ?? '') ?? [];
    const clauses = this.#cachesOf(flat.component);
    const queues = this.#parts.queuePriorities.get(flat.component ?? '') ?? [];
    const shared = [key, ...queues, ...clauses.flatMap((clause) => [clause.key, clause.takes])];
    const others = new Map(shared.flatMap((each) => (each === undefined ? [] : [...sameParameters(each, operation)])));
    this.#scope.with([...parameters, ...others.keys()], (slots) => {
      const costs = this.#costsOf(operation, message.key, flat.replySlot >= 0);
      flat.takes = costs.takes;
      flat.delays = costs.delays;
      flat.fails = costs.fails;
      flat.reply = costs.reply;
      flat.versions = versions.map(({ name, component }) => {
        const own = component.operations.find(({ id }) => id === operation.id) ?? operation;
        return this.#costsOf(own, `${message.key}/version ${name}`, flat.replySlot >= 0);
      });
      flat.size = costs.size;
      flat.caches = clauses.map((clause, index) => ({
        clause,
        key:
          clause.key === undefined
            ? null
            : compileExpression(clause.key, this.#scope.at(`${message.key}/cache${index}/key`)),
        takes: this.cost(clause.takes, `${message.key}/cache${index}/takes`),
        position: -1,
      }));
      if (key !== undefined) flat.balanceKey = compileExpression(key, this.#scope.at(`${message.key}/balance-key`));
      if (operation.priority !== undefined)
        flat.priority = this.#priority(operation.priority, `${message.key}/priority`);
      flat.queuePriorities = new Map(
        queues.map((queue) => [queue, this.#priority(queue, `${message.key}/queue-priority`)] as const),
      );
      const needed = slots.map((slot) => this.#scope.isUsed(slot));
      if (!needed.includes(true)) return;
      const wanted = [...parameters, ...others.values()].map((id) => ({ id: id ?? '' }));
      const values = this.arguments(message.key, message.arguments, wanted);
      flat.bind = (frame) => {
        for (let i = 0; i < slots.length; i++) if (needed[i]) frame.slots[slots[i]!] = values[i]!(frame);
      };
    });
  }

  /** Every cache that a replica of the component may have, as it is deployed somewhere. */
  #cachesOf(component: ElementId | null): readonly Cache[] {
    if (component === null) return [];
    const capacities = [...capacitiesOf(this.#model, component), ...inVersions(this.#parts.variants, component)];
    return [...new Set(capacities.flatMap(({ cache }) => cache ?? []))];
  }

  #costsOf({ takes, delays, fails, result, size }: Operation, key: string, hasReply: boolean): Costs {
    const request = this.cost(size?.request, `${key}/size`);
    return {
      size: request === null ? null : { request, reply: this.cost(size?.reply, `${key}/reply-size`) },
      takes: this.cost(takes, `${key}/takes`),
      delays: this.cost(delays, `${key}/delays`),
      fails:
        fails === undefined
          ? null
          : { probability: fails.probability, after: this.cost(fails.after, `${key}/fails-after`) },
      reply: hasReply && result !== undefined ? compileExpression(result, this.#scope.at(`${key}/returns`)) : null,
    };
  }

  cost(expression: Expression | undefined, source: string): Cost | null {
    return expression === undefined ? null : costOf(expression, source, () => this.#scope.at(source));
  }

  #priority(expression: Expression, source: string): Priority {
    if (expression.kind === 'literal' && typeof expression.value === 'number') return expression.value;
    return compilePriority(expression, this.#scope.at(source), this.#model.enumerations);
  }

  /** What is invoked in place of a message's own steps. */
  method({ key, arguments: given }: CompiledMessage, { method, parameters }: Operation): ProgramMessage['method'] {
    if (method === undefined) return null;
    const written = new Set(given.map(({ parameter }) => parameter));
    const defaults = parameters.flatMap(({ id, initial }) =>
      initial === undefined || written.has(id) ? [] : [{ parameter: id, value: initial }],
    );
    return { behaviour: method, values: this.arguments(key, [...given, ...defaults], parameters) };
  }

  /** In each version that its caller may come to run in; where one of them has anything to say, all of them stand for it. */
  policies(flat: Writable<ProgramMessage>, enclosing: ProgramMessage | null): void {
    const caller = this.#model.components.find(({ id }) => id === flat.caller);
    const versions = this.#parts.variants.versions.get(flat.caller ?? '') ?? [];
    const own = this.#policy(flat, enclosing, caller, flat.compiled.key);
    const others = versions.map(({ name, component }) => {
      const isAsEver = requiredOf(component, flat.component)?.policy === requiredOf(caller, flat.component)?.policy;
      return isAsEver ? own : this.#policy(flat, enclosing, component, `${flat.compiled.key}/version ${name}`);
    });
    if (others.every((other) => other === own)) {
      flat.policy = own;
      return;
    }
    flat.policy = own ?? nothingDone;
    flat.policyVersions = others.map((other) => other ?? nothingDone);
  }

  /** What the caller's component requires, unless the message says otherwise. */
  #policy(
    { compiled, caller, component }: ProgramMessage,
    enclosing: ProgramMessage | null,
    calling: Component | undefined,
    source: string,
  ): Policy | null {
    const required = requiredOf(calling, component);
    const policy: CallPolicy = { ...required?.policy, ...compiled.policy };
    const { timeout, retries = 0, backoff, budget, breaker, hedge, bulkhead } = policy;
    const { cancels = false, deadlinePropagates = false } = policy;
    const isWaitedFor = compiled.sort === 'synchronous-call';
    const isNested = isWaitedFor && compiled.from === compiled.to;
    const needsConnection = isWaitedFor && !isNested && caller !== null && this.#parts.connected.has(caller);
    // Where time is handed down, a caller without words of its own does not wait longer than that, and hands it on.
    const around = enclosing === null ? [] : [enclosing.policy, ...enclosing.policyVersions];
    const hasDeadline = isWaitedFor && around.some((each) => each?.deadlinePropagates === true);
    const hasWords = [timeout, breaker, hedge, bulkhead].some((word) => word !== undefined);
    const mayRetry = retries > 0 || this.#parts.variants.set.get(required?.id ?? '')?.has('retry') === true;
    if (!hasWords && !mayRetry && !hasDeadline && !needsConnection) return null;
    const first = this.cost(backoff?.first, `${source}/backoff`);
    return {
      timeout: this.cost(timeout, `${source}/timeout`),
      retries,
      backoff:
        backoff === undefined || first === null
          ? null
          : { first, isExponential: backoff.exponential, hasJitter: backoff.jitter },
      budget: budget ?? null,
      breaker: breaker ?? null,
      hedge: this.cost(hedge, `${source}/hedge`),
      bulkhead: bulkhead ?? null,
      needsConnection,
      cancels,
      deadlinePropagates: deadlinePropagates || hasDeadline,
    };
  }

  /** In the order of the parameters; nothing where none is given. */
  arguments(
    element: ElementId,
    given: readonly Argument[],
    parameters: readonly { readonly id: ElementId }[],
  ): readonly Evaluate[] {
    this.#scope.at(element);
    const values = new Map(given.map((argument) => [argument.parameter, argument.value]));
    return parameters.map(({ id }): Evaluate => {
      const value = values.get(id);
      return value === undefined ? (): Value => null : compileExpression(value, this.#scope);
    });
  }
}
