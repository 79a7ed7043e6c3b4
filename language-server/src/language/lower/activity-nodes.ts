/** Nodes of activities: actions with what they hold, control nodes, events, regions. UML 2.5.1 clauses 15 and 16. */
import type { AcceptNode, ActionNode, ActivityNode, Claim, Interrupt } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerActions, lowerSendTarget } from './actions.ts';
import { lowerBody } from './activities.ts';
import { lowerNodeTarget, storedValues } from './activity-edges.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerTime, type Range } from './known-quantities.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword } from './lowering.ts';
import { lowerUses } from './resource-uses.ts';
import { lowerTimeOfDay } from './texts.ts';
import { checkPatterns } from './transitions.ts';
import { lowerType, primitive } from './value-types.ts';
import { lowerArguments, lowerBindings } from './variables.ts';

const boolean = primitive('Boolean');

const patience: Range = {
  holds: (value) => value > 0,
  words: 'Who has no patience leaves before anything can be free. Write a time above 0.',
};

/** Several where one member names several finals; none where what the node is about cannot be found. */
export function lowerNode(lowering: Lowering, node: ast.ActivityNode): ActivityNode[] {
  const element = () => elementOf(lowering, node);
  switch (node.$type) {
    case 'Initial':
      return [{ ...element(), label: placeOfKeyword(lowering, node, 'initial'), kind: 'initial' }];
    case 'Finals':
      return node.finals.map((final) => ({ ...elementOf(lowering, final), kind: 'activity-final' }));
    case 'FlowFinals':
      return node.finals.map((final) => ({ ...elementOf(lowering, final), kind: 'flow-final' }));
    case 'Decision':
    case 'Merge':
    case 'Fork':
    case 'Join':
      return [{ ...element(), kind: controlKinds[node.$type] }];
    case 'ActionNode':
      return [lowerActionNode(lowering, node)];
    case 'BufferNode':
      return [{ ...element(), kind: 'buffer', type: lowerType(lowering, node.type) }];
    case 'AcceptNode':
      return [lowerAccept(lowering, node)];
    case 'SendNode':
      return lowerSendNode(lowering, node);
    case 'AcquireNode':
      return [{ ...element(), kind: 'acquire', ...lowerClaim(lowering, node) }];
    case 'ReleaseNode':
      return [{ ...element(), kind: 'release', uses: lowerUses(lowering, node.uses) }];
    case 'StructuredNode':
      return [
        {
          ...element(),
          kind: 'structured',
          ...partitionOf(node),
          ...lowerClaim(lowering, node),
          ...lowerBody(lowering, node.members),
        },
      ];
    case 'InterruptibleRegion':
      return [
        {
          ...element(),
          kind: 'interruptible',
          ...lowerBody(lowering, node.members),
          interrupts: node.members.filter(ast.isInterrupt).flatMap((interrupt) => lowerInterrupt(lowering, interrupt)),
        },
      ];
  }
}

const controlKinds = { Decision: 'decision', Merge: 'merge', Fork: 'fork', Join: 'join' } as const;

function lowerActionNode(lowering: Lowering, node: ast.ActionNode): ActionNode {
  return {
    ...elementOf(lowering, node),
    kind: 'action',
    ...partitionOf(node),
    ...batchOf(lowering, node),
    ...lowerClaim(lowering, node),
    work: lowerWork(lowering, node),
  };
}

function batchOf(lowering: Lowering, node: ast.ActionNode): Pick<ActionNode, 'batch'> {
  if (node.batch === undefined) return {};
  if (node.patience !== undefined) {
    const message =
      'A batch goes together: nobody of it leaves on his own. Remove `patience`, or put an action with it in front.';
    lowering.report('without-effect', placeOf(lowering, node.patience), message);
  }
  const size = lowerCount(lowering, node, 'batch', node.batch, 1, 1);
  return { batch: { size, ...(node.limit === undefined ? {} : { limit: lowerTime(lowering, node.limit) }) } };
}

function partitionOf(node: ast.ActionNode | ast.StructuredNode): Pick<ActionNode, 'partition'> {
  const partition = node.partition?.ref;
  return partition === undefined ? {} : { partition: idOf(partition) };
}

