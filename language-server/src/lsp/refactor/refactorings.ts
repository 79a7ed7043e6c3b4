/** Every refactoring of what is selected. */
import { extractState } from './extract-state.ts';
import { inlinePseudostate } from './inline-pseudostate.ts';
import { inlineVariable } from './inline-variable.ts';
import { introduceComponent } from './introduce-component.ts';
import type { Refactoring, Selection } from './refactoring.ts';
import { wrapInFragment } from './wrap-in-fragment.ts';
import { wrapInRegion } from './wrap-in-region.ts';

const all: readonly ((selection: Selection) => readonly Refactoring[])[] = [
  extractState,
  introduceComponent,
  wrapInRegion,
  wrapInFragment,
  inlineVariable,
  inlinePseudostate,
];

/** Nothing is offered in a text with syntax errors: its tree may lack what the edit would have to move. */
export function refactorings(selection: Selection): Refactoring[] {
  const { lexerErrors, parserErrors } = selection.document.parseResult;
  if (lexerErrors.length > 0 || parserErrors.length > 0) return [];
  return all.flatMap((refactoring) => refactoring(selection));
}
