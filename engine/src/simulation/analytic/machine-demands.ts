/**
 * What one instance of a machine asks of every server: how often each of its states is visited, and what is done there. Weights
 * are shares; an event whose guard may or may not hold leaves bounds. A message counts where the instance waits for it.
 */
import type { Action, ElementId, Expression, Machine, Model, State, Transition } from '../../model/index.ts';
import { distributionFunction, isKnown } from '../../numeric/index.ts';
import { type Bounds, exactly, none, once, perhaps, plus, times } from './bounds.ts';
import { branchShares } from './branch-shares.ts';
import { type Demands, demand, scaled, sumOf } from './demands.ts';
import { chanceOf, type Knowledge, type Known, nothing } from './knowledge.ts';
import { graphOf, type MachineGraph, reachedFrom, type Step } from './machine-graph.ts';
import { meanTime } from './placements.ts';
import { areOpposite, isSameMessage } from './rival-transitions.ts';
import type { Host } from './servers.ts';
import { type SignalArrivals, valueIn } from './signal-arrivals.ts';

interface InstanceContext {
  readonly model: Model;
  /** The machine with what it inherits and refers to. */
  readonly machine: Machine;
  /** Values of its parameters. */
  readonly given: Knowledge;
  readonly arrivals: SignalArrivals;
  /** Mean time of the interaction that makes it, microseconds. */
  readonly span: Bounds;
  /** Where the component that owns it runs. */
  readonly hosts: readonly Host[];
  /** Take what may happen to events as if it did: guards of unknown chance hold, and nothing unknown comes before. */
  readonly isAssumed: boolean;
  call(operation: ElementId): Demands;
  behave(behaviour: ElementId): Demands;
}

/** Circles are followed until what is left of them does not count. */
const MOST_ROUNDS = 400;
const NEGLIGIBLE = 1e-9;

export function machineDemands(context: InstanceContext): Demands {
  const graph = graphOf(context.machine);
  return new Instance(graph, context).demands();
}

class Instance {
  private readonly graph: MachineGraph;
  private readonly context: InstanceContext;
  private readonly knowledge: Knowledge;
  private readonly shares = new Map<ElementId, readonly { readonly step: Step; readonly share: Bounds }[]>();
  /** Vertices that are reached without any time passing but the wait for messages. */
  private readonly prompt: ReadonlySet<ElementId>;

  constructor(graph: MachineGraph, context: InstanceContext) {
    this.graph = graph;
    this.context = context;
    this.knowledge = knownThroughout(context.machine, context.given);
    this.prompt = reachedFrom(graph.begins, (vertex) =>
      (graph.steps.get(vertex) ?? []).flatMap(({ transition, targets }) =>
        takesTime(transition, graph.vertices.get(vertex)) ? [] : targets,
      ),
    );
    for (const [vertex, steps] of graph.steps) {
      const shares = this.sharesOf(vertex, steps);
      this.shares.set(
        vertex,
        steps.map((step, index) => ({ step, share: shares[index] ?? none })),
      );
    }
  }

  demands(): Demands {
    const visits = this.visits();
    const parts: Demands[] = [];
    for (const [id, { share }] of this.steps()) {
      const [step, source] = id;
      if (share.high === 0) continue;
      const often = times(visits.get(source) ?? none, share);
      parts.push(scaled(this.actions(step.transition.effect), often));
    }
    for (const vertex of this.graph.vertices.values()) {
      const often = visits.get(vertex.id) ?? none;
      if (vertex.kind !== 'state' || often.high === 0) continue;
      parts.push(scaled(sumOf([this.work(vertex), this.actions([...vertex.entry, ...vertex.exit])]), often));
    }
    return sumOf(parts);
  }

  private *steps(): Iterable<readonly [readonly [Step, ElementId], { readonly share: Bounds }]> {
    for (const [source, shares] of this.shares) for (const { step, share } of shares) yield [[step, source], { share }];
  }

  private actions(actions: readonly Action[]): Demands {
    return sumOf(actions.flatMap((action) => (action.kind === 'call' ? [this.context.call(action.operation)] : [])));
  }

  /** What is done while in the state: with the resources it names, otherwise on a core of the owner. */
  private work(state: State): Demands {
    const { activity } = state;
    if (activity === undefined) return sumOf([]);
    const parts = [this.actions(activity.actions)];
    if (activity.invokes !== undefined) parts.push(this.context.behave(activity.invokes.behaviour));
    const busy = this.busy(state);
    for (const { resource, amount } of activity.uses)
      parts.push(demand(resource, 'resource', state.id, once, times(busy, exactly(amount))));
    if (activity.uses.length === 0 && activity.takes !== undefined) {
      for (const { share, cores } of this.context.hosts)
        if (cores !== undefined) parts.push(demand(cores, 'cores', state.id, exactly(share), busy));
    }
    return sumOf(parts);
  }

