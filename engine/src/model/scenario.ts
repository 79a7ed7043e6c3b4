/** Scenarios: what if. The environment is generated only, never recognised. */
import type { Argument } from './action.ts';
import type { Element, ElementId } from './element.ts';
import type { Distribution } from './expression.ts';
import type { Expectation } from './property.ts';

export interface Scenario extends Element {
  readonly kind: 'scenario';
  readonly deployment?: ElementId;
  readonly loads: readonly Load[];
  /** Simulated time of one replication, microseconds; includes the warm-up. */
  readonly duration: number;
  /** Microseconds at the beginning that are not counted. */
  readonly warmup: number;
  readonly replications: number;
  readonly seed: number;
  readonly expectations: readonly Expectation[];
}

export interface Load extends Element {
  readonly kind: 'load';
  readonly behaviour: ElementId;
  readonly arguments: readonly Argument[];
  readonly arrivals: /** Poisson arrivals, per second. */
    | { readonly kind: 'poisson'; readonly rate: number }
    /** Independent gaps drawn from a law, microseconds. */
    | { readonly kind: 'renewal'; readonly gap: Distribution }
    /** A closed loop: each user waits `thinking`, then starts one and waits for its end. */
    | { readonly kind: 'closed'; readonly users: number; readonly thinking: Distribution };
}
