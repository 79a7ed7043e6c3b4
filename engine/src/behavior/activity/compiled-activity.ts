/**
 * An activity compiled once for every driver: nodes and edges as integers, expressions as functions, structured nodes and
 * regions as tables. Knows nothing of time, resources in use or who else runs.
 *
 * Tokens as in fUML 1.5, with one difference that the notation needs: where several edges lead to a node other than a join, each
 * token is handled on its own, as if a merge stood in front of it.
 */
import type { Behaviour, Evaluate, Frame, Known } from '../../expressions/index.ts';
import type { Activity, ActivityNode, ElementId, Place, SendTarget } from '../../model/index.ts';
import type { Choice, Cost } from '../interaction/index.ts';

export const kind = {
  initial: 0,
  decision: 1,
  merge: 2,
  fork: 3,
  join: 4,
  'activity-final': 5,
  'flow-final': 6,
  action: 7,
  buffer: 8,
  accept: 9,
  send: 10,
  acquire: 11,
  release: 12,
  structured: 13,
} as const;

/** Nodes that tokens stand in; regions only surround them. */
export type PlacedNode = Exclude<ActivityNode, { readonly kind: 'interruptible' }>;

export interface ActivityProgram {
  readonly activities: readonly CompiledActivity[];
  /** All claims of all activities: what stands in line is told apart by its index here. */
  readonly claims: readonly CompiledClaim[];
  /** Names of the random sources that expressions draw from, by their index in `Frame.streams`. */
  readonly sources: readonly string[];
}

export interface CompiledActivity {
  readonly index: number;
  readonly id: ElementId;
  readonly activity: Activity;
  readonly nodes: readonly PlacedNode[];
  readonly kinds: Uint8Array;
  /** The structured node in whose braces a node stands; -1: none. So of each region. */
  readonly within: Int32Array;
  /** The innermost interruptible region around a node among those in the same braces; -1: none. */
  readonly regionOf: Int32Array;
  readonly regionParent: Int32Array;
  /** Edges that leave a node stand side by side. */
  readonly firstEdge: Int32Array;
  readonly edgeCount: Int32Array;
  /** By edge; behind those of the text the ways out of patience and of interrupts. */
  readonly targets: Int32Array;
  readonly ways: readonly Way[];
  /** Which of a join's incoming edges it is. */
  readonly ordinals: Int32Array;
  readonly effects: readonly (Behaviour | null)[];
  /** By node: how many edges lead to a join. */
  readonly joinSize: Int32Array;
  /** By node; null where it is of another kind. Targets of choices are edges. */
  readonly choices: readonly (Choice | null)[];
  readonly claims: readonly (CompiledClaim | null)[];
  readonly works: readonly (CompiledWork | null)[];
  readonly accepts: readonly (CompiledAccept | null)[];
  readonly sends: readonly (CompiledSend | null)[];
  readonly releases: readonly (readonly ResourceAmount[] | null)[];
  /** Those of inner regions first. */
  readonly interrupts: readonly CompiledInterrupt[];
  /** Where tokens appear: at 0 when the activity begins, at n + 1 when the structured node n does. */
  readonly starts: readonly (readonly number[])[];
  readonly slotCount: number;
  /** Sets variables to their initial values; null where there is nothing to do. */
  readonly initialise: Behaviour | null;
  /** Some accept action waits for a condition. */
  readonly watches: boolean;
  /** What tells its invocations apart, from their arguments. */
  readonly keyOf: (values: readonly Known[]) => Known;
}

/** What an edge is in the text; a way out of patience has the id of its node, and `/patience`. */
export interface Way {
  readonly id: ElementId;
  readonly label: Place;
}

/** A resource by its index in the model. */
export interface ResourceAmount {
  readonly resource: number;
  readonly amount: number;
}

export interface CompiledClaim {
  /** Over all activities. */
  readonly index: number;
  readonly element: ElementId;
  readonly uses: readonly ResourceAmount[];
  /** Greatest of the priorities written: who has a greater one goes first. Null: none is written, which counts as 0. */
  readonly rank: ((frame: Frame) => number) | null;
  /** How long somebody waits, and the edge along which he then leaves. */
  readonly patience: { readonly limit: Cost; readonly edge: number } | null;
}

export type CompiledWork =
  | { readonly kind: 'nothing' }
  /** `takes` and `delays` differ only in what the reader is told: a resource is held in both. */
  | { readonly kind: 'time'; readonly cost: Cost }
  /** A call, or a behaviour that is no activity: done by others. `element`: the action. */
  | {
      readonly kind: 'delegated';
      readonly element: ElementId;
      /** Null: a call, or a batch. */
      readonly behaviour: ElementId | null;
      /** Done once for several tokens by another activity of the program, as the driver gathers them. */
      readonly batch: { readonly activity: number; readonly size: number; readonly limit: Cost | null } | null;
      readonly values: readonly Evaluate[];
    }
  | { readonly kind: 'invoke'; readonly activity: number; readonly values: readonly Evaluate[] };

export type DelegatedWork = Extract<CompiledWork, { readonly kind: 'delegated' }>;

export interface CompiledAccept {
  readonly event:
    | { readonly kind: 'signal'; readonly signals: readonly number[] }
    | { readonly kind: 'time'; readonly delay: Cost }
    | { readonly kind: 'clock'; readonly timeOfDay: number }
    | { readonly kind: 'change'; readonly holds: (frame: Frame) => boolean };
  readonly guard: ((frame: Frame) => boolean) | null;
  /** No edge leads to it: it is there from the beginning, and again after each event. */
  readonly isSpontaneous: boolean;
}

export interface CompiledSend {
  /** The model's index. */
  readonly signal: number;
  readonly values: readonly Evaluate[];
  readonly target: SendTarget;
  /** Of an instance. */
  readonly key: Evaluate | null;
  readonly delay: Cost | null;
}

export interface CompiledInterrupt {
  readonly region: number;
  readonly signals: readonly number[];
  readonly guard: ((frame: Frame) => boolean) | null;
  readonly edge: number;
}
