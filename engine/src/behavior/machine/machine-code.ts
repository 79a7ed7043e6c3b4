/**
 * The behaviours of a machine (guards, effects, entries, exits, delays) as functions: the exact set, which runs, and
 * the partial set, which follows a system whose values are only partly seen. Both are indexed by the same tables.
 */
import {
  type Behaviour,
  compileActions,
  compileActionsPartly,
  compileCondition,
  compileDuration,
  compileExpression,
  compilePartly,
  type EvaluatePartly,
  type Frame,
  mayReturn,
  type Scope,
} from '../../expressions/index.ts';
import type { Action, ElementId, Expression, Variable } from '../../model/index.ts';
import { activitySteps } from './activity-steps.ts';
import type { Change, Guard, Invariant, MachineCode, Timer, Vertex } from './compiled-machine.ts';
import type { ScopeOf } from './machine-scope.ts';
import type { MachineTree } from './machine-tree.ts';
import { behavioursOf } from './state-behaviours.ts';
import type { RouteGuard } from './static-ways.ts';
import { type Carried, dropArguments, inOrder, takeArguments } from './taken-arguments.ts';

interface CodeParts {
  readonly machine: ElementId;
  readonly tree: MachineTree;
  readonly guards: readonly RouteGuard[];
  readonly routeTransition: readonly number[];
  readonly timers: readonly Timer[];
  readonly changes: readonly Change[];
  readonly invariants: readonly Invariant[];
  readonly variables: readonly Variable[];
  readonly parameterCount: number;
  readonly carried: Carried;
  readonly scopeOf: ScopeOf;
}

interface Compilers {
  actions(actions: readonly Action[], scope: Scope): Behaviour | null;
  guard(guard: RouteGuard, scope: Scope): Guard | null;
  condition(expression: Expression, scope: Scope): Guard;
  delay(expression: Expression, scope: Scope): EvaluatePartly;
  initial(expression: Expression, scope: Scope): EvaluatePartly;
}

export function exactCode(parts: CodeParts): MachineCode {
  return code(parts, false, {
    actions: compileActions,
    guard: exactGuard,
    condition: compileCondition,
    delay: compileDuration,
    initial: compileExpression,
  });
}

export function partialCode(parts: CodeParts): MachineCode {
  return code(parts, true, {
    actions: compileActionsPartly,
    guard: partialGuard,
    condition: conditionPartly,
    delay: compilePartly,
    initial: compilePartly,
  });
}

