/**
 * Where a signal goes that leaves a behaviour: to an instance by its key, back to who sent the one being handled, or to a component,
 * whose balancer says to which replica. Everything arrives through the calendar: whoever sends may be in the middle of a step.
 */

import type { Known } from '../expressions/index.ts';
import type { ElementId, Model, SendTarget } from '../model/index.ts';
import type { Activities } from './activities/activities.ts';
import { NO_REPLICA } from './balancers.ts';
import type { Incidents } from './incidents.ts';
import type { Layout } from './layout.ts';
import type { MachineLifelines } from './machine-lifelines.ts';
import { type Sender, senderAt } from './senders.ts';

/** A lifeline and `self` are known to the sender alone. */
type PostedTarget = Exclude<SendTarget, { readonly kind: 'self' | 'lifeline' }>;

/** A signal on its way; what it carries is its own. */
export interface Posted {
  readonly target: PostedTarget;
  readonly signal: number;
  readonly values: readonly Known[];
  readonly now: number;
  readonly delay: number;
  /** As `senderAddress` gives them: who sends it, and who sent what is being handled. */
  readonly from: number;
  readonly handled: number;
}

export type Post = (posted: Posted) => void;

export class SignalRoutes {
  readonly #model: Model;
  readonly #layout: Layout;
  readonly #lifelines: MachineLifelines;
  readonly #activities: Activities | null;
  /** The balancer's replica; undefined where nobody calls the component, so that it has none. */
  readonly #choose: (component: ElementId) => number | undefined;
  /** By component: whose turn it is where there is no balancer. */
  readonly #turns: Int32Array;
  readonly #scenario: ElementId;
  #incidents: Incidents;

  constructor(parts: {
    readonly model: Model;
    readonly scenario: ElementId;
    readonly layout: Layout;
    readonly lifelines: MachineLifelines;
    readonly activities: Activities | null;
    readonly incidents: Incidents;
    readonly choose: (component: ElementId) => number | undefined;
  }) {
    this.#model = parts.model;
    this.#scenario = parts.scenario;
    this.#layout = parts.layout;
    this.#lifelines = parts.lifelines;
    this.#activities = parts.activities;
    this.#choose = parts.choose;
    this.#turns = new Int32Array(parts.model.components.length);
    this.#incidents = parts.incidents;
  }

  /** A replication begins. */
  prepare(incidents: Incidents): void {
    this.#incidents = incidents;
    this.#turns.fill(0);
  }

  post(posted: Posted): void {
    const { target } = posted;
    switch (target.kind) {
      case 'instance':
        if (this.#activities?.signals.post(target, posted) !== true) this.#lifelines.post(target, posted);
        return;
      case 'component': {
        const index = this.#model.components.findIndex(({ id }) => id === target.component);
        if (index >= 0) this.#toComponent(posted, index, this.#replicaOf(index));
        return;
      }
      case 'sender':
        this.#back(posted, senderAt(posted.handled));
    }
  }

  #back(posted: Posted, sender: Sender): void {
    const { signal, values, now, delay, from } = posted;
    switch (sender.kind) {
      case 'nobody':
        this.#discard(
          posted,
          this.#elementOf(senderAt(from)),
          'went back to who sent an event, which nobody did who takes signals',
        );
        return;
      case 'instance':
        this.#lifelines.populations[sender.index]!.deliverAfter(sender.number, signal, values, now, delay, from);
        return;
      case 'invocation':
        this.#activities?.signals.deliverTo(sender.index, sender.number, posted);
        return;
      case 'component':
        this.#toComponent(posted, sender.index, sender.number >= 0 ? sender.number : this.#replicaOf(sender.index));
    }
  }

  /** NO_REPLICA where none is there to take it; undefined where the component runs nowhere. */
  #replicaOf(component: number): number | undefined {
    const { id } = this.#model.components[component]!;
    const replicas = this.#layout.replicasOf.get(id);
    if (replicas === undefined || replicas.length === 0) return undefined;
    const chosen = this.#choose(id);
    if (chosen !== undefined) return chosen;
    const turn = this.#turns[component]!;
    this.#turns[component] = (turn + 1) % replicas.length;
    return replicas[turn]!;
  }

  #toComponent(posted: Posted, component: number, replica: number | undefined): void {
    if (replica === NO_REPLICA) {
      this.#discard(posted, this.#model.components[component]!.id, 'found no replica that takes anything');
      return;
    }
    this.#lifelines.offerAfter(component, replica ?? NO_REPLICA, posted);
  }

  #discard({ signal }: Posted, element: ElementId, what: string): void {
    const name = this.#model.signals[signal]?.name ?? 'A signal';
    this.#incidents.add({
      code: 'signal-discarded',
      severity: 'information',
      element,
      message: `${name} ${what}: it was discarded.`,
    });
  }

  #elementOf(sender: Sender): ElementId {
    switch (sender.kind) {
      case 'instance':
        return this.#lifelines.populations[sender.index]!.compiled.id;
      case 'component':
        return this.#model.components[sender.index]!.id;
      case 'invocation':
        return this.#activities?.signals.activityOf(sender.index) ?? this.#scenario;
      case 'nobody':
        return this.#scenario;
    }
  }
}
