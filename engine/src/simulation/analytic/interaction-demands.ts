/**
 * What one run of an interaction asks of every server, and how long it lasts at least where nobody waits for anything. Guards
 * whose chance is not known leave bounds; calls neither time out nor meet a breaker, for that is what overload does.
 */
import type {
  Argument,
  Component,
  ElementId,
  Expression,
  Fragment,
  Lifeline,
  Message,
  Model,
} from '../../model/index.ts';
import { type Bounds, complement, exactly, meanOfAlternatives, none, once, plus, raised, times } from './bounds.ts';
import { type Branch, branchShares } from './branch-shares.ts';
import { type Demands, demand, mixOf, noDemands, scaled, sumOf, withoutCalls } from './demands.ts';
import { type Knowledge, type Known, knownOf, mixed, nothing } from './knowledge.ts';
import { type Consumer, indexOf } from './model-index.ts';
import { costOf, meanTime } from './placements.ts';
import type { Servers } from './servers.ts';
import type { Sending, Sent } from './signal-arrivals.ts';

/** What a stretch of behaviour comes to. */
export interface Outcome {
  readonly demands: Demands;
  /** Mean time, without any waiting. */
  readonly time: Bounds;
  /** The chance that what follows in the same braces is done. */
  readonly goesOn: Bounds;
  /** The chance that what follows behind these braces is done: a `break` leaves them, a `return` the whole execution. */
  readonly stays: Bounds;
  readonly knowledge: Knowledge;
}

export type Behave = (behaviour: ElementId, knowledge: Knowledge) => Pick<Outcome, 'demands' | 'time'>;

export class InteractionWalk {
  private readonly model: Model;
  private readonly servers: Servers;
  private readonly behave: Behave;
  private readonly lifelines: ReadonlyMap<ElementId, Component | undefined>;
  private readonly consumers: ReadonlyMap<ElementId, readonly Consumer[]>;
  /** Lifelines that stand for machines. */
  private readonly instances: ReadonlySet<ElementId>;
  private readonly noted = new Map<ElementId, Sending>();
  /** Consumers whose executions are being walked: none is part of itself. */
  private readonly open = new Set<ElementId>();

  constructor(model: Model, servers: Servers, lifelines: readonly Lifeline[], behave: Behave) {
    this.model = model;
    this.servers = servers;
    this.behave = behave;
    const { components, owners, consumers } = indexOf(model);
    this.lifelines = new Map(
      lifelines.map(({ id, represents }) => [
        id,
        represents.kind === 'component'
          ? components.get(represents.component)
          : represents.kind === 'machine'
            ? owners.get(represents.machine)
            : undefined,
      ]),
    );
    this.consumers = consumers;
    this.instances = new Set(lifelines.filter(({ represents }) => represents.kind === 'machine').map(({ id }) => id));
  }

  /** What the messages to machines carry, as far as the walk has come. */
  get sent(): Sent {
    return this.noted;
  }

  sequence(fragments: readonly Fragment[], before: Knowledge): Outcome {
    let knowledge = before;
    let goesOn = once;
    let leaves: Bounds = none;
    let time: Bounds = none;
    const parts: Demands[] = [];
    for (const fragment of fragments) {
      const outcome = this.fragment(fragment, knowledge);
      parts.push(scaled(outcome.demands, goesOn));
      time = plus(time, times(outcome.time, goesOn));
      knowledge = outcome.knowledge;
      leaves = plus(leaves, times(goesOn, complement(outcome.stays)));
      goesOn = times(goesOn, outcome.goesOn);
    }
    return { demands: sumOf(parts), time, goesOn, stays: complement(leaves), knowledge };
  }

