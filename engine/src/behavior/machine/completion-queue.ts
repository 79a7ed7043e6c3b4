/** Completion events of the step in progress, first in, first out. They come before all other events (UML 2.5.1, 14.2.3.8.3). */
export class CompletionQueue {
  #leaves = new Int32Array(16);
  #first = 0;
  #end = 0;

  get isEmpty(): boolean {
    return this.#first === this.#end;
  }

  /** The innermost active vertex at which a state completed. */
  add(leaf: number): void {
    if (this.#end === this.#leaves.length) {
      const wider = new Int32Array(this.#leaves.length * 2);
      wider.set(this.#leaves);
      this.#leaves = wider;
    }
    this.#leaves[this.#end++] = leaf;
  }

  take(): number {
    const leaf = this.#leaves[this.#first++]!;
    if (this.isEmpty) this.clear();
    return leaf;
  }

  /** A vertex is left: its completion no longer counts. */
  forget(vertex: number): void {
    let kept = this.#first;
    for (let i = kept; i < this.#end; i++) {
      const leaf = this.#leaves[i]!;
      if (leaf !== vertex) this.#leaves[kept++] = leaf;
    }
    this.#end = kept;
    if (this.isEmpty) this.clear();
  }

  clear(): void {
    this.#first = this.#end = 0;
  }
}
