/** Model → compiled interaction: numbers for names, one tree of steps. Knows nothing of who will run it. */
import type { ElementId, Fragment, Interaction, Operand, Variable } from '../../model/index.ts';
import type {
  CompiledInteraction,
  CompiledLifeline,
  CompiledMessage,
  CompiledOperand,
  Sequence,
  Slot,
  Step,
} from './compiled-interaction.ts';

const empty: Operand['body'] = [];

/**
 * Never fails: a reference that leads nowhere was the checker's business; here it becomes index -1, and the fragment
 * is compiled all the same.
 */
export function compileInteraction(interaction: Interaction): CompiledInteraction {
  return new Compilation(interaction).compile();
}

class Compilation {
  readonly #interaction: Interaction;
  readonly #slots: Slot[] = [];
  readonly #slotOf = new Map<ElementId, number>();
  readonly #lifelineOf = new Map<ElementId, number>();
  readonly #messages: CompiledMessage[] = [];
  readonly #messageOf = new Map<ElementId, number>();
  readonly #operands: CompiledOperand[] = [];

  constructor(interaction: Interaction) {
    this.#interaction = interaction;
  }

  compile(): CompiledInteraction {
    const interaction = this.#interaction;
    for (const parameter of interaction.parameters) this.#addSlot(parameter, 'parameter');
    for (const variable of interaction.variables) this.#addSlot(variable, 'variable');
    const lifelines = interaction.lifelines.map((lifeline, index): CompiledLifeline => {
      this.#lifelineOf.set(lifeline.id, index);
      return { index, id: lifeline.id, name: lifeline.name, represents: lifeline.represents };
    });
    const body = this.#sequence(interaction.body, undefined);
    return {
      interaction,
      slots: this.#slots,
      slotOf: this.#slotOf,
      lifelines,
      lifelineOf: this.#lifelineOf,
      messages: this.#messages,
      messageOf: this.#messageOf,
      operands: this.#operands,
      body,
    };
  }

  #addSlot(variable: Variable, kind: Slot['kind']): void {
    if (this.#slotOf.has(variable.id)) return;
    this.#slotOf.set(variable.id, this.#slots.length);
    this.#slots.push({ index: this.#slots.length, variable, kind });
  }

  #sequence(fragments: readonly Fragment[], enclosing: number | undefined): Sequence {
    return fragments.map((fragment) => this.#step(fragment, enclosing));
  }

  #step(fragment: Fragment, enclosing: number | undefined): Step {
    switch (fragment.kind) {
      case 'message':
        return this.#message(fragment, enclosing);
      case 'alt':
      case 'opt':
        return { kind: 'alternative', id: fragment.id, operands: this.#all(fragment.operands, enclosing) };
      case 'par':
        return { kind: 'parallel', id: fragment.id, operands: this.#all(fragment.operands, enclosing) };
      case 'loop':
        return {
          kind: 'loop',
          id: fragment.id,
          minimum: fragment.minimum ?? 0,
          maximum: fragment.maximum === undefined ? null : fragment.maximum,
          operand: this.#only(fragment, enclosing),
        };
      case 'critical':
      case 'strict':
      case 'seq':
      case 'neg':
      case 'assert':
      case 'ignore':
      case 'consider':
        return { kind: 'group', id: fragment.id, operands: this.#all(fragment.operands, enclosing) };
      case 'ref':
      case 'create':
      case 'destroy':
      case 'work':
      case 'consumer':
        return { kind: 'group', id: fragment.id, operands: [] };
      case 'break':
        return { kind: 'break', id: fragment.id, operand: this.#only(fragment, enclosing) };
      case 'return':
        return { kind: 'return', id: fragment.id, value: fragment.value };
      case 'action':
        return { kind: 'action', id: fragment.id, action: fragment.action };
      case 'invariant':
        return { kind: 'invariant', id: fragment.id, condition: fragment.condition };
    }
  }

  #message(fragment: Fragment & { kind: 'message' }, enclosing: number | undefined): Step {
    const index = this.#messages.length;
    const compiled: { -readonly [K in keyof CompiledMessage]: CompiledMessage[K] } = {
      index,
      id: fragment.id,
      name: fragment.name,
      sort: fragment.sort,
      from: this.#lifelineOf.get(fragment.from) ?? -1,
      to: this.#lifelineOf.get(fragment.to) ?? -1,
      signature: fragment.signature,
      arguments: fragment.arguments,
      result: fragment.result === undefined ? undefined : this.#slotOf.get(fragment.result),
      within: fragment.within,
      execution: [],
      enclosing,
    };
    this.#messages.push(compiled);
    this.#messageOf.set(fragment.id, index);
    compiled.execution = this.#sequence(fragment.execution, index);
    return { kind: 'message', message: compiled };
  }

  #all(operands: readonly Operand[], enclosing: number | undefined): readonly CompiledOperand[] {
    return operands.map((operand) => this.#operand(operand, enclosing));
  }

  #only(fragment: Fragment & { operands: readonly Operand[] }, enclosing: number | undefined): CompiledOperand {
    const [operand] = fragment.operands;
    const { id, name, place, label } = fragment;
    return this.#operand(operand ?? { kind: 'operand', id, name, place, label, isElse: false, body: empty }, enclosing);
  }

  #operand(operand: Operand, enclosing: number | undefined): CompiledOperand {
    const index = this.#operands.length;
    const compiled: { -readonly [K in keyof CompiledOperand]: CompiledOperand[K] } = {
      index,
      id: operand.id,
      guard: operand.guard,
      weight: operand.weight,
      isElse: operand.isElse,
      body: [],
    };
    this.#operands.push(compiled);
    compiled.body = this.#sequence(operand.body, enclosing);
    return compiled;
  }
}
