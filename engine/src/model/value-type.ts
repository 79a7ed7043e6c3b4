/** The types of values and the units behind quantities. Knows nothing of expressions. */
import type { Element, ElementId } from './element.ts';

/**
 * Run-time representation, everywhere in the engine:
 * Boolean → boolean; Integer, Real, Decimal → number; String → string; enumeration literal → its name as a string;
 * Duration → number of microseconds (see numeric/time); Rate → number per second; Percent → fraction (0.5 is 50 %);
 * Bytes → number of bytes; Bandwidth → bits per second; Money → number. `null` is the absent value. A value of a data type is a
 * record of its attributes by name; several values are an array. Records and arrays are never changed in place.
 *
 * Decimal is a decimal fixed-point number: a multiple of a millionth, at most 9,007,199,254.740991 either way. Each
 * operation rounds its result to the nearest such number, so sums and differences are exact, products and quotients are
 * rounded to six places; what does not fit ends the run step, as with Integer.
 */
export type Value = boolean | number | string | null | RecordValue | readonly Value[];

export interface RecordValue {
  readonly [attribute: string]: Value;
}

export type ValueType =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  | { readonly kind: 'enumeration'; readonly id: ElementId }
  | { readonly kind: 'data'; readonly id: ElementId }
  /** Several values of one type; `upper` null where unbounded. `0..1` is written as the optional type itself. */
  | { readonly kind: 'list'; readonly of: ValueType; readonly lower: number; readonly upper: number | null }
  /** `T[0..1]`: may be absent. */
  | { readonly kind: 'optional'; readonly of: ValueType }
  /** Nothing is known (an operation that returns nothing, an expression in error). */
  | { readonly kind: 'unknown' };

/** `Rate` to `Bandwidth` are dimensions of quantities; they cannot be written as the type of a variable. */
export type PrimitiveName =
  | 'Boolean'
  | 'Integer'
  | 'Real'
  | 'Decimal'
  | 'String'
  | 'Duration'
  | 'Rate'
  | 'Percent'
  | 'Bytes'
  | 'Bandwidth';

export interface Enumeration extends Element {
  readonly kind: 'enumeration';
  readonly literals: readonly Element[];
}

/** UML DataType. */
export interface DataType extends Element {
  readonly kind: 'data';
  readonly attributes: readonly Attribute[];
}

export interface Attribute extends Variable {
  /** Tags that policies speak of: `classified PII`. */
  readonly classifications: readonly string[];
}

/** UML Signal with its attributes. */
export interface Signal extends Element {
  readonly kind: 'signal';
  readonly attributes: readonly Variable[];
}

/** A parameter, attribute, variable or a name bound by a trigger. */
export interface Variable extends Element {
  readonly kind: 'variable';
  readonly type: ValueType;
  readonly initial?: import('./expression.ts').Expression;
}
