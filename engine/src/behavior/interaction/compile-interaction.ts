/** Model → compiled interaction: numbers for names, one tree of steps. Knows nothing of who will run it. */
import type {
  Action,
  Argument,
  CombinedFragment,
  Consumer,
  ElementId,
  Expression,
  Fragment,
  Interaction,
  InteractionUse,
  Lifeline,
  Message,
  Model,
  Operand,
  Topic,
  Variable,
} from '../../model/index.ts';
import type {
  CompiledInteraction,
  CompiledLifeline,
  CompiledMessage,
  CompiledOperand,
  FromTopic,
  GroupStep,
  ParallelStep,
  Sequence,
  Slot,
  Step,
} from './compiled-interaction.ts';
import { consumersOf, type FoundConsumer } from './consumers.ts';
import { type InlinedInteraction, inlined } from './inlined-names.ts';
import { lifelinesOf } from './lifelines-of.ts';

const empty: Operand['body'] = [];

/**
 * Never fails: a reference that leads nowhere was the checker's business; here it becomes index -1, and the fragment
 * is compiled all the same. The model's interactions are those that this one may refer to; one that refers to itself is
 * compiled without that.
 */
export function compileInteraction(interaction: Interaction, model: Surroundings = nothing): CompiledInteraction {
  return new Compilation(interaction, model).compile();
}

type Surroundings = Pick<Model, 'interactions' | 'components'>;

const nothing: Surroundings = { interactions: [], components: [] };

type Writable<T> = { -readonly [K in keyof T]: T[K] };

class Compilation {
  readonly #interaction: Interaction;
  readonly #others: readonly Interaction[];
  readonly #topics: ReadonlyMap<ElementId, Topic>;
  readonly #consumers: readonly FoundConsumer[];
  readonly #slots: Slot[] = [];
  readonly #slotOf = new Map<ElementId, number>();
  readonly #lifelines: CompiledLifeline[] = [];
  readonly #lifelineOf = new Map<ElementId, number>();
  readonly #messages: CompiledMessage[] = [];
  readonly #operands: CompiledOperand[] = [];
  /** What was inlined under another name → the element it comes from. */
  readonly #originals = new Map<ElementId, ElementId>();
  /** Interactions and consumers that are being compiled: none contains itself. */
  readonly #open: ElementId[];

  constructor(interaction: Interaction, { interactions, components }: Surroundings) {
    this.#interaction = interaction;
    this.#others = interactions;
    this.#topics = new Map(components.flatMap(({ topics }) => topics.map((topic) => [topic.id, topic])));
    this.#consumers = consumersOf(interactions.includes(interaction) ? interactions : [interaction, ...interactions]);
    this.#open = [interaction.id];
  }

  compile(): CompiledInteraction {
    const interaction = this.#interaction;
    for (const parameter of interaction.parameters) this.#addSlot(parameter, 'parameter');
    for (const variable of interaction.variables) this.#addSlot(variable, 'variable');
    for (const lifeline of interaction.lifelines) this.#addLifeline(lifeline);
    const body = this.#sequence(interaction.body, undefined);
    return {
      interaction,
      slots: this.#slots,
      slotOf: this.#slotOf,
      lifelines: this.#lifelines,
      lifelineOf: this.#lifelineOf,
      messages: this.#messages,
      operands: this.#operands,
      body,
    };
  }

  #addSlot(variable: Variable, kind: Slot['kind']): void {
    if (this.#slotOf.has(variable.id)) return;
    this.#slotOf.set(variable.id, this.#slots.length);
    this.#slots.push({ index: this.#slots.length, variable, kind });
  }

