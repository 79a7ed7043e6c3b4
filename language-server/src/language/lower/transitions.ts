/** Transitions: triggers, guards, effects and targets; branches of choices and junctions. */
import type { ElementId, Transition, Trigger } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerActions } from './actions.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf } from './lowering.ts';
import { primitive } from './value-types.ts';
import { lowerBindings } from './variables.ts';
import { lowerWeight } from './weights.ts';

export function lowerTransition(lowering: Lowering, node: ast.Transition, source: ast.State): Transition {
  const target = targetOf(lowering, node.target);
  const sort = node.target === undefined ? 'internal' : node.local ? 'local' : 'external';
  return {
    ...elementOf(lowering, node),
    label: placeOf(lowering, node.trigger ?? node),
    kind: 'transition',
    sort,
    source: idOf(source),
    ...(target === undefined ? {} : { target }),
    trigger: lowerTrigger(lowering, node.trigger),
    ...guardOf(lowering, node.guard),
    isElse: false,
    effect: lowerActions(lowering, node.actions),
  };
}

export function lowerInitialTransition(lowering: Lowering, node: ast.Initial): Transition {
  const target = targetOf(lowering, node.target);
  const element = elementOf(lowering, node);
  const source = element.id;
  return {
    ...element,
    id: `${source}->${shortName(source, target ?? '')}`,
    kind: 'transition',
    sort: 'external',
    source,
    ...(target === undefined ? {} : { target }),
    trigger: { kind: 'none' },
    isElse: false,
    effect: lowerActions(lowering, node.actions),
  };
}

/** The target's id without what it shares with the owner of the initial pseudostate. */
function shortName(initial: ElementId, target: ElementId): string {
  const prefix = `${initial.slice(0, initial.lastIndexOf('/'))}.`;
  return target.startsWith(prefix) ? target.slice(prefix.length) : target;
}

export function lowerBranch(lowering: Lowering, node: ast.Branch, source: ElementId): Transition {
  const target = targetOf(lowering, node.target);
  const weight = lowerWeight(lowering, node, node.weight);
  return {
    ...elementOf(lowering, node),
    label: placeOf(lowering, node.target ?? node),
    kind: 'transition',
    sort: 'external',
    source,
    ...(target === undefined ? {} : { target }),
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

function targetOf(lowering: Lowering, path: ast.Path | undefined): ElementId | undefined {
  const vertex = path?.steps.at(-1)?.to?.ref;
  if (path === undefined || vertex === undefined) return undefined;
  if (ast.isRegion(vertex)) {
    const message = `\`${vertex.name}\` is a region. A transition leads to a state: write one of its states behind it.`;
    lowering.report('wrong-kind', placeOf(lowering, path), message);
    return undefined;
  }
  return idOf(vertex);
}

function lowerTrigger(lowering: Lowering, trigger: ast.Trigger | undefined): Trigger {
  if (ast.isSignalTrigger(trigger)) {
    if (trigger.any) return { kind: 'any' };
    checkPatterns(lowering, trigger);
    const signals = trigger.signals.map((pattern) => idOf(pattern.signal?.ref)).filter((id) => id !== '');
    return { kind: 'signal', signals, bindings: lowerBindings(lowering, trigger) };
  }
  if (ast.isTimeTrigger(trigger)) {
    return { kind: 'time', delay: lowerExpression(lowering, trigger.delay, primitive('Duration')) };
  }
  if (ast.isChangeTrigger(trigger)) {
    return { kind: 'change', condition: lowerExpression(lowering, trigger.condition, primitive('Boolean')) };
  }
  return { kind: 'completion' };
}

function checkPatterns(lowering: Lowering, trigger: ast.SignalTrigger): void {
  for (const pattern of trigger.signals) {
    const signal = pattern.signal?.ref;
    const surplus = signal === undefined ? undefined : pattern.bindings[signal.parameters.length];
    if (signal !== undefined && surplus !== undefined) {
      const message = `Signal \`${signal.name}\` has ${counted(signal.parameters.length, 'attribute')}, but ${counted(pattern.bindings.length, 'name')} stand here.`;
      lowering.report('wrong-arguments', placeOf(lowering, surplus), message);
    }
    if (trigger.signals.length > 1 && pattern.bindings.length > 0) {
      const message = 'A trigger of several signals cannot bind attributes: write one transition for each signal.';
      lowering.report('wrong-arguments', placeOf(lowering, pattern), message);
    }
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
