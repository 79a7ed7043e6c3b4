/**
 * Puts selected messages into a combined fragment. It means the same until its guard, bounds or second operand are written.
 */
import * as ast from '../../generated/ast.ts';
import { replaced } from '../../language/fixes/changes.ts';
import type { Refactoring, Selection } from './refactoring.ts';
import { selectedMembers } from './selected-members.ts';
import { wrappedText } from './wrapped-text.ts';

const fragments = [
  { name: 'opt', head: 'opt [true]', tail: '' },
  { name: 'alt', head: 'alt [true]', tail: ' else { }' },
  { name: 'loop', head: 'loop 1', tail: '' },
  { name: 'par', head: 'par', tail: ' and { }' },
] as const;

export function wrapInFragment(selection: Selection): Refactoring[] {
  const chosen = selectedMembers(selection);
  if (chosen === undefined || !chosen.members.every(({ node }) => ast.isFragment(node))) return [];
  const { document } = selection;
  const { start, end } = chosen;
  return fragments.map(({ name, head, tail }) => ({
    title: `Wrap in \`${name}\``,
    kind: `refactor.rewrite.${name}`,
    edits: [replaced(document, start, end, `${wrappedText(document, start, end, head)}${tail}`)],
  }));
}
