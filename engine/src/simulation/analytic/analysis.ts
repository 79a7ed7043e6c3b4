/** What one arrival of a load asks for: behaviours are followed into each other, each once at a time. */
import { resolveMachine } from '../../behavior/machine/resolve-machine.ts';
import type { ElementId, Lifeline, Load, Machine, Model } from '../../model/index.ts';
import { activityDemands } from './activity-demands.ts';
import { none } from './bounds.ts';
import { type Demands, noDemands, scaled, sumOf, withoutArrivals, withoutCalls } from './demands.ts';
import { type Behave, InteractionWalk, type Outcome } from './interaction-demands.ts';
import { type Knowledge, type Known, knownOf } from './knowledge.ts';
import { machineDemands } from './machine-demands.ts';
import { indexOf } from './model-index.ts';
import type { Servers } from './servers.ts';
import { type Sent, SignalArrivals, sentElsewhere } from './signal-arrivals.ts';

export class Analysis {
  private readonly model: Model;
  private readonly servers: Servers;
  private readonly isAssumed: boolean;
  private readonly open = new Set<ElementId>();
  private readonly machines = new Map<ElementId, Machine | null>();

  /** `isAssumed`: as if the guards of events held wherever nobody knows whether they do. */
  constructor(model: Model, servers: Servers, isAssumed = false) {
    this.model = model;
    this.servers = servers;
    this.isAssumed = isAssumed;
  }

  arrivalOf(load: Load): Pick<Outcome, 'demands' | 'time'> {
    const values = load.arguments.map(({ parameter, value }): readonly [ElementId, Known] => [
      parameter,
      knownOf(value, new Map()),
    ]);
    return this.behave(load.behaviour, new Map(values));
  }

  readonly behave: Behave = (behaviour, given) => {
    const unknown = { demands: noDemands, time: { low: 0, high: Number.POSITIVE_INFINITY } };
    if (this.open.has(behaviour)) return unknown;
    this.open.add(behaviour);
    try {
      const interaction = this.model.interactions.find(({ id }) => id === behaviour);
      if (interaction !== undefined) {
        const walk = new InteractionWalk(this.model, this.servers, interaction.lifelines, this.behave);
        const knowledge = withInitials(given, interaction.variables);
        const outcome = walk.sequence(interaction.body, knowledge);
        return { ...outcome, demands: this.withInstances(interaction.lifelines, knowledge, outcome, walk.sent) };
      }
      const activity = this.model.activities.find(({ id }) => id === behaviour);
      if (activity === undefined) return unknown;
      return activityDemands(activity, withInitials(given, activity.variables), this.behave, (id) => this.call(id));
    } finally {
      this.open.delete(behaviour);
    }
  };

  /** Each machine that a message makes an instance of brings what that does. */
  private withInstances(lifelines: readonly Lifeline[], knowledge: Knowledge, outcome: Outcome, sent: Sent): Demands {
    const parts = lifelines.flatMap(({ id, represents }): Demands[] => {
      if (represents.kind !== 'machine' || represents.key !== undefined || this.open.has(represents.machine)) return [];
      const elsewhere = sentElsewhere(this.model, represents.machine);
      const arrivals = new SignalArrivals(id, outcome.demands, sent, elsewhere);
      const machine = this.machine(represents.machine);
      if (machine === null || arrivals.created.high === 0) return [];
      const owner = indexOf(this.model).owners.get(represents.machine);
      const given = represents.arguments.map(({ parameter, value }) => [parameter, knownOf(value, knowledge)] as const);
      this.open.add(represents.machine);
      const demands = machineDemands({
        model: this.model,
        machine,
        given: withInitials(new Map(given), machine.variables),
        arrivals,
        span: outcome.time,
        hosts: owner === undefined ? [] : this.servers.hostsOf(owner),
        isAssumed: this.isAssumed,
        call: (operation) => withoutCalls(this.call(operation).demands),
        behave: (behaviour) => withoutCalls(this.behave(behaviour, new Map()).demands),
      });
      this.open.delete(represents.machine);
      return [scaled(demands, arrivals.created)];
    });
    return sumOf([withoutArrivals(outcome.demands), ...parts]);
  }

  private machine(id: ElementId): Machine | null {
    const known = this.machines.get(id);
    if (known !== undefined) return known;
    const machine = resolveMachine(this.model, id);
    this.machines.set(id, machine);
    return machine;
  }

  /** A call that no interaction says more of. */
  private call(operation: ElementId): Pick<Outcome, 'demands' | 'time'> {
    const component = indexOf(this.model).providers.get(operation);
    if (component === undefined) return { demands: noDemands, time: none };
    return new InteractionWalk(this.model, this.servers, [], this.behave).execution(
      component,
      operation,
      [],
      new Map(),
    );
  }
}

function withInitials(
  given: Knowledge,
  variables: readonly { readonly id: ElementId; readonly initial?: Parameters<typeof knownOf>[0] }[],
): Knowledge {
  return new Map([...given, ...variables.map(({ id, initial }) => [id, knownOf(initial, given)] as const)]);
}
