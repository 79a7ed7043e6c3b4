/**
 * Expressions and actions over values that may not be known: true, false or unknown (Kleene). This is how a behaviour
 * is followed from outside. It errs towards unknown: what might hold is never taken for false, and what would end a
 * run with an error is unknown too, because the running system is the judge of that and not the model.
 */
import type { Action, ElementId, Expression, Value } from '../model/index.ts';
import { areEqualPartly, containsPartly, isList, isRecord, recordOf, replaced } from './composite-values.ts';
import type { Behaviour, EvaluatePartly, Frame, Known } from './frame.ts';
import { applyBuiltIn, binaryFunction, builtIn, rangeCheck } from './operators.ts';
import { RunError } from './run-error.ts';
import { loopScope, type Scope } from './scope.ts';

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

function agreed(a: Known, b: Known): Known {
  return areEqualPartly(a, b) === true ? a : undefined;
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
 * Only assignments, sends and a `return` matter to an observer. An `if` that is not decided leaves unknown whatever its
 * two sides leave different; a loop that is not decided leaves unknown whatever it assigns.
 */
export function compileActionsPartly(actions: readonly Action[], scope: Scope): Behaviour | null {
  const run = sequence(actions, scope, 0);
  if (run === null) return null;
  return (frame) => {
    frame.returned = false;
    frame.mayHaveReturned = false;
    frame.reply = null;
    run(frame);
    if (frame.mayHaveReturned) frame.reply = undefined;
  };
}

function sequence(actions: readonly Action[], scope: Scope, depth: number): Behaviour | null {
  const parts = actions.flatMap((action) => compileAction(action, scope, depth));
  if (parts.length === 0) return null;
  return (frame) => {
    for (const part of parts) {
      if (frame.returned) return;
      if (frame.mayHaveReturned) perhaps(part, frame);
      else part(frame);
    }
  };
}

/** What may not happen at all leaves unknown whatever it changes. */
function perhaps(part: Behaviour, frame: Frame): void {
  const before = [...frame.slots];
  part(frame);
  for (let i = 0; i < before.length; i++) frame.slots[i] = agreed(frame.slots[i], before[i]);
}

/** An observer follows at most so many turns of a loop before it calls the outcome unknown. */
const TURNS = 1000;

function compileAction(action: Action, scope: Scope, depth: number): Behaviour[] {
  switch (action.kind) {
    case 'log':
    case 'assert':
      return [];
    case 'assign':
      return assign(action, scope);
    case 'send':
      return send(action, scope);
    case 'call': {
      // What is called is seen on its own; what it answers is not.
      const { result } = action;
      return result === undefined ? [] : [forget(assigned(result.variable, scope))];
    }
    case 'return': {
      const value = action.value === undefined ? (): Known => null : compilePartly(action.value, scope);
      return [
        (frame) => {
          frame.reply = value(frame);
          frame.returned = true;
        },
      ];
    }
    case 'if':
      return [decide(action, scope, depth)];
    case 'for':
      return [each(action, scope, depth)];
    case 'while': {
      const condition = compilePartly(action.condition, scope);
      const body = sequence(action.body, scope, depth);
      const giveUp = forget(assignedSlots(action.body, scope));
      return [
        (frame) => {
          for (let turn = 0; turn < TURNS; turn++) {
            const truth = condition(frame);
            if (truth === false) return;
            if (truth !== true) break;
            body?.(frame);
            if (frame.returned) return;
          }
          giveUp(frame);
        },
      ];
    }
  }
}

function each(action: Extract<Action, { kind: 'for' }>, scope: Scope, depth: number): Behaviour {
  const collection = compilePartly(action.collection, scope);
  const body = sequence(action.body, loopScope(scope, action.variable, depth), depth + 1);
  const giveUp = forget(assignedSlots(action.body, scope));
  return (frame) => {
    const list = collection(frame);
    if (!isList(list) || list.length > TURNS) return giveUp(frame);
    for (const item of list) {
      frame.loops[depth] = item;
      body?.(frame);
      if (frame.returned) return;
    }
  };
}

function forget(slots: readonly number[]): Behaviour {
  return (frame) => {
    for (const slot of slots) frame.slots[slot] = undefined;
  };
}

function assigned(variable: ElementId, scope: Scope): readonly number[] {
  const location = scope.locate(variable);
  return location?.kind === 'slot' ? [location.index] : [];
}

function assign(action: Extract<Action, { kind: 'assign' }>, scope: Scope): Behaviour[] {
  const location = scope.locate(action.variable);
  if (location?.kind !== 'slot') return [];
  const index = location.index;
  const path = (action.attributes ?? []).map((attribute) => scope.dataTypes?.keyOf(attribute));
  const value = compilePartly(action.value, scope);
  const target: EvaluatePartly = (frame) => valueAt(frame.slots[index], path);
  const after =
    action.operator === '='
      ? value
      : lifted([target, value], ([a, b]) => accumulate(a ?? null, b ?? null, action.place));
  const accumulate = binaryFunction(action.operator === '-=' ? '-' : '+', action.value.type);
  if (path.length === 0) {
    return [
      (frame) => {
        frame.slots[index] = after(frame);
      },
    ];
  }
  return [
    (frame) => {
      const known = after(frame);
      frame.slots[index] = orUnknown(() => {
        const record = frame.slots[index];
        if (record === undefined || !path.every((key) => key !== undefined)) return undefined;
        return replaced(recordOf(record, path[0] ?? '', action.place), path, known, action.place);
      });
    },
  ];
}

function valueAt(value: Known, path: readonly (string | undefined)[]): Known {
  let at = value;
  for (const key of path) at = isRecord(at) && key !== undefined ? at[key] : undefined;
  return at;
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

function decide(action: Extract<Action, { kind: 'if' }>, scope: Scope, depth: number): Behaviour {
  const condition = compilePartly(action.condition, scope);
  const then = sequence(action.then, scope, depth);
  const otherwise = sequence(action.otherwise, scope, depth);
  return (frame: Frame) => {
    const truth = condition(frame);
    if (truth === true) return then?.(frame);
    if (truth === false) return otherwise?.(frame);
    const before = [...frame.slots];
    then?.(frame);
    const after = [...frame.slots];
    const { returned } = frame;
    for (let i = 0; i < before.length; i++) frame.slots[i] = before[i];
    frame.returned = false;
    otherwise?.(frame);
    for (let i = 0; i < after.length; i++) frame.slots[i] = agreed(frame.slots[i], after[i]);
    frame.mayHaveReturned ||= returned || frame.returned;
    frame.returned &&= returned;
  };
}

function assignedSlots(actions: readonly Action[], scope: Scope): readonly number[] {
  return actions.flatMap((action) => {
    switch (action.kind) {
      case 'while':
      case 'for':
        return assignedSlots(action.body, scope);
      case 'if':
        return assignedSlots([...action.then, ...action.otherwise], scope);
      case 'assign':
        return assigned(action.variable, scope);
      case 'call':
        return action.result === undefined ? [] : assigned(action.result.variable, scope);
      default:
        return [];
    }
  });
}
