/** A number for each different thing, so that a state can hold it in one word. Knows when two things are the same by a text. */
export class Interner<T> {
  readonly #numbers = new Map<unknown, number>();
  readonly #things: T[] = [];

  /** `key` is equal for equal things. */
  number(thing: T, key: unknown): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#things.length);
    return this.#things.push(thing) - 1;
  }

  thing(number: number): T {
    return this.#things[number]!;
  }

  get size(): number {
    return this.#things.length;
  }
}
