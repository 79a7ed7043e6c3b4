/** What exploring a machine shows: plain data, each with a shortest way to see it again. */
import type { ElementId, Place, Value } from '../model/index.ts';

export type FindingKind =
  | 'assertion'
  | 'error'
  | 'deadlock'
  | 'livelock'
  | 'race'
  | 'order'
  | 'competing'
  | 'unreachable'
  | 'discard';

export const findingSeverity: Readonly<Record<FindingKind, 'error' | 'warning' | 'information'>> = {
  assertion: 'error',
  error: 'error',
  deadlock: 'error',
  livelock: 'error',
  race: 'warning',
  competing: 'warning',
  unreachable: 'warning',
  discard: 'information',
  order: 'information',
};

/** One step of a way; `choices` are the decisions in it that UML leaves open, in their order. */
export type WayStep = { readonly choices: readonly number[]; readonly logs: readonly string[] } & (
  | { readonly kind: 'create'; readonly args: Readonly<Record<string, Value>> }
  | { readonly kind: 'signal' | 'call'; readonly element: ElementId; readonly args: Readonly<Record<string, Value>> }
  /** A timer fires; the element is its transition, or the state whose do-activity comes to its end. */
  | { readonly kind: 'timer' | 'activity'; readonly element: ElementId }
  /** Something that the machine sent to itself is handled, or a change that it noticed. */
  | { readonly kind: 'own'; readonly element: ElementId }
  | { readonly kind: 'wait'; readonly time: number }
);

export interface Finding {
  readonly kind: FindingKind;
  readonly severity: 'error' | 'warning' | 'information';
  readonly element: ElementId;
  readonly message: string;
  readonly place: Place;
  readonly trace: readonly WayStep[];
  /** Where the result depends on an order: the way to the other result. */
  readonly otherTrace?: readonly WayStep[];
}
