/** Moves what was parsed to another place of the text, when something before it grew or shrank. Knows no rule of the grammar. */
import type { CompositeCstNode, CstNode, LexerResult, ParseResult } from 'langium';

type Token = LexerResult['tokens'][number];
type LexingError = ParseResult['lexerErrors'][number];
type SyntaxError = ParseResult['parserErrors'][number];

/** How far; columns stay, so what moves begins on a line of its own. */
export interface Move {
  readonly offset: number;
  readonly lines: number;
}

/** What the library's leaves and inner nodes keep about their places; they offer no way to change it. */
interface LeafPlace {
  _offset: number;
  _startLine: number;
  _endLine: number;
}
interface CachedRange {
  _rangeCache: unknown;
}

/** Are the library's syntax trees made as they are expected to be here? */
export function isMovable(root: CompositeCstNode): boolean {
  let leaf: CstNode | undefined = root;
  while (leaf !== undefined && isComposite(leaf)) {
    if (!('_rangeCache' in leaf)) return false;
    leaf = leaf.content[0];
  }
  return leaf === undefined || ('_offset' in leaf && '_startLine' in leaf && '_endLine' in leaf);
}

export function moveTree(node: CstNode, move: Move): void {
  if (move.offset === 0 && move.lines === 0) return;
  if (isComposite(node)) {
    if (move.lines !== 0) (node as unknown as CachedRange)._rangeCache = undefined;
    for (const child of node.content) moveTree(child, move);
  } else {
    const leaf = node as unknown as LeafPlace;
    leaf._offset += move.offset;
    leaf._startLine += move.lines;
    leaf._endLine += move.lines;
  }
}

/** False for the place of a token that stands nowhere, as the text's end does. */
export function isWritten(offset: number): boolean {
  return offset >= 0;
}

/** Errors share tokens: each is moved once. */
export function moveErrors(errors: readonly SyntaxError[], move: Move): void {
  const tokens = new Set<Token>();
  for (const error of errors) {
    tokens.add(error.token);
    if ('previousToken' in error) tokens.add(error.previousToken as Token);
    for (const token of error.resyncedTokens) tokens.add(token);
  }
  for (const token of tokens) if (token !== undefined && isWritten(token.startOffset)) moveToken(token, move);
}

export function movedLexingErrors(errors: readonly LexingError[], move: Move): LexingError[] {
  return errors.map((error) => ({
    ...error,
    offset: error.offset + move.offset,
    ...(error.line === undefined ? {} : { line: error.line + move.lines }),
  }));
}

function moveToken(token: Token, { offset, lines }: Move): void {
  token.startOffset += offset;
  if (token.endOffset !== undefined) token.endOffset += offset;
  if (token.startLine !== undefined) token.startLine += lines;
  if (token.endLine !== undefined) token.endLine += lines;
}

function isComposite(node: CstNode): node is CompositeCstNode {
  return 'content' in node;
}
