/** A fix that puts one thing into a text; none where there is no place for it. */
import type { Fix, TextChange } from '../problems/fix.ts';

export function added(title: string, edit: TextChange | undefined): Fix[] {
  return edit === undefined ? [] : [{ title, edits: [edit], certainty: 'possible' }];
}
