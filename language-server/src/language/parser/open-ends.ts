/** Texts and comments that are not closed: said once, where they begin. Knows tokens, no rule of the grammar. */
import type { LexerResult } from 'langium';

type Token = LexerResult['tokens'][number];
type LexingError = LexerResult['errors'][number];

/** An open text ends with its line; an open comment takes all that follows. */
export function closeOpenEnds(tokens: readonly Token[], errors: LexingError[]): Token[] {
  const kept: Token[] = [];
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.image === '/' && next?.image === '*' && next.startOffset === token.startOffset + 1) {
      errors.push(errorAt(token, 2, 'This comment has no closing `*/`: all that follows is part of it.'));
      return kept;
    }
    if (token.image.startsWith('"') && !isClosed(token.image)) {
      errors.push(errorAt(token, token.image.length, 'This text has no closing `"` on its line.'));
    }
    kept.push(token);
  }
  return kept;
}

function isClosed(image: string): boolean {
  return /^"(\\.|[^"\\])*"$/.test(image);
}

function errorAt(token: Token, length: number, message: string): LexingError {
  return { offset: token.startOffset, line: token.startLine, column: token.startColumn, length, message };
}
