/** Deployments: which replicas of which components run on which nodes. */
import type { Capacity } from './component.ts';
import type { Element, ElementId } from './element.ts';
import type { Distribution, Expression } from './expression.ts';
import type { Value } from './value-type.ts';

export interface Deployment extends Element {
  readonly kind: 'deployment';
  readonly zones: readonly Zone[];
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
  /** Totals placed over several kinds of node. */
  readonly spreads: readonly Spread[];
  readonly balances: readonly Balance[];
  readonly autoscales: readonly Autoscale[];
  readonly limits: readonly RateLimit[];
  readonly backgrounds: readonly BackgroundLoad[];
  readonly costs: readonly Cost[];
}

export interface Zone extends Element {
  readonly kind: 'zone';
  /** The zone around it. */
  readonly within?: ElementId;
  /** All its nodes break down together. */
  readonly breakdown?: Breakdown;
}

export interface Node extends Element {
  readonly kind: 'node';
  /** `node app * 3`: how many there are. */
  readonly count: number;
  /** Per node; absent = no contention. */
  readonly cores?: number;
  /** Bytes per node. */
  readonly memory?: number;
  readonly scheduling: Scheduling;
  /** The innermost zone around it. */
  readonly zone?: ElementId;
  readonly breakdown?: Breakdown;
  readonly deploys: readonly DeployedComponent[];
}

/**
 * Whose work the cores do: the first to come; all requests at once (processor sharing); the greatest priority of those who
 * wait, which, where it is preemptive, also takes the core of a lesser one, whose work goes on later where it stopped.
 */
export type Scheduling = 'fifo' | 'sharing' | 'priority' | 'preemptive-priority';

/** `fails every exp(30 d) repaired in exp(10 min)`: times in microseconds. */
export interface Breakdown {
  readonly every: Distribution;
  readonly repaired: Distribution;
}

/** How a component is set up where it is deployed. */
export interface DeploymentSettings extends Capacity {
  /** The version that runs; absent = the component as it stands. */
  readonly version?: string;
  readonly config: readonly { readonly name: string; readonly value: Value | null }[];
}

export interface DeployedComponent extends Element, DeploymentSettings {
  readonly kind: 'deployed';
  readonly component: ElementId;
  /** Replicas on each node. */
  readonly replicas: number;
}

/** `deploy Fraud * 4 across app`: a total. */
export interface Spread extends Element, DeploymentSettings {
  readonly kind: 'spread';
  readonly component: ElementId;
  readonly replicas: number;
  readonly nodes: readonly ElementId[];
}

/** A communication path between two kinds of node, in both directions. */
export interface Link extends Element {
  readonly kind: 'link';
  readonly ends: readonly [ElementId, ElementId];
  /** Microseconds, one way. */
  readonly latency: number;
  /** Bits per second; absent = unlimited. */
  readonly bandwidth?: number;
  /** Fraction of messages lost. */
  readonly loss: number;
}

export interface Balance extends Element {
  readonly kind: 'balance';
  readonly component: ElementId;
  readonly strategy:
    | { readonly kind: 'round-robin' | 'random' | 'two-choices' | 'least-connections' }
    | { readonly kind: 'hash'; readonly key: Expression };
}

export interface Autoscale extends Element {
  readonly kind: 'autoscale';
  readonly component: ElementId;
  readonly minimum: number;
  readonly maximum: number;
  /** Utilisation to be held, a fraction. */
  readonly cpu: number;
  /** Microseconds between two looks. */
  readonly every: number;
  /** Microseconds until a new replica serves. */
  readonly startup: number;
}

/** Per component, over all replicas. */
export interface RateLimit extends Element {
  readonly kind: 'limit';
  /** An operation or a component. */
  readonly subject: ElementId;
  /** Per second. */
  readonly rate: number;
  readonly burst: number;
}

/** Traffic outside the model: a fraction of the node's cores. */
export interface BackgroundLoad extends Element {
  readonly kind: 'background';
  readonly node: ElementId;
  readonly share: number;
}

export interface Cost extends Element {
  readonly kind: 'cost';
  readonly subject: ElementId;
  /** Per second, in the currency of the reader. */
  readonly rate: number;
}