  private fragment(fragment: Fragment, knowledge: Knowledge): Outcome {
    const idle: Outcome = { demands: noDemands, time: none, goesOn: once, stays: once, knowledge };
    switch (fragment.kind) {
      case 'message':
        return this.message(fragment, knowledge);
      case 'work': {
        // Whose work it is, and what for, is counted with the execution that it stands in.
        return idle;
      }
      case 'return':
        return { ...idle, goesOn: none, stays: none };
      case 'ref': {
        const values = fragment.arguments.map(
          ({ parameter, value }) => [parameter, knownOf(value, knowledge)] as const,
        );
        return { ...idle, ...this.behave(fragment.interaction, new Map([...knowledge, ...values])) };
      }
      case 'action': {
        const { action } = fragment;
        if (action.kind === 'assign') {
          return {
            ...idle,
            knowledge: withValue(
              knowledge,
              action.variable,
              action.operator === '=' ? knownOf(action.value, knowledge) : nothing,
            ),
          };
        }
        if (action.kind !== 'call') return idle;
        const component = indexOf(this.model).providers.get(action.operation);
        return component === undefined
          ? idle
          : { ...idle, ...this.execution(component, action.operation, [], knowledge) };
      }
      case 'alt':
      case 'opt':
      case 'break':
        return this.choice(fragment.operands, fragment.kind === 'break', knowledge);
      case 'loop': {
        const [operand] = fragment.operands;
        if (operand === undefined) return idle;
        const turns = turnsOf(fragment.minimum ?? 0, fragment.maximum ?? null, operand.guard !== undefined);
        const body = this.sequence(operand.body, knowledge);
        const after = mixedKnowledge([
          { share: { low: 0, high: 1 }, knowledge },
          { share: { low: 0, high: 1 }, knowledge: body.knowledge },
        ]);
        return {
          demands: scaled(body.demands, turns),
          time: times(body.time, turns),
          ...leftBy({
            low: raised(body.stays.low, turns.high),
            high: raised(body.stays.high, Math.min(turns.low, 1)),
          }),
          knowledge: after,
        };
      }
      case 'par':
      case 'seq': {
        const parts = fragment.operands.map(({ body }) => this.sequence(body, knowledge));
        return {
          demands: sumOf(parts.map(({ demands }) => demands)),
          time:
            fragment.kind === 'par'
              ? longest(parts.map((part) => part.time))
              : parts.map((part) => part.time).reduce(plus, none),
          ...leftBy(once),
          knowledge: parts.reduce<Knowledge>((all, part) => merged(knowledge, all, part.knowledge), knowledge),
        };
      }
      case 'critical':
      case 'strict':
      case 'assert':
      case 'consider':
      case 'ignore': {
        const whole = this.sequence(
          fragment.operands.flatMap(({ body }) => body),
          knowledge,
        );
        return { ...whole, ...leftBy(whole.stays) };
      }
      case 'neg':
      case 'consumer':
      case 'destroy':
      case 'invariant':
        return idle;
      case 'create':
        return { ...idle, demands: this.arrival(fragment.lifeline, fragment.id, '', [], knowledge) };
    }
  }

  private choice(
    operands: readonly (Branch & { readonly body: readonly Fragment[] })[],
    isBreak: boolean,
    knowledge: Knowledge,
  ): Outcome {
    const shares = branchShares(operands, knowledge);
    const untouched: Outcome = { demands: noDemands, time: none, goesOn: once, stays: once, knowledge };
    const outcomes = [...operands.map(({ body }) => this.sequence(body, knowledge)), untouched];
    const ways = outcomes.map((outcome, index) => ({ ...outcome, share: shares[index] ?? none }));
    const stays = meanOfAlternatives(ways.map((way) => ({ share: way.share, cost: way.stays })));
    const left = ways
      .slice(0, -1)
      .map(({ share }) => share)
      .reduce(plus, none);
    return {
      demands: mixOf(ways),
      time: meanOfAlternatives(ways.map(({ share, time }) => ({ share, cost: time }))),
      stays,
      goesOn: isBreak ? complement(left) : stays,
      knowledge: mixedKnowledge(isBreak ? ways.slice(-1) : ways.filter((way) => way.stays.high > 0)),
    };
  }

