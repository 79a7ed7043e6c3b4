/** The lifeline that a message should go to or come from. */
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { added } from './added.ts';
import { withMember } from './changes.ts';
import type { Found } from './found.ts';
import { visibleDeclarations } from './visible-declarations.ts';

/** Of a component that is called like it or has the operation that is called; an actor, where it only sends. */
export function missingLifeline({ document, services, text, reference }: Found, message: ast.Message): Fix[] {
  const interaction = AstUtils.getContainerOfType(message, ast.isInteraction);
  if (interaction === undefined) return [];
  const isReceiver = message.to === reference;
  const wanted = isReceiver ? message.operation?.$refText : undefined;
  const fitting = visibleDeclarations(document, services)
    .filter(ast.isComponent)
    .filter(
      ({ name, members }) =>
        name.toLowerCase() === text.toLowerCase() ||
        members.some((member) => ast.isOperation(member) && member.name === wanted),
    );
  const members = fitting.slice(0, 4).map(({ name }) => `lifeline ${text}: ${name}`);
  if (!isReceiver) members.push(`actor ${text}`);
  return members.flatMap((member) => added(`Add \`${member}\``, withMember(interaction, member, 'first')));
}
