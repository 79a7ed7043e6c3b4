/** Compiled interactions → one program. Two passes are not needed: positions ahead are patched when they are known. */
import {
  type Behaviour,
  compileActions,
  compileCondition,
  compileDuration,
  compileExpression,
  type Evaluate,
} from '../../expressions/index.ts';
import type { Argument, ElementId, Expression, Interaction, Model, Operation, Value } from '../../model/index.ts';
import { durationFiller } from '../../numeric/index.ts';
import { compileInteraction } from './compile-interaction.ts';
import type {
  AlternativeStep,
  BreakStep,
  CompiledInteraction,
  CompiledMessage,
  LoopStep,
  ParallelStep,
  ReturnStep,
  Sequence,
} from './compiled-interaction.ts';
import { InteractionScope } from './interaction-scope.ts';
import {
  type Choice,
  type ChoiceOperand,
  type Condition,
  type Cost,
  type Loop,
  type MachineLifeline,
  op,
  type Program,
  type ProgramInteraction,
  type ProgramMessage,
} from './program.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The program of the given interactions, in that order. */
export function flatten(model: Model, interactions: readonly Interaction[]): Program {
  const parts: Parts = { code: [], messages: [], choices: [], loops: [], conditions: [], behaviours: [], sources: [] };
  const operations = new Map<ElementId, Owned>();
  for (const component of model.components) {
    for (const operation of component.operations) operations.set(operation.id, { operation, component: component.id });
  }
  const flat = interactions.map((interaction, index) =>
    new Flattening(model, operations, parts, interaction, index).flatten(),
  );
  return { ...parts, code: Int32Array.from(parts.code), interactions: flat };
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
}

