/** What can be said about conditions without running anything. Errs on the side of "may be true". */
import type { BinaryOperator, Expression } from '@pollux/engine/model';

/** Spelled alike, wherever they stand. */
export function sameText(a: Expression, b: Expression): boolean {
  return textOf(a) === textOf(b);
}

function textOf(expression: Expression): string {
  return JSON.stringify(expression, (key, value) => (key === 'place' ? undefined : value));
}

/** True only where the condition contradicts itself. */
export function isNeverTrue(condition: Expression): boolean {
  return conflicts(partsOf(condition));
}

/** True only where some values make both hold: the same condition, or comparisons of one thing with constants. */
export function canBothHold(a: Expression, b: Expression): boolean {
  const parts = [...partsOf(a), ...partsOf(b)];
  if (conflicts(parts)) return false;
  if (sameText(a, b)) return true;
  const [first, ...others] = parts.map((part) => boundOf(part)?.subject);
  return first !== undefined && others.every((subject) => subject === first);
}

/** The conditions that must all hold. */
function partsOf(condition: Expression): Expression[] {
  if (condition.kind === 'binary' && condition.operator === 'and')
    return [...partsOf(condition.left), ...partsOf(condition.right)];
  if (condition.kind === 'unary' && condition.operator === 'not') {
    const inner = condition.operand;
    if (inner.kind === 'unary' && inner.operator === 'not') return partsOf(inner.operand);
    if (inner.kind === 'binary' && inner.operator === 'or') {
      return [...partsOf(negated(inner.left)), ...partsOf(negated(inner.right))];
    }
    const opposite = inner.kind === 'binary' ? opposites[inner.operator] : undefined;
    if (inner.kind === 'binary' && opposite !== undefined) return [{ ...inner, operator: opposite }];
  }
  return [condition];
}

function negated(condition: Expression): Expression {
  return { kind: 'unary', operator: 'not', operand: condition, type: condition.type, place: condition.place };
}

const opposites: Partial<Record<BinaryOperator, BinaryOperator>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

function conflicts(parts: readonly Expression[]): boolean {
  const texts = new Set(parts.map(textOf));
  for (const part of parts) {
    if (part.kind === 'literal' && part.value === false) return true;
    if (part.kind === 'unary' && part.operator === 'not' && texts.has(textOf(part.operand))) return true;
  }
  const ranges = new Map<string, Range>();
  for (const part of parts) {
    const bound = boundOf(part);
    if (bound === undefined) continue;
    const range = ranges.get(bound.subject) ?? {
      low: -Infinity,
      high: Infinity,
      openLow: false,
      openHigh: false,
      not: new Set(),
      only: undefined,
    };
    ranges.set(bound.subject, range);
    narrow(range, bound);
  }
  return [...ranges.values()].some(isEmpty);
}

interface Range {
  low: number;
  high: number;
  openLow: boolean;
  openHigh: boolean;
  readonly not: Set<unknown>;
  /** The one value that an equation leaves. */
  only: { readonly value: unknown } | undefined | 'none';
}

interface Bound {
  readonly subject: string;
  readonly operator: BinaryOperator;
  readonly value: string | number | boolean;
}

/** `total > 500`, or turned round: a comparison of something with a constant. */
function boundOf(part: Expression): Bound | undefined {
  if (part.kind !== 'binary' || opposites[part.operator] === undefined) return undefined;
  const { left, right, operator } = part;
  if (right.kind === 'literal' && isPlain(right.value)) return { subject: textOf(left), operator, value: right.value };
  if (left.kind === 'literal' && isPlain(left.value))
    return { subject: textOf(right), operator: turned[operator] ?? operator, value: left.value };
  return undefined;
}

const turned: Partial<Record<BinaryOperator, BinaryOperator>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function narrow(range: Range, { operator, value }: Bound): void {
  if (operator === '==') {
    range.only = range.only === undefined || (range.only !== 'none' && range.only.value === value) ? { value } : 'none';
  } else if (operator === '!=') range.not.add(value);
  else if (typeof value !== 'number') return;
  else if (operator === '<' || operator === '<=') {
    if (value < range.high || (value === range.high && operator === '<')) range.openHigh = operator === '<';
    range.high = Math.min(range.high, value);
  } else {
    if (value > range.low || (value === range.low && operator === '>')) range.openLow = operator === '>';
    range.low = Math.max(range.low, value);
  }
}

function isEmpty({ low, high, openLow, openHigh, not, only }: Range): boolean {
  if (low > high || (low === high && (openLow || openHigh))) return true;
  if (only === undefined) return false;
  if (only === 'none' || not.has(only.value)) return true;
  if (typeof only.value !== 'number') return false;
  return only.value < low || only.value > high || (only.value === low && openLow) || (only.value === high && openHigh);
}
