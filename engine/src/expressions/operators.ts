/**
 * The operators on known values, each with the errors it can end a step with. Exact and three-valued evaluation both
 * rest on these, so that a value means the same everywhere.
 */
import type { BinaryOperator, BuiltInFunction, Place, Value, ValueType } from '../model/index.ts';
import { areEqual } from './composite-values.ts';
import { RunError } from './run-error.ts';

type StrictOperator = Exclude<BinaryOperator, 'and' | 'or' | 'implies'>;
type BinaryFunction = (left: Value, right: Value, place: Place) => Value;

export function numberOf(value: Value, place: Place): number {
  if (typeof value === 'number') return value;
  if (value === null) throw new RunError('absent-value', 'A value that is absent was used as a number.', place);
  throw new RunError('wrong-type', `A number was expected, not ${JSON.stringify(value)}.`, place);
}

export function truthOf(value: Value, place: Place): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) throw new RunError('absent-value', 'A value that is absent was used as a condition.', place);
  throw new RunError('wrong-type', `True or false was expected, not ${JSON.stringify(value)}.`, place);
}

function finite(value: number, place: Place): number {
  if (value - value === 0) return value;
  throw new RunError('overflow', 'The result is too large for a number.', place);
}

/** Integers are exact up to 2^53 - 1 in either direction; past it a result could be silently wrong. */
function exact(value: number, place: Place): number {
  if (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER) return value;
  throw new RunError('overflow', 'The result does not fit an Integer (beyond 2^53).', place);
}

function isInteger(type: ValueType): boolean {
  return type.kind === 'optional' ? isInteger(type.of) : type.kind === 'primitive' && type.name === 'Integer';
}

const DECIMAL_UNIT = 1_000_000;
const LARGEST_DECIMAL = Number.MAX_SAFE_INTEGER / DECIMAL_UNIT;

/** See `Value`: the nearest multiple of a millionth. */
function decimal(value: number, place: Place): number {
  if (value <= LARGEST_DECIMAL && value >= -LARGEST_DECIMAL) return Math.round(value * DECIMAL_UNIT) / DECIMAL_UNIT + 0;
  throw new RunError('overflow', 'The result does not fit a Decimal (six places, up to 9 thousand million).', place);
}

export function isDecimal(type: ValueType): boolean {
  return type.kind === 'optional' ? isDecimal(type.of) : type.kind === 'primitive' && type.name === 'Decimal';
}

/** Keeps a result of the given type within its range; that of a Decimal is rounded to its places. */
export function rangeCheck(type: ValueType): (value: number, place: Place) => number {
  if (isDecimal(type)) return decimal;
  return isInteger(type) ? exact : finite;
}

function compare(left: Value, right: Value, place: Place): number {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return numberOf(left, place) - numberOf(right, place);
}

function divide(left: Value, right: Value, place: Place): number {
  const divisor = numberOf(right, place);
  if (divisor === 0) throw new RunError('division-by-zero', 'Division by zero.', place);
  return numberOf(left, place) / divisor;
}

/** The remainder has the sign of the dividend, as in OCL; never a negative zero. */
function remainder(left: Value, right: Value, place: Place): number {
  const divisor = numberOf(right, place);
  if (divisor === 0) throw new RunError('division-by-zero', 'Remainder of a division by zero.', place);
  return (numberOf(left, place) % divisor) + 0;
}

/** The function of an operator for a result of the given type. */
export function binaryFunction(operator: StrictOperator, type: ValueType): BinaryFunction {
  const inRange = rangeCheck(type);
  switch (operator) {
    case '==':
      return (left, right) => left === right || (typeof left === 'object' && areEqual(left, right));
    case '!=':
      return (left, right) => left !== right && !(typeof left === 'object' && areEqual(left, right));
    case '<':
      return (left, right, place) => compare(left, right, place) < 0;
    case '<=':
      return (left, right, place) => compare(left, right, place) <= 0;
    case '>':
      return (left, right, place) => compare(left, right, place) > 0;
    case '>=':
      return (left, right, place) => compare(left, right, place) >= 0;
    case '+':
      return (left, right, place) =>
        typeof left === 'string' && typeof right === 'string'
          ? left + right
          : inRange(numberOf(left, place) + numberOf(right, place), place);
    case '-':
      return (left, right, place) => inRange(numberOf(left, place) - numberOf(right, place), place);
    case '*':
      return (left, right, place) => inRange(numberOf(left, place) * numberOf(right, place), place);
    case '/':
      return (left, right, place) => inRange(divide(left, right, place), place);
    case 'mod':
      return remainder;
  }
}

/** A function of one number, or of two that folds any further ones in. */
type BuiltIn =
  | { readonly arity: 1; readonly apply: (number: number) => number }
  | { readonly arity: 2; readonly apply: (a: number, b: number) => number };

/** Negative zero never leaves them: it would be a value that prints as another. */
export function builtIn(name: BuiltInFunction): BuiltIn {
  switch (name) {
    case 'min':
      return { arity: 2, apply: (a, b) => Math.min(a, b) };
    case 'max':
      return { arity: 2, apply: (a, b) => Math.max(a, b) };
    case 'abs':
      return { arity: 1, apply: (number) => Math.abs(number) };
    case 'floor':
      return { arity: 1, apply: (number) => Math.floor(number) + 0 };
    case 'ceil':
      return { arity: 1, apply: (number) => Math.ceil(number) + 0 };
    case 'round':
      return { arity: 1, apply: (number) => Math.round(number) + 0 };
  }
}

/** All arguments at once, where they are at hand anyway. */
export function applyBuiltIn(builtIn: BuiltIn, numbers: readonly number[]): number {
  const [first = 0, ...others] = numbers;
  return builtIn.arity === 1 ? builtIn.apply(first) : others.reduce(builtIn.apply, first);
}
