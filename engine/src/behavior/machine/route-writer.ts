/**
 * Writes the programs of exits, effects and entries that take a transition, in the order of PSSM 1.0: the source is left
 * innermost first, then the effect, then entries outermost first. A state that is entered on the way to something inside
 * it has its other regions entered by default before that one. Knows no triggers and no guards.
 */
import { flag, op } from './compiled-machine.ts';
import {
  contains,
  MACHINE,
  type MachineTree,
  orthogonalOwner,
  regionsAround,
  regionWithin,
  targetOf,
} from './machine-tree.ts';
import type { Way } from './static-ways.ts';

/** What is decided only while a program runs, and may leave what the program has just entered. */
const LEADS_ANYWHERE: ReadonlySet<number> = new Set([op.branch, op.history, op.arrive]);

/** Where a further way that parts from another begins: that one has left what is to be left. */
const NOWHERE = -2;

/** Where a join, or an exit point that acts as one, is reached from one of its regions. */
export interface Arrival {
  readonly vertex: number;
  readonly strand: number;
}

/**
 * Parts of a program that belong to orthogonal regions. Where they stand in it, they stand one behind the other in the
 * order of the text, which is one order of many: who explores the others runs the parts side by side, then goes on at `next`.
 */
export interface Concurrent {
  readonly parts: readonly {
    readonly start: number;
    readonly end: number;
    /** Its region's; the part ends where the state around it is left. -1 where nothing can leave it. */
    readonly strand: number;
  }[];
  readonly next: number;
}

/** One compound transition while it is written. */
interface Journey {
  /** It is one of several that enter the same states: whoever comes first enters them. */
  readonly shares?: boolean;
  readonly out: Way['out'];
  /** States that it has entered. */
  readonly entered: Set<number>;
  /** Regions that a part of it will enter explicitly. */
  readonly reserved: Set<number>;
  /** The outermost strand whose content it leaves; -1 where it leaves nothing. */
  scope: number;
}

export class RouteWriter {
  readonly program: number[] = [];
  readonly arrivals: Arrival[] = [];
  /** By where its first part begins. */
  readonly concurrent = new Map<number, Concurrent>();
  /** By where a state is entered that may have been entered by another part: where to go on then. */
  readonly once = new Map<number, number>();
  /** Parts that have a form of their own, written behind the program that they belong to. */
  #apart: (() => void)[] = [];
  readonly #tree: MachineTree;
  readonly #flags: Uint8Array;
  /** Vertices on the way being written: one that leads back to itself is decided anew when it is reached. */
  readonly #passing = new Set<number>();

  constructor(tree: MachineTree, flags: Uint8Array) {
    this.#tree = tree;
    this.#flags = flags;
  }

  /** Default entry of all regions of the machine. */
  start(): number {
    const begin = this.program.length;
    const parts = this.#tree.rootRegions.map((region) => this.#part(-1, () => this.#enterRegion(region)));
    this.#beside(parts);
    return this.#end(begin);
  }

  defaultEntry(region: number): number {
    const begin = this.program.length;
    this.#enterRegion(region);
    return this.#end(begin);
  }

  stateEntry(state: number): number {
    const begin = this.program.length;
    this.#enterState(state);
    return this.#end(begin);
  }

  /** A compound transition taken while `leaf` is innermost; the scope is the strand whose content it leaves. */
  route(leaf: number, first: number, out: Way['out']): { readonly start: number; readonly scope: number } {
    const journey = departure(out);
    const begin = this.program.length;
    this.#segment(journey, leaf, first);
    return { start: this.#end(begin), scope: journey.scope };
  }

  /** What happens once all regions have come to a join. */
  passJoin(join: number, first: number, out: Way['out']): number {
    const tree = this.#tree;
    const { owner } = tree.joins.get(join)!;
    const journey = departure(out);
    const begin = this.program.length;
    if (tree.vertices[join]!.kind === 'join') {
      const around = regionsAround(tree, join);
      this.#leave(journey, owner, regionsAround(tree, owner).find((r) => around.includes(r)) ?? tree.regionOf[owner]!);
    } else this.#leaveState(journey, owner);
    // One that stands in a region of the state it leaves goes on from outside.
    if (contains(tree, owner, join)) this.#segment(journey, tree.parent[owner]!, first, owner);
    else this.#segment(journey, join, first);
    return this.#end(begin);
  }

  #end(begin: number): number {
    this.program.push(op.end, 0);
    for (let write = this.#apart.shift(); write !== undefined; write = this.#apart.shift()) write();
    return begin;
  }

  #part(strand: number, write: () => void): Concurrent['parts'][number] {
    const start = this.program.length;
    write();
    return { start, end: this.program.length, strand };
  }

