/**
 * What one run of an activity asks of every server, and how long it lasts at least where nobody waits for anything: the mean
 * numbers of visits that its decisions lead to. Nobody's patience ends, nothing is interrupted, every event comes at once.
 */
import type {
  Action,
  Activity,
  ActivityEdge,
  ActivityNode,
  ElementId,
  Expression,
  ResourceUse,
} from '../../model/index.ts';
import { type Bounds, exactly, meanOfAlternatives, none, once, plus, times } from './bounds.ts';
import { branchShares } from './branch-shares.ts';
import { type Demands, demand, mixOf, noDemands, scaled, sumOf } from './demands.ts';
import type { Behave, Outcome } from './interaction-demands.ts';
import { type Knowledge, knownOf, nothing } from './knowledge.ts';
import { meanTime } from './placements.ts';

type Asked = Pick<Outcome, 'demands' | 'time'>;
export type Call = (operation: ElementId) => Asked;

/** Circles are followed until what is left of them does not count. */
const MOST_ROUNDS = 400;
const NEGLIGIBLE = 1e-9;

export function activityDemands(activity: Activity, knowledge: Knowledge, behave: Behave, call: Call): Asked {
  return new Level(activity.nodes, activity.edges, knowledge, behave, call).asked();
}

/** The nodes of an activity or of a structured node; interruptible regions are part of what is around them. */
class Level {
  private readonly nodes = new Map<ElementId, ActivityNode>();
  private readonly leaving = new Map<ElementId, ActivityEdge[]>();
  private readonly arriving = new Map<ElementId, number>();
  private readonly knowledge: Knowledge;
  private readonly behave: Behave;
  private readonly call: Call;
  private readonly asks = new Map<ElementId, Asked>();
  private readonly shares = new Map<ElementId, readonly Bounds[]>();

  constructor(
    nodes: readonly ActivityNode[],
    edges: readonly ActivityEdge[],
    knowledge: Knowledge,
    behave: Behave,
    call: Call,
  ) {
    this.knowledge = knowledge;
    this.behave = behave;
    this.call = call;
    this.add(nodes, edges);
    const assigned = this.assignments();
    for (const node of this.nodes.values()) {
      if (node.kind === 'decision') {
        const known = new Map([...knowledge].map(([id, value]) => [id, assigned(id, node.id) ? nothing : value]));
        this.shares.set(node.id, branchShares(this.leaving.get(node.id) ?? [], known));
      }
    }
    for (const node of this.nodes.values()) this.asks.set(node.id, this.askedBy(node));
  }

  asked(): Asked {
    const start = [...this.nodes.values()].find(({ kind }) => kind === 'initial');
    if (start === undefined) return { demands: noDemands, time: none };
    const demands = this.solve<Demands>(
      noDemands,
      sumOf,
      mixOf,
      (part, factor) => scaled(part, exactly(factor)),
      sizeOf,
      (node) =>
        node.kind === 'acquire' ? this.acquired(node.id, node.uses) : (this.asks.get(node.id)?.demands ?? noDemands),
    );
    return { demands: demands(start.id), time: this.duration()(start.id) };
  }

  private add(nodes: readonly ActivityNode[], edges: readonly ActivityEdge[]): void {
    for (const node of nodes) {
      if (node.kind === 'interruptible') this.add(node.nodes, node.edges);
      else this.nodes.set(node.id, node);
    }
    for (const edge of edges) {
      this.leaving.set(edge.source, [...(this.leaving.get(edge.source) ?? []), edge]);
      this.arriving.set(edge.target, (this.arriving.get(edge.target) ?? 0) + 1);
    }
  }

  /** What the node itself asks for, without what follows. */
  private askedBy(node: ActivityNode): Asked {
    if (node.kind === 'structured') {
      const inner = new Level(node.nodes, node.edges, this.knowledge, this.behave, this.call).asked();
      return { demands: sumOf([inner.demands, held(node.id, node.uses, inner.time)]), time: inner.time };
    }
    if (node.kind !== 'action') return { demands: noDemands, time: none };
    const work = this.work(node.work);
    const demands = sumOf([work.demands, held(node.id, node.uses, work.time)]);
    const { batch } = node;
    if (batch === undefined) return { demands, time: work.time };
    // Each of a batch has its part in it; one that leaves early may be of one alone.
    const high = batch.limit === undefined ? 1 / batch.size : 1;
    return { demands: scaled(demands, { low: 1 / batch.size, high }), time: work.time };
  }

  private work(work: Extract<ActivityNode, { readonly kind: 'action' }>['work']): Asked {
    switch (work.kind) {
      case 'nothing':
        return { demands: noDemands, time: none };
      case 'takes':
      case 'delays':
        return { demands: noDemands, time: known(work.time) };
      case 'call':
        return this.call(work.operation);
      case 'invoke':
        return this.behave(
          work.behaviour,
          new Map(work.arguments.map(({ parameter, value }) => [parameter, knownOf(value, this.knowledge)])),
        );
    }
  }

