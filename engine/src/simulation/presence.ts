/** Which node instances and replicas there are, and for how much of the time. Knows nothing of why they come and go. */
import type { Layout } from './layout.ts';

export interface PresenceFigures {
  /** Mean numbers, each between 0 and 1: by node instance, by replica. */
  readonly nodes: readonly number[];
  readonly replicas: readonly number[];
}

export class Presence {
  readonly #layout: Layout;
  /** Holds the time now. */
  readonly #clock: Float64Array;
  readonly #nodes: Row;
  readonly #replicas: Row;

  constructor(layout: Layout, clock: Float64Array) {
    this.#layout = layout;
    this.#clock = clock;
    this.#nodes = new Row(layout.kindOfNode.length);
    this.#replicas = new Row(layout.nodeOfReplica.length);
  }

  clear(): void {
    const { nodesAtBeginning, replicasAtBeginning, nodeOfReplica } = this.#layout;
    this.#nodes.clear((node) => node < nodesAtBeginning);
    this.#replicas.clear((at) => at < replicasAtBeginning && nodeOfReplica[at]! < nodesAtBeginning);
  }

  mark(now: number): void {
    this.#nodes.mark(now);
    this.#replicas.mark(now);
  }

  setNode(node: number, isThere: boolean): void {
    this.#nodes.set(node, isThere, this.#clock[0]!);
  }

  setReplica(replica: number, isThere: boolean): void {
    this.#replicas.set(replica, isThere, this.#clock[0]!);
  }

  hasReplica(replica: number): boolean {
    return this.#replicas.has(replica);
  }

  figures(now: number): PresenceFigures {
    return { nodes: this.#nodes.means(now), replicas: this.#replicas.means(now) };
  }
}

class Row {
  readonly #isThere: Uint8Array;
  /** Time there, as ends less beginnings. */
  readonly #span: Float64Array;
  #from = 0;

  constructor(size: number) {
    this.#isThere = new Uint8Array(size);
    this.#span = new Float64Array(size);
  }

  clear(isThere: (index: number) => boolean): void {
    for (let i = 0; i < this.#isThere.length; i++) this.#isThere[i] = isThere(i) ? 1 : 0;
    this.mark(0);
  }

  mark(now: number): void {
    this.#from = now;
    this.#span.forEach((_, i) => {
      this.#span[i] = this.#isThere[i] === 1 ? -now : 0;
    });
  }

  set(index: number, isThere: boolean, now: number): void {
    if ((this.#isThere[index] === 1) === isThere) return;
    this.#isThere[index] = isThere ? 1 : 0;
    this.#span[index]! += isThere ? -now : now;
  }

  has(index: number): boolean {
    return this.#isThere[index] === 1;
  }

  means(now: number): readonly number[] {
    const time = now - this.#from;
    if (!(time > 0)) return Array.from(this.#isThere);
    return Array.from(this.#span, (span, i) => (span + this.#isThere[i]! * now) / time);
  }
}
