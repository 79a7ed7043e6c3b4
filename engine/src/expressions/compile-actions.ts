/** Actions → one function. What leaves the behaviour goes through the frame's `Effects`; nothing else is known here. */
import type { Action, Expression, Place, Value } from '../model/index.ts';
import { compileCondition, compileDuration, compileExpression } from './compile-expression.ts';
import type { Behaviour, Evaluate, Frame, Known } from './frame.ts';
import { numberOf, rangeCheck } from './operators.ts';
import { RunError } from './run-error.ts';
import type { Scope } from './scope.ts';
import { valueText } from './value-text.ts';

/** `null` where there is nothing to do, so that the caller can skip the call. */
export function compileActions(actions: readonly Action[], scope: Scope): Behaviour | null {
  const parts = actions.map((action) => compileAction(action, scope));
  const [first, second] = parts;
  if (first === undefined) return null;
  if (second === undefined) return first;
  if (parts.length === 2) {
    return (frame) => {
      first(frame);
      second(frame);
    };
  }
  return (frame) => {
    for (const part of parts) part(frame);
  };
}

const nothing: Behaviour = () => {};

function compileAction(action: Action, scope: Scope): Behaviour {
  switch (action.kind) {
    case 'assign':
      return assign(action, scope);
    case 'send':
      return send(action, scope);
    case 'log': {
      const parts = action.parts.map((part) => text(part, scope));
      const place = action.place;
      return (frame) => {
        let line = '';
        for (const part of parts) line += typeof part === 'string' ? part : part(frame);
        frame.effects.log(line, place);
      };
    }
    case 'if': {
      const condition = compileCondition(action.condition, scope);
      const then = compileActions(action.then, scope) ?? nothing;
      const otherwise = compileActions(action.otherwise, scope) ?? nothing;
      return (frame) => (condition(frame) ? then(frame) : otherwise(frame));
    }
    case 'while': {
      const condition = compileCondition(action.condition, scope);
      const body = compileActions(action.body, scope) ?? nothing;
      return (frame) => {
        while (condition(frame)) {
          if (--frame.budget < 0) throw new RunError('step-budget', 'This loop does not come to an end.', action.place);
          body(frame);
        }
      };
    }
    case 'assert': {
      const condition = compileCondition(action.condition, scope);
      return (frame) => {
        if (!condition(frame)) throw new RunError('assertion-failed', 'The assertion does not hold.', action.place);
      };
    }
  }
}

function assign(action: Extract<Action, { kind: 'assign' }>, scope: Scope): Behaviour {
  const location = scope.locate(action.variable);
  if (location?.kind !== 'slot') {
    return () => {
      throw new RunError('absent-value', `${action.variable} cannot be assigned here.`, action.place);
    };
  }
  const index = location.index;
  const value = compileExpression(action.value, scope);
  if (action.operator === '=') {
    return (frame) => {
      frame.slots[index] = value(frame);
    };
  }
  const sign = action.operator === '+=' ? 1 : -1;
  return accumulate(index, sign, value, action, rangeCheck(location.type ?? action.value.type));
}

const SURELY_IN_RANGE = (Number.MAX_SAFE_INTEGER + 1) / 2;

function accumulate(
  index: number,
  sign: 1 | -1,
  value: Evaluate,
  action: Extract<Action, { kind: 'assign' }>,
  inRange: (value: number, place: Place) => number,
): Behaviour {
  const place = action.place;
  const literal = action.value.kind === 'literal' ? action.value.value : undefined;
  if (typeof literal === 'number') {
    const step = sign * literal;
    return ({ slots }) => {
      const before = slots[index];
      const after = typeof before === 'number' ? before + step : numberOf(before ?? null, place) + step;
      // Within this range any number is in range; the check itself is for the rest.
      slots[index] = after <= SURELY_IN_RANGE && after >= -SURELY_IN_RANGE ? after : inRange(after, place);
    };
  }
  return (frame) => {
    const amount = value(frame);
    const before = frame.slots[index] ?? null;
    frame.slots[index] =
      sign === 1 && typeof before === 'string' && typeof amount === 'string'
        ? before + amount
        : inRange(numberOf(before, place) + sign * numberOf(amount, place), place);
  };
}

function send(action: Extract<Action, { kind: 'send' }>, scope: Scope): Behaviour {
  const signal = scope.signal(action.signal);
  const order = scope.attributes(action.signal);
  const given = new Map(action.arguments.map((argument) => [argument.parameter, argument.value]));
  const parts = order.map((attribute) => argumentOf(given.get(attribute), scope));
  const delay = action.delay === undefined ? null : compileDuration(action.delay, scope);
  const target = action.target;
  const values: Known[] = order.map(() => null);
  return (frame: Frame) => {
    for (let i = 0; i < parts.length; i++) values[i] = parts[i]!(frame);
    frame.effects.send(signal, values, target, delay === null ? 0 : delay(frame));
  };
}

function argumentOf(value: Expression | undefined, scope: Scope): Evaluate {
  return value === undefined ? (): Value => null : compileExpression(value, scope);
}

function text(part: string | Expression, scope: Scope): string | ((frame: Frame) => string) {
  if (typeof part === 'string') return part;
  const value = compileExpression(part, scope);
  const declared = part.kind === 'variable' ? scope.locate(part.variable)?.type : undefined;
  const type = declared ?? part.type;
  return (frame) => valueText(value(frame), type);
}
