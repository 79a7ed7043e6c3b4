/** Typed expressions → the text a person would write. The inverse of parsing, up to blanks and needless parentheses. */
import type { Distribution, Expression, Value, ValueType } from '@pollux/engine/model';
import { isDistribution } from '@pollux/engine/numeric';
import type { NameOf } from './names.ts';
import { plain, printDuration, printPercent, printRate } from './print-quantity.ts';

const precedence: Readonly<Record<string, number>> = {
  implies: 1,
  or: 2,
  and: 3,
  '==': 4,
  '!=': 4,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  mod: 7,
};

/** Binds closer than any operator. */
const atom = 9;

export function printExpression(expression: Expression, nameOf: NameOf): string {
  return print(expression, 0, nameOf);
}

function print(expression: Expression, outer: number, nameOf: NameOf): string {
  switch (expression.kind) {
    case 'literal':
      return printValue(expression.value, expression.type, nameOf);
    case 'unknown':
      return '?';
    case 'variable':
      return nameOf(expression.variable);
    case 'unary':
      return expression.operator === 'not'
        ? enclose(`not ${print(expression.operand, 8, nameOf)}`, outer > 8)
        : enclose(`-${print(expression.operand, 8, nameOf)}`, outer > 8);
    case 'binary': {
      const own = precedence[expression.operator] ?? 0;
      const left = print(expression.left, own, nameOf);
      const right = print(expression.right, own + 1, nameOf);
      return enclose(`${left} ${expression.operator} ${right}`, own < outer);
    }
    case 'conditional': {
      const parts = [expression.condition, expression.then, expression.otherwise].map((part) => print(part, 0, nameOf));
      return enclose(`if ${parts[0]} then ${parts[1]} else ${parts[2]}`, outer > 0);
    }
    case 'call':
      return `${expression.function}(${expression.arguments.map((each) => print(each, 0, nameOf)).join(', ')})`;
    case 'in': {
      const text = `in(${nameOf(expression.state)})`;
      return expression.lifeline === undefined ? text : `${nameOf(expression.lifeline)}.${text}`;
    }
    case 'attribute-of':
      return `${print(expression.object, atom, nameOf)}.${expression.name}`;
    case 'construct': {
      const values = expression.values.map(({ name, value }) => `${name}: ${print(value, 0, nameOf)}`);
      return `${nameOf(expression.data)}(${values.join(', ')})`;
    }
    case 'list':
      return `[${expression.items.map((item) => print(item, 0, nameOf)).join(', ')}]`;
    case 'size':
      return `${print(expression.list, atom, nameOf)}.size`;
    case 'contains':
      return `${print(expression.list, atom, nameOf)}.contains(${print(expression.item, 0, nameOf)})`;
    case 'at':
      return `${print(expression.list, atom, nameOf)}.at(${print(expression.index, 0, nameOf)})`;
    case 'now':
    case 'elapsed':
    case 'status':
      return expression.kind;
    case 'attribute':
      return `attribute("${expression.key}")`;
    case 'draw':
      return printDistribution(expression.distribution, expression.type, nameOf);
  }
}

function enclose(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}

function printValue(value: Value, type: ValueType, nameOf: NameOf): string {
  if (value === null) return 'null';
  if (type.kind === 'optional') return printValue(value, type.of, nameOf);
  if (type.kind === 'enumeration') return `${nameOf(type.id)}.${value}`;
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return printComposite(value, type, nameOf);
  if (type.kind === 'primitive' && type.name === 'Duration') return printDuration(value);
  if (type.kind === 'primitive' && type.name === 'Percent') return printPercent(value);
  if (type.kind === 'primitive' && type.name === 'Rate') return printRate(value);
  return plain(value);
}

function printComposite(
  value: Exclude<Value, boolean | number | string | null>,
  type: ValueType,
  nameOf: NameOf,
): string {
  const unknown: ValueType = { kind: 'unknown' };
  if (isList(value)) {
    const of = type.kind === 'list' ? type.of : unknown;
    return `[${value.map((item) => printValue(item, of, nameOf)).join(', ')}]`;
  }
  const parts = Object.entries(value).map(([name, part]) => `${name}: ${printValue(part, unknown, nameOf)}`);
  return `${type.kind === 'data' ? nameOf(type.id) : ''}(${parts.join(', ')})`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Standard normal quantile at 99 %: `lognormal(median, p99)` is stored as location and scale of the logarithm. */
const z99 = 2.3263478740408408;

/** A law of times, without names: those of a model's parameters have none. */
export function printLaw(law: Distribution): string {
  return printDistribution(law, { kind: 'primitive', name: 'Duration' }, (id) => id);
}

function printDistribution(distribution: Distribution, type: ValueType, nameOf: NameOf): string {
  const value = (amount: number): string => printValue(rounded(amount), type, nameOf);
  switch (distribution.kind) {
    case 'constant':
      return value(distribution.value);
    case 'exponential':
      return `exp(${value(distribution.mean)})`;
    case 'uniform':
      return `uniform(${value(distribution.from)}, ${value(distribution.to)})`;
    case 'triangular':
      return `triangular(${value(distribution.from)}, ${value(distribution.mode)}, ${value(distribution.to)})`;
    case 'normal':
      return `normal(${value(distribution.mean)}, ${value(distribution.deviation)})`;
    case 'lognormal': {
      const median = Math.exp(distribution.mu);
      const p99 = Math.exp(distribution.mu + z99 * distribution.sigma);
      return `lognormal(median: ${value(median)}, p99: ${value(p99)})`;
    }
    case 'gamma':
      return `gamma(${plain(distribution.shape)}, ${value(distribution.mean)})`;
    case 'weibull':
      return `weibull(${plain(distribution.shape)}, ${value(distribution.scale)})`;
    case 'pareto':
      return `pareto(${plain(distribution.alpha)}, ${value(distribution.minimum)})`;
    case 'zipf':
      return `zipf(${plain(distribution.ranks)}, ${plain(distribution.exponent)})`;
    case 'chance':
      return `chance(${printPercent(distribution.probability)})`;
    case 'mixture':
      return `mixture(${distribution.parts.map((part) => `${printPercent(part.weight)}: ${printPart(part.value, type, nameOf)}`).join(', ')})`;
    case 'empirical':
      return `empirical("${distribution.file}")`;
    case 'unknown':
      return '?';
  }
}

function printPart(part: Value | Distribution, type: ValueType, nameOf: NameOf): string {
  return isDistribution(part) ? printDistribution(part, type, nameOf) : printValue(part, type, nameOf);
}

/** Parameters that were computed while lowering come back as the digits that were written. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
