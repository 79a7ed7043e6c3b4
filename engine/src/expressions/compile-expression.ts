/**
 * Typed expressions → closures over slots. Nothing is looked up by name and no text is ever turned into code, so it
 * runs under any content security policy. Errors of a run are thrown as `RunError` and caught by the step's rim.
 */
import type { Expression, Place, RecordValue, Value } from '../model/index.ts';
import { durationSampler, sampler } from '../numeric/index.ts';
import { areEqual, itemAt, listOf, recordOf } from './composite-values.ts';
import type { Evaluate, Frame, Known } from './frame.ts';
import { binaryFunction, builtIn, isDecimal, numberOf, rangeCheck, truthOf } from './operators.ts';
import { RunError } from './run-error.ts';
import type { Scope } from './scope.ts';

type BinaryExpression = Extract<Expression, { kind: 'binary' }>;

/** The value of an expression in a frame. A draw takes its next value from its own stream. */
export function compileExpression(expression: Expression, scope: Scope): Evaluate {
  const place = expression.place;
  switch (expression.kind) {
    case 'literal': {
      const value = expression.value;
      return () => value;
    }
    case 'unknown':
      return failing(() => new RunError('value-not-known', 'This value is not known yet (`?`).', place));
    case 'variable':
      return variable(expression.variable, place, scope);
    case 'unary':
      return expression.operator === 'not' ? negation(expression.operand, scope) : minus(expression.operand, scope);
    case 'binary':
      return binary(expression, scope);
    case 'conditional': {
      const condition = compileCondition(expression.condition, scope);
      const then = compileExpression(expression.then, scope);
      const otherwise = compileExpression(expression.otherwise, scope);
      return (frame) => (condition(frame) ? then(frame) : otherwise(frame));
    }
    case 'call':
      return call(expression, scope);
    case 'attribute-of': {
      const object = compileExpression(expression.object, scope);
      const name = expression.name;
      return (frame) => recordOf(object(frame), name, place)[name] ?? null;
    }
    case 'construct':
      return construct(expression, scope);
    case 'list': {
      const items = expression.items.map((item) => compileExpression(item, scope));
      return (frame) => items.map((item) => item(frame));
    }
    case 'size': {
      const list = compileExpression(expression.list, scope);
      return (frame) => listOf(list(frame), place).length;
    }
    case 'contains': {
      const list = compileExpression(expression.list, scope);
      const item = compileExpression(expression.item, scope);
      return (frame) => {
        const sought = item(frame);
        return listOf(list(frame), place).some((each) => areEqual(each, sought));
      };
    }
    case 'at': {
      const list = compileExpression(expression.list, scope);
      const index = compileNumber(expression.index, scope);
      return (frame) => itemAt(listOf(list(frame), place), index(frame), place);
    }
    case 'in': {
      if (expression.lifeline !== undefined) return inLifeline(expression.lifeline, expression.state, scope);
      const range = scope.state(expression.state);
      if (range === undefined) return () => false;
      const { strand, first, last } = range;
      return (frame) => {
        const active = frame.active[frame.base + strand]!;
        return active >= first && active <= last;
      };
    }
    case 'now':
      return (frame) => frame.now;
    case 'elapsed':
      return (frame) => frame.now - frame.began;
    case 'draw':
      return draw(expression, scope);
    case 'attribute': {
      const key = expression.key;
      return (frame) => frame.occurrence?.attributes[key] ?? null;
    }
    case 'status':
      return (frame) => frame.occurrence?.status ?? null;
  }
}

/** Like `compileExpression` for a condition: true or false, never anything else. */
export function compileCondition(expression: Expression, scope: Scope): (frame: Frame) => boolean {
  const value = compileExpression(expression, scope);
  if (isAlwaysBoolean(expression)) return value as (frame: Frame) => boolean;
  const place = expression.place;
  return (frame) => truthOf(value(frame), place);
}

function isAlwaysBoolean(expression: Expression): boolean {
  if (expression.kind === 'binary') return !['+', '-', '*', '/', 'mod'].includes(expression.operator);
  return ['in', 'contains'].includes(expression.kind) || (expression.kind === 'unary' && expression.operator === 'not');
}

/** Like `compileExpression` for a delay: microseconds, never negative. */
export function compileDuration(expression: Expression, scope: Scope): (frame: Frame) => number {
  const value = compileExpression(expression, scope);
  const place = expression.place;
  return (frame) => {
    const duration = numberOf(value(frame), place);
    if (duration >= 0) return duration;
    throw new RunError('negative-delay', 'A delay cannot be negative.', place);
  };
}

/** Of the machine that a lifeline stands for; one that does not exist, yet or any more, is in no state. */
function inLifeline(lifeline: string, state: string, scope: Scope): Evaluate {
  const index = scope.lifeline?.(lifeline);
  if (index === undefined) return () => false;
  return (frame) => frame.instances?.isIn(index, state) ?? false;
}

