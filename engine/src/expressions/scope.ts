/**
 * Where the names in an expression live at run time. A behaviour's compiler fills a scope once; compiled expressions
 * then know indices only.
 */
import type { ElementId, Expression, ValueType } from '../model/index.ts';
import type { DataTypes } from './data-types.ts';

/** A variable's home: the behaviour's own slots, the attributes of the signal being handled, or the loops around. */
export interface Location {
  readonly kind: 'slot' | 'event' | 'loop';
  readonly index: number;
  /** As declared. */
  readonly type?: ValueType;
}

/** A state is active while the active vertex of its strand lies in `first..last` (vertices are numbered by nesting). */
interface StateRange {
  readonly strand: number;
  readonly first: number;
  readonly last: number;
}

/** What a call from within an action needs to know of an operation. */
export interface Called {
  readonly parameters: readonly ElementId[];
  readonly result?: Expression;
  readonly fails?: { readonly probability: number };
}

export interface Scope {
  locate(variable: ElementId): Location | undefined;
  state(state: ElementId): StateRange | undefined;
  /** The index of a signal, the same in the whole model; -1 where unknown. */
  signal(signal: ElementId): number;
  /** The number of attributes of a signal and the position of one. */
  attributes(signal: ElementId): readonly ElementId[];
  /** A new random source of the element being compiled: its index in `Frame.streams`. */
  source(): number;
  /** Absent where the behaviour meets no records. */
  readonly dataTypes?: DataTypes;
  /** The index of a lifeline in `Frame.instances`: where a behaviour can look at other machines. */
  lifeline?(lifeline: ElementId): number | undefined;
  /** Absent where actions call nobody. */
  operation?(operation: ElementId): Called | undefined;
}

/** The scope within the body of a `for`: its variable is one that only loops have. */
export function loopScope(outer: Scope, variable: ElementId, index: number): Scope {
  const location: Location = { kind: 'loop', index };
  return {
    locate: (id) => (id === variable ? location : outer.locate(id)),
    state: (state) => outer.state(state),
    signal: (signal) => outer.signal(signal),
    attributes: (signal) => outer.attributes(signal),
    source: () => outer.source(),
    ...(outer.dataTypes === undefined ? {} : { dataTypes: outer.dataTypes }),
    lifeline: (id) => outer.lifeline?.(id),
    operation: (id) => outer.operation?.(id),
  };
}

/** A scope that knows only the given variables, in slots in that order: for expressions outside machines. */
export function slotScope(variables: readonly ElementId[], source: () => number = () => 0): Scope {
  const slots = new Map(variables.map((variable, index) => [variable, { kind: 'slot', index } as const]));
  return {
    locate: (variable) => slots.get(variable),
    state: () => undefined,
    signal: () => -1,
    attributes: () => [],
    source,
  };
}
