/** Scenarios: what if. The environment is generated only, never recognised. */
import type { Action, Argument } from './action.ts';
import type { Element, ElementId } from './element.ts';
import type { Distribution } from './expression.ts';
import type { PolicyParameterName } from './policy-parameter.ts';
import type { Comparison, Expectation } from './property.ts';
import type { Value } from './value-type.ts';

export interface Scenario extends Element {
  readonly kind: 'scenario';
  readonly deployment?: ElementId;
  readonly loads: readonly Load[];
  readonly timeline: readonly TimelineEvent[];
  /** Simulated time of one replication, microseconds; includes the warm-up. */
  readonly duration: number;
  /** When the run begins in the week: microseconds since Monday 00:00; absent = Monday 00:00. */
  readonly beginning?: number;
  /** Absent where the text names no date: clocks are never put forward or back then, and zones make no difference. */
  readonly date?: RunDate;
  /** Microseconds at the beginning that are not counted. */
  readonly warmup: number;
  /** `warmup auto`: pilot runs find out when the run has forgotten how it began; `warmup` is 0 until then. */
  readonly detectsWarmup?: true;
  /** With a precision: at least. */
  readonly replications: number;
  /** `replications 5..50 until 2 %`: so many at most, until what is judged is so close, a fraction. */
  readonly precision?: { readonly most: number; readonly within: number };
  readonly seed: number;
  readonly expectations: readonly Expectation[];
  /** Scenarios that it is compared with, under common random numbers. */
  readonly comparedWith: readonly ElementId[];
  readonly variations: readonly Variation[];
}

/** When a run begins, and what clocks show while it goes on. */
export interface RunDate {
  /** Microseconds since 1970, UTC. */
  readonly instant: number;
  /** IANA name of the run's own time zone: of the times of day that its text says. */
  readonly timezone: string;
  /** Of this zone and those of the resources. */
  readonly clocks: readonly ZoneClock[];
}

export interface ZoneClock {
  readonly timezone: string;
  /** Rising in time, the first at 0. */
  readonly steps: readonly ClockStep[];
}

/** From then on, microseconds since the run begins, the clock is so much ahead of the run's as that stood at the beginning. */
export interface ClockStep {
  readonly time: number;
  readonly ahead: number;
}

export interface Load extends Element {
  readonly kind: 'load';
  readonly behaviour: ElementId;
  readonly arguments: readonly Argument[];
  readonly arrivals: Arrivals;
  /** How many come at a time, of any law: see `batchFiller`; absent = one. */
  readonly batch?: Distribution;
}

export type Arrivals =
  /** Poisson arrivals, per second. */
  | { readonly kind: 'poisson'; readonly rate: number }
  /** Poisson arrivals whose rate steps at times of day (microseconds since midnight) or, not daily, since the beginning. */
  | {
      readonly kind: 'pattern';
      readonly points: readonly { readonly time: number; readonly rate: number }[];
      readonly daily: boolean;
    }
  /** Poisson arrivals whose rate goes from one value to the other in a straight line, then stays. */
  | { readonly kind: 'ramp'; readonly from: number; readonly to: number; readonly over: number }
  /**
   * Poisson arrivals whose mean rate goes up and down as a sine, by a share of it, once in a period. It is highest at `peak`,
   * microseconds since midnight; absent = it rises from the mean when the load begins.
   */
  | {
      readonly kind: 'swing';
      readonly rate: number;
      readonly swing: number;
      readonly period: number;
      readonly peak?: number;
    }
  /** Independent gaps drawn from a law, microseconds. */
  | { readonly kind: 'renewal'; readonly gap: Distribution }
  /** A closed loop: each user waits `thinking`, then starts one and waits for its end. */
  | { readonly kind: 'closed'; readonly users: number; readonly thinking: Distribution }
  /** The arrivals of a recording. */
  | {
      readonly kind: 'replay';
      readonly file: string;
      /** Microseconds since the load begins, rising; absent until somebody reads the file. */
      readonly times?: readonly number[];
      /** Why nobody could. */
      readonly unread?: string;
    }
  /** What the twin saw, times a factor. */
  | {
      readonly kind: 'observed';
      readonly factor: number;
      /** Absent until somebody asks the twin, or reads what was frozen. */
      readonly seen?: SeenArrivals;
      /** Why nobody could. */
      readonly unread?: string;
    };

