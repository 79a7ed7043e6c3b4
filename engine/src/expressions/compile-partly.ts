/**
 * Expressions over values that may not be known: true, false or unknown (Kleene). This is how a behaviour
 * is followed from outside. It errs towards unknown: what might hold is never taken for false, and what would end a
 * run with an error is unknown too, because the running system is the judge of that and not the model.
 */
import type { Expression, Value } from '../model/index.ts';
import { areEqualPartly, containsPartly, isList, isRecord } from './composite-values.ts';
import type { EvaluatePartly, Known } from './frame.ts';
import { agreed, lifted } from './known-values.ts';
import { applyBuiltIn, binaryFunction, builtIn, rangeCheck } from './operators.ts';
import type { Scope } from './scope.ts';

const unknown: EvaluatePartly = () => undefined;

/** Time and draws are unknown: clocks differ, and what the system drew is not seen. */
export function compilePartly(expression: Expression, scope: Scope): EvaluatePartly {
  switch (expression.kind) {
    case 'literal': {
      const value = expression.value;
      return () => value;
    }
    case 'unknown':
    case 'draw':
    case 'now':
    case 'elapsed':
      return unknown;
    case 'variable': {
      const location = scope.locate(expression.variable);
      if (location === undefined) return unknown;
      const index = location.index;
      if (location.kind === 'loop') return (frame) => frame.loops[index];
      return location.kind === 'slot' ? (frame) => frame.slots[index] : (frame) => frame.event[index];
    }
    case 'unary': {
      const operand = compilePartly(expression.operand, scope);
      return expression.operator === 'not'
        ? (frame) => not(operand(frame))
        : lifted([operand], ([value]) => (typeof value === 'number' ? 0 - value : undefined));
    }
    case 'binary':
      return binary(expression, scope);
    case 'conditional': {
      const condition = compilePartly(expression.condition, scope);
      const then = compilePartly(expression.then, scope);
      const otherwise = compilePartly(expression.otherwise, scope);
      return (frame) => {
        const truth = condition(frame);
        if (truth === true) return then(frame);
        if (truth === false) return otherwise(frame);
        return agreed(then(frame), otherwise(frame));
      };
    }
    case 'call': {
      const called = builtIn(expression.function);
      const inRange = rangeCheck(expression.type);
      return lifted(
        expression.arguments.map((argument) => compilePartly(argument, scope)),
        (values) =>
          values.every((value) => typeof value === 'number')
            ? inRange(applyBuiltIn(called, values), expression.place)
            : undefined,
      );
    }
    case 'attribute-of': {
      const object = compilePartly(expression.object, scope);
      const name = expression.name;
      return (frame) => {
        const record = object(frame);
        return isRecord(record) ? record[name] : undefined;
      };
    }
    case 'construct':
      return construct(expression, scope);
    case 'list': {
      const items = expression.items.map((item) => compilePartly(item, scope));
      return lifted(items, (values) => values);
    }
    case 'size': {
      const list = compilePartly(expression.list, scope);
      return (frame) => {
        const values = list(frame);
        return isList(values) ? values.length : undefined;
      };
    }
    case 'contains': {
      const list = compilePartly(expression.list, scope);
      const item = compilePartly(expression.item, scope);
      return (frame) => {
        const values = list(frame);
        return isList(values) ? containsPartly(values, item(frame)) : undefined;
      };
    }
    case 'at': {
      const list = compilePartly(expression.list, scope);
      const index = compilePartly(expression.index, scope);
      return (frame) => {
        const values = list(frame);
        const at = index(frame);
        return isList(values) && typeof at === 'number' ? values[at] : undefined;
      };
    }
    case 'in': {
      if (expression.lifeline !== undefined) {
        const lifeline = scope.lifeline?.(expression.lifeline);
        return lifeline === undefined ? unknown : (frame) => frame.instances?.isIn(lifeline, expression.state);
      }
      const range = scope.state(expression.state);
      if (range === undefined) return () => false;
      const { strand, first, last } = range;
      return (frame) => {
        const active = frame.active[frame.base + strand]!;
        return active >= first && active <= last;
      };
    }
    case 'attribute': {
      const key = expression.key;
      return (frame) => frame.occurrence?.attributes[key];
    }
    case 'status':
      return (frame) => frame.occurrence?.status;
  }
}

function binary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): EvaluatePartly {
  const left = compilePartly(expression.left, scope);
  const right = compilePartly(expression.right, scope);
  switch (expression.operator) {
    case 'and':
      return (frame) => and(left(frame), () => right(frame));
    case 'or':
      return (frame) => or(left(frame), () => right(frame));
    case 'implies':
      return (frame) => or(not(left(frame)), () => right(frame));
    case '==':
      return (frame) => areEqualPartly(left(frame), right(frame));
    case '!=':
      return (frame) => not(areEqualPartly(left(frame), right(frame)));
    default: {
      const apply = binaryFunction(expression.operator, expression.type);
      return lifted([left, right], ([a, b]) => apply(a ?? null, b ?? null, expression.place));
    }
  }
}

function not(value: Known): Known {
  return typeof value === 'boolean' ? !value : undefined;
}

function and(left: Known, right: () => Known): Known {
  if (left === false) return false;
  const other = right();
  if (other === false) return false;
  return left === true && other === true ? true : undefined;
}

function or(left: Known, right: () => Known): Known {
  return not(and(not(left), () => not(right())));
}

/** An attribute that is not known is one that the record does not have. */
function construct(expression: Extract<Expression, { kind: 'construct' }>, scope: Scope): EvaluatePartly {
  const given = expression.values.map(({ name, value }) => ({ name, value: compilePartly(value, scope) }));
  const declared = scope.dataTypes?.attributesOf(expression.data) ?? [];
  const absent = declared.filter(({ name }) => !given.some((each) => each.name === name));
  return (frame) => {
    const record: Record<string, Value> = {};
    for (const { name } of absent) record[name] = null;
    for (const { name, value } of given) {
      const known = value(frame);
      if (known !== undefined) record[name] = known;
    }
    return record;
  };
}