  /** The parts just written, and nothing behind them, may happen side by side. */
  #beside(parts: Concurrent['parts']): void {
    const written = parts.filter(({ start, end }) => end > start);
    const [first] = written;
    if (first !== undefined && written.length > 1) {
      this.concurrent.set(first.start, { parts: written, next: this.program.length });
    }
  }

  #segment(journey: Journey, from: number, index: number, beginning = -1): void {
    const tree = this.#tree;
    const t = tree.transitions[index]!;
    const source = beginning < 0 ? tree.vertexIndex.get(t.source)! : beginning;
    const target = targetOf(tree, index);
    if (target < 0) {
      this.program.push(op.effect, index);
      return;
    }
    const region = this.#depart(journey, from, source, target, t.sort === 'local');
    this.program.push(op.effect, index);
    const besides = region >= 0 ? this.#way(journey, region, target) : [];
    this.#arrive(journey, source, target, t.sort === 'local');
    for (const beside of besides) beside();
  }

  /** Leaves what a segment leaves; the region in which the way to its target begins, or -1 where it has none. */
  #depart(journey: Journey, from: number, source: number, target: number, isLocal: boolean): number {
    const tree = this.#tree;
    if (isLocal && this.#isOwnEntry(source, target)) {
      this.#leaveFor(journey, from, source, target);
      return -1;
    }
    const kind = tree.vertices[target]!.kind;
    const within = tree.vertices[source]!.kind === 'entry-point' ? tree.border[source]! : -1;
    const joined = tree.joins.get(target);
    if (kind === 'exit-point' || joined !== undefined) {
      const state = joined?.owner ?? tree.border[target]!;
      if (state >= 0 && (state === within || (isLocal && state === source))) return -1;
      const region = state >= 0 ? regionWithin(tree, state, source) : tree.regionOf[target]!;
      if (region >= 0) {
        this.#leave(journey, from, region);
        return -1;
      }
    }
    if (within >= 0) {
      const region = regionWithin(tree, within, target);
      if (region >= 0) return region;
      this.program.push(op.exitInside, within);
      const common = this.#commonRegion(within, target);
      this.#leave(journey, within, common);
      return common;
    }
    if (isLocal && source !== target && contains(tree, source, target)) {
      const region = regionWithin(tree, source, target);
      this.#leave(journey, from, region);
      return region;
    }
    const common = this.#commonRegion(source, target);
    this.#leave(journey, from, common);
    return common;
  }

  /** An entry point on the border of the source itself. */
  #isOwnEntry(source: number, target: number): boolean {
    return this.#tree.vertices[target]!.kind === 'entry-point' && this.#tree.border[target] === source;
  }

  /** What is active in the regions that an entry point leads into; its state, which is not left, and its other regions stay. */
  #leaveFor(journey: Journey, from: number, state: number, point: number): void {
    const tree = this.#tree;
    const ways = journey.out.get(point) ?? tree.outgoing[point]!;
    const led = new Set(ways.map((transition) => regionWithin(tree, state, targetOf(tree, transition))));
    const regions = ways.length === 0 ? tree.regionsOf[state]! : [...led].filter((region) => region >= 0);
    if (regions.length > 1) this.#widen(journey, tree.strandOf[state]!);
    this.#beside(regions.map((region) => this.#part(-1, () => this.#leave(journey, from, region))));
  }

  /** The region that a transition moves in: everything active in it is left before the target is entered. */
  #commonRegion(source: number, target: number): number {
    const around = new Set(regionsAround(this.#tree, target));
    return regionsAround(this.#tree, source).find((region) => around.has(region)) ?? this.#tree.rootRegions[0]!;
  }

  #leave(journey: Journey, from: number, region: number): void {
    if (from === NOWHERE) return;
    const tree = this.#tree;
    const { owner, strand } = tree.regions[region]!;
    this.#widen(journey, strand);
    if (from === owner && tree.strandOf[from] !== strand) {
      this.program.push(op.exitStrand, strand);
      return;
    }
    let vertex = from;
    while (vertex >= 0 && tree.strandOf[vertex] !== strand) vertex = tree.parent[vertex]!;
    for (; vertex >= 0 && vertex !== owner; vertex = tree.parentInStrand[vertex]!) {
      if (this.#flags[vertex]! & flag.orthogonal) {
        const exit = (child: number) => () => this.program.push(op.exitStrand, tree.regions[child]!.strand);
        this.#beside(tree.regionsOf[vertex]!.map((child) => this.#part(-1, exit(child))));
      }
      if (this.#flags[vertex]! & (flag.state | flag.final)) this.program.push(op.exit, vertex);
      journey.entered.delete(vertex);
    }
  }

  #leaveState(journey: Journey, state: number): void {
    this.#widen(journey, this.#tree.strandOf[state]!);
    this.program.push(op.exitInside, state, op.exit, state);
    journey.entered.delete(state);
  }

  #widen(journey: Journey, strand: number): void {
    for (let s = journey.scope; s >= 0; s = this.#tree.strandParent[s]!) if (s === strand) journey.scope = strand;
    if (journey.scope < 0) journey.scope = strand;
  }

  /**
   * Enters the states around a target, from a region inwards. What is handed back is to be called once the target is
   * entered: that goes on beside the other regions of those states.
   */
  #way(journey: Journey, region: number, target: number): (() => void)[] {
    const tree = this.#tree;
    const states: number[] = [];
    for (let v = target; tree.regionOf[v] !== region && tree.parent[v]! >= 0; ) {
      v = tree.parent[v]!;
      states.unshift(v);
    }
    const besides: (() => void)[] = [];
    states.forEach((state, i) => {
      if (journey.entered.has(state)) return;
      journey.entered.add(state);
      const entering = this.program.length;
      this.program.push(op.enter, state);
      const next = tree.regionOf[states[i + 1] ?? target]!;
      const { parts, mayLeave } = this.#enterRegions(state, next, journey.reserved);
      const start = this.program.length;
      if (journey.shares) this.once.set(entering, start);
      if (mayLeave) this.#onlyInto(next);
      const onward = (): void => this.#beside([...parts, { ...this.#onward(start), strand: this.#strandInside(next) }]);
      if (parts.length > 0) besides.unshift(onward);
    });
    return besides;
  }

  #onward(start: number): { readonly start: number; readonly end: number } {
    return { start, end: this.program.length };
  }

  /** The strand that a region opens, or -1 where it goes on with that of its state. */
  #strandInside(region: number): number {
    const { owner, strand } = this.#tree.regions[region]!;
    return owner >= 0 && this.#tree.strandOf[owner] !== strand ? strand : -1;
  }

  #arrive(journey: Journey, source: number, target: number, isLocal: boolean): void {
    if (this.#passing.has(target)) {
      this.program.push(op.branch, target);
      return;
    }
    this.#passing.add(target);
    this.#finish(journey, source, target, isLocal);
    this.#passing.delete(target);
  }

  #finish(journey: Journey, source: number, target: number, isLocal: boolean): void {
    const tree = this.#tree;
    const { program } = this;
    const joined = tree.joins.get(target);
    if (joined !== undefined) {
      const region = regionWithin(tree, joined.owner, source);
      const strand = tree.regions[region]?.strand ?? -1;
      program.push(op.arrive, this.arrivals.push({ vertex: target, strand }) - 1);
      return;
    }
    switch (tree.vertices[target]!.kind) {
      case 'state':
        this.#enterState(target);
        return;
      case 'final':
        program.push(op.enter, target);
        return;
      case 'choice':
        program.push(op.branch, target);
        return;
      case 'shallow-history':
      case 'deep-history':
        program.push(op.history, target);
        return;
      case 'terminate':
        program.push(op.terminate, target);
        return;
      case 'junction':
      case 'join':
        this.#goOn(journey, target);
        return;
      case 'initial':
        for (const next of tree.outgoing[target]!.slice(0, 1)) this.#segment(journey, target, next);
        return;
      case 'fork':
        this.#spread(journey, target, journey.out.get(target) ?? tree.outgoing[target]!);
        return;
      case 'entry-point':
        this.#enterByPoint(journey, target, isLocal && this.#isOwnEntry(source, target));
        return;
      case 'exit-point':
        this.#exitByPoint(journey, source, target, isLocal);
    }
  }

  /** On through what was decided before anything was left; on a way of default entry it is decided when it is reached. */
  #goOn(journey: Journey, vertex: number): void {
    const next = journey.out.get(vertex);
    if (next === undefined) this.program.push(op.branch, vertex);
    else for (const transition of next) this.#segment(journey, vertex, transition);
  }

  /** Enters several regions. What could not be active together with what comes before it in the text is left out. */
  #spread(journey: Journey, vertex: number, transitions: readonly number[]): void {
    const tree = this.#tree;
    const taken: number[] = [];
    const owners: number[] = [];
    for (const transition of transitions) {
      const target = targetOf(tree, transition);
      const shared = taken.map((other) => orthogonalOwner(tree, targetOf(tree, other), target));
      if (target < 0 || shared.includes(-1)) continue;
      taken.push(transition);
      owners.push(shared[0] ?? -1);
      for (const region of regionsAround(tree, target)) journey.reserved.add(region);
    }
    const start = this.program.length;
    const entered = [...journey.entered];
    taken.forEach((transition, i) => {
      if (i > 0) this.#onlyInto(regionWithin(tree, owners[i]!, targetOf(tree, transition)));
      this.#segment(journey, i === 0 ? vertex : NOWHERE, transition);
    });
    if (taken.length < 2 || this.concurrent.has(start)) return;
    const next = this.program.length;
    const passing = [...this.#passing];
    this.#apart.push(() => {
      for (const through of passing) this.#passing.add(through);
      const parts = taken.map((transition, i) =>
        this.#part(-1, () => {
          const own = { ...journey, shares: true, entered: new Set(entered) };
          this.#segment(own, i === 0 ? vertex : NOWHERE, transition);
          this.program.push(op.end, 0);
        }),
      );
      for (const through of passing) this.#passing.delete(through);
      this.concurrent.set(start, { parts, next });
    });
  }

  /** `isInside`: the state is active and stays so, with what is not led into. */
  #enterByPoint(journey: Journey, point: number, isInside: boolean): void {
    const tree = this.#tree;
    const state = tree.border[point]!;
    if (state === MACHINE) {
      this.#goOn(journey, point);
      return;
    }
    const next = journey.out.get(point) ?? tree.outgoing[point]!;
    const explicit = new Set(next.map((transition) => regionWithin(tree, state, targetOf(tree, transition))));
    journey.entered.add(state);
    if (isInside && next.length > 0) {
      this.#spread(journey, point, next);
      return;
    }
    if (!isInside) this.program.push(op.enter, state);
    const before = this.program.length;
    const [first] = explicit;
    const { parts, mayLeave } = this.#enterRegions(state, -1, explicit);
    const start = this.program.length;
    if (mayLeave && first !== undefined && first >= 0) this.#onlyInto(first);
    this.#spread(journey, point, next);
    if (parts.length > 0) this.#beside([...parts, { ...this.#onward(start), strand: -1 }]);
    if (this.program.length === before && tree.regionsOf[state]!.length > 0) this.program.push(op.complete, state);
  }

  #exitByPoint(journey: Journey, source: number, point: number, isLocal: boolean): void {
    const tree = this.#tree;
    const state = tree.border[point]!;
    if (state === MACHINE) {
      this.program.push(op.leaveMachine, point);
      return;
    }
    const isFromEntry = tree.vertices[source]!.kind === 'entry-point' && tree.border[source] === state;
    const isFromState = isLocal && source === state;
    if (isFromEntry || isFromState || regionWithin(tree, state, source) >= 0) this.#leaveState(journey, state);
    this.#goOn(journey, point);
  }

  #enterState(state: number): void {
    this.program.push(op.enter, state);
    const regions = this.#tree.regionsOf[state]!;
    if (regions.length === 0) return;
    const before = this.program.length;
    this.#beside(this.#enterRegions(state, -1, new Set()).parts);
    if (this.program.length === before) this.program.push(op.complete, state);
  }

  /** By default all regions of a state but one and those reserved. Tells whether anything on the way may lead out again. */
  #enterRegions(state: number, except: number, reserved: ReadonlySet<number>) {
    let mayLeave = false;
    const parts: Concurrent['parts'][number][] = [];
    for (const region of this.#tree.regionsOf[state]!) {
      if (region === except || reserved.has(region)) continue;
      const part = this.#part(this.#strandInside(region), () => {
        if (mayLeave) this.#onlyInto(region);
        this.#enterRegion(region);
      });
      mayLeave ||= this.program.some((code, at) => at >= part.start && (at & 1) === 0 && LEADS_ANYWHERE.has(code));
      if (part.end > part.start) parts.push(part);
    }
    return { parts, mayLeave };
  }

  #onlyInto(region: number): void {
    const { owner, strand } = this.#tree.regions[region]!;
    if (owner >= 0 && this.#tree.strandOf[owner] !== strand) this.program.push(op.onlyInto, strand);
  }

  /** Through the initial pseudostate; a region without one, or whose initial leads out of it, stays without a vertex. */
  #enterRegion(region: number): void {
    const tree = this.#tree;
    const index = defaultTransition(tree, region);
    if (index < 0) return;
    const target = targetOf(tree, index);
    const journey = departure(new Map());
    this.program.push(op.effect, index);
    const besides = this.#way(journey, region, target);
    this.#arrive(journey, tree.regions[region]!.initial, target, false);
    for (const beside of besides) beside();
  }
}

function departure(out: Way['out']): Journey {
  return { out, entered: new Set(), reserved: new Set(), scope: -1 };
}

/** The transition that default entry of a region takes, or -1. */
export function defaultTransition(tree: MachineTree, region: number): number {
  const initial = tree.regions[region]!.initial;
  const index = initial < 0 ? undefined : tree.outgoing[initial]![0];
  if (index === undefined) return -1;
  const target = targetOf(tree, index);
  const begins = target >= 0 && !tree.joins.has(target) && regionsAround(tree, target).includes(region);
  return begins ? index : -1;
}
