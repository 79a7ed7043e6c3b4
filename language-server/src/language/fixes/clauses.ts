/** Ways to mend clauses: those that stand in the wrong place, twice or without effect go, those that are needed come. */
import { type AstNode, AstUtils, GrammarUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { componentOf } from '../links/scope-provider.ts';
import type { Fix } from '../problems/fix.ts';
import { added } from './added.ts';
import { inserted, keywordOf, removed, replaced, withMember } from './changes.ts';
import type { Found } from './found.ts';

/** Only where the finding points at the whole clause: then nothing else goes with it. */
export function withoutClause({ document, node, start, end }: Found): Fix[] {
  const cst = node.$cstNode;
  if (cst === undefined || cst.offset !== start || node.$container === undefined) return [];
  if (cst.end !== end && !ast.isWork(node)) return [];
  const [word = ''] = /^\S+/.exec(cst.text) ?? [];
  return [{ title: `Remove \`${word}\``, edits: [removed(cst, document)], certainty: 'possible' }];
}

/** An external component has no cores: its time passes. */
export function delaysInstead({ document, start, end, text }: Found): Fix[] {
  if (text !== 'takes') return [];
  return [{ title: 'Write `delays`', edits: [replaced(document, start, end, 'delays')], certainty: 'likely' }];
}

export function withBroker({ node }: Found): Fix[] {
  const component = AstUtils.getContainerOfType(node, ast.isComponent);
  const name = GrammarUtils.findNodeForProperty(component?.$cstNode, 'name');
  if (component === undefined || component.external || name === undefined) return [];
  const edit = inserted(AstUtils.getDocument(component), name.end, ' broker');
  return added(`Let \`${component.name}\` be a broker`, edit);
}

/** The component gets a lifeline, and the message goes there. */
export function withLifeline({ document, node, start, end, text }: Found): Fix[] {
  const interaction = AstUtils.getContainerOfType(node, ast.isInteraction);
  if (interaction === undefined) return [];
  const name = `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  const lifeline = interaction.members
    .flatMap((member) => (ast.isLifelines(member) ? member.lifelines : []))
    .find(({ type }) => type?.$refText === text);
  const here = replaced(document, start, end, lifeline?.name ?? name);
  if (lifeline !== undefined) return [{ title: `Write \`${lifeline.name}\``, edits: [here], certainty: 'likely' }];
  const member = `lifeline ${name}: ${text}`;
  const edit = withMember(interaction, member, 'first');
  return edit === undefined ? [] : [{ title: `Add \`${member}\``, edits: [edit, here], certainty: 'likely' }];
}

export function withRequired({ node }: Found): Fix[] {
  const message = AstUtils.getContainerOfType(node, ast.isMessage);
  const from = componentOf(message?.from?.ref);
  const to = componentOf(message?.to?.ref);
  if (from === undefined || to === undefined) return [];
  const member = `requires ${to.name}`;
  return added(`Add \`${member}\` to \`${from.name}\``, withMember(from, member));
}

/** In front of what is tried again. */
export function withTimeout({ document, node }: Found): Fix[] {
  const owner = AstUtils.getContainerOfType(node, (item) => ast.isMessage(item) || ast.isRequires(item));
  const clauses: readonly AstNode[] = owner?.clauses ?? [];
  const retry = clauses.find((clause) => ast.isRetry(clause))?.$cstNode;
  return retry === undefined ? [] : added('Add `timeout 1 s`', inserted(document, retry.offset, 'timeout 1 s '));
}

export function withoutFallback({ document, node }: Found): Fix[] {
  const message = AstUtils.getContainerOfType(node, ast.isMessage);
  const word = message === undefined ? undefined : keywordOf(message, 'fallback');
  const end = message?.fallback?.$cstNode?.end;
  const before = message?.execution?.$cstNode?.end ?? word?.offset;
  if (word === undefined || end === undefined || before === undefined) return [];
  return added('Remove the fallback', replaced(document, before, end, ''));
}

/** The last of branches that can hold together takes what the others leave. */
export function elseInstead({ document, node }: Found): Fix[] {
  const branch = AstUtils.getContainerOfType(node, (item) => ast.isBranch(item) || ast.isElseOperand(item));
  const cst = branch?.$cstNode;
  if (branch === undefined || cst === undefined || branch.weight !== undefined || !isLast(branch)) return [];
  const open = keywordOf(branch, '[');
  const close = keywordOf(branch, ']');
  if (open === undefined || close === undefined) return [];
  if (ast.isBranch(branch)) return added('Make it `else`', replaced(document, cst.offset, close.end, 'else'));
  const before = keywordOf(branch, 'else')?.end ?? open.offset;
  return added('Leave its condition out', replaced(document, before, close.end, ''));
}

function isLast(branch: ast.Branch | ast.ElseOperand): boolean {
  const all: readonly AstNode[] = ast.isBranch(branch) ? branch.$container.branches : branch.$container.operands;
  return all.at(-1) === branch;
}
