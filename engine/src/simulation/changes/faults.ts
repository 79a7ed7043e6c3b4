/** Crashes, what is slow, and partitions of the network: each is applied at once and gives back what ends it. */
import type { Change, Deployment, ElementId } from '../../model/index.ts';
import { formatFigure } from '../../numeric/index.ts';
import { CUT, calledComponents, UNREACHABLE } from '../message-table.ts';
import { FLAGS, LOST, WORD_SHIFT } from '../token-pool.ts';
import { Casualties } from './casualties.ts';
import type { ChangedCosts } from './changed-costs.ts';
import type { Happenings } from './happenings.ts';
import { Partitions } from './partitions.ts';
import { nameOf, nodesOf } from './places.ts';
import type { ReplicaSets } from './replica-sets.ts';
import { deploymentOf, type Running } from './running.ts';
import { Settings } from './settings.ts';
import { Traits } from './traits.ts';

type Fault<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/** What a fault strikes: nodes, replicas, or a component that runs nowhere. */
interface Target {
  readonly nodes: readonly number[];
  readonly replicas: readonly number[];
  readonly outside: ElementId | null;
  /** Index of a resource, and how many of it; -1: it is none. */
  readonly resource: number;
  readonly count: number;
}

/** More than there ever are of a resource. */
const ALL = 1_000_000_000;

export class Faults {
  readonly partitions: Partitions;
  readonly #run: Running;
  readonly #deployment: Deployment | undefined;
  readonly #sets: ReplicaSets;
  readonly #costs: ChangedCosts;
  readonly #happenings: Happenings;
  readonly #casualties: Casualties;
  readonly #traits: Traits;
  readonly #factors = new Settings<number>();
  readonly #outages = new Settings<true>();

  constructor(run: Running, sets: ReplicaSets, costs: ChangedCosts, happenings: Happenings) {
    const { layout, program } = run.scenario;
    this.#run = run;
    this.#deployment = deploymentOf(run.scenario);
    this.#sets = sets;
    this.#costs = costs;
    this.#happenings = happenings;
    this.#casualties = new Casualties({ ...run, program });
    this.#traits = new Traits(run.records, program.messages);
    this.partitions = new Partitions(layout.kindOfNode.length, layout.nodeOfReplica);
  }

  clear(): void {
    this.partitions.clear();
    this.#factors.clear();
    this.#outages.clear();
    this.#traits.set(CUT | UNREACHABLE, false);
  }

  crash({ subject, index }: Fault<'crash'>): () => void {
    const { nodes, replicas, outside, resource, count } = this.#target(subject, index);
    const name = nameOf(subject, index);
    this.#happenings.add('crash', subject, `${name} crashes`);
    this.strike(nodes, replicas);
    if (resource >= 0) this.#run.activities?.takeAway(resource, count);
    const isBack = outside === null ? () => {} : this.#cutOff(outside);
    return () => {
      isBack();
      if (resource >= 0) this.#run.activities?.takeAway(resource, -count);
      this.recover(nodes, replicas);
      this.#happenings.add('recovery', subject, `${name} is back`);
    };
  }

