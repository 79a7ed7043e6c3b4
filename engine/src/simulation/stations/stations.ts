/**
 * The nodes of a run whose work can change while it is under way; `Cores` keeps all others, whose work takes a core from its
 * beginning to its end and nothing else. Time is told by the calendar: `ring` is to be called when an alarm goes off.
 */
import type { ElementId } from '../../model/index.ts';
import type { Calendar } from '../calendar.ts';
import { eventOf, eventType } from '../event.ts';
import type { Layout } from '../layout.ts';
import type { Sources } from '../sources.ts';
import type * as token from '../token-pool.ts';
import type { TokenPool } from '../token-pool.ts';
import type { BackgroundStream } from './backgrounds.ts';
import type { CoreFigures } from './core-figures.ts';
import { Station, type StationRun } from './station.ts';
import { TokenRanks } from './token-heap.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const BACKGROUND = -6 satisfies typeof token.BACKGROUND;
const ARRIVED = 1 satisfies typeof token.ARRIVED;
const MACHINE_WORK = -7 satisfies typeof token.MACHINE_WORK;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
const PLACE = 4 satisfies typeof token.PLACE;
const TIME_SHIFT = 2 satisfies typeof token.TIME_SHIFT;
const WHAT = 3 satisfies typeof token.WHAT;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

/** Traffic outside the model leaves room for what the model does. */
const OUTSIDE_SHARE = 0.5;

interface StationsSetup {
  readonly layout: Layout;
  readonly pool: TokenPool;
  /** Holds the time now. */
  readonly clock: Float64Array;
  readonly calendar: Calendar;
  /** Speeds and numbers of cores may change, and work be taken away, on every node. */
  readonly canChange: boolean;
  readonly backgrounds: readonly BackgroundStream[];
  /** Replicas on which instances of machines work: that can be broken off. */
  readonly workplaces: Iterable<number>;
  /** Work of an instance is done. */
  worked(token: number): void;
  waited(token: number, time: number): void;
  isCancelled(token: number): boolean;
}

export class Stations {
  readonly #layout: Layout;
  readonly #calendar: Calendar;
  readonly #worked: (token: number) => void;
  readonly #backgrounds: readonly BackgroundStream[];
  #draws: Sources['backgrounds'] = [];
  readonly #ranks: TokenRanks;
  readonly #run: StationRun;
  /** By node instance; null: `Cores` keeps it, or nobody waits there. */
  readonly #stations: readonly (Station | null)[];
  #base: CoreFigures;
  #marked = 0;

