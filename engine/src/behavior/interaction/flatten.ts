/** Compiled interactions → one program. Two passes are not needed: positions ahead are patched when they are known. */
import {
  type Behaviour,
  compileActions,
  compileCondition,
  compileExpression,
  compilePriority,
  type Evaluate,
  mayReturn,
} from '../../expressions/index.ts';
import type {
  Argument,
  Cache,
  CallPolicy,
  Capacity,
  Component,
  Deployment,
  ElementId,
  Expression,
  Interaction,
  Model,
  Operation,
  Topic,
  Value,
} from '../../model/index.ts';
import { renamed } from '../machine/rename-elements.ts';
import { resolveMachine } from '../machine/resolve-machine.ts';
import { compileInteraction } from './compile-interaction.ts';
import type {
  ActionStep,
  AlternativeStep,
  BreakStep,
  CompiledInteraction,
  CompiledMessage,
  FromTopic,
  GroupStep,
  LoopStep,
  ParallelStep,
  ReturnStep,
  Sequence,
  WorkStep,
} from './compiled-interaction.ts';
import { costOf } from './cost-of.ts';
import { type CostVariants, noVariants } from './cost-variants.ts';
import { CriticalNumbers } from './critical-numbers.ts';
import { InteractionScope } from './interaction-scope.ts';
import {
  type Choice,
  type ChoiceOperand,
  type Condition,
  type Cost,
  type Costs,
  type Loop,
  type MachineLifeline,
  op,
  type Policy,
  type Priority,
  type Program,
  type ProgramInteraction,
  type ProgramMessage,
  type Site,
} from './program.ts';

import { sameParameters } from './same-parameters.ts';
import { criticalIn, hasSynchronousCall, isCall, placedWork } from './steps-within.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The program of the given interactions, in that order, as calls are made where they are deployed. */
export function flatten(
  model: Model,
  interactions: readonly Interaction[],
  deployment?: Deployment,
  variants: CostVariants = noVariants,
): Program {
  const parts: Parts = {
    code: [],
    messages: [],
    choices: [],
    loops: [],
    conditions: [],
    behaviours: [],
    sources: [],
    sites: [],
    criticals: [],
    topics: [],
    threaded: new Set([...withLimit(model, 'threads'), ...variants.threaded]),
    connected: new Set([...withLimit(model, 'connections'), ...variants.connected]),
    queuePriorities: queuePrioritiesIn(model, variants),
    balances: deployment?.balances ?? [],
    variants,
  };
  const operations = new Map<ElementId, Owned>();
  for (const component of model.components) {
    for (const operation of component.operations) operations.set(operation.id, { operation, component: component.id });
  }
  const flat = interactions.map((interaction, index) =>
    new Flattening(model, operations, parts, interaction, index).flatten(),
  );
  const { threaded: _, connected: __, balances: ___, queuePriorities: ____, variants: _____, ...program } = parts;
  return { ...program, code: Int32Array.from(parts.code), interactions: flat };
}

/** The interaction that does what a method says; `suffix` is what its id ends with. */
const METHOD_WORK = '/method/work';

export function methodWorkOf(operation: ElementId): ElementId {
  return `${operation}${METHOD_WORK}`;
}

function isMethodWork(interaction: ElementId): boolean {
  return interaction.endsWith(METHOD_WORK);
}

/** Components with a limit of that kind, of their own, in a version, or where some deployment places them. */
function withLimit(model: Model, limit: 'threads' | 'connections'): ReadonlySet<ElementId> {
  return new Set(
    model.components.flatMap(({ id }) =>
      capacitiesOf(model, id).some((capacity) => capacity[limit] !== undefined) ? [id] : [],
    ),
  );
}

function capacitiesOf({ components, deployments }: Model, id: ElementId): readonly Capacity[] {
  const own = components.find((component) => component.id === id);
  const placed = deployments.flatMap(({ nodes, spreads }) => [...nodes.flatMap(({ deploys }) => deploys), ...spreads]);
  return [...(own === undefined ? [] : [own, ...own.versions]), ...placed.filter(({ component }) => component === id)];
}

