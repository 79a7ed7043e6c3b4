/** Values that the timeline sets. Of several for the same thing the last one counts, and when it ends the one before. */
import { type Change, type Deployment, type Distribution, isPolicyParameter, type Value } from '../../model/index.ts';
import { calledComponents } from '../message-table.ts';
import type { ChangedCosts } from './changed-costs.ts';
import { nodesOf } from './places.ts';
import { PolicySettings } from './policy-settings.ts';
import type { ReplicaSets } from './replica-sets.ts';
import { deploymentOf, type Running } from './running.ts';
import type { Scaling } from './scaling.ts';
import { Settings } from './settings.ts';

type Set = Extract<Change, { readonly kind: 'set' }>;

export class Parameters {
  readonly #run: Running;
  readonly #deployment: Deployment | undefined;
  readonly #sets: ReplicaSets;
  readonly #costs: ChangedCosts;
  readonly #scaling: Scaling;
  readonly #policies: PolicySettings;
  readonly #values = new Settings<Value | Distribution>();
  /** By parameter: replicas there were when the first value came. */
  readonly #before = new Map<string, number>();

  constructor(run: Running, sets: ReplicaSets, costs: ChangedCosts, scaling: Scaling) {
    this.#run = run;
    this.#deployment = deploymentOf(run.scenario);
    this.#sets = sets;
    this.#costs = costs;
    this.#scaling = scaling;
    this.#policies = new PolicySettings(run, sets);
  }

  begin(replication: number): void {
    this.#values.clear();
    this.#before.clear();
    this.#policies.begin(replication);
  }

  set({ parameter, value }: Set): () => void {
    const key = `${parameter.name} ${parameter.element}`;
    if (parameter.name === 'replicas' && this.#values.last(key) === undefined) {
      this.#before.set(key, this.#scaling.total(parameter.element));
    }
    const end = this.#values.put(key, value);
    this.#enforce(parameter, key);
    return () => {
      end();
      this.#enforce(parameter, key);
    };
  }

  #enforce({ element, name }: Set['parameter'], key: string): void {
    const value = this.#values.last(key);
    const number = typeof value === 'number' ? value : undefined;
    const { layout } = this.#run.scenario;
    if (isPolicyParameter(name)) {
      this.#policies.set(element, name, value);
      return;
    }
    switch (name) {
      case 'takes':
      case 'delays':
      case 'fails':
        this.#costs.set(element, name, value);
        break;
      case 'replicas':
        this.#scaling.scale(element, number ?? this.#before.get(key) ?? this.#scaling.total(element));
        break;
      case 'threads':
        for (const pool of this.#poolsOf(element)) {
          this.#run.threads.setThreads(pool, number);
          this.#run.admit(pool);
        }
        break;
      case 'queue':
        for (const pool of this.#poolsOf(element)) this.#run.threads.setRoom(pool, number);
        break;
      case 'cores':
        for (const node of nodesOf(layout, this.#deployment, element)) {
          if (this.#sets.isNodeThere(node)) this.#run.stations.setCores(node, number ?? this.#coresOf(node));
        }
        break;
      case 'count': {
        const resource = this.#run.scenario.model.resources.findIndex(({ id }) => id === element);
        if (resource >= 0) this.#run.activities?.setCount(resource, number ?? null);
        const node = this.#deployment?.nodes.find(({ id }) => id === element);
        if (node === undefined) break;
        const cores = this.#values.last(`cores ${element}`);
        this.#scaling.scaleNode(element, number ?? node.count, typeof cores === 'number' ? cores : (node.cores ?? 0));
        break;
      }
      case 'cache':
        for (const pool of this.#poolsOf(element)) this.#run.caches.set(pool, 'hit', number);
        break;
      case 'cache.entries':
        for (const pool of this.#poolsOf(element)) this.#run.caches.set(pool, 'entries', number);
        break;
      case 'cache.ttl':
        for (const pool of this.#poolsOf(element)) this.#run.caches.set(pool, 'ttl', number);
        break;
      case 'queue.within':
        for (const pool of this.#poolsOf(element)) this.#run.threads.setMargin(pool, number);
        break;
      case 'limit':
        this.#run.limits.setRate(element, number, this.#run.clock[0]!);
        break;
      case 'limit.burst':
        this.#run.limits.setBurst(element, number, this.#run.clock[0]!);
        break;
      case 'connections':
        for (const caller of this.#callersOf(element)) this.#run.places.setConnections(caller, number, this.#run.ready);
        break;
    }
  }

  #coresOf(node: number): number {
    return this.#run.scenario.layout.coresOfNode[node]! || Number.POSITIVE_INFINITY;
  }

  /** What keeps the connections of a component that makes calls: its replicas, or where it runs nowhere itself. */
  #callersOf(component: string): readonly number[] {
    const replicas = this.#sets.all(component);
    if (replicas.length > 0) return replicas;
    const call = this.#run.scenario.program.messages.find(({ caller }) => caller === component);
    return call === undefined ? [] : [this.#run.pairs.callerOf(-1, call.index)];
  }

  /** What keeps the threads of a component: its replicas, or where it runs nowhere itself. */
  #poolsOf(component: string): readonly number[] {
    const replicas = this.#sets.all(component);
    if (replicas.length > 0) return replicas;
    const { layout, program } = this.#run.scenario;
    const index = calledComponents(program.messages).indexOf(component);
    return index < 0 ? [] : [layout.nodeOfReplica.length + index];
  }
}