function code(parts: CodeParts, partial: boolean, compile: Compilers): MachineCode {
  const { tree, scopeOf } = parts;
  const behaviour = (actions: readonly Action[], scope: Scope): Behaviour | null =>
    keepingReply(compile.actions(actions, scope), actions.some(mayReturn));
  const ofState = (vertex: Vertex, which: 'entry' | 'exit'): Behaviour | null => {
    if (vertex.kind !== 'state') return null;
    const owned = behavioursOf(vertex).find(({ kind }) => kind === which)!;
    const doing = vertex.activity?.parameters ?? [];
    const own = withArguments(owned.parameters, behaviour(owned.actions, scopeOf(vertex.id)));
    if (doing.length === 0) return own;
    // What the do-activity takes is there as long as its state is.
    return inOrder([own, which === 'entry' ? taking(doing) : dropArguments(slotsOf(doing))]);
  };
  const slotsOf = (parameters: readonly Variable[]): number[] =>
    parameters.map(({ id }) => scopeOf(id).locate(id)?.index ?? -1);
  const taking = (parameters: readonly Variable[]): Behaviour => {
    const defaults = parameters.map(({ id, initial }) => initial && compile.initial(initial, scopeOf(id)));
    return takeArguments(parameters, slotsOf(parameters), defaults, parts.carried);
  };
  const withArguments = (parameters: readonly Variable[], run: Behaviour | null): Behaviour | null => {
    if (run === null || parameters.length === 0) return run;
    return inOrder([taking(parameters), run, dropArguments(slotsOf(parameters))]);
  };
  // Routes of one transition from different vertices share their guard.
  const guardOf = new Map<RouteGuard, Guard | null>();
  return {
    partial,
    initialise: initialise(parts, compile),
    guards: parts.guards.map((guard, route) => {
      const transition = tree.transitions[parts.routeTransition[route]!]!;
      const known = guardOf.get(guard);
      if (known !== undefined) return known;
      const compiled = compile.guard(guard, scopeOf(transition.id));
      guardOf.set(guard, compiled);
      return compiled;
    }),
    effects: tree.transitions.map((transition) => behaviour(transition.effect, scopeOf(transition.id))),
    entries: tree.vertices.map((vertex) => ofState(vertex, 'entry')),
    exits: tree.vertices.map((vertex) => ofState(vertex, 'exit')),
    activities: tree.vertices.map((vertex) =>
      vertex.kind === 'state' ? behaviour(vertex.activity?.actions ?? [], scopeOf(vertex.id)) : null,
    ),
    activitySteps: partial
      ? []
      : tree.vertices.map((vertex) => {
          if (vertex.kind !== 'state' || vertex.activity === undefined) return null;
          return activitySteps(vertex.activity.actions, scopeOf(vertex.id), keepingReply);
        }),
    delays: parts.timers.map(({ vertex, transition, runs }) =>
      runs.kind === 'delay'
        ? compile.delay(runs.delay, scopeOf((tree.transitions[transition] ?? tree.vertices[vertex]!).id))
        : null,
    ),
    invariants: parts.invariants.map(({ vertex, condition }) =>
      compile.condition(condition, scopeOf(tree.vertices[vertex]?.id ?? parts.machine)),
    ),
    conditions: parts.changes.map((change) => {
      const transition = tree.transitions[change.transition]!;
      if (transition.trigger.kind !== 'change') throw new Error(`${transition.id} has no change trigger`);
      return compile.condition(transition.trigger.condition, scopeOf(transition.id));
    }),
  };
}

/** A behaviour that comes to no `return` leaves the reply of the one before it. */
function keepingReply(run: Behaviour | null, mayReply: boolean): Behaviour | null {
  if (run === null || !mayReply) return run;
  return (frame) => {
    const before = frame.reply;
    run(frame);
    if (!frame.returned && !frame.mayHaveReturned) frame.reply = before;
  };
}

function initialise(parts: CodeParts, compile: Compilers): Behaviour {
  const initials = parts.variables.map((variable) =>
    variable.initial === undefined ? null : compile.initial(variable.initial, parts.scopeOf(variable.id)),
  );
  return (frame: Frame) => {
    for (let slot = parts.parameterCount; slot < initials.length; slot++) {
      const initial = initials[slot];
      frame.slots[slot] = initial ? initial(frame) : null;
    }
  };
}

function exactGuard(guard: RouteGuard, scope: Scope): Guard | null {
  const holds = guard.holds.map((expression) => compileCondition(expression, scope));
  const none = guard.none.map((expression) => compileCondition(expression, scope));
  const [first] = holds;
  if (none.length === 0 && holds.length <= 1) return first ?? null;
  return (frame) => holds.every((part) => part(frame)) && !none.some((part) => part(frame));
}

function partialGuard(guard: RouteGuard, scope: Scope): Guard | null {
  const parts = [
    ...guard.holds.map((expression) => conditionPartly(expression, scope)),
    ...guard.none.map((expression) => negated(conditionPartly(expression, scope))),
  ];
  if (parts.length === 0) return null;
  return (frame) => {
    let truth: boolean | undefined = true;
    for (const part of parts) {
      const holds = part(frame);
      if (holds === false) return false;
      if (holds === undefined) truth = undefined;
    }
    return truth;
  };
}

function conditionPartly(expression: Expression, scope: Scope): Guard {
  const value = compilePartly(expression, scope);
  return (frame) => {
    const truth = value(frame);
    return typeof truth === 'boolean' ? truth : undefined;
  };
}

function negated(guard: Guard): Guard {
  return (frame) => {
    const truth = guard(frame);
    return truth === undefined ? undefined : !truth;
  };
}
