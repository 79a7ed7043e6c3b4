/** What is drawn and kept, but not executed yet, is said where it stands. The engine knows what that is. */
import type { Model, Place } from '@pollux/engine/model';
import { notExecutable } from '@pollux/engine/simulation';
import type { LangiumDocument } from 'langium';
import type { Report } from '../problems/problem.ts';

/** `whole` holds what the file refers to; only what stands in the file itself is reported. */
export function checkNotExecuted(document: LangiumDocument, whole: Model, report: Report): void {
  for (const { place, message } of notExecutable(whole, document.uri.toString())) {
    report('not-executable-yet', firstLine(place, document), message);
  }
}

/** A body of many lines would be underlined whole. */
function firstLine(place: Place, { textDocument }: LangiumDocument): Place {
  const { line } = place.start;
  if (place.end.line === line) return place;
  const text = textDocument.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return { ...place, end: { line, character: text.trimEnd().length } };
}