  private message(message: Message, knowledge: Knowledge): Outcome {
    const idle: Outcome = { demands: noDemands, time: none, goesOn: once, stays: once, knowledge };
    if (message.sort === 'publication')
      return { ...idle, demands: withoutCalls(this.consumed(message.signature, knowledge)) };
    const arrival = this.arrival(message.to, message.id, message.signature, message.arguments, knowledge);
    if (message.sort === 'signal' || message.sort === 'lost' || message.sort === 'found')
      return { ...idle, demands: arrival };
    const component = this.lifelines.get(message.to);
    const executed =
      component === undefined
        ? { ...this.sequence(message.execution, knowledge), fails: 0 }
        : this.execution(component, message.signature, message.execution, knowledge);
    const waits = message.sort === 'synchronous-call';
    const retries = waits ? (message.policy?.retries ?? this.retriesOf(message)) : 0;
    const { fails } = executed;
    const attempts = fails < 1 ? (1 - raised(fails, retries + 1)) / (1 - fails) : retries + 1;
    const lost = waits ? raised(fails, retries + 1) : 0;
    const reply = message.result === undefined ? nothing : this.reply(message, component);
    const handled = message.fallback === undefined ? undefined : this.sequence(message.fallback, knowledge);
    const rescue = handled === undefined ? noDemands : scaled(handled.demands, exactly(lost));
    return {
      demands: waits
        ? sumOf([
            arrival,
            demand(message.signature, 'call', message.id, once, none),
            scaled(executed.demands, exactly(attempts)),
            rescue,
          ])
        : sumOf([arrival, withoutCalls(executed.demands)]),
      time: waits ? times(executed.time, exactly(attempts)) : none,
      ...leftBy(exactly(message.fallback === undefined ? 1 - lost : 1)),
      knowledge: message.result === undefined ? knowledge : withValue(knowledge, message.result, reply),
    };
  }

  /** Noted where the receiver is a machine. */
  private arrival(
    to: ElementId,
    by: ElementId,
    signature: ElementId,
    given: readonly Argument[],
    knowledge: Knowledge,
  ): Demands {
    if (!this.instances.has(to)) return noDemands;
    const values = new Map(given.map(({ parameter, value }) => [parameter, knownOf(value, knowledge)] as const));
    const before = this.noted.get(by)?.values;
    // Sent at several places of a larger whole, it carries what is known at all of them.
    const isSame = before === undefined || [...values].every(([id, value]) => before.get(id) === value);
    this.noted.set(by, { signature, values: isSame ? values : new Map() });
    return demand(to, 'arrival', by, once, none);
  }

  private retriesOf({ from, to }: Message): number {
    const called = this.lifelines.get(to)?.id;
    const required = this.lifelines.get(from)?.requires.find(({ component }) => component === called);
    return required?.policy.retries ?? 0;
  }

  private reply(message: Message, component: Component | undefined): Known {
    if (message.execution.length > 0) return nothing;
    const operation = component?.operations.find(({ id }) => id === message.signature);
    return operation?.result === undefined ? nothing : knownOf(operation.result, new Map());
  }

  private consumed(topic: ElementId, knowledge: Knowledge): Demands {
    const consumers = (this.consumers.get(topic) ?? []).filter(({ id }) => !this.open.has(id));
    const parts = consumers.map(({ id, to, operation, execution }) => {
      const component = this.lifelines.get(to) ?? indexOf(this.model).providers.get(operation);
      if (component === undefined) return noDemands;
      this.open.add(id);
      const { demands } = this.execution(component, operation, execution, knowledge);
      this.open.delete(id);
      return demands;
    });
    return sumOf(parts);
  }

