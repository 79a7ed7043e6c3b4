/** Transitions: triggers, guards, effects and targets; branches of choices and junctions. */
import type { ElementId, Target, Transition, Trigger } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { readTimeOfDay } from '../quantities/clock.ts';
import { lowerActions } from './actions.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { lowerTarget } from './targets.ts';
import { primitive } from './value-types.ts';
import { lowerBindings } from './variables.ts';
import { lowerWeight } from './weights.ts';

export function lowerTransition(lowering: Lowering, node: ast.Transition, source: ast.State): Transition {
  const target = lowerTarget(lowering, node.target);
  const sort = node.target === undefined ? 'internal' : node.local ? 'local' : 'external';
  return {
    ...elementOf(lowering, node),
    label: placeOf(lowering, node.trigger ?? node),
    kind: 'transition',
    sort,
    source: idOf(source),
    ...targetParts(target),
    trigger: lowerTrigger(lowering, node.trigger),
    ...guardOf(lowering, node.guard),
    isElse: false,
    effect: lowerActions(lowering, node.actions),
  };
}

/** What leaves a pseudostate that has no braces: `initial -> A`, `join j -> B`, `history -> C`, one of `fork f -> A, B`. */
export function lowerPlainTransition(
  lowering: Lowering,
  node: ast.Initial | ast.Join | ast.History | ast.Fork | ast.EntryPoint | ast.ExitPoint,
  path: ast.Path | undefined,
): Transition {
  const element = elementOf(lowering, node);
  const target = lowerTarget(lowering, path);
  return {
    ...element,
    id: `${element.id}->${shortName(element.id, target?.vertex ?? '')}`,
    name: '',
    label: placeOf(lowering, path ?? node),
    ...withoutTrigger(element.id, target),
    effect: ast.isFork(node) ? [] : lowerActions(lowering, node.actions),
  };
}

export function lowerForkBranch(lowering: Lowering, node: ast.ForkBranch, source: ElementId): Transition {
  return {
    ...elementOf(lowering, node),
    label: placeOf(lowering, node.target ?? node),
    ...withoutTrigger(source, lowerTarget(lowering, node.target)),
    effect: lowerActions(lowering, node.actions),
  };
}

function withoutTrigger(source: ElementId, target: Target | undefined) {
  return {
    kind: 'transition',
    sort: 'external',
    source,
    ...targetParts(target),
    trigger: { kind: 'none' },
    isElse: false,
  } as const;
}

function targetParts(target: Target | undefined): Pick<Transition, 'target' | 'entryPoint'> {
  if (target === undefined) return {};
  return { target: target.vertex, ...(target.entryPoint === undefined ? {} : { entryPoint: target.entryPoint }) };
}

/** The target's id without what it shares with the owner of the pseudostate. */
function shortName(source: ElementId, target: ElementId): string {
  const cut = Math.max(source.lastIndexOf('/'), source.lastIndexOf('.'));
  const prefix = `${source.slice(0, cut)}.`;
  return target.startsWith(prefix) ? target.slice(prefix.length) : target;
}

export function lowerBranch(lowering: Lowering, node: ast.Branch, source: ElementId): Transition {
  const target = lowerTarget(lowering, node.target);
  const weight = lowerWeight(lowering, node, node.weight);
  return {
    ...elementOf(lowering, node),
    label: placeOf(lowering, node.target ?? node),
    kind: 'transition',
    sort: 'external',
    source,
    ...targetParts(target),
    trigger: { kind: 'none' },
    ...guardOf(lowering, node.guard),
    ...(weight === undefined ? {} : { weight }),
    isElse: node.otherwise,
    effect: lowerActions(lowering, node.actions),
  };
}

function guardOf(lowering: Lowering, guard: ast.Expression | undefined): Pick<Transition, 'guard'> {
  return guard === undefined ? {} : { guard: lowerExpression(lowering, guard, primitive('Boolean')) };
}

function lowerTrigger(lowering: Lowering, trigger: ast.Trigger | undefined): Trigger {
  if (ast.isSignalTrigger(trigger)) {
    if (trigger.any) return { kind: 'any' };
    checkPatterns(lowering, trigger);
    const signals = trigger.signals.map((pattern) => idOf(pattern.signal?.ref)).filter((id) => id !== '');
    return { kind: 'signal', signals, bindings: lowerBindings(lowering, trigger) };
  }
  if (ast.isCallTrigger(trigger)) {
    const operation = trigger.operation?.ref;
    checkSurplus(lowering, operation, trigger.bindings, 'parameter');
    return { kind: 'call', operation: idOf(operation), bindings: lowerBindings(lowering, trigger) };
  }
  if (ast.isClockTrigger(trigger)) return lowerClock(lowering, trigger);
  if (ast.isTimeTrigger(trigger)) {
    return { kind: 'time', delay: lowerExpression(lowering, trigger.delay, primitive('Duration')) };
  }
  if (ast.isChangeTrigger(trigger)) {
    return { kind: 'change', condition: lowerExpression(lowering, trigger.condition, primitive('Boolean')) };
  }
  return { kind: 'completion' };
}

function lowerClock(lowering: Lowering, trigger: ast.ClockTrigger): Trigger {
  const timeOfDay = readTimeOfDay(trigger.time ?? '');
  if (timeOfDay !== undefined) return { kind: 'clock', timeOfDay };
  const message = 'A time of day is written `"18:00"`, from `"00:00"` to `"24:00"`.';
  lowering.report('out-of-range', placeOfProperty(lowering, trigger, 'time'), message);
  return { kind: 'clock', timeOfDay: 0 };
}

/** Names that are bound to the attributes of the signals; also of activities' accept actions and interrupting edges. */
export function checkPatterns(lowering: Lowering, receiver: { readonly signals: ast.SignalPattern[] }): void {
  for (const pattern of receiver.signals) {
    checkSurplus(lowering, pattern.signal?.ref, pattern.bindings, 'attribute');
    if (receiver.signals.length > 1 && pattern.bindings.length > 0) {
      const message = 'A trigger of several signals cannot bind attributes: write one transition for each signal.';
      lowering.report('wrong-arguments', placeOf(lowering, pattern), message);
    }
  }
}

function checkSurplus(
  lowering: Lowering,
  owner: ast.Signal | ast.Operation | undefined,
  bindings: readonly ast.Binding[],
  what: string,
): void {
  const surplus = owner === undefined ? undefined : bindings[owner.parameters.length];
  if (owner === undefined || surplus === undefined) return;
  const title = `${ast.isSignal(owner) ? 'Signal' : 'Operation'} \`${owner.name}\``;
  const message = `${title} has ${counted(owner.parameters.length, what)}, but ${counted(bindings.length, 'name')} stand here.`;
  lowering.report('wrong-arguments', placeOf(lowering, surplus), message);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
