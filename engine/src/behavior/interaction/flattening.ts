/**
 * One compiled interaction → its code in a program. Two passes are not needed: positions ahead are patched when they are known. What
 * messages cost is for `MessageCosts`.
 */
import {
  type Behaviour,
  compileActions,
  compileCondition,
  compileExpression,
  type Evaluate,
  mayReturn,
} from '../../expressions/index.ts';
import type { ElementId, Expression, Interaction, Model, Operation } from '../../model/index.ts';
import { renamed } from '../machine/rename-elements.ts';
import { resolveMachine } from '../machine/resolve-machine.ts';
import { CodeWriter } from './code-writer.ts';
import { compileInteraction } from './compile-interaction.ts';
import type {
  ActionStep,
  AlternativeStep,
  BreakStep,
  CompiledInteraction,
  CompiledMessage,
  CompiledOperand,
  FromTopic,
  GroupStep,
  LoopStep,
  ParallelStep,
  ReturnStep,
  Sequence,
  WorkStep,
} from './compiled-interaction.ts';
import { CriticalNumbers } from './critical-numbers.ts';
import { InteractionScope } from './interaction-scope.ts';
import { MessageCosts } from './message-costs.ts';
import { isMethodWork } from './method-work.ts';
import {
  type Choice,
  type ChoiceOperand,
  type Condition,
  type Costs,
  type MachineLifeline,
  op,
  type ProgramInteraction,
  type ProgramMessage,
} from './program.ts';
import type { ProgramParts } from './program-parts.ts';
import { criticalIn, hasSynchronousCall, isCall, placedWork } from './steps-within.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface OwnedOperation {
  readonly operation: Operation;
  readonly component: ElementId;
}

function sending({ policy }: ProgramMessage): number {
  return policy === null ? op.call : op.try;
}

type OpenChoice = Writable<Omit<Choice, 'operands'>> & { readonly operands: readonly Writable<ChoiceOperand>[] };

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

export class Flattening {
  readonly #model: Model;
  readonly #operations: ReadonlyMap<ElementId, OwnedOperation>;
  readonly #parts: ProgramParts;
  readonly #code: CodeWriter;
  readonly #index: number;
  readonly #compiled: CompiledInteraction;
  readonly #scope: InteractionScope;
  readonly #costs: MessageCosts;
  readonly #machines: MachineLifeline[] = [];
  readonly #machineOf = new Map<number, number>();
  /** Executions still to be written: a message's own code lies outside its sender's. */
  readonly #bodies: PendingBody[] = [];
  readonly #critical: CriticalNumbers;

  constructor(
    model: Model,
    operations: ReadonlyMap<ElementId, OwnedOperation>,
    parts: ProgramParts,
    interaction: Interaction,
    index: number,
  ) {
    this.#model = model;
    this.#operations = operations;
    this.#parts = parts;
    this.#code = new CodeWriter(parts.code);
    this.#index = index;
    this.#compiled = compileInteraction(interaction, model);
    this.#critical = new CriticalNumbers(parts.criticals);
    this.#scope = new InteractionScope(model, this.#compiled.slotOf, parts.sources);
    this.#costs = new MessageCosts(model, parts, this.#scope);
  }

