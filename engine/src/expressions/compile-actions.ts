/** Actions → one function. What leaves the behaviour goes through the frame's `Effects`; nothing else is known here. */
import type { Action, ElementId, Expression, Place, SendTarget, Value, ValueType } from '../model/index.ts';
import { compileCondition, compileDuration, compileExpression } from './compile-expression.ts';
import { listOf, recordOf, replaced } from './composite-values.ts';
import type { Behaviour, Evaluate, Frame, Known } from './frame.ts';
import { binaryFunction, isDecimal, numberOf, rangeCheck } from './operators.ts';
import { RunError } from './run-error.ts';
import { loopScope, type Scope } from './scope.ts';
import { valueText } from './value-text.ts';

/**
 * `null` where there is nothing to do, so that the caller can skip the call. A `return` ends the whole behaviour and leaves
 * its value in the frame.
 */
export function compileActions(actions: readonly Action[], scope: Scope): Behaviour | null {
  if (!actions.some(mayReturn)) return sequence(actions, scope, 0);
  const run = sequence(actions, scope, 0) ?? nothing;
  return (frame) => {
    frame.returned = false;
    frame.reply = null;
    run(frame);
  };
}

/** Whether a `return` stands anywhere in it. */
export function mayReturn(action: Action): boolean {
  switch (action.kind) {
    case 'return':
      return true;
    case 'if':
      return action.then.some(mayReturn) || action.otherwise.some(mayReturn);
    case 'for':
    case 'while':
      return action.body.some(mayReturn);
    default:
      return false;
  }
}