function lowerWork(lowering: Lowering, node: ast.ActionNode): ActionNode['work'] {
  if (node.takes !== undefined) {
    return { kind: 'takes', time: lowerTime(lowering, node.takes.value) };
  }
  if (node.delays !== undefined) {
    return { kind: 'delays', time: lowerTime(lowering, node.delays.value) };
  }
  if (node.component !== undefined) {
    const operation = node.operation?.ref;
    const values = lowerArguments(lowering, node.arguments, operation, node);
    if (operation !== undefined) return { kind: 'call', operation: idOf(operation), arguments: values };
  }
  if (node.behaviour !== undefined) {
    const behaviour = node.behaviour.ref;
    const values = lowerArguments(lowering, node.arguments, behaviour, node);
    if (behaviour !== undefined) return { kind: 'invoke', behaviour: idOf(behaviour), arguments: values };
  }
  return { kind: 'nothing' };
}

function lowerClaim(lowering: Lowering, node: ast.ActionNode | ast.StructuredNode | ast.AcquireNode): Claim {
  const uses = lowerUses(lowering, node.uses);
  if (node.patience === undefined) return { uses };
  const limit = lowerTime(lowering, node.patience, patience);
  const abandoned = lowerNodeTarget(lowering, node.abandoned);
  return abandoned === undefined ? { uses } : { uses, patience: { limit, abandoned } };
}

function lowerAccept(lowering: Lowering, node: ast.AcceptNode): AcceptNode {
  const guard = node.guard === undefined ? undefined : lowerExpression(lowering, node.guard, boolean);
  return {
    ...elementOf(lowering, node),
    kind: 'accept',
    event: lowerEvent(lowering, node),
    ...(guard === undefined ? {} : { guard }),
  };
}

function lowerEvent(lowering: Lowering, node: ast.AcceptNode): AcceptNode['event'] {
  if (node.delay !== undefined) return { kind: 'time', delay: lowerTime(lowering, node.delay) };
  if (node.condition !== undefined) {
    return { kind: 'change', condition: lowerExpression(lowering, node.condition, boolean) };
  }
  if (node.time !== undefined) {
    return { kind: 'clock', timeOfDay: lowerTimeOfDay(lowering, node, 'time', node.time) ?? 0 };
  }
  return { kind: 'signal', ...lowerReceived(lowering, node) };
}

function lowerReceived(
  lowering: Lowering,
  node: ast.AcceptNode | ast.Interrupt,
): Pick<Interrupt, 'signals' | 'bindings'> {
  checkPatterns(lowering, node);
  const signals = node.signals.map((pattern) => idOf(pattern.signal?.ref)).filter((id) => id !== '');
  return { signals, bindings: lowerBindings(lowering, node) };
}

function lowerSendNode(lowering: Lowering, node: ast.SendNode): ActivityNode[] {
  const signal = node.signal?.ref;
  const values = lowerArguments(lowering, node.arguments, signal, node);
  const to = lowerSendTarget(lowering, node.to);
  const delay = node.delay === undefined ? undefined : lowerTime(lowering, node.delay);
  if (signal === undefined || to === undefined) return [];
  return [
    {
      ...elementOf(lowering, node),
      kind: 'send',
      signal: idOf(signal),
      arguments: values,
      to,
      ...(delay === undefined ? {} : { delay }),
    },
  ];
}

function lowerInterrupt(lowering: Lowering, node: ast.Interrupt): Interrupt[] {
  const received = lowerReceived(lowering, node);
  const guard = node.guard === undefined ? undefined : lowerExpression(lowering, node.guard, boolean);
  const effect = [...storedValues(lowering, node), ...lowerActions(lowering, node.actions)];
  const target = lowerNodeTarget(lowering, node.target);
  if (target === undefined) return [];
  return [
    {
      ...elementOf(lowering, node),
      label: placeOf(lowering, node.signals[0] ?? node),
      kind: 'interrupt',
      ...received,
      ...(guard === undefined ? {} : { guard }),
      effect,
      target,
    },
  ];
}