  flatten(): ProgramInteraction {
    const { interaction, slots, body } = this.#compiled;
    for (const lifeline of this.#compiled.lifelines) this.#machineLifeline(lifeline);
    const start = this.#code.here;
    const returns: number[] = [];
    const methodReply = isMethodWork(interaction.id) ? this.#scope.hiddenSlot() : -1;
    this.#sequence(body, { loops: 0, exits: returns, returns, message: null, methodReply, gates: [] });
    const finish = this.#code.here;
    this.#code.patch(returns, finish);
    this.#code.emit(op.finish);
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
      arguments: this.#costs.arguments(lifeline.key, represents.arguments, machine.parameters),
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
          if (machine !== undefined) this.#code.emit(op[step.kind], machine);
          break;
        }
        case 'use': {
          const ends: number[] = [];
          // What a method refers to returns for it; what that refers to in turn does not.
          const methodReply = step === this.#compiled.body[0] ? context.methodReply : -1;
          this.#sequence(step.body, { ...context, loops: 0, exits: ends, returns: ends, message: null, methodReply });
          this.#code.patch(ends);
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
          this.#code.emit(op.check, this.#condition(step, step.condition));
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
          ? this.#costs.arguments(message.key, message.arguments, called?.parameters ?? signal?.attributes ?? [])
          : [],
    };
    // A call to itself is done by the thread that makes it.
    const isNested = flat.toItself && message.sort === 'synchronous-call';
    flat.needsThread = !isNested && flat.component !== null && this.#parts.threaded.has(flat.component);
    if (isCall(message)) this.#costs.policies(flat, context.message);
    if (owned !== undefined) {
      this.#costs.costs(flat, message, owned.operation);
      flat.method = this.#costs.method(message, owned.operation);
    }
    this.#parts.messages.push(flat);
    const gates = context.gates.filter(({ critical }) => critical?.has(message.from) || critical?.has(message.to));
    this.#gates(gates);
    if (message.sort === 'publication' || message.sort === 'lost') this.#code.emit(op.note, flat.index);
    else {
      const isSent = flat.machine >= 0 && called === undefined;
      if (isSent) this.#code.emit(op.signal, flat.index);
      if (!isSent || message.execution.length > 0) {
        if (message.delivery !== undefined) {
          flat.delivery = { ...this.#delivery(message.delivery, message.key), start: -1, end: -1 };
          this.#code.emit(op.publish, flat.index);
        } else this.#code.emit(sending(flat), flat.index);
        this.#bodies.push({ message: flat, body: message.execution, gates: context.gates });
      }
    }
    if (message.fallback === undefined) return;
    const wentWell = this.#code.jump();
    this.#sequence(message.fallback, context);
    this.#code.patch([wentWell]);
  }

  #delivery({ topic, publishedAs }: FromTopic, element: ElementId): { topic: number; key: Evaluate | null } {
    const { topics } = this.#parts;
    const known = topics.findIndex(({ id }) => id === topic.id);
    const index = known >= 0 ? known : topics.push(topic) - 1;
    if (topic.key === undefined) return { topic: index, key: null };
    const key = renamed(topic.key, (id) => publishedAs.get(id) ?? id);
    return { topic: index, key: compileExpression(key, this.#scope.at(`${element}/key`)) };
  }

  /** An operation of a machine, or one that its triggers name. */
  #called(operation: ElementId): Operation | undefined {
    const ofMachines = this.#model.machines.flatMap(({ operations }) => operations);
    return ofMachines.find(({ id }) => id === operation) ?? this.#operations.get(operation)?.operation;
  }

  #gates(gates: readonly GroupStep[]): void {
    for (const gate of gates) this.#code.emit(op.gate, this.#critical.numberOf(gate));
  }