/** What queues for threads go by: of components, of their versions, and where they are deployed. */
function queuePrioritiesIn(model: Model, variants: CostVariants): ReadonlyMap<ElementId, readonly Expression[]> {
  return new Map(
    model.components.map(({ id }) => {
      const queues = [...capacitiesOf(model, id), ...inVersions(variants, id)].map(({ queue }) => queue?.discipline);
      const orders = queues.flatMap((discipline) => (discipline?.kind === 'priority' ? [discipline.priority] : []));
      return [id, [...new Set(orders)]];
    }),
  );
}

/** A version keeps what it does not change of the component as it is written, which the model may not run. */
function inVersions({ versions }: CostVariants, id: ElementId): readonly Capacity[] {
  return (versions.get(id) ?? []).map(({ component }) => component);
}

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

function requiredOf(caller: Component | undefined, called: ElementId | null): CallPolicy | undefined {
  return caller?.requires.find((requirement) => requirement.component === called)?.policy;
}

function sending({ policy }: ProgramMessage): number {
  return policy === null ? op.call : op.try;
}

interface Owned {
  readonly operation: Operation;
  readonly component: ElementId;
}

interface Parts {
  readonly code: number[];
  readonly messages: ProgramMessage[];
  readonly choices: Choice[];
  readonly loops: Loop[];
  readonly conditions: Condition[];
  readonly behaviours: Behaviour[];
  readonly sources: string[];
  readonly sites: Site[];
  readonly criticals: { readonly excludes: number[] }[];
  readonly topics: Topic[];
  /** Components whose replicas may have threads. */
  readonly threaded: ReadonlySet<ElementId>;
  /** Components whose replicas may have only so many connections. */
  readonly connected: ReadonlySet<ElementId>;
  readonly balances: Deployment['balances'];
  /** By component: what its queues go by, its own and those of where it is deployed. */
  readonly queuePriorities: ReadonlyMap<ElementId, readonly Expression[]>;
  readonly variants: CostVariants;
}

/** What `break` and `return` have to leave. */
interface Context {
  /** Loops and critical regions between here and the enclosing call, branch or root. */
  readonly loops: number;
  /** Positions that jump to the end of the enclosing operand or body, to be patched. */
  readonly exits: number[];
  /** Positions that jump to the end of the enclosing call, branch or root, to be patched. */
  readonly returns: number[];
  readonly message: Writable<ProgramMessage> | null;
  /** Where a `return` outside of any call leaves its value; -1: nobody asks for it. */
  readonly methodReply: number;
  /** Critical regions of other operands of a `par` around here. */
  readonly gates: readonly GroupStep[];
}

interface PendingBody {
  readonly message: Writable<ProgramMessage>;
  readonly body: Sequence;
  readonly gates: readonly GroupStep[];
}

class Flattening {
  readonly #model: Model;
  readonly #operations: ReadonlyMap<ElementId, Owned>;
  readonly #parts: Parts;
  readonly #code: number[];
  readonly #index: number;
  readonly #compiled: CompiledInteraction;
  readonly #scope: InteractionScope;
  readonly #machines: MachineLifeline[] = [];
  readonly #machineOf = new Map<number, number>();
  /** Executions still to be written: a message's own code lies outside its sender's. */
  readonly #bodies: PendingBody[] = [];
  readonly #critical: CriticalNumbers;

  constructor(
    model: Model,
    operations: ReadonlyMap<ElementId, Owned>,
    parts: Parts,
    interaction: Interaction,
    index: number,
  ) {
    this.#model = model;
    this.#operations = operations;
    this.#parts = parts;
    this.#code = parts.code;
    this.#index = index;
    this.#compiled = compileInteraction(interaction, model);
    this.#critical = new CriticalNumbers(parts.criticals);
    this.#scope = new InteractionScope(model, this.#compiled.slotOf, parts.sources);
  }

