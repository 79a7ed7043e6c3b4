/** What stands in the braces of interactions, calls and operands, one after the other. */
import type {
  Fragment,
  InvariantFragment,
  LifecycleFragment,
  ReturnFragment,
  WorkFragment,
} from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerAction } from './actions.ts';
import { lowerCombinedFragment } from './combined-fragments.ts';
import { lowerConsumer } from './consumers.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerTime } from './known-quantities.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword, placeOfProperty } from './lowering.ts';
import { lowerFoundMessage, lowerMessage } from './messages.ts';
import { returnsNothing } from './operations.ts';
import { checkActor, participantAt } from './participants.ts';
import { enclosingOperation, expectedReturn } from './replies.ts';
import { primitive } from './value-types.ts';
import { lowerArguments } from './variables.ts';

/** `executor` is whoever acts here; undefined outside of all braces of calls, where everybody may. */
export function lowerFragments(
  lowering: Lowering,
  fragments: readonly ast.Fragment[],
  executor?: ast.Participant,
): Fragment[] {
  return fragments
    .map((fragment) => lowerFragment(lowering, fragment, executor))
    .filter((fragment) => fragment !== undefined);
}

function lowerFragment(lowering: Lowering, node: ast.Fragment, executor?: ast.Participant): Fragment | undefined {
  if (ast.isCombinedFragment(node)) return lowerCombinedFragment(lowering, node, executor);
  switch (node.$type) {
    case 'Message':
      return lowerMessage(lowering, node, executor);
    case 'FoundMessage':
      return lowerFoundMessage(lowering, node);
    case 'Consumer':
      return lowerConsumer(lowering, node);
    case 'Create':
    case 'Destroy':
      return lowerLifecycle(lowering, node, executor);
    case 'InteractionUse':
      return lowerUse(lowering, node);
    case 'Work':
      return lowerWork(lowering, node, executor);
    case 'Invariant': {
      const condition = lowerExpression(lowering, node.condition, primitive('Boolean'));
      return { ...elementOf(lowering, node), kind: 'invariant', condition } satisfies InvariantFragment;
    }
    case 'ReturnAction':
      return lowerReturn(lowering, node);
    default: {
      const action = lowerAction(lowering, node);
      return action === undefined ? undefined : { ...elementOf(lowering, node), kind: 'action', action };
    }
  }
}

/** Only instances of machines come and go; an existing one, found by its key, is there already. */
function lowerLifecycle(
  lowering: Lowering,
  node: ast.Create | ast.Destroy,
  executor?: ast.Participant,
): LifecycleFragment | undefined {
  const verb = node.$type === 'Create' ? 'create' : 'destroy';
  const from = node.from === undefined ? undefined : participantAt(lowering, node, 'from', node.from);
  checkActor(lowering, node, from, executor, `${verb} ${node.lifeline?.$refText}`);
  const lifeline = node.lifeline?.ref;
  if (lifeline === undefined) return undefined;
  const place = placeOfProperty(lowering, node, 'lifeline');
  if (lifeline.type?.ref !== undefined && !ast.isMachine(lifeline.type.ref)) {
    const message = `\`${lifeline.name}\` stands for component \`${lifeline.type.ref.name}\`; only instances of machines are created and destroyed. Remove this.`;
    lowering.report('wrong-kind', place, message);
    return undefined;
  }
  if (verb === 'create' && lifeline.key !== undefined) {
    const message = `\`${lifeline.name}\` is an existing instance, found by its key. Write \`lifeline ${lifeline.name}: ${lifeline.type?.$refText}(…)\` for a new one, or remove \`create\`.`;
    lowering.report('wrong-kind', place, message);
  }
  return {
    ...elementOf(lowering, node, 'lifeline'),
    kind: verb,
    lifeline: idOf(lifeline),
    ...(from === undefined ? {} : { from: idOf(from) }),
  };
}

function lowerUse(lowering: Lowering, node: ast.InteractionUse): Fragment | undefined {
  const interaction = node.behaviour?.ref;
  const values = lowerArguments(lowering, node.arguments, interaction, node);
  if (interaction === undefined) return undefined;
  return { ...elementOf(lowering, node, 'behaviour'), kind: 'ref', interaction: idOf(interaction), arguments: values };
}

function lowerWork(lowering: Lowering, node: ast.Work, executor?: ast.Participant): WorkFragment {
  const sort = node.takes ? 'takes' : 'delays';
  const place = placeOfKeyword(lowering, node, sort);
  if (executor === undefined) {
    const message = `Nobody works outside of the braces of a call. Write \`${sort}\` into the braces of whoever needs the time.`;
    lowering.report('misplaced-clause', place, message);
  }
  const type = ast.isLifeline(executor) ? executor.type?.ref : executor;
  if (node.takes && ast.isComponent(type) && type.external) {
    const message = `\`${type.name}\` is external and has no cores of ours that it could occupy. Write \`delays\`.`;
    lowering.report('external-work', place, message);
  }
  return { ...elementOf(lowering, node), label: place, kind: 'work', sort, time: lowerTime(lowering, node.value) };
}

function lowerReturn(lowering: Lowering, node: ast.ReturnAction): ReturnFragment {
  const operation = enclosingOperation(node);
  const type = operation?.returnType;
  const element = { ...elementOf(lowering, node), label: placeOfKeyword(lowering, node, 'return') };
  if (node.value === undefined) return { ...element, kind: 'return' };
  if (operation !== undefined && type === undefined) {
    lowering.report('wrong-type', placeOf(lowering, node.value), returnsNothing(operation));
  }
  return { ...element, kind: 'return', value: lowerExpression(lowering, node.value, expectedReturn(lowering, type)) };
}
