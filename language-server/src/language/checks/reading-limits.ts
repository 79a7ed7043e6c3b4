/** What a limit of reading left out gets one finding; whatever else is found inside is its consequence. */
import type { LangiumDocument } from 'langium';
import { limitErrorsOf } from '../parser/reading-limits.ts';
import type { ProblemCode } from '../problems/problem-codes.ts';

interface Finding {
  code?: unknown;
  readonly message: unknown;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** The code of a finding about a limit. */
export function limitCodeOf(document: LangiumDocument, { message, range }: Finding): ProblemCode | undefined {
  const { start } = range;
  return limitErrorsOf(document).find(
    (error) => error.message === message && error.line === start.line + 1 && error.column === start.character + 1,
  )?.code;
}

/** Without what is only found because something was left out. */
export function withoutConsequences<T extends Finding>(document: LangiumDocument, findings: T[]): T[] {
  const stretches = limitErrorsOf(document).flatMap(({ leftOut }) => (leftOut === undefined ? [] : [leftOut]));
  if (stretches.length === 0) return findings;
  return findings.filter(({ code, range }) => {
    if (code === 'too-deep') return true;
    const [from, to] = [document.textDocument.offsetAt(range.start), document.textDocument.offsetAt(range.end)];
    return !stretches.some(({ start, end }) => start <= to && from <= end);
  });
}