  /** How long the activity of a state goes on; what leaves the state ends it. */
  private busy(state: State): Bounds {
    const takes = state.activity?.takes;
    const mean = meanTime(takes);
    if (mean === undefined) return { low: 0, high: Number.POSITIVE_INFINITY };
    let low = mean;
    let left = this.preempted(state.id);
    for (const { transition } of this.graph.steps.get(state.id) ?? []) {
      if (transition.target === undefined) continue;
      const { trigger } = transition;
      if (trigger.kind === 'time') low = Math.min(low, meanUpTo(takes, trigger.delay));
      else if (trigger.kind === 'clock') low = 0;
      else if (trigger.kind !== 'completion') left += this.eventChance(transition, state.id).high;
    }
    return { low: this.context.isAssumed ? mean : low * Math.max(0, 1 - left), high: mean };
  }

  /** Mean visits of every vertex by one instance. */
  private visits(): ReadonlyMap<ElementId, Bounds> {
    const { vertices, begins, finals, around, isCyclic } = this.graph;
    const inflow = new Map<
      ElementId,
      { readonly from: ElementId; readonly share: Bounds; readonly ofDone: boolean }[]
    >();
    for (const [[step, source], { share }] of this.steps()) {
      const isCompletion = step.transition.trigger.kind === 'completion' && (finals.get(source)?.length ?? 0) > 0;
      for (const target of step.targets) {
        const same = inflow.get(target) ?? [];
        same.push({ from: source, share, ofDone: isCompletion });
        inflow.set(target, same);
      }
    }
    const caps = new Map([...vertices.keys()].map((id) => [id, isCyclic(id) ? Number.POSITIVE_INFINITY : 1]));
    const visits = new Map<ElementId, Bounds>();
    const at = (id: ElementId): Bounds => visits.get(id) ?? none;
    /** Of a state with regions: how often all of them come to their end. */
    const done = (state: ElementId): Bounds =>
      allOf(
        (finals.get(state) ?? []).map((region) => region.map(at).reduce(plus, none)),
        at(state),
      );
    let isGrowing = true;
    for (let round = 0; round < MOST_ROUNDS && isGrowing; round++) {
      isGrowing = false;
      for (const { id, kind } of vertices.values()) {
        const ways = (inflow.get(id) ?? []).map(({ from, share, ofDone }) =>
          times(ofDone ? done(from) : at(from), share),
        );
        const [first] = inflow.get(id) ?? [];
        const whole = first === undefined ? undefined : around(first.from)[0];
        const sum =
          kind === 'join'
            ? allOf(ways, whole === undefined ? once : at(whole.id))
            : ways.reduce(plus, begins.includes(id) ? once : none);
        const cap = caps.get(id) ?? 1;
        const next = { low: Math.min(sum.low, cap), high: Math.min(sum.high, cap) };
        const before = at(id);
        if (Math.abs(next.high - before.high) + Math.abs(next.low - before.low) > NEGLIGIBLE) isGrowing = true;
        visits.set(id, next);
      }
    }
    if (!isGrowing) return visits;
    return new Map(
      [...visits].map(([id, { low, high }]) => [
        id,
        { low, high: (caps.get(id) ?? 1) === 1 || high === 0 ? high : Number.POSITIVE_INFINITY },
      ]),
    );
  }

  private sharesOf(vertex: ElementId, steps: readonly Step[]): Bounds[] {
    const transitions = steps.map(({ transition }) => transition);
    switch (this.graph.vertices.get(vertex)?.kind) {
      case 'state':
        return this.sharesOfState(vertex, transitions);
      case 'choice':
      case 'junction':
        return branchShares(transitions, this.knowledge).slice(0, -1);
      case 'shallow-history':
      case 'deep-history':
        return transitions.map(() => perhaps);
      default:
        return transitions.map(({ guard }) => (guard === undefined ? once : this.chance(guard)));
    }
  }