/** When a behaviour began, as a twin saw it. */
export interface SeenArrivals {
  /** Microseconds since `begins`, rising, below `length`. */
  readonly times: readonly number[];
  /** How long the twin looked, microseconds. */
  readonly length: number;
  /** Microseconds since 1970, UTC. */
  readonly begins: number;
  /** The share of all arrivals that was kept: above 0, at most 1. */
  readonly share: number;
  /** Who saw it, and where it is kept, for people. */
  readonly source: string;
}

export interface TimelineEvent extends Element {
  readonly kind: 'timeline-event';
  /** Microseconds since the beginning of the run. */
  readonly time: number;
  readonly change: Change;
}

/** `duration` in microseconds; absent = until the end. */
export type Change =
  /** `index` from 1, absent = all. The subject is a node, component, resource or zone. */
  | { readonly kind: 'crash'; readonly subject: ElementId; readonly index?: number; readonly duration?: number }
  | {
      readonly kind: 'slow';
      readonly subject: ElementId;
      readonly index?: number;
      readonly factor: number;
      readonly duration?: number;
    }
  /** Nothing passes between the two; zones or nodes. */
  | { readonly kind: 'partition'; readonly from: ElementId; readonly to: ElementId; readonly duration?: number }
  | {
      readonly kind: 'set';
      readonly parameter: Parameter;
      readonly value: Value | Distribution;
      readonly duration?: number;
    }
  | { readonly kind: 'scale'; readonly component: ElementId; readonly replicas: number }
  | {
      readonly kind: 'rollout';
      readonly component: ElementId;
      readonly version: string;
      readonly strategy:
        | { readonly kind: 'all' }
        | { readonly kind: 'canary'; readonly shares: readonly number[] }
        | { readonly kind: 'rolling'; readonly batch: number }
        | { readonly kind: 'blue-green' };
      /** Microseconds between two steps. */
      readonly every?: number;
      /** All must hold. */
      readonly abortWhen: readonly Comparison[];
    }
  | { readonly kind: 'load'; readonly load: Load; readonly duration?: number }
  /** The scenario's loads of a behaviour are so many times what they say; of those that last at once the latest counts. */
  | { readonly kind: 'load-factor'; readonly behaviour: ElementId; readonly factor: number; readonly duration?: number }
  | { readonly kind: 'send'; readonly action: Extract<Action, { readonly kind: 'send' }> };

/** Something that a scenario changes or varies: `Orders.replicas`, `app.cores`, `nurse` (its count). */
export interface Parameter {
  readonly element: ElementId;
  readonly name: ParameterName;
}

/**
 * Of components: `replicas` in all, `threads`, `queue` and `connections` of one, `cache` as a fraction, how late is too late in a
 * queue that drops what has expired, what a cache that remembers keys holds and how long. Of nodes: `cores`, `count`. Of resources:
 * `count`. Of operations: `takes` and `delays` in microseconds or as laws, `fails` as a fraction. Of limits of a rate: `limit` a
 * second, and its burst. Of requirements: see `PolicyParameterName`.
 */
export type ParameterName =
  | 'replicas'
  | 'threads'
  | 'queue'
  | 'queue.within'
  | 'connections'
  | 'cache'
  | 'cache.entries'
  | 'cache.ttl'
  | 'cores'
  | 'count'
  | 'takes'
  | 'delays'
  | 'fails'
  | 'limit'
  | 'limit.burst'
  | PolicyParameterName;

/** One axis of a sweep. */
export interface Variation extends Element {
  readonly kind: 'variation';
  readonly parameter: Parameter;
  readonly values: readonly (Value | Distribution)[];
}
