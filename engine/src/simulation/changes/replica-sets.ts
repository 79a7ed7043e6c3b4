/**
 * Which replicas there are, which of them take calls, and which version each runs. A replica takes calls where it is wanted, has
 * started and neither it nor its node is down. Knows nothing of why.
 */
import type { ElementId } from '../../model/index.ts';
import type { Balancers } from '../balancers.ts';
import type { Layout } from '../layout.ts';
import type { Presence } from '../presence.ts';

export class ReplicaSets {
  readonly #layout: Layout;
  readonly #balancers: Balancers;
  readonly #presence: Presence;
  /** By replica: it is wanted; it has started; faults that keep it down; its version, 0: the one at the beginning. */
  readonly #isWanted: Uint8Array;
  readonly #isStarting: Uint8Array;
  readonly #downs: Int32Array;
  readonly #version: Int32Array;
  /** Apart from the balanced ones: a canary has calls of its own. */
  readonly #isApart: Uint8Array;
  /** By node instance: faults that keep it down; it is there. */
  readonly #nodeDowns: Int32Array;
  readonly #isNodeThere: Uint8Array;
  readonly #versions: Int32Array;

  /** `versions`: by replica, those at the beginning. */
  constructor(layout: Layout, balancers: Balancers, presence: Presence, versions: Int32Array) {
    const replicas = layout.nodeOfReplica.length;
    this.#layout = layout;
    this.#balancers = balancers;
    this.#presence = presence;
    this.#versions = versions;
    this.#isWanted = new Uint8Array(replicas);
    this.#isStarting = new Uint8Array(replicas);
    this.#downs = new Int32Array(replicas);
    this.#version = new Int32Array(replicas);
    this.#isApart = new Uint8Array(replicas);
    this.#nodeDowns = new Int32Array(layout.kindOfNode.length);
    this.#isNodeThere = new Uint8Array(layout.kindOfNode.length);
  }

  clear(): void {
    const { replicasAtBeginning, nodesAtBeginning } = this.#layout;
    this.#isWanted.fill(0).fill(1, 0, replicasAtBeginning);
    for (const part of [this.#isStarting, this.#downs, this.#isApart, this.#nodeDowns]) part.fill(0);
    this.#isNodeThere.fill(0).fill(1, 0, nodesAtBeginning);
    // Those of a node that may come, come with it.
    this.#layout.nodeOfReplica.forEach((node, replica) => {
      if (node >= nodesAtBeginning) this.#isWanted[replica] = 1;
    });
    this.#version.set(this.#versions);
    for (let replica = replicasAtBeginning; replica < this.#isWanted.length; replica++) this.#balance(replica);
  }

  /** The places for replicas of a component, taken or not, in their order. */
  all(component: ElementId): readonly number[] {
    return [...(this.#layout.replicasOf.get(component) ?? [])];
  }

  /** Those that there are for all calls, starting or down or not. */
  wanted(component: ElementId): readonly number[] {
    const { nodeOfReplica } = this.#layout;
    return this.all(component).filter(
      (replica) =>
        this.#isWanted[replica] === 1 &&
        this.#isApart[replica] === 0 &&
        this.#isNodeThere[nodeOfReplica[replica]!] === 1,
    );
  }

  version(replica: number): number {
    return this.#version[replica]!;
  }

  setVersion(replica: number, version: number): void {
    this.#version[replica] = version;
  }

  isWanted(replica: number): boolean {
    return this.#isWanted[replica] === 1;
  }

  isUp(replica: number): boolean {
    const node = this.#layout.nodeOfReplica[replica]!;
    return this.#downs[replica] === 0 && this.#nodeDowns[node] === 0 && this.#isNodeThere[node] === 1;
  }

  takesCalls(replica: number): boolean {
    return this.#isWanted[replica] === 1 && this.#isStarting[replica] === 0 && this.isUp(replica);
  }

  /** It is one of those that a balancer chooses from. */
  isBalanced(replica: number): boolean {
    return this.takesCalls(replica) && this.#isApart[replica] === 0;
  }

  isNodeThere(node: number): boolean {
    return this.#isNodeThere[node] === 1;
  }

  /** Whether the replica is wanted; one that is not takes no new work and finishes what it has. */
  want(replica: number, isWanted: boolean): void {
    this.#isWanted[replica] = isWanted ? 1 : 0;
    if (!isWanted) this.#isStarting[replica] = 0;
    this.#notePresence(replica);
    this.#balance(replica);
  }

  setStarting(replica: number, isStarting: boolean): void {
    this.#isStarting[replica] = isStarting ? 1 : 0;
    this.#balance(replica);
  }

  setApart(replica: number, isApart: boolean): void {
    this.#isApart[replica] = isApart ? 1 : 0;
    this.#balance(replica);
  }

  /** One fault more (1) or less (-1). */
  strike(replica: number, change: 1 | -1): void {
    this.#downs[replica]! += change;
    this.#balance(replica);
  }

  strikeNode(node: number, change: 1 | -1): void {
    this.#nodeDowns[node]! += change;
    for (const replica of this.on(node)) this.#balance(replica);
  }

  setNodeThere(node: number, isThere: boolean): void {
    this.#isNodeThere[node] = isThere ? 1 : 0;
    this.#presence.setNode(node, isThere);
    for (const replica of this.on(node)) this.#notePresence(replica);
    for (const replica of this.on(node)) this.#balance(replica);
  }

  /** The replicas of a node instance, of whatever component. */
  on(node: number): readonly number[] {
    const replicas: number[] = [];
    this.#layout.nodeOfReplica.forEach((at, replica) => {
      if (at === node) replicas.push(replica);
    });
    return replicas;
  }

  #notePresence(replica: number): void {
    const isNodeThere = this.#isNodeThere[this.#layout.nodeOfReplica[replica]!] === 1;
    this.#presence.setReplica(replica, isNodeThere && this.#isWanted[replica] === 1);
  }

  #balance(replica: number): void {
    this.#balancers.setEligible(replica, this.isBalanced(replica));
  }
}