/** What `break` and `return` have to leave. */
interface Context {
  /** Loops between here and the enclosing call, branch or root. */
  readonly loops: number;
  /** The enclosing operand or body is a loop's. */
  readonly inLoop: boolean;
  /** Positions that jump to the end of the enclosing operand or body, to be patched. */
  readonly exits: number[];
  /** Positions that jump to the end of the enclosing call, branch or root, to be patched. */
  readonly returns: number[];
  readonly message: Writable<ProgramMessage> | null;
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
  readonly #bodies: { readonly message: Writable<ProgramMessage>; readonly body: Sequence }[] = [];

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
    this.#compiled = compileInteraction(interaction);
    this.#scope = new InteractionScope(model, this.#compiled.slotOf, parts.sources);
  }

  flatten(): ProgramInteraction {
    const { interaction, slots, body } = this.#compiled;
    for (const lifeline of this.#compiled.lifelines) this.#machineLifeline(lifeline);
    const start = this.#here();
    const returns: number[] = [];
    this.#sequence(body, { loops: 0, inLoop: false, exits: returns, returns, message: null });
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
      lastsUntilAllEnded: !hasSynchronousCall(body),
    };
  }

  #machineLifeline(lifeline: CompiledInteraction['lifelines'][number]): void {
    const { represents } = lifeline;
    if (represents.kind !== 'machine') return;
    const machine = this.#model.machines.find((candidate) => candidate.id === represents.machine);
    if (machine === undefined) return;
    this.#machineOf.set(lifeline.index, this.#machines.length);
    this.#machines.push({
      lifeline: lifeline.index,
      machine: machine.id,
      arguments: this.#arguments(lifeline.id, represents.arguments, machine.parameters),
      key: represents.key === undefined ? null : compileExpression(represents.key, this.#scope.at(lifeline.id)),
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
          this.#message(step.message);
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
          for (const { body } of step.operands) this.#group(body, context);
          break;
        case 'break':
          this.#break(step, context);
          break;
        case 'return':
          this.#return(step, context);
          break;
        case 'action':
          this.#act(compileActions([step.action], this.#scope.at(step.id)));
          break;
        case 'invariant':
          this.#emit(op.check, this.#condition(step.id, step.condition));
          break;
      }
    }
  }

  #message(message: CompiledMessage): void {
    const machine = this.#machineOf.get(message.to) ?? -1;
    const owned = message.sort === 'signal' ? undefined : this.#operations.get(message.signature);
    const signal = this.#model.signals.find((candidate) => candidate.id === message.signature);
    const receiver = this.#compiled.lifelines[message.to]?.represents;
    const enclosing = message.enclosing === undefined ? undefined : this.#compiled.messages[message.enclosing];
    const fromEnclosing = enclosing !== undefined && enclosing.to === message.from;
    const hasReply = message.result !== undefined && message.sort === 'synchronous-call';
    const flat: Writable<ProgramMessage> = {
      index: this.#parts.messages.length,
      interaction: this.#index,
      compiled: message,
      operation: owned?.operation.id ?? null,
      component: owned?.component ?? (receiver?.kind === 'component' ? receiver.component : null),
      fromEnclosing,
      toItself: fromEnclosing && message.from === message.to,
      entry: -1,
      end: -1,
      takes: null,
      delays: null,
      fails: null,
      bind: null,
      resultSlot: hasReply ? message.result! : -1,
      replySlot: hasReply ? this.#scope.hiddenSlot() : -1,
      reply: null,
      machine: message.sort === 'signal' ? machine : -1,
      signal: signal === undefined ? -1 : this.#model.signals.indexOf(signal),
      values:
        message.sort === 'signal' && machine >= 0 && signal !== undefined
          ? this.#arguments(message.id, message.arguments, signal.attributes)
          : [],
    };
    if (owned !== undefined) this.#costs(flat, message, owned.operation);
    this.#parts.messages.push(flat);
    if (flat.machine >= 0) this.#emit(op.signal, flat.index);
    if (flat.machine < 0 || message.execution.length > 0) {
      this.#emit(op.call, flat.index);
      this.#bodies.push({ message: flat, body: message.execution });
    }
  }

  #costs(flat: Writable<ProgramMessage>, message: CompiledMessage, operation: Operation): void {
    const parameters = operation.parameters.map((parameter) => parameter.id);
    this.#scope.with(parameters, (slots) => {
      flat.takes = this.#cost(operation.takes, `${message.id}/takes`);
      flat.delays = this.#cost(operation.delays, `${message.id}/delays`);
      if (operation.fails !== undefined) {
        flat.fails = {
          probability: operation.fails.probability,
          after: this.#cost(operation.fails.after, `${message.id}/fails-after`),
        };
      }
      if (flat.replySlot >= 0 && operation.result !== undefined) {
        flat.reply = compileExpression(operation.result, this.#scope.at(`${message.id}/returns`));
      }
      const needed = slots.map((slot) => this.#scope.isUsed(slot));
      if (!needed.includes(true)) return;
      const values = this.#arguments(message.id, message.arguments, operation.parameters);
      flat.bind = (frame) => {
        for (let i = 0; i < slots.length; i++) if (needed[i]) frame.slots[slots[i]!] = values[i]!(frame);
      };
    });
  }

  #cost(expression: Expression | undefined, source: string): Cost | null {
    if (expression === undefined) return null;
    if (expression.kind === 'literal' && typeof expression.value === 'number') {
      return { kind: 'constant', value: Math.max(0, expression.value) };
    }
    if (expression.kind === 'draw') {
      if (expression.distribution.kind === 'constant') {
        return { kind: 'constant', value: Math.max(0, expression.distribution.value) };
      }
      return { kind: 'law', fill: durationFiller(expression.distribution), source };
    }
    return { kind: 'expression', evaluate: compileDuration(expression, this.#scope.at(source)) };
  }

  #body({ message, body }: { message: Writable<ProgramMessage>; body: Sequence }): void {
    const { index } = message;
    message.entry = this.#here();
    if (message.fails !== null && message.fails.after !== null) this.#emit(op.failFast, index);
    if (message.takes !== null) this.#emit(op.work, index, op.release, index);
    if (message.delays !== null) this.#emit(op.delay, index);
    if (message.fails !== null && message.fails.after === null) this.#emit(op.fail, index);
    const returns: number[] = [];
    this.#sequence(body, { loops: 0, inLoop: false, exits: returns, returns, message });
    message.end = this.#here();
    this.#patch(returns, message.end);
    this.#emit(op.end, index, op.done, index);
  }

  #alternative(step: AlternativeStep, context: Context): void {
    const operands: Writable<ChoiceOperand>[] = step.operands.map((operand) => ({
      guard: operand.guard === undefined ? null : compileCondition(operand.guard, this.#scope.at(operand.id)),
      weight: operand.weight ?? -1,
      isElse: operand.isElse,
      target: -1,
    }));
    const written = operands.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
    const choice: Writable<Choice> = {
      element: step.id,
      source: `${step.id}/choice`,
      operands,
      isWeighted: operands.some(({ weight }) => weight >= 0),
      isComplete: written > 1 - 1e-9,
      otherwise: -1,
    };
    this.#emit(op.choose, this.#parts.choices.push(choice) - 1);
    const exits: number[] = [];
    step.operands.forEach((operand, i) => {
      operands[i]!.target = this.#here();
      this.#sequence(operand.body, { ...context, inLoop: false, exits });
      exits.push(this.#jump());
    });
    choice.otherwise = this.#here();
    this.#patch(exits, this.#here());
  }

  #loop(step: LoopStep, context: Context): void {
    const { guard } = step.operand;
    const loop = this.#parts.loops.push({
      element: step.id,
      source: `${step.id}/turns`,
      minimum: step.minimum,
      maximum: step.maximum ?? (guard === undefined ? step.minimum : Number.POSITIVE_INFINITY),
      guard: guard === undefined ? null : compileCondition(guard, this.#scope.at(step.id)),
    });
    this.#emit(op.enterLoop, loop - 1, 0);
    const behind = this.#here() - 1;
    const test = this.#here();
    this.#emit(op.testLoop, loop - 1);
    const exits: number[] = [];
    this.#sequence(step.operand.body, { ...context, loops: context.loops + 1, inLoop: true, exits });
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
    step.operands.forEach((operand, i) => {
      this.#patch([targets + i], this.#here());
      const returns: number[] = [];
      // The guard of an operand of `par` decides whether it takes part.
      const skip = operand.guard === undefined ? null : this.#unless(operand.id, operand.guard);
      this.#sequence(operand.body, { loops: 0, inLoop: false, exits: returns, returns, message: context.message });
      this.#patch(skip === null ? returns : [...returns, skip], this.#here());
      this.#emit(op.join);
    });
    this.#patch([targets - 2], this.#here());
  }

  /** A `break` inside leaves no more than it. */
  #group(body: Sequence, context: Context): void {
    const exits: number[] = [];
    this.#sequence(body, { ...context, inLoop: false, exits });
    this.#patch(exits, this.#here());
  }

  #break(step: BreakStep, context: Context): void {
    const skip = step.operand.guard === undefined ? null : this.#unless(step.id, step.operand.guard);
    this.#sequence(step.operand.body, context);
    context.exits.push(this.#jump());
    if (skip !== null) this.#patch([skip], this.#here());
  }

  #return(step: ReturnStep, context: Context): void {
    const slot = context.message?.replySlot ?? -1;
    if (slot >= 0 && step.value !== undefined) {
      const value = compileExpression(step.value, this.#scope.at(step.id));
      this.#act((frame) => {
        frame.slots[slot] = value(frame);
      });
    }
    for (let i = 0; i < context.loops; i++) this.#emit(op.dropLoop, this.#here() + 2);
    context.returns.push(this.#jump());
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

  #condition(element: ElementId, expression: Expression): number {
    const holds = compileCondition(expression, this.#scope.at(element));
    return this.#parts.conditions.push({ element, place: expression.place, holds }) - 1;
  }

  #act(behaviour: Behaviour | null): void {
    if (behaviour !== null) this.#emit(op.act, this.#parts.behaviours.push(behaviour) - 1);
  }

  #unless(element: ElementId, guard: Expression): number {
    this.#emit(op.unless, this.#condition(element, guard), 0);
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

function hasSynchronousCall(steps: Sequence): boolean {
  return steps.some((step) => {
    if (step.kind === 'message') return step.message.sort === 'synchronous-call';
    if ('operands' in step) return step.operands.some((operand) => hasSynchronousCall(operand.body));
    return 'operand' in step && hasSynchronousCall(step.operand.body);
  });
}