  constructor(setup: StationsSetup) {
    const { layout, pool, clock, calendar, canChange, backgrounds } = setup;
    this.#layout = layout;
    this.#calendar = calendar;
    this.#worked = setup.worked;
    this.#backgrounds = backgrounds;
    const worksOn = new Set([...setup.workplaces].map((replica) => layout.nodeOfReplica[replica]!));
    const isNeeded = (node: number): boolean =>
      canChange ||
      (layout.schedulingOfNode[node] !== 'fifo' && layout.coresOfNode[node]! > 0) ||
      worksOn.has(node) ||
      backgrounds.some((stream) => stream.node === node);
    const limit = layout.kindOfNode.some((_, node) => isNeeded(node)) ? pool.limit : 0;
    this.#ranks = new TokenRanks(limit);
    const places = layout.nodeOfReplica.length + layout.kindOfNode.length;
    this.#run = {
      pool,
      clock,
      ranks: this.#ranks,
      priorities: new Float64Array(limit),
      heldBy: new Int32Array(places),
      busySpan: new Float64Array(places),
      waited: (token, time) => {
        if (!this.#isBesideCalls(token)) setup.waited(token, time);
      },
      isCancelled: (token) => !this.#isBesideCalls(token) && setup.isCancelled(token),
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

  /** A run begins: traffic outside the model comes from now on. */
  begin(draws: Sources['backgrounds']): void {
    this.#draws = draws;
    for (let stream = 0; stream < draws.length; stream++) this.#expect(stream, 0);
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.#base = this.#totals();
    this.#marked = now;
  }

  /** The node of an event of the calendar, and whether it brings traffic from outside the model. */
  placeOf(index: number): { readonly element: ElementId; readonly isOutside: boolean } {
    const stream = index - this.#stations.length;
    const node = stream < 0 ? index : this.#backgrounds[stream]!.node;
    return { element: this.#layout.kinds[this.#layout.kindOfNode[node]!]!, isOutside: stream >= 0 };
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

  /** An event of a node or of a stream: the token whose work is done, which is then to `leave`; -1 where none is. */
  ring(index: number): number {
    const nodes = this.#stations.length;
    if (index >= nodes) {
      this.#comeFromOutside(index - nodes);
      return NO_TOKEN;
    }
    const station = this.#station(index);
    const token = station.ring();
    if (token === NO_TOKEN || !this.#isBesideCalls(token)) return token;
    station.leave(token);
    if (this.#what(token) === MACHINE_WORK) this.#worked(token);
    this.#run.pool.give(token);
    return NO_TOKEN;
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

  /** Infinity: nobody waits there. */
  cores(node: number): number {
    return this.#station(node).cores;
  }

  /** How many wait at a node instance now; 0 for those kept elsewhere, and so for the rest. */
  waiting(node: number): number {
    return this.#stations[node]?.excess ?? 0;
  }

  /** Cores that there are to hold. */
  coresThere(node: number): number {
    const cores = this.#stations[node]?.coresThere ?? 0;
    return cores < Number.POSITIVE_INFINITY ? cores : 0;
  }

  /** Cores that a replica holds, or traffic from outside on a node instance, now. */
  heldBy(replica: number): number {
    return this.#heldAt(replica, this.#layout.nodeOfReplica[replica]!);
  }

  heldFromOutside(node: number): number {
    return this.#heldAt(this.#layout.nodeOfReplica.length + node, node);
  }

  #heldAt(place: number, node: number): number {
    return this.#run.heldBy[place]! * (this.#stations[node]?.share ?? 0);
  }

  /** Takes away the tokens that work or wait in line for a core at a replica, in the order in which they came. */
  evict(replica: number): readonly number[] {
    return this.#ofCalls(this.#of(replica).evict(replica));
  }

  evictNode(node: number): readonly number[] {
    return this.#ofCalls(this.#station(node).evict(-1));
  }

  /** Microseconds on cores until now, by work of a replica. */
  busyTime(replica: number): number {
    const { heldBy, busySpan } = this.#run;
    return busySpan[replica]! + heldBy[replica]! * this.#of(replica).totals().onCore;
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
      outside: mean('outside'),
      cores: mean('cores'),
      saturated: mean('saturated'),
      queue: mean('queue'),
      waited: since('waited'),
      served: since('served'),
      growth: since('growth'),
    };
  }

  #what(token: number): number {
    return this.#run.pool.words[(token << WORD_SHIFT) + WHAT]!;
  }

  /** Not part of what a transaction does. */
  #isBesideCalls(token: number): boolean {
    const what = this.#what(token);
    return what === BACKGROUND || what === MACHINE_WORK;
  }

  /** Traffic outside the model is gone; what an instance does begins anew. */
  #ofCalls(tokens: readonly number[]): readonly number[] {
    const { pool } = this.#run;
    return tokens.filter((token) => {
      const what = this.#what(token);
      if (what === BACKGROUND) pool.give(token);
      else if (what === MACHINE_WORK) {
        const replica = pool.words[(token << WORD_SHIFT) + PLACE]!;
        this.arrive(token, replica, pool.times[(token << TIME_SHIFT) + ARRIVED]!, 0);
      } else return true;
      return false;
    });
  }

  #expect(stream: number, after: number): void {
    const time = after + this.#draws[stream]!.gaps.next();
    this.#calendar.push(time, eventOf(eventType.station, this.#stations.length + stream));
  }

  #comeFromOutside(stream: number): void {
    const { pool, clock } = this.#run;
    const { node } = this.#backgrounds[stream]!;
    this.#expect(stream, clock[0]!);
    const work = this.#draws[stream]!.work.next();
    const station = this.#station(node);
    // What comes to a node that is down goes elsewhere.
    if (station.isDown || pool.live >= pool.limit * OUTSIDE_SHARE) return;
    const token = pool.take();
    const at = token << WORD_SHIFT;
    pool.words[at + WHAT] = BACKGROUND;
    pool.words[at + PLACE] = this.#layout.nodeOfReplica.length + node;
    station.arrive(token, work, 0);
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
    const busy = (place: number, node: number): number => {
      const onCore = totals[node]?.onCore;
      return onCore === undefined ? 0 : busySpan[place]! + heldBy[place]! * onCore;
    };
    const { nodeOfReplica } = this.#layout;
    return {
      busyCores: Array.from(nodeOfReplica, (node, replica) => busy(replica, node)),
      outside: totals.map((_, node) => busy(nodeOfReplica.length + node, node)),
      cores: totals.map((node) => node?.cores ?? 0),
      saturated: totals.map((node) => node?.full ?? 0),
      queue: totals.map((node) => node?.queue ?? 0),
      waited: totals.map((node) => node?.waited ?? 0),
      served: totals.map((node) => node?.came ?? 0),
      growth: totals.map((node) => node?.excess ?? 0),
    };
  }
}