function construct(expression: Extract<Expression, { kind: 'construct' }>, scope: Scope): Evaluate {
  const parts = expression.values.map(({ name, value }) => ({ name, value: compileExpression(value, scope) }));
  return (frame) => {
    const record: Record<string, Value> = {};
    for (const { name, value } of parts) record[name] = value(frame);
    return record satisfies RecordValue;
  };
}

function call(expression: Extract<Expression, { kind: 'call' }>, scope: Scope): Evaluate {
  const { place } = expression;
  const called = builtIn(expression.function);
  const inRange = rangeCheck(expression.type);
  const [first, ...others] = expression.arguments.map((argument) => compileNumber(argument, scope));
  if (first === undefined) return failing(() => new RunError('absent-value', 'An argument is missing.', place));
  if (called.arity === 1) return (frame) => inRange(called.apply(first(frame)), place);
  const { apply } = called;
  return others.reduce((left, right) => (frame) => inRange(apply(left(frame), right(frame)), place), first);
}

function compileNumber(expression: Expression, scope: Scope): (frame: Frame) => number {
  const value = compileExpression(expression, scope);
  return (frame) => numberOf(value(frame), expression.place);
}

function failing(error: () => RunError): Evaluate {
  return () => {
    throw error();
  };
}

function variable(id: string, place: Place, scope: Scope): Evaluate {
  const location = scope.locate(id);
  if (location === undefined) {
    return failing(() => new RunError('absent-value', `No value is in reach for ${id}.`, place));
  }
  const index = location.index;
  // Exact evaluation meets no unknown values; what an event did not carry is absent.
  if (location.kind === 'event') return (frame) => frame.event[index] ?? null;
  if (location.kind === 'loop') return (frame) => frame.loops[index] ?? null;
  return (frame) => frame.slots[index] ?? null;
}

function negation(operand: Expression, scope: Scope): Evaluate {
  const condition = compileCondition(operand, scope);
  return (frame) => !condition(frame);
}

function minus(operand: Expression, scope: Scope): Evaluate {
  const value = compileExpression(operand, scope);
  return (frame) => 0 - numberOf(value(frame), operand.place);
}

function draw(expression: Extract<Expression, { kind: 'draw' }>, scope: Scope): Evaluate {
  const { distribution, place, type } = expression;
  if (distribution.kind === 'unknown') {
    return failing(() => new RunError('value-not-known', 'This distribution is not known yet (`?`).', place));
  }
  const isDuration = type.kind === 'primitive' && type.name === 'Duration';
  const sample = isDuration ? durationSampler(distribution) : sampler(distribution);
  const source = scope.source();
  if (isDecimal(type)) {
    const inRange = rangeCheck(type);
    return (frame) => inRange(numberOf(sample(frame.streams[source]!), place), place);
  }
  return (frame) => sample(frame.streams[source]!);
}

function binary(expression: BinaryExpression, scope: Scope): Evaluate {
  const { operator, place } = expression;
  if (operator === 'and' || operator === 'or' || operator === 'implies') {
    const left = compileCondition(expression.left, scope);
    const right = compileCondition(expression.right, scope);
    if (operator === 'and') return (frame) => left(frame) && right(frame);
    if (operator === 'or') return (frame) => left(frame) || right(frame);
    return (frame) => !left(frame) || right(frame);
  }
  return slotAgainstLiteral(expression, scope) ?? strict();

  function strict(): Evaluate {
    const left = compileExpression(expression.left, scope);
    const right = compileExpression(expression.right, scope);
    const apply = binaryFunction(operator as Parameters<typeof binaryFunction>[0], expression.type);
    return (frame) => apply(left(frame), right(frame), place);
  }
}

/** The commonest shapes by far, `variable operator number`: one closure instead of four, errors left to `numberOf`. */
function slotAgainstLiteral(expression: BinaryExpression, scope: Scope): Evaluate | undefined {
  const { left, right, place } = expression;
  if (left.kind !== 'variable' || right.kind !== 'literal' || typeof right.value !== 'number') return undefined;
  const location = scope.locate(left.variable);
  if (location?.kind !== 'slot') return undefined;
  const index = location.index;
  const number = right.value;
  const known = (value: Known): number => numberOf(value ?? null, left.place);
  const inRange = rangeCheck(expression.type);
  switch (expression.operator) {
    case '<':
      return ({ slots }) => {
        const value = slots[index];
        return (typeof value === 'number' ? value : known(value)) < number;
      };
    case '<=':
      return ({ slots }) => {
        const value = slots[index];
        return (typeof value === 'number' ? value : known(value)) <= number;
      };
    case '>':
      return ({ slots }) => {
        const value = slots[index];
        return (typeof value === 'number' ? value : known(value)) > number;
      };
    case '>=':
      return ({ slots }) => {
        const value = slots[index];
        return (typeof value === 'number' ? value : known(value)) >= number;
      };
    case '==':
      return ({ slots }) => slots[index] === number;
    case '!=':
      return ({ slots }) => slots[index] !== number;
    case '+':
      return ({ slots }) => inRange(known(slots[index]) + number, place);
    case '-':
      return ({ slots }) => inRange(known(slots[index]) - number, place);
    default:
      return undefined;
  }
}