  /** What is acquired is held until it is released, or the activity ends. */
  private acquired(id: ElementId, uses: readonly ResourceUse[]): Demands {
    const [next] = this.leaving.get(id) ?? [];
    if (next === undefined) return noDemands;
    return sumOf(
      uses.map((use) => {
        const until = this.duration(use.resource);
        return held(id, [use], until(next.target));
      }),
    );
  }

  /** Mean time from a node to the end, or to where the resource is released. */
  private duration(released?: ElementId): (node: ElementId) => Bounds {
    const longest = (parts: readonly Bounds[]): Bounds => ({
      low: Math.max(0, ...parts.map(({ low }) => low)),
      high: parts.reduce((sum, { high }) => sum + high, 0),
    });
    const mix = (ways: readonly { readonly share: Bounds; readonly demands: Bounds }[]): Bounds =>
      meanOfAlternatives(ways.map(({ share, demands }) => ({ share, cost: demands })));
    const isEnd = (node: ActivityNode): boolean =>
      node.kind === 'release' && node.uses.some(({ resource }) => resource === released);
    return this.solve<Bounds>(
      none,
      longest,
      mix,
      (part) => part,
      ({ low, high }) => low + (Number.isFinite(high) ? high : 0),
      (node) => this.asks.get(node.id)?.time ?? none,
      plus,
      isEnd,
    );
  }

  /** Values of nodes that are their own cost and the values of what follows; a fork leads to all, a decision to one. */
  private solve<T>(
    zero: T,
    all: (parts: readonly T[]) => T,
    one: (ways: readonly { readonly share: Bounds; readonly demands: T }[]) => T,
    part: (value: T, factor: number) => T,
    size: (value: T) => number,
    cost: (node: ActivityNode) => T,
    add: (a: T, b: T) => T = (a, b) => all([a, b]),
    isEnd: (node: ActivityNode) => boolean = () => false,
  ): (node: ElementId) => T {
    const own = new Map([...this.nodes.values()].map((node) => [node.id, cost(node)]));
    let values = new Map<ElementId, T>();
    const valueAt = (id: ElementId): T => values.get(id) ?? zero;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const next = new Map<ElementId, T>();
      let change = 0;
      let sum = 0;
      for (const node of [...this.nodes.values()].reverse()) {
        const edges = this.leaving.get(node.id) ?? [];
        const behind = edges.map(({ target }) => part(valueAt(target), this.weightOf(target)));
        const shares = this.shares.get(node.id);
        const after =
          shares === undefined
            ? all(behind)
            : one([...behind, zero].map((demands, index) => ({ share: shares[index] ?? none, demands })));
        const value = isEnd(node) ? zero : add(own.get(node.id) ?? zero, after);
        change = Math.max(change, Math.abs(size(value) - size(valueAt(node.id))));
        sum = Math.max(sum, size(value));
        next.set(node.id, value);
        values.set(node.id, value);
      }
      values = next;
      if (change <= sum * NEGLIGIBLE) break;
    }
    return valueAt;
  }

  /** What follows a join happens once, however many edges lead to it. */
  private weightOf(target: ElementId): number {
    return this.nodes.get(target)?.kind === 'join' ? 1 / (this.arriving.get(target) ?? 1) : 1;
  }

  /** Has the variable been assigned on some way that leads to the node? */
  private assignments(): (variable: ElementId, node: ElementId) => boolean {
    const reached = new Map<ElementId, Set<ElementId>>();
    const spread = (variable: ElementId, from: ElementId): void => {
      const seen = reached.get(variable) ?? new Set();
      reached.set(variable, seen);
      const open = [from];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        if (seen.has(id)) continue;
        seen.add(id);
        for (const { target } of this.leaving.get(id) ?? []) open.push(target);
      }
    };
    for (const edges of this.leaving.values()) {
      for (const { effect, target } of edges) for (const variable of assignedIn(effect)) spread(variable, target);
    }
    return (variable, node) => reached.get(variable)?.has(node) === true;
  }
}

function assignedIn(actions: readonly Action[]): ElementId[] {
  return actions.flatMap((action): ElementId[] => {
    if (action.kind === 'assign') return [action.variable];
    if (action.kind === 'call') return action.result === undefined ? [] : [action.result.variable];
    if (action.kind === 'if') return [...assignedIn(action.then), ...assignedIn(action.otherwise)];
    return action.kind === 'for' || action.kind === 'while' ? assignedIn(action.body) : [];
  });
}

function held(by: ElementId, uses: readonly ResourceUse[], time: Bounds): Demands {
  return sumOf(
    uses.map(({ resource, amount }) => demand(resource, 'resource', by, once, times(time, exactly(amount)))),
  );
}

function known(time: Expression): Bounds {
  const mean = meanTime(time);
  return mean === undefined ? { low: 0, high: Number.POSITIVE_INFINITY } : exactly(mean);
}

function sizeOf(demands: Demands): number {
  let sum = 0;
  for (const { time } of demands.values()) sum += time.low + (Number.isFinite(time.high) ? time.high : 0);
  return sum;
}