  #workHere({ key, sort, time }: WorkStep, { message }: Context): void {
    const cost = this.#costs.cost(time, `${key}/${sort}`);
    if (cost === null) return;
    const site = this.#parts.sites.push({ cost, message: message?.index ?? -1 }) - 1;
    if (sort === 'takes') this.#code.emit(op.workHere, site, op.release, site);
    else this.#code.emit(op.delayHere, site);
  }

  #body({ message, body, gates }: PendingBody): void {
    const { index } = message;
    const placed = placedWork(body);
    if (message.delivery !== null) {
      const start = this.#code.here;
      this.#code.emit(sending(message), index);
      message.delivery = { ...message.delivery, start, end: this.#code.here };
      this.#code.emit(op.delivered, index);
    }
    if (message.policy !== null) {
      message.attempt = this.#code.here;
      this.#code.emit(op.attempt, index);
    }
    message.entry = this.#code.here;
    if (message.needsThread) this.#code.emit(op.enter, index);
    const answered = this.#caches(message);
    if (message.called !== null) this.#code.emit(op.callMachine, index);
    const kinds: readonly Costs[] = [message, ...message.versions];
    const set = this.#parts.variants.set.get(message.operation ?? '');
    // What fails is set to may come where nothing fails yet: then after its work.
    const failsAfterWork =
      kinds.some(({ fails }) => fails !== null && fails.after === null) ||
      (set?.has('fails') === true && message.fails === null);
    if (kinds.some(({ fails }) => fails !== null && fails.after !== null)) this.#code.emit(op.failFast, index);
    const takes = kinds.some((costs) => costs.takes !== null) || set?.has('takes') === true;
    if (takes && !placed.has('takes')) this.#code.emit(op.work, index, op.release, index);
    const delays = kinds.some((costs) => costs.delays !== null) || set?.has('delays') === true;
    if (delays && !placed.has('delays')) this.#code.emit(op.delay, index);
    if (failsAfterWork && placed.size === 0) this.#code.emit(op.fail, index);
    if (message.method !== null) this.#code.emit(op.perform, index);
    const returns: number[] = [];
    this.#sequence(body, { loops: 0, exits: returns, returns, message, methodReply: -1, gates });
    this.#code.patch(returns);
    if (failsAfterWork && placed.size > 0) this.#code.emit(op.fail, index);
    if (answered.length > 0) this.#code.emit(op.fill, index);
    this.#code.patch(answered);
    const { from, to, sort } = message.compiled;
    // The reply is an occurrence on both lifelines too.
    if (sort === 'synchronous-call') {
      this.#gates(gates.filter(({ critical }) => critical?.has(from) || critical?.has(to)));
    }
    message.end = this.#code.here;
    if (message.needsThread) this.#code.emit(op.leave, index);
    this.#code.emit(op.end, index, op.done, index);
  }

  /** What a call costs that a cache answers; returns the positions that jump to where it ends. */
  #caches(message: Writable<ProgramMessage>): readonly number[] {
    if (message.caches.length === 0) return [];
    this.#code.emit(op.lookUp, message.index, 0);
    const work = this.#code.here - 1;
    const ends: number[] = [];
    message.caches = message.caches.map((cache) => {
      const position = this.#code.here;
      if (cache.takes !== null) {
        const site = this.#parts.sites.push({ cost: cache.takes, message: message.index }) - 1;
        this.#code.emit(op.workHere, site, op.release, site);
      }
      ends.push(this.#code.jump());
      return { ...cache, position };
    });
    this.#code.patch([work]);
    return ends;
  }

  #alternative(step: AlternativeStep, context: Context): void {
    const choice = this.#choose(step, step.operands);
    const exits: number[] = [];
    step.operands.forEach((operand, i) => {
      choice.operands[i]!.target = this.#code.here;
      this.#sequence(operand.body, { ...context, exits });
      exits.push(this.#code.jump());
    });
    choice.otherwise = this.#code.here;
    this.#code.patch(exits);
  }

  /** Where its operands begin, and what follows none of them, is still open. */
  #choose(step: AlternativeStep | BreakStep, among: readonly CompiledOperand[]): OpenChoice {
    const operands = among.map((operand) => ({
      guard: operand.guard === undefined ? null : compileCondition(operand.guard, this.#scope.at(operand.key)),
      weight: operand.weight ?? -1,
      isElse: operand.isElse,
      target: -1,
    }));
    const written = operands.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
    const choice: OpenChoice = {
      element: step.id,
      source: `${step.key}/choice`,
      operands,
      isWeighted: operands.some(({ weight }) => weight >= 0),
      isComplete: written > 1 - 1e-9,
      otherwise: -1,
    };
    this.#code.emit(op.choose, this.#parts.choices.push(choice) - 1);
    return choice;
  }

  #loop(step: LoopStep, context: Context): void {
    const { guard } = step.operand;
    const loop = this.#parts.loops.push({
      element: step.id,
      source: `${step.key}/turns`,
      minimum: step.minimum,
      maximum: step.maximum ?? Number.POSITIVE_INFINITY,
      guard: guard === undefined ? null : compileCondition(guard, this.#scope.at(step.key)),
    });
    this.#code.emit(op.enterLoop, loop - 1, 0);
    const behind = this.#code.here - 1;
    const test = this.#code.here;
    this.#code.emit(op.testLoop, loop - 1);
    const exits: number[] = [];
    this.#sequence(step.operand.body, { ...context, loops: context.loops + 1, exits });
    this.#code.emit(op.jump, test);
    if (exits.length > 0) {
      this.#code.patch(exits);
      this.#code.emit(op.leaveLoop);
    }
    this.#code.patch([behind]);
  }

  #parallel(step: ParallelStep, context: Context): void {
    const count = step.operands.length;
    this.#code.emit(op.fork, 0, count, ...step.operands.map(() => 0));
    const targets = this.#code.here - count;
    const critical = step.operands.map((operand) => criticalIn(operand.body));
    this.#critical.concurrent(critical);
    step.operands.forEach((operand, i) => {
      this.#code.patch([targets + i]);
      const returns: number[] = [];
      // The guard of an operand of `par` decides whether it takes part.
      const skip = operand.guard === undefined ? null : this.#unless(operand, operand.guard);
      const gates = [...context.gates, ...critical.flatMap((regions, other) => (other === i ? [] : regions))];
      const { message, methodReply } = context;
      this.#sequence(operand.body, { loops: 0, exits: returns, returns, message, methodReply, gates });
      this.#code.patch(skip === null ? returns : [...returns, skip]);
      this.#code.emit(op.join);
    });
    this.#code.patch([targets - 2]);
  }

  /** A `break` inside leaves no more than its operand. */
  #group(step: GroupStep, context: Context): void {
    const region = this.#critical.find(step);
    const inside = region === undefined ? context : { ...context, loops: context.loops + 1 };
    if (region !== undefined) this.#code.emit(op.enterCritical, region, 0);
    const behind = this.#code.here - 1;
    for (const { body } of step.operands) {
      const exits: number[] = [];
      this.#sequence(body, { ...inside, exits });
      this.#code.patch(exits);
    }
    if (region === undefined) return;
    this.#code.emit(op.leaveLoop);
    this.#code.patch([behind]);
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
    this.#code.emit(op.unless, this.#parts.conditions.push(hasReturned) - 1, 0);
    const goesOn = this.#code.here - 1;
    this.#leave(context);
    this.#code.patch([goesOn]);
  }

  #break(step: BreakStep, context: Context): void {
    const { guard, weight, body } = step.operand;
    if (weight !== undefined) {
      const choice = this.#choose(step, [step.operand]);
      choice.operands[0]!.target = this.#code.here;
      this.#sequence(body, context);
      context.exits.push(this.#code.jump());
      choice.otherwise = this.#code.here;
      return;
    }
    const skip = guard === undefined ? null : this.#unless(step, guard);
    this.#sequence(body, context);
    context.exits.push(this.#code.jump());
    if (skip !== null) this.#code.patch([skip]);
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
    for (let i = 0; i < loops; i++) this.#code.emit(op.dropLoop, this.#code.here + 2);
    returns.push(this.#code.jump());
  }

  #condition({ id, key }: { readonly id: ElementId; readonly key: ElementId }, expression: Expression): number {
    const holds = compileCondition(expression, this.#scope.at(key));
    return this.#parts.conditions.push({ element: id, place: expression.place, holds }) - 1;
  }

  #act(behaviour: Behaviour | null): void {
    if (behaviour !== null) this.#code.emit(op.act, this.#parts.behaviours.push(behaviour) - 1);
  }

  #unless(of: { readonly id: ElementId; readonly key: ElementId }, guard: Expression): number {
    this.#code.emit(op.unless, this.#condition(of, guard), 0);
    return this.#code.here - 1;
  }
}
