/** What one arrival of a load asks for: behaviours are followed into each other, each once at a time. */
import type { ElementId, Load, Model } from '../../model/index.ts';
import { activityDemands } from './activity-demands.ts';
import { none } from './bounds.ts';
import { noDemands } from './demands.ts';
import { type Behave, InteractionWalk, type Outcome } from './interaction-demands.ts';
import { type Knowledge, type Known, knownOf } from './knowledge.ts';
import { indexOf } from './model-index.ts';
import type { Servers } from './servers.ts';

export class Analysis {
  private readonly model: Model;
  private readonly servers: Servers;
  private readonly open = new Set<ElementId>();

  constructor(model: Model, servers: Servers) {
    this.model = model;
    this.servers = servers;
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
        return walk.sequence(interaction.body, withInitials(given, interaction.variables));
      }
      const activity = this.model.activities.find(({ id }) => id === behaviour);
      if (activity === undefined) return unknown;
      return activityDemands(activity, withInitials(given, activity.variables), this.behave, (id) => this.call(id));
    } finally {
      this.open.delete(behaviour);
    }
  };

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
