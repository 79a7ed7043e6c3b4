/** The operation or topic that is called and that the callee lacks. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { componentOf } from '../links/scope-provider.ts';
import type { Fix } from '../problems/fix.ts';
import { added } from './added.ts';
import { withMember } from './changes.ts';
import { typeOfValue } from './guessed-type.ts';

export function missingOperation(call: AstNode, name: string): Fix[] {
  const owner = calleeOwner(call);
  if (owner === undefined) return [];
  const isTopic = ast.isComponent(owner) && owner.broker;
  const member = isTopic ? `topic ${name}${parameterList(call)}` : operationFor(call, name);
  return added(`Add \`${member}\` to \`${owner.name}\``, withMember(owner, member));
}

function calleeOwner(call: AstNode): ast.Component | ast.Machine | undefined {
  if (ast.isMessage(call) || ast.isFoundMessage(call) || ast.isConsumer(call)) {
    const to = call.to?.ref;
    const type = ast.isLifeline(to) ? to.type?.ref : undefined;
    return ast.isMachine(type) ? type : componentOf(to);
  }
  if (ast.isCallAction(call) || ast.isActionNode(call)) return call.component?.ref;
  if (ast.isCallTrigger(call) || ast.isDeferredEvent(call)) return AstUtils.getContainerOfType(call, ast.isMachine);
  return AstUtils.getContainerOfType(call, ast.isComponent);
}

/** Its declaration, as far as the call tells it. */
export function operationFor(call: AstNode, name: string): string {
  const result = ast.isMessage(call) ? call.result?.ref : undefined;
  const type = ast.isVariable(result) || ast.isParameter(result) ? result.type?.$cstNode?.text : undefined;
  return `operation ${name}${parameterList(call)}${type === undefined ? '' : `: ${type}`}`;
}

/** `(id: String, value2: Integer)` for what is given; nothing for nothing. */
export function parameterList(call: AstNode): string {
  const given = 'arguments' in call && Array.isArray(call.arguments) ? call.arguments.filter(ast.isArgument) : [];
  const parameters = given.map((argument, position) => {
    const { value } = argument;
    const own = ast.isPath(value) ? value.steps.at(-1)?.to?.$refText : undefined;
    const name = argument.parameter?.$refText ?? own ?? `value${position + 1}`;
    return `${name}: ${typeOfValue(value) ?? 'Real'}`;
  });
  return parameters.length === 0 ? '' : `(${parameters.join(', ')})`;
}
