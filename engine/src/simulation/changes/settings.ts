/** Values that are set for a time, one over the other: the last one counts, and at its end the one before. */
export class Settings<Item> {
  readonly #stacks = new Map<string, { readonly value: Item }[]>();

  clear(): void {
    this.#stacks.clear();
  }

  /** Returns what takes it away again. */
  put(key: string, value: Item): () => void {
    const entry = { value };
    const stack = this.#stacks.get(key) ?? [];
    this.#stacks.set(key, stack);
    stack.push(entry);
    return () => {
      stack.splice(stack.indexOf(entry), 1);
      if (stack.length === 0) this.#stacks.delete(key);
    };
  }

  /** All that hold now, the last one last. */
  all(key: string): readonly Item[] {
    return (this.#stacks.get(key) ?? []).map(({ value }) => value);
  }

  last(key: string): Item | undefined {
    return this.#stacks.get(key)?.at(-1)?.value;
  }
}