  /** What runs there is lost; it takes nothing until `recover`. */
  strike(nodes: readonly number[], replicas: readonly number[]): void {
    const struck = [...nodes.flatMap((node) => this.#sets.on(node)), ...replicas];
    const dead = new Uint8Array(this.#run.scenario.layout.nodeOfReplica.length);
    for (const replica of struck) dead[replica] = this.#sets.isUp(replica) ? 1 : 0;
    for (const node of nodes) this.#sets.strikeNode(node, 1);
    for (const replica of replicas) this.#sets.strike(replica, 1);
    this.#casualties.end(dead, null);
  }

  recover(nodes: readonly number[], replicas: readonly number[]): void {
    for (const node of nodes) this.#sets.strikeNode(node, -1);
    for (const replica of replicas) this.#sets.strike(replica, -1);
  }

  slow({ subject, index, factor }: Fault<'slow'>): () => void {
    const { nodes, replicas, outside } = this.#target(subject, index);
    const name = nameOf(subject, index);
    this.#happenings.add('slow', subject, `${name} takes ${formatFigure(factor)} times as long`);
    const ends = [
      ...nodes.map((node) =>
        this.#stretch(`node ${node}`, factor, (product) => {
          this.#run.stations.setSpeed(node, product);
          this.#costs.slowNode(node, product);
        }),
      ),
      ...replicas.map((replica) =>
        this.#stretch(`replica ${replica}`, factor, (product) => this.#costs.slowReplica(replica, product)),
      ),
    ];
    if (outside !== null) {
      ends.push(this.#stretch(`component ${outside}`, factor, (product) => this.#costs.slowOutside(outside, product)));
    }
    return () => {
      for (const end of ends) end();
      this.#happenings.add('normal-speed', subject, `${name} is no longer slow`);
    };
  }

  partition({ from, to }: Fault<'partition'>): () => void {
    const [some, others] = [from, to].map((place) => nodesOf(this.#run.scenario.layout, this.#deployment, place));
    const names = `${nameOf(from)} and ${nameOf(to)}`;
    this.#happenings.add('partition', from, `nothing passes between ${names}`);
    this.#separate(some!, others!, 1);
    return () => {
      this.#separate(some!, others!, -1);
      this.#happenings.add('partition-end', from, `messages pass between ${names} again`);
    };
  }

  #separate(some: readonly number[], others: readonly number[], by: 1 | -1): void {
    const { pool, ready } = this.#run;
    for (const token of this.partitions.change(some, others, by)) {
      pool.words[(token << WORD_SHIFT) + FLAGS]! &= ~LOST;
      ready.push(token);
    }
    this.#traits.set(CUT, this.partitions.isAny);
  }

  /** The product of all factors that hold is what counts. */
  #stretch(key: string, factor: number, apply: (product: number) => void): () => void {
    const product = (): number => this.#factors.all(key).reduce((all, one) => all * one, 1);
    const change = (act: () => void): void => {
      const before = product();
      act();
      const now = product();
      if (now !== before) apply(now);
    };
    let end = (): void => {};
    change(() => {
      end = this.#factors.put(key, factor);
    });
    return () => change(end);
  }

  /** Calls of a component that runs nowhere fail at once, and those under way with them. */
  #cutOff(component: ElementId): () => void {
    const end = this.#outages.put(component, true);
    const isIts = ({ component: called }: { readonly component: ElementId | null }): boolean => called === component;
    const { program, layout } = this.#run.scenario;
    this.#traits.set(UNREACHABLE, true, isIts);
    const index = calledComponents(program.messages).indexOf(component);
    // A broker that runs nowhere is called by nobody.
    if (index >= 0) this.#casualties.end(new Uint8Array(0), { component, pool: layout.nodeOfReplica.length + index });
    return () => {
      end();
      this.#traits.set(UNREACHABLE, this.#outages.last(component) === true, isIts);
    };
  }

  /** It runs nowhere, and has crashed. */
  isCutOff(component: ElementId): boolean {
    return this.#outages.last(component) === true;
  }

  #target(subject: ElementId, index: number | undefined): Target {
    const { layout } = this.#run.scenario;
    const nodes = nodesOf(layout, this.#deployment, subject, index);
    const places = this.#sets.all(subject);
    const replicas = index === undefined ? places : places.slice(index - 1, index);
    const { program, model } = this.#run.scenario;
    const isCalled =
      program.messages.some(({ component }) => component === subject) ||
      model.components.some(({ id, broker }) => broker && id === subject);
    return {
      nodes,
      replicas,
      outside: places.length === 0 && isCalled ? subject : null,
      resource: this.#run.scenario.model.resources.findIndex(({ id }) => id === subject),
      count: index === undefined ? ALL : 1,
    };
  }
}