function sequence(actions: readonly Action[], scope: Scope, depth: number): Behaviour | null {
  const parts = actions.map((action) => compileAction(action, scope, depth));
  if (actions.some(mayReturn)) {
    return (frame) => {
      for (const part of parts) {
        part(frame);
        if (frame.returned) return;
      }
    };
  }
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

function compileAction(action: Action, scope: Scope, depth: number): Behaviour {
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
      const then = sequence(action.then, scope, depth) ?? nothing;
      const otherwise = sequence(action.otherwise, scope, depth) ?? nothing;
      return (frame) => (condition(frame) ? then(frame) : otherwise(frame));
    }
    case 'for':
      return each(action, scope, depth);
    case 'while': {
      const condition = compileCondition(action.condition, scope);
      const body = sequence(action.body, scope, depth) ?? nothing;
      const leaves = action.body.some(mayReturn);
      return (frame) => {
        while (condition(frame)) {
          if (--frame.budget < 0) throw new RunError('step-budget', 'This loop does not come to an end.', action.place);
          body(frame);
          if (leaves && frame.returned) return;
        }
      };
    }
    case 'call':
      return call(action, scope, depth);
    case 'return': {
      const value = action.value === undefined ? (): Value => null : compileExpression(action.value, scope);
      return (frame) => {
        frame.reply = value(frame);
        frame.returned = true;
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

/** Every turn counts, so that a list of lists of lists comes to an end too. */
function each(action: Extract<Action, { kind: 'for' }>, scope: Scope, depth: number): Behaviour {
  const collection = compileExpression(action.collection, scope);
  const body = sequence(action.body, loopScope(scope, action.variable, depth), depth + 1) ?? nothing;
  const leaves = action.body.some(mayReturn);
  const place = action.place;
  return (frame) => {
    for (const item of listOf(collection(frame), action.collection.place)) {
      if (--frame.budget < 0) throw new RunError('step-budget', 'This loop takes too many turns.', place);
      frame.loops[depth] = item;
      body(frame);
      if (leaves && frame.returned) return;
    }
  };
}

/** The parameters of the operation live where the variables of loops do, one level deeper: what it `returns` may read them. */
function call(action: Extract<Action, { kind: 'call' }>, scope: Scope, depth: number): Behaviour {
  const { operation, place, result } = action;
  const called = scope.operation?.(operation);
  if (called === undefined) return notCallable(place);
  const given = new Map(action.arguments.map((argument) => [argument.parameter, argument.value]));
  const parts = called.parameters.map((parameter) => argumentOf(given.get(parameter), scope));
  const inside = called.parameters.reduce(
    (outer, parameter, index) => loopScope(outer, parameter, depth + index),
    scope,
  );
  const answer = called.result === undefined ? null : compileExpression(called.result, inside);
  const { fails } = called;
  const source = fails === undefined ? -1 : scope.source();
  const law = (frame: Frame): Value => {
    if (fails !== undefined && frame.streams[source]!.uniform() < fails.probability) return null;
    return answer === null ? null : answer(frame);
  };
  const replyAt = depth + called.parameters.length;
  const take = result === undefined ? nothing : takeReply(result, replyAt, place, scope);
  return (frame) => {
    if (frame.effects.call === undefined) notCallable(place)(frame);
    const values = parts.map((part) => part(frame));
    for (let i = 0; i < values.length; i++) frame.loops[depth + i] = values[i]!;
    frame.loops[replyAt] = frame.effects.call?.(operation, values, law) ?? null;
    take(frame);
  };
}

function takeReply(
  { variable, attributes }: NonNullable<Extract<Action, { kind: 'call' }>['result']>,
  replyAt: number,
  place: Place,
  scope: Scope,
): Behaviour {
  const location = scope.locate(variable);
  if (location?.kind !== 'slot') return notAssignable(variable, place);
  const { index } = location;
  const reply = (frame: Frame): Value => frame.loops[replyAt] ?? null;
  if (attributes !== undefined && attributes.length > 0)
    return assignAttribute({ operator: '=', place }, attributes, index, reply, scope);
  return (frame) => {
    frame.slots[index] = reply(frame);
  };
}

function notCallable(place: Place): Behaviour {
  return () => {
    throw new RunError('not-executable', 'A call from within an action cannot be executed here.', place);
  };
}

function assign(action: Extract<Action, { kind: 'assign' }>, scope: Scope): Behaviour {
  const location = scope.locate(action.variable);
  if (location?.kind !== 'slot') return notAssignable(action.variable, action.place);
  const index = location.index;
  const value = compileExpression(action.value, scope);
  if (action.attributes !== undefined && action.attributes.length > 0) {
    return assignAttribute(action, action.attributes, index, value, scope);
  }
  if (action.operator === '=') {
    return (frame) => {
      frame.slots[index] = value(frame);
    };
  }
  const sign = action.operator === '+=' ? 1 : -1;
  return accumulate(index, sign, value, action, location.type ?? action.value.type);
}

function notAssignable(variable: ElementId, place: Place): Behaviour {
  return () => {
    throw new RunError('absent-value', `${variable} cannot be assigned here.`, place);
  };
}

/** The variable gets a new record that differs in that one value. */
function assignAttribute(
  action: { readonly operator: '=' | '+=' | '-='; readonly value?: Expression; readonly place: Place },
  attributes: readonly ElementId[],
  index: number,
  value: Evaluate,
  scope: Scope,
): Behaviour {
  const place = action.place;
  const path: string[] = [];
  for (const attribute of attributes) {
    const key = scope.dataTypes?.keyOf(attribute);
    if (key === undefined) return notAssignable(attribute, place);
    path.push(key);
  }
  const accumulate =
    action.operator === '=' || action.value === undefined
      ? null
      : binaryFunction(action.operator === '+=' ? '+' : '-', action.value.type);
  return (frame) => {
    const record = recordOf(frame.slots[index] ?? null, path[0] ?? '', place);
    let after = value(frame);
    if (accumulate !== null) {
      let before: Value = record;
      for (const key of path) before = recordOf(before, key, place)[key] ?? null;
      after = accumulate(before, after, place);
    }
    frame.slots[index] = replaced(record, path, after, place);
  };
}

const SURELY_IN_RANGE = (Number.MAX_SAFE_INTEGER + 1) / 2;

function accumulate(
  index: number,
  sign: 1 | -1,
  value: Evaluate,
  action: Extract<Action, { kind: 'assign' }>,
  type: ValueType,
): Behaviour {
  const place = action.place;
  const inRange = rangeCheck(type);
  const literal = action.value.kind === 'literal' ? action.value.value : undefined;
  if (typeof literal === 'number' && !isDecimal(type)) {
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
  const key = target.kind === 'instance' ? compileExpression(target.key, scope) : null;
  return (frame: Frame) => {
    for (let i = 0; i < parts.length; i++) values[i] = parts[i]!(frame);
    const to = key === null ? target : addressed(target, key(frame));
    frame.effects.send(signal, values, to, delay === null ? 0 : delay(frame));
  };
}

/** The key as the value that it has now: who delivers evaluates nothing. */
function addressed(target: SendTarget, key: Value): SendTarget {
  if (target.kind !== 'instance') return target;
  const { type, place } = target.key;
  return { ...target, key: { kind: 'literal', value: key, type, place } };
}

function argumentOf(value: Expression | undefined, scope: Scope): Evaluate {
  return value === undefined ? (): Value => null : compileExpression(value, scope);
}

function text(part: string | Expression, scope: Scope): string | ((frame: Frame) => string) {
  if (typeof part === 'string') return part;
  const value = compileExpression(part, scope);
  const declared = part.kind === 'variable' ? scope.locate(part.variable)?.type : undefined;
  const type = declared ?? part.type;
  return (frame) => valueText(value(frame), type, scope.dataTypes);
}
