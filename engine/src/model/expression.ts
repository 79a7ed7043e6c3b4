/** Typed expressions and distributions. How they are evaluated is the business of `expressions/`. */
import type { ElementId, Place } from './element.ts';
import type { Value, ValueType } from './value-type.ts';

interface Typed {
  readonly type: ValueType;
  readonly place: Place;
}

export type Expression =
  | (Typed & { readonly kind: 'literal'; readonly value: Value })
  /** `?`: a value not known yet. */
  | (Typed & { readonly kind: 'unknown' })
  /** A parameter, variable, signal attribute bound by a trigger, or lifeline-scoped variable. */
  | (Typed & { readonly kind: 'variable'; readonly variable: ElementId })
  | (Typed & { readonly kind: 'unary'; readonly operator: 'not' | '-'; readonly operand: Expression })
  | (Typed & {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Typed & {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    })
  | (Typed & { readonly kind: 'call'; readonly function: BuiltInFunction; readonly arguments: readonly Expression[] })
  /** `in(State)`: is the state in the active configuration of the machine that evaluates it? */
  /** `order.in(Created)`: of the machine that the lifeline stands for. */
  | (Typed & { readonly kind: 'in'; readonly state: ElementId; readonly lifeline?: ElementId })
  /** `cart.total`: an attribute of a value of a data type. */
  | (Typed & {
      readonly kind: 'attribute-of';
      readonly object: Expression;
      readonly attribute: ElementId;
      readonly name: string;
    })
  /** `Cart(id: "c-1", total: 10)`: attributes that are not given have their default, or are absent. */
  | (Typed & {
      readonly kind: 'construct';
      readonly data: ElementId;
      readonly values: readonly { readonly name: string; readonly value: Expression }[];
    })
  /** `[a, b]`: several values, in this order. */
  | (Typed & { readonly kind: 'list'; readonly items: readonly Expression[] })
  | (Typed & { readonly kind: 'size'; readonly list: Expression })
  | (Typed & { readonly kind: 'contains'; readonly list: Expression; readonly item: Expression })
  /** Counted from 0; an index outside ends the run step with an error. */
  | (Typed & { readonly kind: 'at'; readonly list: Expression; readonly index: Expression })
  | (Typed & { readonly kind: 'now' })
  /** Time since the enclosing behaviour began. */
  | (Typed & { readonly kind: 'elapsed' })
  /** Drawn where a value is expected. */
  | (Typed & { readonly kind: 'draw'; readonly distribution: Distribution })
  /** Only in twins: the value of an attribute of the observed occurrence. */
  | (Typed & { readonly kind: 'attribute'; readonly key: string })
  /** Only in twins: the status of the observed span: `"ok"`, `"error"` or `"unset"`. */
  | (Typed & { readonly kind: 'status' });

export type BinaryOperator =
  | 'and'
  | 'or'
  | 'implies'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | 'mod';

export type BuiltInFunction = 'min' | 'max' | 'abs' | 'floor' | 'ceil' | 'round';

/**
 * Parameters are in the unit of the value drawn: microseconds for durations, plain numbers otherwise.
 * Parameters are constants after lowering; `unknown` stands for `?`.
 */
export type Distribution =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
  | { readonly kind: 'triangular'; readonly from: number; readonly mode: number; readonly to: number }
  /** Truncated at 0 where a duration is drawn. */
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  /** Mean and standard deviation of the logarithm: `exp(mu + sigma Z)`. */
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'gamma'; readonly shape: number; readonly mean: number }
  | { readonly kind: 'weibull'; readonly shape: number; readonly scale: number }
  | { readonly kind: 'pareto'; readonly alpha: number; readonly minimum: number }
  /** A whole number k from 1 to `ranks`, with a weight of k to the power of minus `exponent`. */
  | { readonly kind: 'zipf'; readonly ranks: number; readonly exponent: number }
  /** True with that probability. */
  | { readonly kind: 'chance'; readonly probability: number }
  | {
      readonly kind: 'mixture';
      readonly parts: readonly { readonly weight: number; readonly value: Value | Distribution }[];
    }
  /** `empirical("latency.csv")`: drawn from recorded values. Values are absent until somebody reads the file; `unread` says why not. */
  | {
      readonly kind: 'empirical';
      readonly file: string;
      /** Its values are times, and so have a unit. */
      readonly isTime?: boolean;
      readonly values?: readonly number[];
      readonly unread?: string;
    }
  | { readonly kind: 'unknown' };
