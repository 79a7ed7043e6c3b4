/** Deployments: which replicas of which components run on which nodes. */
import type { Element, ElementId } from './element.ts';

export interface Deployment extends Element {
  readonly kind: 'deployment';
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
}

export interface Node extends Element {
  readonly kind: 'node';
  /** `node app * 3`: how many there are. */
  readonly count: number;
  /** Per node; absent = no contention. */
  readonly cores?: number;
  readonly deploys: readonly DeployedComponent[];
}

export interface DeployedComponent extends Element {
  readonly kind: 'deployed';
  readonly component: ElementId;
  /** Replicas on each node. */
  readonly replicas: number;
}

/** A communication path between two kinds of node, in both directions. */
export interface Link extends Element {
  readonly kind: 'link';
  readonly ends: readonly [ElementId, ElementId];
  /** Microseconds, one way. */
  readonly latency: number;
}
