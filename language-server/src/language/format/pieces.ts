/** A text as the formatter sees it: tokens and comments in their order. Knows the lexer, no rule of the grammar. */
import type { LexerResult } from 'langium';
import { hardKeywords } from '../parser/soft-keyword-lexer.ts';

type PieceKind = 'word' | 'value' | 'sign' | 'comment' | 'line-comment';

export interface Piece {
  readonly kind: PieceKind;
  readonly image: string;
  readonly start: number;
  readonly end: number;
}

type Token = LexerResult['tokens'][number];

const kinds: Readonly<Record<string, PieceKind>> = {
  ML_COMMENT: 'comment',
  SL_COMMENT: 'line-comment',
  ID: 'word',
  QUANTITY: 'value',
  NUMBER: 'value',
  PERCENTILE: 'value',
  STRING: 'value',
  '?': 'value',
};

export function piecesOf({ tokens, hidden }: Pick<LexerResult, 'tokens' | 'hidden'>): Piece[] {
  return [...tokens, ...hidden].map(pieceOf).sort((a, b) => a.start - b.start);
}

/** Blanks at the end of a line comment belong to what follows it. */
function pieceOf({ tokenType, image: written, startOffset: start }: Token): Piece {
  const kind = kinds[tokenType.name] ?? (/^\w/.test(written) ? 'word' : 'sign');
  const image = kind === 'line-comment' ? written.trimEnd() : written;
  return { kind, image, start, end: start + image.length };
}

export function isComment(piece: Piece | undefined): boolean {
  return piece?.kind === 'comment' || piece?.kind === 'line-comment';
}

export function isHardKeyword(piece: Piece | undefined): boolean {
  return piece?.kind === 'word' && hardKeywords.has(piece.image);
}

export function isSign(piece: Piece | undefined, ...images: readonly string[]): boolean {
  return piece?.kind === 'sign' && images.includes(piece.image);
}
