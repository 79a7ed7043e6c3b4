/**
 * Brackets that are nested too deep for the parser's stack lose what stands inside them; the rest of the file stands. Knows
 * tokens and brackets, no rule of the grammar.
 */
import type { LexerResult } from 'langium';
import { type LimitError, tooDeep } from './reading-limits.ts';

type Token = LexerResult['tokens'][number];

/** Brackets of any kind around a token. The parser's stack holds at least twice as many. */
const mostNested = 64;

/** How often reading goes on behind brackets that are never closed. */
const mostResumed = 10;

/** Findings a file. */
const mostSaid = 20;

const opens = new Set(['(', '[', '{']);
const closes = new Set([')', ']', '}']);

/** The tokens without what is nested too deep; the brackets themselves stay. */
export function leaveOutTooDeep(tokens: readonly Token[], errors: LexerResult['errors']): Token[] {
  const kept: Token[] = [];
  const found: { readonly opener: number; last: number }[] = [];
  let depth = 0;
  /** The bracket whose inside is being left out. */
  let opener: number | undefined;
  /** What stands side by side inside the same bracket is said once. */
  let isSaid = false;
  for (let index = 0; index <= tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) {
      if (opener === undefined) break;
      const next = found.length < mostResumed ? nextDeclaration(tokens, opener) : tokens.length;
      found.push({ opener, last: next - 1 });
      [opener, depth, index, isSaid] = [undefined, 0, next - 1, false];
      continue;
    }
    if (closes.has(token.image)) {
      if (opener !== undefined && depth === mostNested + 1) {
        const said = isSaid ? found.at(-1) : undefined;
        if (said === undefined) found.push({ opener, last: index });
        else said.last = index;
        [opener, isSaid] = [undefined, true];
      }
      depth = Math.max(0, depth - 1);
      if (depth < mostNested) isSaid = false;
    }
    if (opener === undefined) kept.push(token);
    if (opens.has(token.image) && ++depth === mostNested + 1) opener = index;
  }
  for (const { opener: first, last } of found.slice(0, mostSaid)) errors.push(depthError(tokens, first, last));
  return kept;
}

/** Where brackets are never closed, a word at the very beginning of a line is taken for the next declaration. */
function nextDeclaration(tokens: readonly Token[], from: number): number {
  const found = tokens.findIndex(
    ({ startColumn, image }, index) => index > from && startColumn === 1 && /^\w/.test(image),
  );
  return found < 0 ? tokens.length : found;
}

function depthError(tokens: readonly Token[], opener: number, last: number): LimitError {
  const token = tokens[opener] as Token;
  const end = tokens[last] ?? token;
  const advice =
    token.image === '{'
      ? 'Move the inner part into an element of its own.'
      : 'Compute the inner part in a variable of its own first.';
  const message = `Brackets are nested more than ${mostNested} deep here; what stands inside is left out. ${advice}`;
  return tooDeep(token, message, { start: token.startOffset, end: end.startOffset + end.image.length });
}
