/**
 * What an observer can see of a compiled interaction: the calls, in the order and under the guards that allow them.
 * Signals to machines leave no execution behind and are left out; guards are three-valued, over what is known.
 * What only a property says (`neg`, `assert`, `ignore`, `consider`) is not judged here.
 */
import {
  compileActionsPartly,
  compilePartly,
  type DataTypes,
  type EvaluatePartly,
  Frame,
  type Known,
  mayReturn,
  noDataTypes,
  type Scope,
  slotScope,
} from '../../expressions/index.ts';
import type { Action, ElementId, Expression } from '../../model/index.ts';
import type {
  AlternativeStep,
  CompiledInteraction,
  CompiledMessage,
  CompiledOperand,
  Sequence,
  Step,
} from './compiled-interaction.ts';

export interface Pattern {
  readonly interaction: ElementId;
  readonly body: Block;
  /** What is known of parameters and variables before the first message. */
  readonly initial: readonly Known[];
  /** Operations that an actor may begin the interaction with. */
  readonly beginnings: ReadonlySet<ElementId>;
}

/** Numbered, so that a place in it can be part of a key. */
export interface Block {
  readonly number: number;
  readonly parts: readonly Part[];
  /** Once something of it was seen, nothing else is on these lifelines until it is over. */
  readonly critical?: ReadonlySet<number> | undefined;
  /** A `return` inside ends this and no more. */
  readonly endsReturn?: boolean;
}

export interface Call {
  readonly kind: 'call';
  readonly message: ElementId;
  readonly operation: ElementId;
  readonly asynchronous: boolean;
  /** Sent by an actor: each such call may be a trace of its own. */
  readonly fromActor: boolean;
  /** What follows a publication may be in a trace of its own, and what was found has no sender. */
  readonly elsewhere: boolean;
  readonly lifelines: readonly [number, number];
  readonly body: Block;
  /** What the caller does where the call has failed. */
  readonly fallback: Block | undefined;
  /** Slots that are not known after it: its result, and what its execution assigns. */
  readonly forgets: readonly number[];
}

export interface Choice {
  readonly kind: 'choice';
  readonly id: ElementId;
  readonly branches: readonly Branch[];
  /** What happens tells which branch was taken. */
  readonly telling: boolean;
  /** Nothing may happen although no guard is known to be false. */
  readonly mayPass: boolean;
}

export interface Branch {
  readonly id: ElementId;
  readonly guard: Guard | undefined;
  readonly weighted: boolean;
  readonly isElse: boolean;
  readonly body: Block;
}

export interface Loop {
  readonly kind: 'loop';
  readonly operand: ElementId;
  readonly minimum: number;
  readonly maximum: number | null;
  readonly guard: Guard | undefined;
  readonly body: Block;
}

export type Part =
  | Call
  | Choice
  | Loop
  | { readonly kind: 'parallel'; readonly bodies: readonly Block[] }
  | { readonly kind: 'break'; readonly guard: Guard | undefined; readonly body: Block }
  | { readonly kind: 'nested'; readonly body: Block }
  | { readonly kind: 'return' }
  | { readonly kind: 'act'; readonly run: (known: readonly Known[]) => Acted };

/** What is known after actions, and whether they ended the execution: undefined where that is not known. */
interface Acted {
  readonly known: readonly Known[];
  readonly returned: boolean | undefined;
}

/** True, false, or undefined where it is not known. */
export type Guard = (known: readonly Known[]) => boolean | undefined;

export function compilePattern(compiled: CompiledInteraction, dataTypes: DataTypes = noDataTypes): Pattern {
  return new PatternCompilation(compiled, dataTypes).compile();
}

class PatternCompilation {
  readonly #compiled: CompiledInteraction;
  readonly #scope: Scope;
  readonly #frame = new Frame();
  #blocks = 0;

  constructor(compiled: CompiledInteraction, dataTypes: DataTypes) {
    this.#compiled = compiled;
    this.#scope = { ...slotScope(compiled.slots.map((slot) => slot.variable.id)), dataTypes };
  }