  #addLifeline({ id, name, represents }: Lifeline): void {
    const index = this.#lifelines.length;
    this.#lifelineOf.set(id, index);
    this.#lifelines.push({ index, ...this.#named(id), name, represents });
  }

  #named(key: ElementId): { readonly id: ElementId; readonly key: ElementId } {
    return { id: this.#originals.get(key) ?? key, key };
  }

  #sequence(fragments: readonly Fragment[], enclosing: number | undefined): Sequence {
    return fragments.flatMap((fragment) => this.#steps(fragment, enclosing));
  }

  #steps(fragment: Fragment, enclosing: number | undefined): Step[] {
    const step = this.#step(fragment, enclosing);
    const isPublication = fragment.kind === 'message' && fragment.sort === 'publication';
    return isPublication ? [step, ...this.#deliveries(fragment, enclosing)] : [step];
  }

  #step(fragment: Fragment, enclosing: number | undefined): Step {
    const named = this.#named(fragment.id);
    switch (fragment.kind) {
      case 'message':
        return { kind: 'message', message: this.#message(fragment, enclosing) };
      case 'consumer':
        return { kind: 'consumer', id: named.id, message: this.#consumed(fragment, undefined) };
      case 'create':
      case 'destroy':
        return { kind: fragment.kind, id: named.id, lifeline: this.#lifelineOf.get(fragment.lifeline) ?? -1 };
      case 'alt':
      case 'opt':
        return { kind: 'alternative', ...named, operands: this.#all(fragment.operands, enclosing) };
      case 'par':
        return { kind: 'parallel', id: named.id, operands: this.#all(fragment.operands, enclosing) };
      case 'loop':
        return {
          kind: 'loop',
          ...named,
          minimum: fragment.minimum ?? 0,
          maximum: fragment.maximum === undefined ? null : fragment.maximum,
          operand: this.#only(fragment, enclosing),
        };
      case 'seq':
        return this.#weakSequence(fragment, enclosing);
      case 'critical':
        return this.#group(fragment, new Set(this.#touched(fragment.operands, enclosing)), enclosing);
      case 'strict':
      case 'neg':
      case 'assert':
      case 'ignore':
      case 'consider':
        return this.#group(fragment, undefined, enclosing);
      case 'break':
        return { kind: 'break', ...named, operand: this.#only(fragment, enclosing) };
      case 'ref':
        return { kind: 'use', id: named.id, body: this.#use(fragment, enclosing) };
      case 'work':
        return { kind: 'work', ...named, sort: fragment.sort, time: fragment.time };
      case 'return':
        return { kind: 'return', ...named, value: fragment.value };
      case 'action':
        return { kind: 'action', ...named, action: fragment.action };
      case 'invariant':
        return { kind: 'invariant', ...named, condition: fragment.condition };
    }
  }

  #group(
    fragment: CombinedFragment,
    critical: ReadonlySet<number> | undefined,
    enclosing: number | undefined,
  ): GroupStep {
    const { id } = this.#named(fragment.id);
    return { kind: 'group', id, critical, operands: this.#all(fragment.operands, enclosing) };
  }

  /**
   * Weak sequencing orders what happens on the same lifeline only (UML 2.5.1, 17.6.3.3): operands that share a lifeline,
   * directly or through others, follow each other; groups of them that share none go on at the same time.
   */
  #weakSequence(fragment: CombinedFragment, enclosing: number | undefined): GroupStep | ParallelStep {
    const groups: { readonly lifelines: Set<number>; readonly operands: Operand[] }[] = [];
    for (const operand of fragment.operands) {
      const lifelines = new Set(this.#touched([operand], enclosing));
      const sharing = groups.filter((group) => [...group.lifelines].some((lifeline) => lifelines.has(lifeline)));
      for (const group of sharing) groups.splice(groups.indexOf(group), 1);
      groups.push({
        lifelines: new Set([...sharing.flatMap((group) => [...group.lifelines]), ...lifelines]),
        operands: [...sharing.flatMap((group) => group.operands), operand],
      });
    }
    if (groups.length < 2) return this.#group(fragment, undefined, enclosing);
    const { id, name, place, label } = fragment;
    const operands = groups.map((group, index): CompiledOperand => {
      const frame: Operand = { kind: 'operand', id, name, place, label, isElse: false, body: empty };
      const compiled = this.#operand(frame, enclosing);
      const body: Step = { kind: 'group', id, critical: undefined, operands: this.#all(group.operands, enclosing) };
      this.#operands[compiled.index] = { ...compiled, key: `${compiled.key}/${index}`, body: [body] };
      return this.#operands[compiled.index] as CompiledOperand;
    });
    return { kind: 'parallel', id: this.#named(id).id, operands };
  }

  #touched(operands: readonly Operand[], enclosing: number | undefined): readonly number[] {
    const owner = enclosing === undefined ? undefined : this.#messages[enclosing]?.to;
    return lifelinesOf(operands, owner, {
      indexOf: (id) => this.#lifelineOf.get(id),
      ofUse: ({ interaction }) => {
        const parts = this.#others.find(({ id }) => id === interaction)?.lifelines.map(partOf) ?? [];
        return this.#lifelines.filter((lifeline) => parts.includes(partOf(lifeline))).map(({ index }) => index);
      },
    });
  }

  /** The other interaction's parameters and variables get their values whenever it is used. */
  #use(fragment: InteractionUse, enclosing: number | undefined): Sequence {
    const other = this.#others.find(({ id }) => id === fragment.interaction);
    if (other === undefined || this.#open.includes(other.id)) return [];
    this.#open.push(other.id);
    const inside = this.#enter(other, fragment.id);
    const given = new Map(fragment.arguments.map(({ parameter, value }) => [`${fragment.id}/${parameter}`, value]));
    const values = [...inside.parameters, ...inside.variables].map((variable) =>
      this.#assign(variable, given.get(variable.id) ?? variable.initial),
    );
    const body = this.#sequence(inside.body, enclosing);
    this.#open.pop();
    return [...values, ...body];
  }

  #enter(other: Interaction, use: ElementId): InlinedInteraction {
    const inside = inlined(
      other,
      use,
      this.#lifelines.map(({ key, name, represents }) => ({ id: key, name, represents })),
    );
    for (const [key, original] of inside.originals) {
      this.#originals.set(key, this.#originals.get(original) ?? original);
    }
    // Without their initial values: those are assigned, each time anew.
    for (const { initial: _, ...variable } of [...inside.parameters, ...inside.variables]) {
      this.#addSlot(variable, 'variable');
    }
    for (const lifeline of inside.lifelines) this.#addLifeline(lifeline);
    return inside;
  }

  #assign({ id, type, place }: Variable, value: Expression | undefined): Step {
    const action: Action = {
      kind: 'assign',
      variable: id,
      operator: '=',
      value: value ?? { kind: 'literal', value: null, type, place },
      place: (value ?? { place }).place,
    };
    return { kind: 'action', ...this.#named(id), action };
  }

  /** Whoever consumes from the topic, wherever it stands in the model, in the order of the text. */
  #deliveries(publication: Message, enclosing: number | undefined): Step[] {
    const topic = this.#topics.get(publication.signature);
    const consumers = this.#consumers.filter(
      ({ consumer }) => consumer.topic === publication.signature && !this.#open.includes(consumer.id),
    );
    if (topic === undefined || consumers.length === 0) return [];
    const given = new Map(publication.arguments.map(({ parameter, value }) => [parameter, value]));
    // Worked out once, so that all consumers see the same.
    const published = topic.parameters.map((parameter): Variable => {
      const id = `${publication.id}/${parameter.id}`;
      const variable: Variable = { ...parameter, id };
      this.#originals.set(id, parameter.id);
      this.#addSlot(variable, 'variable');
      return variable;
    });
    const publishedAs = new Map(topic.parameters.map(({ id }, index) => [id, published[index]!.id]));
    const delivery = topic.partitions === undefined ? undefined : { topic, publishedAs };
    return [
      ...published.map((variable, index) => this.#assign(variable, given.get(topic.parameters[index]!.id))),
      ...consumers.flatMap(({ consumer, interaction }) => {
        this.#open.push(consumer.id);
        const use = `${publication.id}/${interaction.id}`;
        const inside = this.#enter({ ...interaction, body: [consumer] }, use);
        const initials = inside.variables.map((variable) => this.#assign(variable, variable.initial));
        const renamedConsumer = inside.body[0] as Consumer;
        const bindings = renamedConsumer.bindings.map((binding, index) => {
          this.#addSlot(binding, 'variable');
          const { id: variable, type, place } = published[index] ?? binding;
          return this.#assign(binding, { kind: 'variable', variable, type, place });
        });
        const message = this.#consumed(renamedConsumer, enclosing, delivery);
        this.#open.pop();
        return [...initials, ...bindings, { kind: 'message' as const, message }];
      }),
    ];
  }

  #consumed(consumer: Consumer, enclosing: number | undefined, delivery?: FromTopic): CompiledMessage {
    for (const binding of consumer.bindings) this.#addSlot(binding, 'variable');
    const { id, name, place, label, to, operation, within, policy } = consumer;
    const message: Message = {
      kind: 'message',
      ...{ id, name, place, label, to },
      sort: 'asynchronous-call',
      from: consumer.broker,
      signature: operation,
      arguments: consumer.arguments,
      execution: consumer.execution,
      ...(within === undefined ? {} : { within }),
      ...(policy === undefined ? {} : { policy }),
    };
    return this.#message(message, enclosing, true, delivery);
  }

  #message(
    message: Message,
    enclosing: number | undefined,
    isConsumed = false,
    delivery: FromTopic | undefined = undefined,
  ): CompiledMessage {
    const index = this.#messages.length;
    const compiled: Writable<CompiledMessage> = {
      index,
      ...this.#named(message.id),
      name: message.name,
      sort: message.sort,
      from: this.#lifelineOf.get(message.from) ?? -1,
      to: this.#lifelineOf.get(message.to) ?? -1,
      signature: message.signature,
      arguments: message.arguments satisfies readonly Argument[],
      result: message.result === undefined ? undefined : this.#slotOf.get(message.result),
      within: message.within,
      policy: message.policy,
      execution: [],
      enclosing,
      fallback: undefined,
      isConsumed,
      delivery,
    };
    this.#messages.push(compiled);
    compiled.execution = this.#sequence(message.execution, index);
    // Nobody waits for the others, so nobody learns that they failed.
    if (message.fallback !== undefined && message.sort === 'synchronous-call') {
      compiled.fallback = this.#sequence(message.fallback, enclosing);
    }
    return compiled;
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
    const compiled: Writable<CompiledOperand> = {
      index,
      ...this.#named(operand.id),
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

function partOf({ represents }: Pick<Lifeline, 'represents'>): ElementId {
  if (represents.kind === 'actor') return '';
  return represents.kind === 'component' ? represents.component : represents.machine;
}