  /** How likely each transition is the one that leaves the state. */
  private sharesOfState(state: ElementId, transitions: readonly Transition[]): Bounds[] {
    const leaving = transitions.filter(({ target }) => target !== undefined);
    const completions = leaving.filter(({ trigger }) => trigger.kind === 'completion');
    const events = leaving.filter(({ trigger }) => trigger.kind !== 'completion');
    const vertex = this.graph.vertices.get(state);
    const activity = vertex?.kind === 'state' ? vertex.activity : undefined;
    const isComposite = vertex?.kind === 'state' && vertex.regions.length > 0;
    const lasts = activity?.takes !== undefined || activity?.invokes !== undefined;
    const guards = branchShares(completions, this.knowledge);
    const isAtOnce = !lasts && !isComposite;
    const gone = isAtOnce ? completions.reduce((sum, _, index) => sum + (guards[index]?.low ?? 0), 0) : 0;
    const preempted = this.preempted(state);
    const chances = new Map(events.map((event) => [event, this.eventChance(event, state)]));
    const others = (own: Transition | undefined): number =>
      preempted +
      [...chances].reduce((sum, [event, chance]) => sum + (event === own ? 0 : this.rivalry(event, chance, own)), 0);
    return transitions.map((transition): Bounds => {
      if (transition.target === undefined) return none;
      if (transition.trigger.kind === 'completion') {
        const guard = guards[completions.indexOf(transition)] ?? none;
        if (isAtOnce || isComposite) return guard;
        const { before, rest } = this.timers(events, activity?.takes);
        return { low: guard.low * Math.max(0, before - (others(undefined) - rest)), high: guard.high };
      }
      const chance = chances.get(transition) ?? none;
      const most = Math.max(0, 1 - gone);
      if (transition.trigger.kind === 'time' && !lasts && !isComposite) {
        const low = Math.max(0, most - others(transition) - (completions.length > 0 && isAtOnce ? 1 - gone : 0));
        return { low: low * chance.low, high: most * chance.high };
      }
      return { low: Math.max(0, Math.min(chance.low, most) - others(transition)), high: Math.min(chance.high, most) };
    });
  }

  /** How likely the activity ends before any timer of the state, and what those timers count among the rivals. */
  private timers(events: readonly Transition[], takes: Expression | undefined): { before: number; rest: number } {
    let before = 1;
    let rest = 0;
    for (const event of events) {
      if (event.trigger.kind !== 'time') continue;
      before = Math.min(before, sharedWithin(takes, event.trigger.delay));
      rest += this.rivalry(event, this.eventChance(event, event.source), undefined);
    }
    return { before: this.context.isAssumed ? Math.max(before, 0) : before, rest };
  }

  /** How likely an event is at most to come before the own one. */
  private rivalry(event: Transition, chance: Bounds, own: Transition | undefined): number {
    const delay = event.trigger.kind === 'time' ? delayOf(event.trigger.delay) : undefined;
    const ownDelay = own?.trigger.kind === 'time' ? delayOf(own.trigger.delay) : undefined;
    if (delay !== undefined && ownDelay !== undefined) return delay < ownDelay ? chance.high : 0;
    if (own !== undefined && isSameMessage(event, own) && (this.context.isAssumed || areOpposite(event, own))) return 0;
    // The messages of an interaction are there before a timer that is longer than the whole of it.
    if (delay !== undefined && isMessage(own) && delay > this.context.span.high) return 0;
    return this.context.isAssumed ? (event.trigger.kind === 'time' ? 0 : chance.low) : chance.high;
  }

  /** At most: that something leaves a state around, and with it the one inside. */
  private preempted(state: ElementId): number {
    let sum = 0;
    for (const outer of this.graph.around(state)) {
      for (const { transition } of this.graph.steps.get(outer.id) ?? []) {
        if (transition.target === undefined || transition.trigger.kind === 'completion') continue;
        const chance = this.eventChance(transition, outer.id);
        sum += this.context.isAssumed ? (transition.trigger.kind === 'time' ? 0 : chance.low) : chance.high;
      }
    }
    return Math.min(1, sum);
  }

  /** That the event comes, and its guard holds then, if nothing else comes first. */
  private eventChance({ trigger, guard }: Transition, state: ElementId): Bounds {
    switch (trigger.kind) {
      case 'signal':
      case 'call': {
        const signatures = trigger.kind === 'signal' ? trigger.signals : [trigger.operation];
        return this.arrived(signatures, guard, state, (signature, values) => {
          const parameters = parametersOf(this.context.model, this.context.machine, signature);
          return new Map(
            trigger.bindings.map(({ id }, at): [ElementId, Known] => [id, valueIn(values, parameters[at])]),
          );
        });
      }
      case 'any':
        return this.arrived(undefined, guard, state, () => new Map());
      case 'time':
      case 'clock':
        return guard === undefined ? once : this.assumed(this.chance(guard));
      case 'change':
        return this.context.isAssumed ? none : perhaps;
      case 'completion':
      case 'none':
        return none;
    }
  }

