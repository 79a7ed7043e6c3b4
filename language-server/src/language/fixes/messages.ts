/** Ways to mend messages and lifelines. */
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { inserted, keywordOf, replaced } from './changes.ts';
import type { Found } from './found.ts';
import { visibleDeclarations } from './visible-declarations.ts';

/** The arrow that fits what is sent; a reply that nothing gives is left out. */
export function fittingArrow({ document, node, start, end, text }: Found): Fix[] {
  const message = messageAround(node);
  if (message === undefined) return [];
  if (text === '->') {
    return [
      { title: 'Send it without waiting: `->>`', edits: [replaced(document, start, end, '->>')], certainty: 'safe' },
    ];
  }
  if (message.result?.$refNode === undefined || message.from?.$refNode === undefined) return [];
  const arrow = keywordOf(message, '->>');
  const wait: Fix[] =
    arrow === undefined || message.operation === undefined
      ? []
      : [
          {
            title: 'Wait for the reply: `->`',
            edits: [replaced(document, arrow.offset, arrow.end, '->')],
            certainty: 'possible',
          },
        ];
  const without = replaced(document, message.result.$refNode.offset, message.from.$refNode.offset, '');
  return [...wait, { title: `Leave \`${text} =\` out`, edits: [without], certainty: 'possible' }];
}

/** The lifeline whose braces these are sends it. */
export function fittingSender({ document, node, start, end }: Found): Fix[] {
  const outer = messageAround(messageAround(node)?.$container);
  const name = outer?.to?.$refText;
  if (name === undefined || name === '') return [];
  return [{ title: `Let \`${name}\` send it`, edits: [replaced(document, start, end, name)], certainty: 'likely' }];
}

/** The components and machines that a lifeline could stand for; the one that it is named after first. */
export function withType({ document, services, node, end }: Found): Fix[] {
  if (!ast.isLifeline(node)) return [];
  const names = visibleDeclarations(document, services)
    .filter((item) => ast.isComponent(item) || ast.isMachine(item))
    .map((item) => item.name);
  const same = names.filter((name) => name.toLowerCase() === node.name.toLowerCase());
  return [...new Set([...same, ...names])].slice(0, 5).map((name) => ({
    title: `Let it be a lifeline of \`${name}\``,
    edits: [inserted(document, end, `: ${name}`)],
    certainty: same.includes(name) || names.length === 1 ? 'likely' : 'possible',
  }));
}

function messageAround(node: Found['node'] | undefined): ast.Message | undefined {
  for (let current = node; current !== undefined; current = current.$container)
    if (ast.isMessage(current)) return current;
  return undefined;
}
