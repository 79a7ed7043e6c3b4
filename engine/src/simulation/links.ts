/**
 * Links that carry only so much, or lose messages. Each direction between two node instances is a line of its own: a message is sent
 * when those before it are, at the bandwidth, and then is on its way for the latency. Knows nothing of what messages say.
 */
import type { Deployment } from '../model/index.ts';
import { type RandomStream, SECOND } from '../numeric/index.ts';
import type { Layout } from './layout.ts';

/** In place of a time: it never arrives. */
export const NEVER = -1;

const BITS = 8;

export class Links {
  readonly #layout: Layout;
  /** By kind and kind of node: bits a microsecond, 0 where there is no bound; and the share that is lost. */
  readonly #bandwidth: Float64Array;
  readonly #loss: Float64Array;
  /** By sending and receiving node instance: where it stands in `free`. */
  readonly #lines = new Map<number, number>();
  /** When the last message that was sent is out. */
  readonly #free: number[] = [];

  private constructor(layout: Layout, deployment: Deployment) {
    const kinds = layout.kinds.length;
    this.#layout = layout;
    this.#bandwidth = new Float64Array(kinds * kinds);
    this.#loss = new Float64Array(kinds * kinds);
    for (const { ends, bandwidth, loss } of deployment.links) {
      const [a, b] = [layout.kinds.indexOf(ends[0]), layout.kinds.indexOf(ends[1])];
      if (a < 0 || b < 0) continue;
      for (const at of [a * kinds + b, b * kinds + a]) {
        this.#bandwidth[at] = (bandwidth ?? 0) / SECOND;
        this.#loss[at] = loss;
      }
    }
  }

  /** Null where links do nothing but delay. */
  static of(layout: Layout, deployment: Deployment | undefined): Links | null {
    const isNeeded = deployment?.links.some(({ bandwidth, loss }) => bandwidth !== undefined || loss > 0);
    return deployment !== undefined && isNeeded ? new Links(layout, deployment) : null;
  }

  clear(): void {
    this.#lines.clear();
    this.#free.length = 0;
  }

  /** Microseconds until a message of so many bytes is there, or NEVER; between replicas. A lost one takes the line all the same. */
  carry(from: number, to: number, bytes: number, now: number, stream: RandomStream): number {
    if (from < 0 || to < 0) return 0;
    const { nodeOfReplica, kindOfNode, kinds, latency } = this.#layout;
    const [sender, receiver] = [nodeOfReplica[from]!, nodeOfReplica[to]!];
    if (sender === receiver) return 0;
    const link = kindOfNode[sender]! * kinds.length + kindOfNode[receiver]!;
    const bandwidth = this.#bandwidth[link]!;
    let out = now;
    if (bandwidth > 0 && bytes > 0) {
      const line = this.#lineOf(sender * kindOfNode.length + receiver);
      out = Math.max(now, this.#free[line]!) + (bytes * BITS) / bandwidth;
      this.#free[line] = out;
    }
    if (this.#loss[link]! > 0 && stream.uniform() < this.#loss[link]!) return NEVER;
    return out - now + (latency === null ? 0 : latency[link]!);
  }

  #lineOf(pair: number): number {
    const known = this.#lines.get(pair);
    if (known !== undefined) return known;
    const line = this.#free.push(0) - 1;
    this.#lines.set(pair, line);
    return line;
  }
}
