/** The types of values and the units behind quantities. Knows nothing of expressions. */
import type { Element, ElementId } from './element.ts';

/**
 * Run-time representation, everywhere in the engine:
 * Boolean → boolean; Integer, Real → number; String → string; enumeration literal → its name as a string;
 * Duration → number of microseconds (see numeric/time); Rate → number per second; Percent → fraction (0.5 is 50 %);
 * Bytes → number of bytes. `null` is the absent value.
 */
export type Value = boolean | number | string | null;

export type ValueType =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  | { readonly kind: 'enumeration'; readonly id: ElementId }
  /** Nothing is known (an operation that returns nothing, an expression in error). */
  | { readonly kind: 'unknown' };

/** `Rate`, `Percent` and `Bytes` are dimensions of quantities; they cannot be written as the type of a variable. */
export type PrimitiveName = 'Boolean' | 'Integer' | 'Real' | 'String' | 'Duration' | 'Rate' | 'Percent' | 'Bytes';

export interface Enumeration extends Element {
  readonly kind: 'enumeration';
  readonly literals: readonly Element[];
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
