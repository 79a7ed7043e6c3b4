/**
 * What is known of values before a run: laws that loads draw from, replies with a given chance. Enough to say how likely many
 * guards hold; of all others it is said that nothing is known. Different values are not taken to be independent.
 */
import type { BinaryOperator, Distribution, ElementId, Expression, Value } from '../../model/index.ts';
import { distributionFunction, isDistribution } from '../../numeric/index.ts';
import { type Bounds, complement, exactly, perhaps } from './bounds.ts';

export type Known =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'law'; readonly law: Distribution }
  /** A Boolean that is true with a probability between these. */
  | { readonly kind: 'chance'; readonly chance: Bounds }
  | { readonly kind: 'record'; readonly values: ReadonlyMap<string, Known> }
  | { readonly kind: 'unknown' };

export type Knowledge = ReadonlyMap<ElementId, Known>;

export const nothing: Known = { kind: 'unknown' };

export function knownOf(expression: Expression | undefined, knowledge: Knowledge): Known {
  switch (expression?.kind) {
    case 'literal':
      return { kind: 'value', value: expression.value };
    case 'draw': {
      const law = expression.distribution;
      if (law.kind === 'chance') return { kind: 'chance', chance: exactly(law.probability) };
      return { kind: 'law', law };
    }
    case 'variable':
      return knowledge.get(expression.variable) ?? nothing;
    case 'attribute-of': {
      const object = knownOf(expression.object, knowledge);
      return object.kind === 'record' ? (object.values.get(expression.name) ?? nothing) : nothing;
    }
    case 'construct':
      return {
        kind: 'record',
        values: new Map(expression.values.map(({ name, value }) => [name, knownOf(value, knowledge)])),
      };
    case 'unary':
    case 'binary':
      return { kind: 'chance', chance: chanceOf(expression, knowledge) };
    default:
      return nothing;
  }
}

/** How likely the condition holds. */
export function chanceOf(condition: Expression, knowledge: Knowledge): Bounds {
  if (condition.kind === 'unary' && condition.operator === 'not') {
    return complement(chanceOf(condition.operand, knowledge));
  }
  if (condition.kind === 'binary') return chanceOfBinary(condition, knowledge);
  if (condition.kind === 'unary') return perhaps;
  const known = knownOf(condition, knowledge);
  if (known.kind === 'chance') return known.chance;
  if (known.kind === 'law') return shareOf(known.law, (value) => value === true);
  return known.kind === 'value' && typeof known.value === 'boolean' ? exactly(known.value ? 1 : 0) : perhaps;
}

function chanceOfBinary(condition: Expression & { readonly kind: 'binary' }, knowledge: Knowledge): Bounds {
  const { operator, left, right } = condition;
  if (operator === 'and' || operator === 'or' || operator === 'implies') {
    const a = chanceOf(left, knowledge);
    const b = chanceOf(right, knowledge);
    if (operator === 'and') return both(a, b);
    return complement(both(operator === 'or' ? complement(a) : a, complement(b)));
  }
  const [a, b] = [knownOf(left, knowledge), knownOf(right, knowledge)];
  if (b.kind === 'value') return compared(a, operator, b.value);
  return a.kind === 'value' ? compared(b, mirrored[operator] ?? operator, a.value) : perhaps;
}

const mirrored: Partial<Record<BinaryOperator, BinaryOperator>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** Fréchet: whatever the two have to do with each other. */
function both(a: Bounds, b: Bounds): Bounds {
  return { low: Math.max(0, a.low + b.low - 1), high: Math.min(a.high, b.high) };
}

function compared(known: Known, operator: BinaryOperator, value: Value): Bounds {
  const holds = test(operator, value);
  if (holds === undefined) return perhaps;
  if (known.kind === 'value') return exactly(holds(known.value) ? 1 : 0);
  if (known.kind === 'chance' && typeof value === 'boolean') {
    const isTrue = holds(true);
    if (isTrue === holds(false)) return exactly(isTrue ? 1 : 0);
    return isTrue ? known.chance : complement(known.chance);
  }
  if (known.kind !== 'law') return perhaps;
  const { law } = known;
  if (law.kind === 'mixture' && law.parts.every((part) => !isDistribution(part.value))) return shareOf(law, holds);
  if (typeof value !== 'number' || operator === '==' || operator === '!=') return perhaps;
  const below = distributionFunction(law, value);
  if (Number.isNaN(below)) return perhaps;
  return exactly(operator === '<' || operator === '<=' ? below : 1 - below);
}

function test(operator: BinaryOperator, value: Value): ((other: Value) => boolean) | undefined {
  if (operator === '==') return (other) => other === value;
  if (operator === '!=') return (other) => other !== value;
  if (typeof value !== 'number') return undefined;
  const numeric = (holds: (other: number) => boolean) => (other: Value) => typeof other === 'number' && holds(other);
  if (operator === '<') return numeric((other) => other < value);
  if (operator === '<=') return numeric((other) => other <= value);
  if (operator === '>') return numeric((other) => other > value);
  return operator === '>=' ? numeric((other) => other >= value) : undefined;
}

/** The weight of those values of a mixture for which it holds. */
function shareOf(law: Distribution, holds: (value: Value) => boolean): Bounds {
  if (law.kind !== 'mixture') return perhaps;
  let sum = 0;
  let all = 0;
  for (const { weight, value } of law.parts) {
    all += weight;
    if (isDistribution(value)) return perhaps;
    if (holds(value)) sum += weight;
  }
  return all > 0 ? exactly(sum / all) : perhaps;
}

/** What is known of a variable that one of several alternatives may have assigned. */
export function mixed(alternatives: readonly { readonly share: Bounds; readonly known: Known }[]): Known {
  const taken = alternatives.filter(({ share }) => share.high > 0);
  const [first] = taken;
  if (first === undefined) return nothing;
  if (taken.every(({ known }) => known === first.known)) return first.known;
  const chances = taken.map(({ share, known }) => ({ share, chance: asChance(known) }));
  let low = 0;
  let high = 0;
  for (const { share, chance } of chances) {
    if (chance === undefined) return nothing;
    low += share.low * chance.low;
    high += share.high * chance.high;
  }
  return { kind: 'chance', chance: { low: Math.min(1, low), high: Math.min(1, high) } };
}

function asChance(known: Known): Bounds | undefined {
  if (known.kind === 'chance') return known.chance;
  return known.kind === 'value' && typeof known.value === 'boolean' ? exactly(known.value ? 1 : 0) : undefined;
}
