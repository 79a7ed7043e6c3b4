/** What is too large or too deeply nested to be read is said once, where it is. Knows sizes and places, no grammar. */
import type { LangiumDocument, LexerResult } from 'langium';
import type { ProblemCode } from '../problems/problem-codes.ts';

type Token = LexerResult['tokens'][number];
type LexingError = LexerResult['errors'][number];

/** Bytes in UTF-8. A text of this size has some 70,000 lines; reading it costs seconds and half a gigabyte. */
const mostBytes = 2_000_000;

/** A stretch of the text that was left out. */
interface LeftOut {
  readonly start: number;
  readonly end: number;
}

/** An error of the lexer with a code of its own; a stretch is left out where not all of the text is. */
export interface LimitError extends LexingError {
  readonly code: ProblemCode;
  readonly leftOut?: LeftOut;
}

export function isLimitError(error: LexingError): error is LimitError {
  return 'code' in error;
}

/** The limits that a text exceeds. */
export function limitErrorsOf(document: LangiumDocument): LimitError[] {
  return document.parseResult.lexerErrors.filter(isLimitError);
}

/** Why a text is not read at all; nothing where it is small enough. */
export function sizeError(text: string): LimitError | undefined {
  if (text.length * 3 <= mostBytes) return undefined;
  const bytes = utf8Length(text);
  if (bytes <= mostBytes) return undefined;
  const message = `This file has ${megabytes(bytes)}, and at most ${megabytes(mostBytes)} are read: nothing in it is checked, drawn or run. Split it into several files that import each other.`;
  const firstLine = /^[^\r\n]*/.exec(text)?.[0].length ?? 0;
  return { code: 'too-large', message, offset: 0, line: 1, column: 1, length: Math.min(firstLine, 200) };
}

/** An error at a token, where something nests too deep. */
export function tooDeep(token: Token, message: string, leftOut: LeftOut): LimitError {
  const { startOffset, startLine, startColumn, image } = token;
  return {
    code: 'too-deep',
    message,
    offset: startOffset,
    line: startLine,
    column: startColumn,
    length: image.length,
    leftOut,
  };
}

function megabytes(bytes: number): string {
  return `${(Math.ceil(bytes / 100_000) / 10).toString()} MB`;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