  private arrived(
    signatures: readonly ElementId[] | undefined,
    guard: Expression | undefined,
    state: ElementId,
    bind: Parameters<SignalArrivals['chanceOf']>[3],
  ): Bounds {
    const { arrivals, isAssumed } = this.context;
    const strict = arrivals.chanceOf(signatures, guard, this.knowledge, bind);
    const known = this.prompt.has(state) ? strict : { low: 0, high: strict.high };
    if (!isAssumed || guard === undefined) return known;
    // As often as the message comes, and its guard may hold.
    const { low } = arrivals.chanceOf(signatures, undefined, this.knowledge, bind);
    return this.prompt.has(state) ? exactly(Math.min(low, strict.high)) : known;
  }

  private assumed(chance: Bounds): Bounds {
    return this.context.isAssumed ? exactly(chance.high) : chance;
  }

  private chance(guard: Expression): Bounds {
    return chanceOf(guard, this.knowledge);
  }
}

/** Of several that must all happen, of so many: Fréchet's bounds. */
function allOf(ways: readonly Bounds[], whole: Bounds): Bounds {
  if (ways.length === 0) return none;
  return {
    low: Math.max(0, ways.reduce((sum, { low }) => sum + low, 0) - (ways.length - 1) * whole.high),
    high: Math.min(...ways.map(({ high }) => high)),
  };
}

function takesTime({ trigger }: Transition, vertex: { readonly kind: string } | undefined): boolean {
  if (trigger.kind === 'completion') return (vertex as State).activity?.takes !== undefined;
  return trigger.kind === 'time' || trigger.kind === 'clock' || trigger.kind === 'change';
}

function isMessage(transition: Transition | undefined): boolean {
  const kind = transition?.trigger.kind;
  return kind === 'signal' || kind === 'call' || kind === 'any';
}

/** What nothing in the machine ever assigns. */
function knownThroughout(machine: Machine, given: Knowledge): Knowledge {
  const assigned = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('kind' in value && 'variable' in value && value.kind !== 'variable') assigned.add(String(value.variable));
    if ('result' in value && typeof value.result === 'object' && value.result !== null && 'variable' in value.result)
      assigned.add(String(value.result.variable));
    for (const [key, part] of Object.entries(value)) if (key !== 'place' && key !== 'type') look(part);
  };
  look(machine.regions);
  return new Map([...given].map(([id, value]) => [id, assigned.has(id) ? nothing : value]));
}

/** Ids of what a message carries, in the order that bindings name it. */
function parametersOf(model: Model, machine: Machine, signature: ElementId): ElementId[] {
  const signal = model.signals.find(({ id }) => id === signature);
  const parameters = signal?.attributes ?? machine.operations.find(({ id }) => id === signature)?.parameters ?? [];
  return parameters.map(({ id }) => id);
}

function delayOf(delay: Expression): number | undefined {
  return delay.kind === 'literal' && typeof delay.value === 'number' ? delay.value : undefined;
}

/** The chance that the work is done within the delay; 0 where it is not known. */
function sharedWithin(takes: Expression | undefined, delay: Expression): number {
  const limit = delayOf(delay);
  if (limit === undefined) return 0;
  if (takes?.kind === 'literal') return typeof takes.value === 'number' && takes.value <= limit ? 1 : 0;
  if (takes?.kind !== 'draw' || !isKnown(takes.distribution)) return 0;
  const share = distributionFunction(takes.distribution, limit);
  return Number.isNaN(share) ? 0 : share;
}

/** At least: the mean of the work where it is broken off at the delay, as a sum of what is sure to go on. */
function meanUpTo(takes: Expression | undefined, delay: Expression): number {
  const limit = delayOf(delay);
  if (limit === undefined) return 0;
  const mean = meanTime(takes) ?? 0;
  if (takes?.kind === 'literal') return Math.min(mean, limit);
  const steps = 200;
  // Where the delay is long, steps as wide as that would see nothing of the work.
  const end = Math.min(limit, 20 * mean);
  let sum = 0;
  for (let i = 1; i <= steps; i++) {
    const done = sharedWithin(takes, { ...delay, kind: 'literal', value: (end * i) / steps } as Expression);
    sum += ((1 - done) * end) / steps;
  }
  return Math.min(mean, sum);
}
