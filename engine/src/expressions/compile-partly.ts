/**
 * Expressions and actions over values that may not be known: true, false or unknown (Kleene). This is how a behaviour
 * is followed from outside. It errs towards unknown: what might hold is never taken for false, and what would end a
 * run with an error is unknown too, because the running system is the judge of that and not the model.
 */
import type { Action, Expression, Value } from '../model/index.ts';
import type { Behaviour, EvaluatePartly, Frame, Known } from './frame.ts';
import { applyBuiltIn, binaryFunction, builtIn, rangeCheck } from './operators.ts';
import { RunError } from './run-error.ts';
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
    case 'in': {
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

function agreed(a: Known, b: Known): Known {
  return a === b ? a : undefined;
}

/** Unknown where any part is, or where the known values would be an error. */
function lifted(parts: readonly EvaluatePartly[], apply: (values: readonly Value[]) => Known): EvaluatePartly {
  return (frame) => {
    const values: Value[] = [];
    for (const part of parts) {
      const value = part(frame);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return orUnknown(() => apply(values));
  };
}

function orUnknown(work: () => Known): Known {
  try {
    return work();
  } catch (error) {
    if (error instanceof RunError) return undefined;
    throw error;
  }
}

/**
 * Only assignments and sends matter to an observer. An `if` that is not decided leaves unknown whatever its two sides
 * leave different; a loop that is not decided leaves unknown whatever it assigns.
 */
export function compileActionsPartly(actions: readonly Action[], scope: Scope): Behaviour | null {
  const parts = actions.flatMap((action) => compileAction(action, scope));
  if (parts.length === 0) return null;
  return (frame) => {
    for (const part of parts) part(frame);
  };
}

/** An observer follows at most so many turns of a loop before it calls the outcome unknown. */
const TURNS = 1000;

function compileAction(action: Action, scope: Scope): Behaviour[] {
  switch (action.kind) {
    case 'log':
    case 'assert':
      return [];
    case 'assign':
      return assign(action, scope);
    case 'send':
      return send(action, scope);
    case 'if':
      return [decide(action, scope)];
    case 'while': {
      const condition = compilePartly(action.condition, scope);
      const body = compileActionsPartly(action.body, scope);
      const assigned = assignedSlots(action.body, scope);
      return [
        (frame) => {
          for (let turn = 0; turn < TURNS; turn++) {
            const truth = condition(frame);
            if (truth === false) return;
            if (truth !== true) break;
            body?.(frame);
          }
          for (const slot of assigned) frame.slots[slot] = undefined;
        },
      ];
    }
  }
}

function assign(action: Extract<Action, { kind: 'assign' }>, scope: Scope): Behaviour[] {
  const location = scope.locate(action.variable);
  if (location?.kind !== 'slot') return [];
  const index = location.index;
  const value = compilePartly(action.value, scope);
  if (action.operator === '=') {
    return [
      (frame) => {
        frame.slots[index] = value(frame);
      },
    ];
  }
  const apply = binaryFunction(action.operator === '+=' ? '+' : '-', action.value.type);
  const before: EvaluatePartly = (frame) => frame.slots[index];
  const sum = lifted([before, value], ([a, b]) => apply(a ?? null, b ?? null, action.place));
  return [
    (frame) => {
      frame.slots[index] = sum(frame);
    },
  ];
}

function send(action: Extract<Action, { kind: 'send' }>, scope: Scope): Behaviour[] {
  if (action.target.kind !== 'self') return [];
  const signal = scope.signal(action.signal);
  const given = new Map(action.arguments.map((argument) => [argument.parameter, argument.value]));
  const parts = scope.attributes(action.signal).map((attribute) => {
    const value = given.get(attribute);
    return value === undefined ? (): Known => null : compilePartly(value, scope);
  });
  const delay = action.delay === undefined ? (): Known => 0 : compilePartly(action.delay, scope);
  return [
    (frame) => {
      const after = delay(frame);
      const microseconds = typeof after === 'number' && after >= 0 ? after : Number.NaN;
      frame.effects.send(
        signal,
        parts.map((part) => part(frame)),
        action.target,
        microseconds,
      );
    },
  ];
}

function decide(action: Extract<Action, { kind: 'if' }>, scope: Scope): Behaviour {
  const condition = compilePartly(action.condition, scope);
  const then = compileActionsPartly(action.then, scope);
  const otherwise = compileActionsPartly(action.otherwise, scope);
  return (frame: Frame) => {
    const truth = condition(frame);
    if (truth === true) return then?.(frame);
    if (truth === false) return otherwise?.(frame);
    const before = [...frame.slots];
    then?.(frame);
    const after = [...frame.slots];
    for (let i = 0; i < before.length; i++) frame.slots[i] = before[i];
    otherwise?.(frame);
    for (let i = 0; i < after.length; i++) frame.slots[i] = agreed(frame.slots[i], after[i]);
  };
}

function assignedSlots(actions: readonly Action[], scope: Scope): readonly number[] {
  return actions.flatMap((action) => {
    if (action.kind === 'while') return assignedSlots(action.body, scope);
    if (action.kind === 'if') return assignedSlots([...action.then, ...action.otherwise], scope);
    if (action.kind !== 'assign') return [];
    const location = scope.locate(action.variable);
    return location?.kind === 'slot' ? [location.index] : [];
  });
}