  /** One execution of an operation, spread over the nodes that run its component. */
  execution(component: Component, operation: ElementId, body: readonly Fragment[], knowledge: Knowledge) {
    const work = { takes: workIn(body, 'takes'), delays: workIn(body, 'delays') };
    const nested = this.sequence(body, knowledge);
    const method = component.operations.find(({ id }) => id === operation)?.method;
    const invoked = method === undefined ? undefined : this.behave(method, knowledge);
    // What a cache that remembers keys answers, nobody knows beforehand.
    const hit = component.cache?.hit ?? 0;
    const parts: Demands[] = [];
    let time: Bounds = none;
    let fails = 0;
    for (const { share, version, cores, threads } of this.servers.hostsOf(component)) {
      const cost = costOf(component, operation, version);
      const probability = cost.fails?.probability ?? 0;
      fails += share * probability;
      const isFast = cost.fails?.after !== undefined;
      const worked = exactly(isFast ? 1 - probability : 1);
      const own = (written: readonly (Expression | undefined)[], declared: Expression | undefined): Bounds =>
        (written.length > 0 ? written : [declared]).map(known).reduce(plus, none);
      const takes = times(own(work.takes, cost.takes), worked);
      const busy = plus(times(takes, exactly(1 - hit)), times(known(component.cache?.takes), exactly(hit)));
      const inside = plus(nested.time, invoked?.time ?? none);
      const held = plus(
        busy,
        times(
          plus(times(own(work.delays, cost.delays), worked), times(inside, exactly(1 - probability))),
          exactly(1 - hit),
        ),
      );
      const visits = exactly(share);
      if (cores !== undefined) parts.push(demand(cores, 'cores', operation, visits, busy));
      if (threads) parts.push(demand(component.id, 'threads', operation, visits, held));
      time = plus(time, times(held, visits));
    }
    const passed = exactly((1 - hit) * (1 - fails));
    parts.push(scaled(nested.demands, passed));
    if (invoked !== undefined) parts.push(scaled(invoked.demands, passed));
    return { demands: sumOf(parts), time, fails };
  }
}

function leftBy(stays: Bounds): Pick<Outcome, 'goesOn' | 'stays'> {
  return { goesOn: stays, stays };
}

function known(time: Expression | undefined): Bounds {
  const mean = meanTime(time);
  return mean === undefined ? { low: 0, high: Number.POSITIVE_INFINITY } : exactly(mean);
}

/** Written in the braces, it stands in place of what the operation declares. */
function workIn(body: readonly Fragment[], sort: 'takes' | 'delays'): Expression[] {
  return body.flatMap((fragment) => (fragment.kind === 'work' && fragment.sort === sort ? [fragment.time] : []));
}

/** Without a guard any number between the bounds is as likely as any other; without a bound a `break` decides. */
function turnsOf(minimum: number, maximum: number | null, isGuarded: boolean): Bounds {
  if (maximum === null) return { low: minimum, high: Number.POSITIVE_INFINITY };
  return isGuarded ? { low: minimum, high: maximum } : exactly((minimum + maximum) / 2);
}

function longest(parts: readonly Bounds[]): Bounds {
  return {
    low: Math.max(0, ...parts.map(({ low }) => low)),
    high: parts.reduce((sum, { high }) => sum + high, 0),
  };
}

function withValue(knowledge: Knowledge, variable: ElementId, value: Known): Knowledge {
  return new Map([...knowledge, [variable, value]]);
}

function mixedKnowledge(ways: readonly { readonly share: Bounds; readonly knowledge: Knowledge }[]): Knowledge {
  const keys = new Set(ways.flatMap(({ knowledge }) => [...knowledge.keys()]));
  return new Map(
    [...keys].map((key) => [
      key,
      mixed(ways.map(({ share, knowledge }) => ({ share, known: knowledge.get(key) ?? nothing }))),
    ]),
  );
}

/** What one of several parts that run beside each other has changed. */
function merged(before: Knowledge, all: Knowledge, one: Knowledge): Knowledge {
  const changed = [...one].filter(([key, value]) => before.get(key) !== value);
  return new Map([...all, ...changed]);
}
