/** Costs that may come to be while a program runs: it has room for them from the beginning. Knows nothing of who changes them when. */
import type { Component, ElementId } from '../../model/index.ts';

export interface CostVariants {
  /** By component: how it is in each version that may come to run beside the one it begins with. */
  readonly versions: ReadonlyMap<ElementId, readonly { readonly name: string; readonly component: Component }[]>;
  /** By operation: what of it may be set. */
  readonly set: ReadonlyMap<ElementId, ReadonlySet<string>>;
  /** Components that may come to have threads. */
  readonly threaded: ReadonlySet<ElementId>;
  /** Components that may come to have so many connections only. */
  readonly connected: ReadonlySet<ElementId>;
}

export const noVariants: CostVariants = {
  versions: new Map(),
  set: new Map(),
  threaded: new Set(),
  connected: new Set(),
};
