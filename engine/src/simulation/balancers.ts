/**
 * Which replica takes a call: one balancer for all calls of a component, whoever makes them. Replicas come and go
 * (`setEligible`); nothing here knows why. Only the strategies that look at how busy a replica is are told of calls.
 */
import type { Known } from '../expressions/index.ts';
import type { Balance, ElementId } from '../model/index.ts';
import type { RandomStream } from '../numeric/index.ts';
import { hashOfValue, mixed } from './hash-of-value.ts';
import type { Layout } from './layout.ts';

export const NO_REPLICA = -1;

const IN_TURN = 0;
const RANDOM = 1;
const TWO_CHOICES = 2;
const LEAST = 3;
const HASH = 4;

const codeOf: Readonly<Record<Balance['strategy']['kind'], number>> = {
  'round-robin': IN_TURN,
  random: RANDOM,
  'two-choices': TWO_CHOICES,
  'least-connections': LEAST,
  hash: HASH,
};

export class Balancers {
  /** By component, as the message table numbers them. */
  readonly #strategy: Uint8Array;
  readonly #first: Int32Array;
  readonly #total: Int32Array;
  readonly #eligible: Int32Array;
  /** Where the next turn begins, among those that are eligible. */
  readonly #next: Int32Array;
  /** As deployed, and with those that are eligible in front: in the order in which calls are dealt out. */
  readonly #deployed: Int32Array;
  readonly #order: Int32Array;
  /** By replica. */
  readonly #isOut: Uint8Array;
  readonly #open: Int32Array;
  readonly #componentOf: Int32Array;
  #streams: readonly RandomStream[] = [];
  #hasChanged = false;

  constructor(layout: Layout, components: readonly (ElementId | null)[]) {
    const count = components.length;
    const replicasOf = components.map((id) => (id === null ? undefined : layout.replicasOf.get(id)) ?? []);
    this.#strategy = Uint8Array.from(components, (id) =>
      id === null ? IN_TURN : codeOf[layout.strategyOf.get(id)?.kind ?? 'round-robin'],
    );
    this.#total = Int32Array.from(replicasOf, (replicas) => replicas.length);
    this.#eligible = this.#total.slice();
    this.#first = new Int32Array(count);
    this.#next = new Int32Array(count);
    this.#deployed = Int32Array.from(replicasOf.flatMap((replicas) => [...replicas]));
    this.#order = this.#deployed.slice();
    const replicas = layout.nodeOfReplica.length;
    this.#isOut = new Uint8Array(replicas);
    this.#open = new Int32Array(replicas);
    this.#componentOf = new Int32Array(replicas).fill(-1);
    let first = 0;
    replicasOf.forEach((placed, component) => {
      this.#first[component] = first;
      first += placed.length;
      for (const replica of placed) this.#componentOf[replica] = component;
    });
  }

  /** A new run: all replicas are eligible. `streams`: by component. */
  prepare(streams: readonly RandomStream[]): void {
    this.#streams = streams;
    this.#next.fill(0);
    this.#open.fill(0);
    if (!this.#hasChanged) return;
    this.#hasChanged = false;
    this.#isOut.fill(0);
    this.#eligible.set(this.#total);
    this.#order.set(this.#deployed);
  }

  /** How many replicas of a component take calls. */
  eligible(component: number): number {
    return this.#eligible[component]!;
  }

  /** The replica of a component that was deployed with one; NO_REPLICA for any other. */
  only(component: number): number {
    return this.#total[component] === 1 ? this.#deployed[this.#first[component]!]! : NO_REPLICA;
  }

  isEligible(replica: number): boolean {
    return this.#isOut[replica] === 0;
  }

  /** Whether further calls may go to the replica; those that it has are none of this. */
  setEligible(replica: number, isEligible: boolean): void {
    const isOut = isEligible ? 0 : 1;
    const component = this.#componentOf[replica]!;
    if (this.#isOut[replica] === isOut) return;
    this.#isOut[replica] = isOut;
    this.#hasChanged = true;
    if (component < 0) return;
    const first = this.#first[component]!;
    const behind = first + this.#total[component]!;
    let front = first;
    for (let at = first; at < behind; at++) {
      if (this.#isOut[this.#deployed[at]!] === 0) this.#order[front++] = this.#deployed[at]!;
    }
    this.#eligible[component] = front - first;
    if (this.#next[component]! >= front - first) this.#next[component] = 0;
  }

  /** The replica for a call without a key; NO_REPLICA where none is eligible. */
  choose(component: number): number {
    const count = this.#eligible[component]!;
    if (count === 0) return NO_REPLICA;
    const first = this.#first[component]!;
    switch (this.#strategy[component]) {
      case RANDOM:
        return this.#order[first + this.#streams[component]!.below(count)]!;
      case TWO_CHOICES:
        return this.#lessBusyOfTwo(component, count);
      case LEAST:
        return this.#leastBusy(component, count);
      default: {
        const next = this.#next[component]!;
        this.#next[component] = next + 1 === count ? 0 : next + 1;
        return this.#order[first + next]!;
      }
    }
  }

  /**
   * The same replica for the same key: of those that are eligible the one whose hash together with the key's is greatest
   * (rendezvous hashing, Thaler and Ravishankar 1998). When a replica goes only its own keys move, evenly to the others.
   */
  chooseFor(component: number, key: Known): number {
    const count = this.#eligible[component]!;
    if (key === null || key === undefined || count === 0) return this.choose(component);
    const first = this.#first[component]!;
    const hash = hashOfValue(key);
    let best = NO_REPLICA;
    let greatest = -1;
    for (let at = first; at < first + count; at++) {
      const replica = this.#order[at]!;
      const weight = mixed(hash ^ mixed(replica + 1)) >>> 0;
      if (weight <= greatest) continue;
      greatest = weight;
      best = replica;
    }
    return best;
  }

  /** The partitions of a topic are dealt out to the replicas that are eligible, one after the other. */
  assigned(component: number, partition: number): number {
    const count = this.#eligible[component]!;
    return count === 0 ? NO_REPLICA : this.#order[this.#first[component]! + (partition % count)]!;
  }

  /** A call was sent to the replica, whose component is balanced by how busy its replicas are. */
  began(replica: number): void {
    this.#open[replica]!++;
  }

  /** Its execution has ended, whether or not somebody still waits for it. */
  ended(replica: number): void {
    this.#open[replica]!--;
  }

  /** Two different ones; the one drawn first where they are alike. */
  #lessBusyOfTwo(component: number, count: number): number {
    const first = this.#first[component]!;
    const stream = this.#streams[component]!;
    const one = stream.below(count);
    if (count === 1) return this.#order[first]!;
    const draw = stream.below(count - 1);
    const a = this.#order[first + one]!;
    const b = this.#order[first + (draw >= one ? draw + 1 : draw)]!;
    return this.#open[b]! < this.#open[a]! ? b : a;
  }

  /** Of several alike the next in turn. */
  #leastBusy(component: number, count: number): number {
    const first = this.#first[component]!;
    let at = this.#next[component]!;
    let best = at;
    let fewest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const open = this.#open[this.#order[first + at]!]!;
      if (open < fewest) {
        fewest = open;
        best = at;
      }
      at = at + 1 === count ? 0 : at + 1;
    }
    this.#next[component] = best + 1 === count ? 0 : best + 1;
    return this.#order[first + best]!;
  }
}