  flatten(): ProgramInteraction {
    const { interaction, slots, body } = this.#compiled;
    for (const lifeline of this.#compiled.lifelines) this.#machineLifeline(lifeline);
    const start = this.#here();
    const returns: number[] = [];
    const methodReply = isMethodWork(interaction.id) ? this.#scope.hiddenSlot() : -1;
    this.#sequence(body, { loops: 0, exits: returns, returns, message: null, methodReply, gates: [] });
    const finish = this.#here();
    this.#patch(returns, finish);
    this.#emit(op.finish);
    for (let next = this.#bodies.shift(); next !== undefined; next = this.#bodies.shift()) this.#body(next);
    return {
      index: this.#index,
      interaction,
      compiled: this.#compiled,
      start,
      finish,
      initialise: this.#initialise(),
      slotCount: this.#scope.slotCount,
      isUsed: slots.map((slot) => this.#scope.isUsed(slot.index)),
      machines: this.#machines,
      methodReply,
      lastsUntilAllEnded: !hasSynchronousCall(body),
    };
  }

  #machineLifeline(lifeline: CompiledInteraction['lifelines'][number]): void {
    const { represents } = lifeline;
    if (represents.kind !== 'machine') return;
    const machine = resolveMachine(this.#model, represents.machine);
    if (machine === null) return;
    this.#machineOf.set(lifeline.index, this.#machines.length);
    this.#scope.addMachine(lifeline.key, this.#machines.length);
    this.#machines.push({
      lifeline: lifeline.index,
      machine: machine.id,
      arguments: this.#arguments(lifeline.key, represents.arguments, machine.parameters),
      key: represents.key === undefined ? null : compileExpression(represents.key, this.#scope.at(lifeline.key)),
    });
  }

  #initialise(): Behaviour | null {
    const assignments: { slot: number; value: Evaluate }[] = [];
    for (const { index, kind, variable } of this.#compiled.slots) {
      if (kind !== 'variable' || variable.initial === undefined || !this.#scope.isUsed(index)) continue;
      assignments.push({ slot: index, value: compileExpression(variable.initial, this.#scope.at(variable.id)) });
    }
    if (assignments.length === 0) return null;
    return (frame) => {
      for (const { slot, value } of assignments) frame.slots[slot] = value(frame);
    };
  }

  #sequence(steps: Sequence, context: Context): void {
    for (const step of steps) {
      switch (step.kind) {
        case 'message':
          this.#message(step.message, context);
          break;
        case 'consumer':
          break;
        case 'create':
        case 'destroy': {
          const machine = this.#machineOf.get(step.lifeline);
          if (machine !== undefined) this.#emit(op[step.kind], machine);
          break;
        }
        case 'use': {
          const ends: number[] = [];
          // What a method refers to returns for it; what that refers to in turn does not.
          const methodReply = step === this.#compiled.body[0] ? context.methodReply : -1;
          this.#sequence(step.body, { ...context, loops: 0, exits: ends, returns: ends, message: null, methodReply });
          this.#patch(ends, this.#here());
          break;
        }
        case 'work':
          this.#workHere(step, context);
          break;
        case 'alternative':
          this.#alternative(step, context);
          break;
        case 'loop':
          this.#loop(step, context);
          break;
        case 'parallel':
          this.#parallel(step, context);
          break;
        case 'group':
          this.#group(step, context);
          break;
        case 'break':
          this.#break(step, context);
          break;
        case 'return':
          this.#return(step, context);
          break;
        case 'action':
          this.#action(step, context);
          break;
        case 'invariant':
          this.#emit(op.check, this.#condition(step, step.condition));
          break;
      }
    }
  }

  #message(message: CompiledMessage, context: Context): void {
    const machine = this.#machineOf.get(message.to) ?? -1;
    const owned = isCall(message) ? this.#operations.get(message.signature) : undefined;
    const isSignal = message.sort === 'signal' || (message.sort === 'found' && owned === undefined);
    const called = isCall(message) && machine >= 0 ? this.#called(message.signature) : undefined;
    const signal = this.#model.signals.find((candidate) => candidate.id === message.signature);
    const receiver = this.#compiled.lifelines[message.to]?.represents;
    const sender = this.#compiled.lifelines[message.from]?.represents;
    const enclosing = message.enclosing === undefined ? undefined : this.#compiled.messages[message.enclosing];
    const fromEnclosing = enclosing !== undefined && enclosing.to === message.from;
    const hasReply = message.result !== undefined && message.sort === 'synchronous-call';
    const flat: Writable<ProgramMessage> = {
      index: this.#parts.messages.length,
      interaction: this.#index,
      compiled: message,
      operation: owned?.operation.id ?? null,
      component: owned?.component ?? (receiver?.kind === 'component' ? receiver.component : null),
      caller: sender?.kind === 'component' ? sender.component : null,
      policy: null,
      policyVersions: [],
      attempt: -1,
      fromEnclosing,
      toItself: fromEnclosing && message.from === message.to,
      entry: -1,
      end: -1,
      needsThread: false,
      caches: [],
      size: null,
      delivery: null,
      takes: null,
      delays: null,
      fails: null,
      balanceKey: null,
      priority: null,
      queuePriorities: new Map(),
      bind: null,
      resultSlot: hasReply ? message.result! : -1,
      replySlot: hasReply ? this.#scope.hiddenSlot() : -1,
      fallsBack: message.fallback !== undefined,
      reply: null,
      versions: [],
      method: null,
      called: called?.id ?? null,
      machine: isSignal || called !== undefined ? machine : -1,
      signal: signal === undefined ? -1 : this.#model.signals.indexOf(signal),
      values:
        machine >= 0
          ? this.#arguments(message.key, message.arguments, called?.parameters ?? signal?.attributes ?? [])
          : [],
    };
    // A call to itself is done by the thread that makes it.
    const isNested = flat.toItself && message.sort === 'synchronous-call';
    flat.needsThread = !isNested && flat.component !== null && this.#parts.threaded.has(flat.component);
    if (isCall(message)) this.#policies(flat, context);
    if (owned !== undefined) {
      this.#costs(flat, message, owned.operation);
      flat.method = this.#method(message, owned.operation);
    }
    this.#parts.messages.push(flat);
    const gates = context.gates.filter(({ critical }) => critical?.has(message.from) || critical?.has(message.to));
    this.#gates(gates);
    if (message.sort === 'publication' || message.sort === 'lost') this.#emit(op.note, flat.index);
    else {
      const isSent = flat.machine >= 0 && called === undefined;
      if (isSent) this.#emit(op.signal, flat.index);
      if (!isSent || message.execution.length > 0) {
        if (message.delivery !== undefined) {
          flat.delivery = { ...this.#delivery(message.delivery, message.key), start: -1, end: -1 };
          this.#emit(op.publish, flat.index);
        } else this.#emit(sending(flat), flat.index);
        this.#bodies.push({ message: flat, body: message.execution, gates: context.gates });
      }
    }
    if (message.fallback === undefined) return;
    const wentWell = this.#jump();
    this.#sequence(message.fallback, context);
    this.#patch([wentWell], this.#here());
  }

  #delivery({ topic, publishedAs }: FromTopic, element: ElementId): { topic: number; key: Evaluate | null } {
    const { topics } = this.#parts;
    const known = topics.findIndex(({ id }) => id === topic.id);
    const index = known >= 0 ? known : topics.push(topic) - 1;
    if (topic.key === undefined) return { topic: index, key: null };
    const key = renamed(topic.key, (id) => publishedAs.get(id) ?? id);
    return { topic: index, key: compileExpression(key, this.#scope.at(`${element}/key`)) };
  }

  #method({ key, arguments: given }: CompiledMessage, { method, parameters }: Operation): ProgramMessage['method'] {
    if (method === undefined) return null;
    const written = new Set(given.map(({ parameter }) => parameter));
    const defaults = parameters.flatMap(({ id, initial }) =>
      initial === undefined || written.has(id) ? [] : [{ parameter: id, value: initial }],
    );
    return { behaviour: method, values: this.#arguments(key, [...given, ...defaults], parameters) };
  }

  /** In each version that its caller may come to run in; where one of them has anything to say, all of them stand for it. */
  #policies(flat: Writable<ProgramMessage>, context: Context): void {
    const caller = this.#model.components.find(({ id }) => id === flat.caller);
    const versions = this.#parts.variants.versions.get(flat.caller ?? '') ?? [];
    const own = this.#policy(flat, context, caller, flat.compiled.key);
    const others = versions.map(({ name, component }) => {
      const isAsEver = requiredOf(component, flat.component) === requiredOf(caller, flat.component);
      return isAsEver ? own : this.#policy(flat, context, component, `${flat.compiled.key}/version ${name}`);
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
    { message: enclosing }: Context,
    calling: Component | undefined,
    source: string,
  ): Policy | null {
    const policy = { ...requiredOf(calling, component), ...compiled.policy };
    const { timeout, retries = 0, backoff, budget, breaker, hedge, bulkhead } = policy;
    const { cancels = false, deadlinePropagates = false } = policy;
    const isWaitedFor = compiled.sort === 'synchronous-call';
    const isNested = isWaitedFor && compiled.from === compiled.to;
    const needsConnection = isWaitedFor && !isNested && caller !== null && this.#parts.connected.has(caller);
    // Where time is handed down, a caller without words of its own does not wait longer than that, and hands it on.
    const around = enclosing === null ? [] : [enclosing.policy, ...enclosing.policyVersions];
    const hasDeadline = isWaitedFor && around.some((each) => each?.deadlinePropagates === true);
    const hasWords = [timeout, breaker, hedge, bulkhead].some((word) => word !== undefined);
    if (!hasWords && retries <= 0 && !hasDeadline && !needsConnection) return null;
    const first = this.#cost(backoff?.first, `${source}/backoff`);
    return {
      timeout: this.#cost(timeout, `${source}/timeout`),
      retries,
      backoff:
        backoff === undefined || first === null
          ? null
          : { first, isExponential: backoff.exponential, hasJitter: backoff.jitter },
      budget: budget ?? null,
      breaker: breaker ?? null,
      hedge: this.#cost(hedge, `${source}/hedge`),
      bulkhead: bulkhead ?? null,
      needsConnection,
      cancels,
      deadlinePropagates: deadlinePropagates || hasDeadline,
    };
  }

  /** An operation of a machine, or one that its triggers name. */
  #called(operation: ElementId): Operation | undefined {
    const ofMachines = this.#model.machines.flatMap(({ operations }) => operations);
    return ofMachines.find(({ id }) => id === operation) ?? this.#operations.get(operation)?.operation;
  }

  #gates(gates: readonly GroupStep[]): void {
    for (const gate of gates) this.#emit(op.gate, this.#critical.numberOf(gate));
  }

  #workHere({ key, sort, time }: WorkStep, { message }: Context): void {
    const cost = this.#cost(time, `${key}/${sort}`);
    if (cost === null) return;
    const site = this.#parts.sites.push({ cost, message: message?.index ?? -1 }) - 1;
    if (sort === 'takes') this.#emit(op.workHere, site, op.release, site);
    else this.#emit(op.delayHere, site);
  }

  #costs(flat: Writable<ProgramMessage>, message: CompiledMessage, operation: Operation): void {
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
        takes: this.#cost(clause.takes, `${message.key}/cache${index}/takes`),
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
      const values = this.#arguments(message.key, message.arguments, wanted);
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
    const request = this.#cost(size?.request, `${key}/size`);
    return {
      size: request === null ? null : { request, reply: this.#cost(size?.reply, `${key}/reply-size`) },
      takes: this.#cost(takes, `${key}/takes`),
      delays: this.#cost(delays, `${key}/delays`),
      fails:
        fails === undefined
          ? null
          : { probability: fails.probability, after: this.#cost(fails.after, `${key}/fails-after`) },
      reply: hasReply && result !== undefined ? compileExpression(result, this.#scope.at(`${key}/returns`)) : null,
    };
  }

  #cost(expression: Expression | undefined, source: string): Cost | null {
    return expression === undefined ? null : costOf(expression, source, () => this.#scope.at(source));
  }

  #priority(expression: Expression, source: string): Priority {
    if (expression.kind === 'literal' && typeof expression.value === 'number') return expression.value;
    return compilePriority(expression, this.#scope.at(source), this.#model.enumerations);
  }

  #body({ message, body, gates }: PendingBody): void {
    const { index } = message;
    const placed = placedWork(body);
    if (message.delivery !== null) {
      const start = this.#here();
      this.#emit(sending(message), index);
      message.delivery = { ...message.delivery, start, end: this.#here() };
      this.#emit(op.delivered, index);
    }
    if (message.policy !== null) {
      message.attempt = this.#here();
      this.#emit(op.attempt, index);
    }
    message.entry = this.#here();
    if (message.needsThread) this.#emit(op.enter, index);
    const answered = this.#caches(message);
    if (message.called !== null) this.#emit(op.callMachine, index);
    const kinds: readonly Costs[] = [message, ...message.versions];
    const set = this.#parts.variants.set.get(message.operation ?? '');
    // What fails is set to may come where nothing fails yet: then after its work.
    const failsAfterWork =
      kinds.some(({ fails }) => fails !== null && fails.after === null) ||
      (set?.has('fails') === true && message.fails === null);
    if (kinds.some(({ fails }) => fails !== null && fails.after !== null)) this.#emit(op.failFast, index);
    const takes = kinds.some((costs) => costs.takes !== null) || set?.has('takes') === true;
    if (takes && !placed.has('takes')) this.#emit(op.work, index, op.release, index);
    const delays = kinds.some((costs) => costs.delays !== null) || set?.has('delays') === true;
    if (delays && !placed.has('delays')) this.#emit(op.delay, index);
    if (failsAfterWork && placed.size === 0) this.#emit(op.fail, index);
    if (message.method !== null) this.#emit(op.perform, index);
    const returns: number[] = [];
    this.#sequence(body, { loops: 0, exits: returns, returns, message, methodReply: -1, gates });
    this.#patch(returns, this.#here());
    if (failsAfterWork && placed.size > 0) this.#emit(op.fail, index);
    if (answered.length > 0) this.#emit(op.fill, index);
    this.#patch(answered, this.#here());
    const { from, to, sort } = message.compiled;
    // The reply is an occurrence on both lifelines too.
    if (sort === 'synchronous-call') {
      this.#gates(gates.filter(({ critical }) => critical?.has(from) || critical?.has(to)));
    }
    message.end = this.#here();
    if (message.needsThread) this.#emit(op.leave, index);
    this.#emit(op.end, index, op.done, index);
  }

  /** What a call costs that a cache answers; returns the positions that jump to where it ends. */
  #caches(message: Writable<ProgramMessage>): readonly number[] {
    if (message.caches.length === 0) return [];
    this.#emit(op.lookUp, message.index, 0);
    const work = this.#here() - 1;
    const ends: number[] = [];
    message.caches = message.caches.map((cache) => {
      const position = this.#here();
      if (cache.takes !== null) {
        const site = this.#parts.sites.push({ cost: cache.takes, message: message.index }) - 1;
        this.#emit(op.workHere, site, op.release, site);
      }
      ends.push(this.#jump());
      return { ...cache, position };
    });
    this.#patch([work], this.#here());
    return ends;
  }

  #alternative(step: AlternativeStep, context: Context): void {
    const operands: Writable<ChoiceOperand>[] = step.operands.map((operand) => ({
      guard: operand.guard === undefined ? null : compileCondition(operand.guard, this.#scope.at(operand.key)),
      weight: operand.weight ?? -1,
      isElse: operand.isElse,
      target: -1,
    }));
    const written = operands.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
    const choice: Writable<Choice> = {
      element: step.id,
      source: `${step.key}/choice`,
      operands,
      isWeighted: operands.some(({ weight }) => weight >= 0),
      isComplete: written > 1 - 1e-9,
      otherwise: -1,
    };
    this.#emit(op.choose, this.#parts.choices.push(choice) - 1);
    const exits: number[] = [];
    step.operands.forEach((operand, i) => {
      operands[i]!.target = this.#here();
      this.#sequence(operand.body, { ...context, exits });
      exits.push(this.#jump());
    });
    choice.otherwise = this.#here();
    this.#patch(exits, this.#here());
  }

  #loop(step: LoopStep, context: Context): void {
    const { guard } = step.operand;
    const loop = this.#parts.loops.push({
      element: step.id,
      source: `${step.key}/turns`,
      minimum: step.minimum,
      maximum: step.maximum ?? (guard === undefined ? step.minimum : Number.POSITIVE_INFINITY),
      guard: guard === undefined ? null : compileCondition(guard, this.#scope.at(step.key)),
    });
    this.#emit(op.enterLoop, loop - 1, 0);
    const behind = this.#here() - 1;
    const test = this.#here();
    this.#emit(op.testLoop, loop - 1);
    const exits: number[] = [];
    this.#sequence(step.operand.body, { ...context, loops: context.loops + 1, exits });
    this.#emit(op.jump, test);
    if (exits.length > 0) {
      this.#patch(exits, this.#here());
      this.#emit(op.leaveLoop);
    }
    this.#patch([behind], this.#here());
  }

  #parallel(step: ParallelStep, context: Context): void {
    const count = step.operands.length;
    this.#emit(op.fork, 0, count, ...step.operands.map(() => 0));
    const targets = this.#here() - count;
    const critical = step.operands.map((operand) => criticalIn(operand.body));
    this.#critical.concurrent(critical);
    step.operands.forEach((operand, i) => {
      this.#patch([targets + i], this.#here());
      const returns: number[] = [];
      // The guard of an operand of `par` decides whether it takes part.
      const skip = operand.guard === undefined ? null : this.#unless(operand, operand.guard);
      const gates = [...context.gates, ...critical.flatMap((regions, other) => (other === i ? [] : regions))];
      const { message, methodReply } = context;
      this.#sequence(operand.body, { loops: 0, exits: returns, returns, message, methodReply, gates });
      this.#patch(skip === null ? returns : [...returns, skip], this.#here());
      this.#emit(op.join);
    });
    this.#patch([targets - 2], this.#here());
  }

  /** A `break` inside leaves no more than its operand. */
  #group(step: GroupStep, context: Context): void {
    const region = this.#critical.find(step);
    const inside = region === undefined ? context : { ...context, loops: context.loops + 1 };
    if (region !== undefined) this.#emit(op.enterCritical, region, 0);
    const behind = this.#here() - 1;
    for (const { body } of step.operands) {
      const exits: number[] = [];
      this.#sequence(body, { ...inside, exits });
      this.#patch(exits, this.#here());
    }
    if (region === undefined) return;
    this.#emit(op.leaveLoop);
    this.#patch([behind], this.#here());
  }

  #action({ key, action }: ActionStep, context: Context): void {
    const behaviour = compileActions([action], this.#scope.at(key));
    if (behaviour === null || !mayReturn(action)) {
      this.#act(behaviour);
      return;
    }
    const slot = context.message?.replySlot ?? context.methodReply;
    this.#act((frame) => {
      behaviour(frame);
      if (frame.returned && slot >= 0) frame.slots[slot] = frame.reply;
    });
    const hasReturned: Condition = { element: key, place: action.place, holds: (frame) => frame.returned };
    this.#emit(op.unless, this.#parts.conditions.push(hasReturned) - 1, 0);
    const goesOn = this.#here() - 1;
    this.#leave(context);
    this.#patch([goesOn], this.#here());
  }

