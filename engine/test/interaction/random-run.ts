/** Draws a run of a compiled interaction as the calls that an observer would see of it. */
import type { CompiledInteraction, CompiledOperand, ObservedCall, Sequence } from '@pollux/engine/behavior';
import type { ElementId, Expression, Value } from '@pollux/engine/model';

/** A call with the message that caused it, so that tests can tell what they take away. */
export interface DrawnCall extends ObservedCall {
  readonly message: ElementId;
  readonly asynchronous: boolean;
  /** Calls with the same number are of the same critical region. */
  readonly region: number | undefined;
  readonly children: readonly DrawnCall[];
}

/** Numbers in [0, 1). */
type Draw = () => number;

export function randomRun(compiled: CompiledInteraction, draw: Draw): DrawnCall[] {
  return new Run(compiled, draw).calls();
}

type Flow = 'goes on' | 'breaks' | 'returns';

class Run {
  readonly #compiled: CompiledInteraction;
  readonly #draw: Draw;
  readonly #values = new Map<ElementId, Value>();
  #region: number | undefined;
  #regions = 0;

  constructor(compiled: CompiledInteraction, draw: Draw) {
    this.#compiled = compiled;
    this.#draw = draw;
    for (const { variable, kind } of compiled.slots) {
      const initial = variable.initial;
      this.#values.set(
        variable.id,
        kind === 'variable' && initial !== undefined ? this.#evaluate(initial) : draw() < 0.5,
      );
    }
  }

  calls(): DrawnCall[] {
    return this.#execution(this.#compiled.body);
  }

  /** What one execution calls: asynchronous calls may begin later than what was sent after them. */
  #execution(sequence: Sequence): DrawnCall[] {
    const calls: DrawnCall[] = [];
    this.#sequence(sequence, calls);
    for (let index = calls.length - 2; index >= 0; index--) {
      const call = calls[index] as DrawnCall;
      if (!call.asynchronous || this.#draw() < 0.5) continue;
      calls.splice(index, 1);
      calls.splice(index + 1 + Math.floor(this.#draw() * (calls.length - index)), 0, call);
    }
    return calls;
  }

  #sequence(sequence: Sequence, calls: DrawnCall[]): Flow {
    for (const step of sequence) {
      switch (step.kind) {
        case 'message': {
          const { message } = step;
          if (message.sort === 'signal') break;
          const region = this.#region;
          this.#region = undefined;
          const children = this.#execution(message.execution);
          this.#region = region;
          const failed = message.fallback !== undefined && this.#draw() < 0.5;
          calls.push({
            operation: message.signature,
            message: message.id,
            asynchronous: message.sort === 'asynchronous-call',
            region,
            failed,
            tied: false,
            children,
          });
          if (failed) {
            const flow = this.#sequence(message.fallback ?? [], calls);
            if (flow !== 'goes on') return flow;
          }
          const result = this.#compiled.slots[message.result ?? -1];
          if (result !== undefined) this.#values.set(result.variable.id, this.#draw() < 0.5);
          break;
        }
        case 'alternative': {
          const operand = this.#chosen(step.operands);
          const flow = operand === undefined ? 'goes on' : this.#sequence(operand.body, calls);
          if (flow === 'returns') return flow;
          break;
        }
        case 'loop': {
          const most = step.maximum ?? step.minimum + 3;
          const turns = step.minimum + Math.floor(this.#draw() * (most - step.minimum + 1));
          for (let turn = 0; turn < turns; turn++) {
            const flow = this.#sequence(step.operand.body, calls);
            if (flow === 'returns') return flow;
            if (flow === 'breaks') break;
          }
          break;
        }
        case 'parallel':
          calls.push(...this.#merged(step.operands));
          break;
        case 'group': {
          const outer = this.#region;
          if (step.critical !== undefined) this.#region = outer ?? ++this.#regions;
          for (const operand of step.operands) {
            const flow = this.#sequence(operand.body, calls);
            if (flow !== 'returns') continue;
            this.#region = outer;
            return flow;
          }
          this.#region = outer;
          break;
        }
        case 'use':
          this.#sequence(step.body, calls);
          break;
        case 'action':
          if (step.action.kind === 'assign') {
            const { variable, value } = step.action;
            this.#values.set(variable, this.#evaluate(value));
          }
          break;
        case 'break':
          if (!this.#holds(step.operand)) break;
          return this.#sequence(step.operand.body, calls) === 'returns' ? 'returns' : 'breaks';
        case 'return':
          return 'returns';
        default:
          break;
      }
    }
    return 'goes on';
  }

  #merged(operands: readonly CompiledOperand[]): DrawnCall[] {
    const threads = operands.map((operand) => {
      const calls: DrawnCall[] = [];
      this.#sequence(operand.body, calls);
      return calls;
    });
    const merged: DrawnCall[] = [];
    for (let left = threads.filter(({ length }) => length > 0); left.length > 0; ) {
      const thread = left[Math.floor(this.#draw() * left.length)] as DrawnCall[];
      let next: DrawnCall;
      do {
        next = thread.shift() as DrawnCall;
        merged.push(next);
      } while (next.region !== undefined && thread[0]?.region === next.region);
      left = threads.filter(({ length }) => length > 0);
    }
    return merged;
  }

  #chosen(operands: readonly CompiledOperand[]): CompiledOperand | undefined {
    const kept = operands.filter((operand) => !operand.isElse && this.#holds(operand));
    const otherwise = operands.find((operand) => operand.isElse);
    let share = this.#draw();
    for (const operand of kept) {
      if (operand.weight === undefined) return operand;
      share -= operand.weight;
      if (share < 0) return operand;
    }
    return otherwise;
  }

  #holds(operand: CompiledOperand): boolean {
    return operand.guard === undefined || this.#evaluate(operand.guard) === true;
  }

  #evaluate(expression: Expression): Value {
    if (expression.kind === 'literal') return expression.value;
    if (expression.kind === 'variable') return this.#values.get(expression.variable) ?? null;
    if (expression.kind === 'unary') return this.#evaluate(expression.operand) !== true;
    throw new Error(`the test's runs do not know ${expression.kind}`);
  }
}
