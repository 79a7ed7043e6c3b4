/** What a refactoring is given and what it offers. Knows the tree and the text, not the editor's protocol. */
import type { LangiumDocument } from 'langium';
import type { TextChange } from '../../language/problems/fix.ts';
import type { TwinServices } from '../../language/services.ts';

export interface Selection {
  readonly document: LangiumDocument;
  /** Offsets; equal where only the cursor stands there. */
  readonly start: number;
  readonly end: number;
  readonly services: TwinServices;
}

export interface Refactoring {
  readonly title: string;
  readonly kind: `refactor.${'extract' | 'inline' | 'rewrite'}.${string}`;
  readonly edits: readonly TextChange[];
}