  #break(step: BreakStep, context: Context): void {
    const skip = step.operand.guard === undefined ? null : this.#unless(step, step.operand.guard);
    this.#sequence(step.operand.body, context);
    context.exits.push(this.#jump());
    if (skip !== null) this.#patch([skip], this.#here());
  }

  #return(step: ReturnStep, context: Context): void {
    const slot = context.message?.replySlot ?? context.methodReply;
    if (slot >= 0 && step.value !== undefined) {
      const value = compileExpression(step.value, this.#scope.at(step.key));
      this.#act((frame) => {
        frame.slots[slot] = value(frame);
      });
    }
    this.#leave(context);
  }

  #leave({ loops, returns }: Context): void {
    for (let i = 0; i < loops; i++) this.#emit(op.dropLoop, this.#here() + 2);
    returns.push(this.#jump());
  }

  #arguments(
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

  #condition({ id, key }: { readonly id: ElementId; readonly key: ElementId }, expression: Expression): number {
    const holds = compileCondition(expression, this.#scope.at(key));
    return this.#parts.conditions.push({ element: id, place: expression.place, holds }) - 1;
  }

  #act(behaviour: Behaviour | null): void {
    if (behaviour !== null) this.#emit(op.act, this.#parts.behaviours.push(behaviour) - 1);
  }

  #unless(of: { readonly id: ElementId; readonly key: ElementId }, guard: Expression): number {
    this.#emit(op.unless, this.#condition(of, guard), 0);
    return this.#here() - 1;
  }

  /** Emits a jump whose target is patched later; returns where the target stands. */
  #jump(): number {
    this.#emit(op.jump, 0);
    return this.#here() - 1;
  }

  #emit(...words: number[]): void {
    this.#code.push(...words);
  }

  #here(): number {
    return this.#code.length;
  }

  #patch(positions: readonly number[], target: number): void {
    for (const position of positions) this.#code[position] = target;
  }
}
