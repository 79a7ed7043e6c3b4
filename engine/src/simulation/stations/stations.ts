/**
 * The nodes of a run whose work can change while it is under way; `Cores` keeps all others, whose work takes a core from its
 * beginning to its end and nothing else. Time is told by the calendar: `ring` is to be called when an alarm goes off.
 */
import type { Calendar } from '../calendar.ts';
import { eventOf, eventType } from '../event.ts';
import type { Layout } from '../layout.ts';
import type { TokenPool } from '../token-pool.ts';
import type { CoreFigures } from './core-figures.ts';
import { Station, type StationRun } from './station.ts';
import { TokenRanks } from './token-heap.ts';

export interface StationsSetup {
  readonly layout: Layout;
  readonly pool: TokenPool;
  /** Holds the time now. */
  readonly clock: Float64Array;
  readonly calendar: Calendar;
  /** Speeds and numbers of cores may change, and work be taken away, on every node. */
  readonly canChange: boolean;
  waited(token: number, time: number): void;
  isCancelled(token: number): boolean;
}

export class Stations {
  readonly #layout: Layout;
  readonly #ranks: TokenRanks;
  readonly #run: StationRun;
  /** By node instance; null: `Cores` keeps it, or nobody waits there. */
  readonly #stations: readonly (Station | null)[];
  #base: CoreFigures;
  #marked = 0;

  constructor({ layout, pool, clock, calendar, canChange, waited, isCancelled }: StationsSetup) {
    this.#layout = layout;
    const isNeeded = (node: number): boolean =>
      canChange || (layout.schedulingOfNode[node] !== 'fifo' && layout.coresOfNode[node]! > 0);
    const limit = layout.kindOfNode.some((_, node) => isNeeded(node)) ? pool.limit : 0;
    this.#ranks = new TokenRanks(limit);
    const replicas = layout.nodeOfReplica.length;
    this.#run = {
      pool,
      clock,
      ranks: this.#ranks,
      priorities: new Float64Array(limit),
      heldBy: new Int32Array(replicas),
      busySpan: new Float64Array(replicas),
      waited,
      isCancelled,
    };
    this.#stations = Array.from(layout.kindOfNode, (_, node) => {
      if (!isNeeded(node)) return null;
      const event = eventOf(eventType.station, node);
      const cores = layout.coresOfNode[node]! || Number.POSITIVE_INFINITY;
      return new Station(this.#run, layout.schedulingOfNode[node]!, cores, (time) => calendar.push(time, event));
    });
    this.#base = this.#totals();
  }

  clear(): void {
    this.#ranks.clear();
    this.#run.heldBy.fill(0);
    this.#run.busySpan.fill(0);
    for (const station of this.#stations) station?.clear();
    this.mark(0);
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.#base = this.#totals();
    this.#marked = now;
  }

  keeps(node: number): boolean {
    return this.#stations[node] !== null;
  }

  /** Whether it matters there who has which priority. */
  goesByPriority(replica: number): boolean {
    const scheduling = this.#layout.schedulingOfNode[this.#layout.nodeOfReplica[replica]!];
    return scheduling === 'priority' || scheduling === 'preemptive-priority';
  }

  arrive(token: number, replica: number, work: number, priority: number): void {
    this.#of(replica).arrive(token, work, priority);
  }

  /** The alarm of a node went off: the token whose work is done, which is then to `leave`; -1 where none is. */
  ring(node: number): number {
    return this.#station(node).ring();
  }

  leave(token: number, replica: number): void {
    this.#of(replica).leave(token);
  }

  /** Whether work for a token is under way there. */
  isServing(token: number, replica: number): boolean {
    if (replica < 0) return false;
    return this.#stations[this.#layout.nodeOfReplica[replica]!]?.isServing(token) === true;
  }

  /** What is left of all work on a node, and what comes, takes so many times as long as normally; Infinity: it stands still. */
  setSpeed(node: number, factor: number): void {
    this.#station(node).setSpeed(factor);
  }

  /** More cores serve those who wait; fewer let work under way end. */
  setCores(node: number, cores: number): void {
    this.#station(node).setCores(cores);
  }

  /** Takes away the tokens that work or wait in line for a core at a replica, in the order in which they came. */
  evict(replica: number): readonly number[] {
    return this.#of(replica).evict(replica);
  }

  evictNode(node: number): readonly number[] {
    return this.#station(node).evict(-1);
  }

  /** What happened since the mark; 0 for nodes that are kept elsewhere. */
  figures(now: number): CoreFigures {
    const totals = this.#totals();
    const base = this.#base;
    const time = now - this.#marked;
    const since = (field: keyof CoreFigures): number[] =>
      totals[field].map((figure, index) => figure - base[field][index]!);
    // Sums of large times: where nobody worked or waited they may leave a trace below 0.
    const mean = (field: keyof CoreFigures): number[] => since(field).map((sum) => Math.max(0, sum) / time);
    return {
      busyCores: mean('busyCores'),
      cores: mean('cores'),
      queue: mean('queue'),
      waited: since('waited'),
      served: since('served'),
      growth: since('growth'),
    };
  }

  #of(replica: number): Station {
    return this.#station(this.#layout.nodeOfReplica[replica]!);
  }

  #station(node: number): Station {
    const station = this.#stations[node];
    if (station === undefined || station === null) throw new Error(`node ${node} cannot change`);
    return station;
  }

  #totals(): CoreFigures {
    const totals = this.#stations.map((station) => station?.totals() ?? null);
    const { heldBy, busySpan } = this.#run;
    return {
      busyCores: Array.from(busySpan, (span, replica) => {
        const node = totals[this.#layout.nodeOfReplica[replica]!];
        return node === undefined || node === null ? 0 : span + heldBy[replica]! * node.onCore;
      }),
      cores: totals.map((node) => node?.cores ?? 0),
      queue: totals.map((node) => node?.queue ?? 0),
      waited: totals.map((node) => node?.waited ?? 0),
      served: totals.map((node) => node?.came ?? 0),
      growth: totals.map((node) => node?.excess ?? 0),
    };
  }
}
