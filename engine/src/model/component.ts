/** Components, what their operations cost, and how they treat those they call. */
import type { Element, ElementId } from './element.ts';
import type { Expression } from './expression.ts';
import type { ValueType, Variable } from './value-type.ts';

export interface Component extends Element, Capacity {
  readonly kind: 'component';
  /** Not ours to deploy: runs nowhere in the deployment, has no cores to contend for. */
  readonly external: boolean;
  /** Takes what is published to its topics to their consumers. */
  readonly broker: boolean;
  readonly operations: readonly Operation[];
  readonly topics: readonly Topic[];
  /** Machines whose instances live in this component. */
  readonly owns: readonly ElementId[];
  readonly requires: readonly Requirement[];
  readonly versions: readonly ComponentVersion[];
}

/** Limits of one replica; absent = none. */
export interface Capacity {
  readonly threads?: number;
  readonly queue?: Queue;
  readonly connections?: number;
  readonly cache?: Cache;
}

export interface Queue {
  /** Absent = unbounded. */
  readonly capacity?: number;
  readonly discipline:
    | { readonly kind: 'fifo' | 'lifo' }
    /** Also whose caller will have given up that many microseconds later. */
    | { readonly kind: 'drop-expired'; readonly within?: number }
    /** Greater goes first. */
    | { readonly kind: 'priority'; readonly priority: Expression };
}

/**
 * `cache 85 % hit takes 0.2 ms`: the fraction of calls that are answered at once, with that demand instead. Or
 * `cache 1000 entries lru key id ttl 5 min`: those that find an entry with their key, which the last call without one has left.
 */
export interface Cache {
  /** Absent: entries decide. */
  readonly hit?: number;
  /** What tells entries apart: reads the parameters of any operation of the component. */
  readonly key?: Expression;
  /** Beyond so many the least recently used one goes; absent = no bound. */
  readonly entries?: number;
  /** Microseconds from when an entry is made, not from its last use; absent = for ever. */
  readonly ttl?: number;
  readonly takes?: Expression;
}

/** What operations cost: the part that versions and calibrations replace. */
export interface OperationCost {
  /** Time on a core, spent before the first nested message. */
  readonly takes?: Expression;
  /** Time that passes without a core. */
  readonly delays?: Expression;
  /** `fails 0.3 %`, or fast: `fails 0.3 % after 5 ms`. */
  readonly fails?: { readonly probability: number; readonly after?: Expression };
  /** `returns chance(96 %)`: what a call yields where no interaction's `return` says so. */
  readonly result?: Expression;
  /** Bytes that a link carries; a reply without a size of its own is as large as the request. */
  readonly size?: { readonly request: Expression; readonly reply?: Expression };
}

export interface Operation extends Element, OperationCost {
  readonly kind: 'operation';
  readonly parameters: readonly Variable[];
  readonly returns: ValueType;
  /** The behaviour that a call invokes. */
  readonly method?: ElementId;
  /** Where cores serve by priority: a number, greater goes first, or a literal of an enumeration, the first goes first; absent = 0. */
  readonly priority?: Expression;
}

export interface Topic extends Element {
  readonly kind: 'topic';
  readonly parameters: readonly Variable[];
  /** Absent: no publication waits for another. */
  readonly partitions?: number;
  /** Publications with the same value go to the same partition; absent = in turn. Reads the topic's parameters. */
  readonly key?: Expression;
  /** Microseconds. */
  readonly retention?: number;
}

/** How this component calls another. */
export interface Requirement extends Element {
  readonly kind: 'requirement';
  readonly component: ElementId;
  readonly policy: CallPolicy;
}

/** What a caller does about trouble. */
export interface CallPolicy {
  readonly timeout?: Expression;
  /** Further attempts. */
  readonly retries?: number;
  readonly backoff?: { readonly first: Expression; readonly exponential: boolean; readonly jitter: boolean };
  /** Retries as a fraction of the calls, at most. */
  readonly budget?: number;
  /** Opens at that fraction of failures among the last `calls`, for a time in microseconds. */
  readonly breaker?: { readonly failures: number; readonly calls: number; readonly open: number };
  /** At most so many calls at once from one replica; further ones wait where there is room, or fail. */
  readonly bulkhead?: { readonly calls: number; readonly queue: number };
  /** A second attempt beside the first after that time. */
  readonly hedge?: Expression;
  /** A timeout stops the callee's work too. */
  readonly cancels?: boolean;
  readonly deadlinePropagates?: boolean;
}

/** What differs from the component as it stands. */
export interface ComponentVersion extends Element, Capacity {
  readonly kind: 'version';
  readonly operations: readonly { readonly operation: ElementId; readonly cost: OperationCost }[];
  readonly requires: readonly Requirement[];
}
