/**
 * Which nodes are cut off from each other, and what was lost between them. A caller cannot know that its message is lost: it waits
 * until its timeout, or until nothing separates the two any more and its connection turns out to be broken.
 */
export class Partitions {
  readonly #nodeOfReplica: Int32Array;
  readonly #nodes: number;
  /** By pair of nodes: how many partitions separate them. */
  readonly #cuts: Int32Array;
  /** By token that was lost: the pair. */
  readonly #lost = new Map<number, number>();

  constructor(nodes: number, nodeOfReplica: Int32Array) {
    this.#nodeOfReplica = nodeOfReplica;
    this.#nodes = nodes;
    this.#cuts = new Int32Array(nodes * nodes);
  }

  clear(): void {
    this.#cuts.fill(0);
    this.#lost.clear();
  }

  /** Between two replicas; what comes from outside of the deployment comes through. */
  separates(from: number, to: number): boolean {
    return from >= 0 && to >= 0 && this.#cuts[this.#pair(from, to)]! > 0;
  }

  /** The token waits until `take` or `change` give it back. */
  lose(token: number, from: number, to: number): void {
    this.#lost.set(token, this.#pair(from, to));
  }

  /** Takes a token out of those that were lost. */
  take(token: number): void {
    this.#lost.delete(token);
  }

  /** One partition more (1) or less (-1) between nodes; returns the tokens lost between those that nothing separates any more. */
  change(some: readonly number[], others: readonly number[], by: 1 | -1): readonly number[] {
    for (const one of some) {
      for (const other of others) {
        if (one === other) continue;
        this.#cuts[one * this.#nodes + other]! += by;
        this.#cuts[other * this.#nodes + one]! += by;
      }
    }
    const free: number[] = [];
    for (const [token, pair] of this.#lost) if (this.#cuts[pair] === 0) free.push(token);
    for (const token of free) this.#lost.delete(token);
    return free;
  }

  get isAny(): boolean {
    return this.#cuts.some((cuts) => cuts > 0);
  }

  #pair(from: number, to: number): number {
    return this.#nodeOfReplica[from]! * this.#nodes + this.#nodeOfReplica[to]!;
  }
}