  compile(): Pattern {
    const { interaction, slots, body } = this.#compiled;
    const initial: Known[] = slots.map(() => undefined);
    for (const slot of slots) {
      if (slot.kind === 'parameter' || slot.variable.initial === undefined) continue;
      initial[slot.index] = this.#evaluate(compilePartly(slot.variable.initial, this.#scope), initial);
    }
    const beginnings = new Set<ElementId>();
    this.#collectBeginnings(body, beginnings);
    return { interaction: interaction.id, body: this.#block(body, new Set()), initial, beginnings };
  }

  #block(sequence: Sequence, volatile: ReadonlySet<number>): Block {
    const number = this.#blocks++;
    return { number, parts: sequence.flatMap((step) => this.#part(step, volatile)) };
  }

  #part(step: Step, volatile: ReadonlySet<number>): Part[] {
    switch (step.kind) {
      case 'message':
        return this.#call(step.message);
      case 'consumer':
        return this.#call(step.message);
      case 'create':
      case 'destroy':
      case 'work':
        return [];
      case 'use':
        return [{ kind: 'nested', body: { ...this.#block(step.body, volatile), endsReturn: true } }];
      case 'alternative':
        return [this.#choice(step, volatile)];
      case 'group':
        return step.operands.map(({ body }) => ({
          kind: 'nested',
          body: { ...this.#block(body, volatile), critical: step.critical },
        }));
      case 'loop': {
        const body = this.#block(step.operand.body, volatile);
        const guard = this.#guard(step.operand.guard, volatile);
        const { minimum, maximum } = step;
        return [{ kind: 'loop', operand: step.operand.id, minimum, maximum, guard, body }];
      }
      case 'parallel': {
        const assigned = step.operands.map((operand) => this.#assigned(operand.body));
        const bodies = step.operands.map((operand, index) => {
          const others = assigned.flatMap((slots, other) => (other === index ? [] : slots));
          return this.#block(operand.body, new Set([...volatile, ...others]));
        });
        return [{ kind: 'parallel', bodies }];
      }
      case 'break': {
        const written = this.#guard(step.operand.guard, volatile);
        // What chance decides is open, unless the condition rules it out.
        const drawn: Guard = (known) => (written?.(known) === false ? false : undefined);
        const guard = step.operand.weight === undefined ? written : drawn;
        return [{ kind: 'break', guard, body: this.#block(step.operand.body, volatile) }];
      }
      case 'return':
        return [{ kind: 'return' }];
      case 'action': {
        const behaviour = compileActionsPartly([step.action], this.#scope);
        if (behaviour === null) return [];
        const frame = this.#frame;
        const leaves = mayReturn(step.action);
        return [
          {
            kind: 'act',
            run: (known) => {
              frame.slots = [...known];
              behaviour(frame);
              const returned = frame.returned || (frame.mayHaveReturned ? undefined : false);
              return { known: frame.slots, returned: leaves ? returned : false };
            },
          },
        ];
      }
      case 'invariant':
        return [];
    }
  }

  #call(message: CompiledMessage): Part[] {
    if (!isExecution(message) || !this.#isComponent(message.to)) return [];
    const result = message.result === undefined ? [] : [message.result];
    const { execution, fallback } = message;
    const hasNoSender = message.sort === 'found' || message.isConsumed;
    return [
      {
        kind: 'call',
        message: message.id,
        operation: message.signature,
        asynchronous: message.sort !== 'synchronous-call',
        fromActor: hasNoSender || this.#compiled.lifelines[message.from]?.represents.kind === 'actor',
        elsewhere: hasNoSender,
        lifelines: [message.from, message.to],
        body: this.#block(execution, new Set()),
        fallback: fallback === undefined ? undefined : this.#block(fallback, new Set()),
        forgets: [...new Set([...result, ...this.#assigned(execution)])],
      },
    ];
  }

  #choice(step: AlternativeStep, volatile: ReadonlySet<number>): Choice {
    const branches = step.operands.map((operand) => this.#branch(operand, volatile));
    const silent = branches.filter((branch) => isSilent(branch.body)).length;
    const weights = step.operands.reduce((sum, operand) => sum + (operand.guard ? 0 : (operand.weight ?? 0)), 0);
    const certain = step.operands.some((operand) => operand.isElse) || weights > 0.999_999;
    const alone = step.operands.length === 1;
    const unconditional = step.operands.some((operand) => !operand.guard && operand.weight === undefined);
    const mayPass = alone ? !certain : !certain && !unconditional;
    return { kind: 'choice', id: step.id, branches, telling: silent + (mayPass ? 1 : 0) < 2, mayPass };
  }

  #branch(operand: CompiledOperand, volatile: ReadonlySet<number>): Branch {
    return {
      id: operand.id,
      guard: this.#guard(operand.guard, volatile),
      weighted: operand.weight !== undefined,
      isElse: operand.isElse,
      body: this.#block(operand.body, volatile),
    };
  }

  /** What another operand of a `par` may assign meanwhile is not known. */
  #guard(condition: Expression | undefined, volatile: ReadonlySet<number>): Guard | undefined {
    if (condition === undefined) return undefined;
    const evaluate = compilePartly(condition, this.#scope);
    return (known) => {
      const seen = volatile.size === 0 ? known : known.map((value, slot) => (volatile.has(slot) ? undefined : value));
      const truth = this.#evaluate(evaluate, seen);
      return typeof truth === 'boolean' ? truth : undefined;
    };
  }

  #evaluate(evaluate: EvaluatePartly, known: readonly Known[]): Known {
    this.#frame.slots = [...known];
    return evaluate(this.#frame);
  }

  #assigned(sequence: Sequence): number[] {
    return sequence.flatMap((step) => this.#assignedIn(step));
  }

  #assignedIn(step: Step): number[] {
    const inside = sequencesIn(step).flatMap((sequence) => this.#assigned(sequence));
    if (step.kind === 'action') return [...inside, ...this.#assignedBy(step.action)];
    if (step.kind !== 'message' || step.message.result === undefined) return inside;
    return [...inside, step.message.result];
  }

  #assignedBy(action: Action): number[] {
    const slotOf = (variable: ElementId): number[] => {
      const slot = this.#compiled.slotOf.get(variable);
      return slot === undefined ? [] : [slot];
    };
    switch (action.kind) {
      case 'assign':
        return slotOf(action.variable);
      case 'call':
        return action.result === undefined ? [] : slotOf(action.result.variable);
      case 'if':
        return [...action.then, ...action.otherwise].flatMap((inner) => this.#assignedBy(inner));
      case 'for':
      case 'while':
        return action.body.flatMap((inner) => this.#assignedBy(inner));
      default:
        return [];
    }
  }

  #collectBeginnings(sequence: Sequence, into: Set<ElementId>): void {
    for (const step of sequence) {
      if (step.kind === 'message' || step.kind === 'consumer') {
        const { message } = step;
        const sender = this.#compiled.lifelines[message.from]?.represents.kind;
        const begins = sender === 'actor' || message.sort === 'found' || step.kind === 'consumer';
        if (begins && isExecution(message) && this.#isComponent(message.to)) into.add(message.signature);
      } else for (const inside of sequencesIn(step)) this.#collectBeginnings(inside, into);
    }
  }

  #isComponent(lifeline: number): boolean {
    return this.#compiled.lifelines[lifeline]?.represents.kind === 'component';
  }
}

/** Whether a run through it may leave nothing to see. */
function isSilent(block: Block): boolean {
  return block.parts.every(isSilentPart);
}

function isSilentPart(part: Part): boolean {
  switch (part.kind) {
    case 'call':
      return false;
    case 'choice':
      return part.mayPass || part.branches.some((branch) => isSilent(branch.body));
    case 'loop':
      return part.minimum === 0 || isSilent(part.body);
    case 'parallel':
      return part.bodies.every(isSilent);
    case 'nested':
      return isSilent(part.body);
    case 'break':
    case 'return':
    case 'act':
      return true;
  }
}

/** Whether an execution of an operation follows the message. */
function isExecution(message: CompiledMessage): boolean {
  return message.sort === 'synchronous-call' || message.sort === 'asynchronous-call' || message.sort === 'found';
}

/** What a step holds, whatever it is. */
function sequencesIn(step: Step): readonly Sequence[] {
  switch (step.kind) {
    case 'message':
      return [step.message.execution, step.message.fallback ?? []];
    case 'alternative':
    case 'parallel':
    case 'group':
      return step.operands.map(({ body }) => body);
    case 'loop':
    case 'break':
      return [step.operand.body];
    case 'use':
      return [step.body];
    default:
      return [];
  }
}
