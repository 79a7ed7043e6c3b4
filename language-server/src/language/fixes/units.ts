/** Ways to mend quantities: the unit that was meant. */
import type { Fix } from '../problems/fix.ts';
import { readQuantity } from '../quantities/units.ts';
import { replaced } from './changes.ts';
import type { Found } from './found.ts';

export function knownUnit({ document, start, end, text }: Found): Fix[] {
  const quantity = readQuantity(text);
  if (quantity.kind === 'known') return [];
  return quantity.mended.map((better) => ({
    title: `Write \`${better}\``,
    edits: [replaced(document, start, end, better)],
    certainty: quantity.mended.length === 1 ? 'likely' : 'possible',
  }));
}
