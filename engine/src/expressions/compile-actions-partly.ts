/** Actions over values that may not be known: what an observer can tell of what a behaviour did. */
import type { Action, ElementId } from '../model/index.ts';
import { compilePartly } from './compile-partly.ts';
import { isList, isRecord, recordOf, replaced } from './composite-values.ts';
import type { Behaviour, EvaluatePartly, Frame, Known } from './frame.ts';
import { agreed, lifted, orUnknown } from './known-values.ts';
import { binaryFunction } from './operators.ts';
import { loopScope, type Scope } from './scope.ts';

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
