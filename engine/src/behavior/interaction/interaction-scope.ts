/** Where the names in an interaction's expressions live: the slots of a transaction. Notes which of them anyone reads. */
import { type DataTypes, dataTypesOf, type Location, type Scope } from '../../expressions/index.ts';
import type { ElementId, Model } from '../../model/index.ts';

export class InteractionScope implements Scope {
  readonly dataTypes: DataTypes;
  readonly #model: Model;
  readonly #slots: Map<ElementId, number>;
  readonly #sources: string[];
  readonly #signals: ReadonlyMap<ElementId, number>;
  readonly #used = new Set<number>();
  readonly #machines = new Map<ElementId, number>();
  #count: number;
  #element = '';
  #draws = 0;

  /** `sources` collects the names of random sources, for all interactions of a program. */
  constructor(model: Model, slots: ReadonlyMap<ElementId, number>, sources: string[]) {
    this.#model = model;
    this.dataTypes = dataTypesOf(model);
    this.#slots = new Map(slots);
    this.#count = slots.size;
    this.#sources = sources;
    this.#signals = new Map(model.signals.map((signal, index) => [signal.id, index]));
  }

  /** Random sources found from now on belong to this element. */
  at(element: ElementId): this {
    this.#element = element;
    this.#draws = 0;
    return this;
  }

  /** A slot that no name reaches. */
  hiddenSlot(): number {
    const slot = this.#count++;
    this.#used.add(slot);
    return slot;
  }

  /** Runs `work` with the given names reaching further slots, and takes the names away again. */
  with<T>(names: readonly ElementId[], work: (slots: readonly number[]) => T): T {
    const slots = names.map((name) => {
      const slot = this.#count++;
      this.#slots.set(name, slot);
      return slot;
    });
    const result = work(slots);
    for (const name of names) this.#slots.delete(name);
    return result;
  }

  /** From now on conditions may ask for the state of this lifeline's instance. */
  addMachine(lifeline: ElementId, index: number): void {
    this.#machines.set(lifeline, index);
  }

  lifeline(lifeline: ElementId): number | undefined {
    return this.#machines.get(lifeline);
  }

  isUsed(slot: number): boolean {
    return this.#used.has(slot);
  }

  /** How many slots a transaction needs: none where nothing is read or written. */
  get slotCount(): number {
    return this.#used.size === 0 ? 0 : this.#count;
  }

  locate(variable: ElementId): Location | undefined {
    const index = this.#slots.get(variable);
    if (index === undefined) return undefined;
    this.#used.add(index);
    return { kind: 'slot', index };
  }

  state(): undefined {
    return undefined;
  }

  signal(signal: ElementId): number {
    return this.#signals.get(signal) ?? -1;
  }

  attributes(signal: ElementId): readonly ElementId[] {
    return this.#model.signals[this.signal(signal)]?.attributes.map((attribute) => attribute.id) ?? [];
  }

  source(): number {
    const name = `${this.#element}/draw${++this.#draws}`;
    return this.#sources.push(name) - 1;
  }
}
