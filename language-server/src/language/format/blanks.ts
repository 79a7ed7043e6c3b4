/**
 * How many blanks stand between two pieces of one line. Runs of blanks are the author's columns and stay, but for places where
 * nobody aligns. Knows pieces, no rule of the grammar.
 */
import { isComment, isHardKeyword, isSign, type Piece } from './pieces.ts';

/** What stands around a gap. */
interface Gap {
  readonly written: number;
  readonly before: Piece | undefined;
  readonly left: Piece;
  readonly right: Piece;
  readonly after: Piece | undefined;
  readonly isInParentheses: boolean;
}

const spaced = new Set(['->', '->>', '--', '=', '+=', '-=', '==', '!=', '<', '<=', '>', '>=', '+', '/']);

export function blanksIn(gap: Gap): number {
  const { left, right, written } = gap;
  if (isComment(left) || isComment(right)) return written;
  if (isSign(right, ',', ')', ']') || isSign(left, '(', '[')) return 0;
  if (isSign(left, '{') && isSign(right, '}')) return Math.min(1, written);
  if (isSign(left, '.', '..', '*', '-') || isSign(right, '.', '..', '*', '-')) return aroundSign(gap);
  if (isSign(right, ':')) return gap.isInParentheses && written === 1 ? 0 : written;
  if (left.kind === 'sign' && spaced.has(left.image)) return 1;
  if (isSign(left, '{')) return 1;
  return needsBlank(gap) ? Math.max(1, written) : written;
}

function needsBlank({ before, left, right }: Gap): boolean {
  if (isSign(left, ',', ':', '}') || isSign(right, '{', '}')) return true;
  if (right.kind === 'sign' && spaced.has(right.image)) return true;
  if (isOperand(right)) return isOperand(left) || isSign(left, ')', ']');
  if (isSign(right, '('))
    return isHardKeyword(left) || (/^(when|while)$/.test(left.image) && !isSign(before, '.', ':'));
  if (isSign(right, '['))
    return left.kind === 'value' || isHardKeyword(left) || isSign(left, ')') || takesGuard(before, left);
  return false;
}

/** A guard stands behind it, not a key or a multiplicity. */
function takesGuard(before: Piece | undefined, left: Piece): boolean {
  return (
    before?.image === 'on' || (/^(alt|opt|loop|break)$/.test(left.image) && !isSign(before, '.', ':', '->', '->>'))
  );
}

/** Signs that are glued in some places and spaced in others. */
function aroundSign(gap: Gap): number {
  const { before, left, right, after, written } = gap;
  if (written === 0 && isPartOfDate(gap)) return 0;
  if (isSign(left, '..') || isSign(right, '..')) return written;
  if (isSign(right, '.')) return endsOperand(left) && after?.kind === 'word' ? 0 : written;
  if (isSign(left, '.')) return before !== undefined && endsOperand(before) && right.kind === 'word' ? 0 : written;
  if (isSign(right, '*')) return isSign(left, ',') || endsValue(left) ? Math.max(1, written) : written;
  if (isSign(left, '*')) return endsValue(before) ? 1 : written;
  if (isSign(right, '-'))
    return needsBlank({ ...gap, right: { ...right, image: '+' } }) ? Math.max(1, written) : written;
  return isMinus(gap) ? 1 : written;
}

/** `2026-11-20`, glued as dates are. */
function isPartOfDate({ before, left, right, after }: Gap): boolean {
  const [first, second] = isSign(right, '-') ? [left, after] : isSign(left, '-') ? [before, right] : [];
  return /^(\d{4}|\d\d)$/.test(first?.image ?? '') && /^\d\d$/.test(second?.image ?? '');
}

/** Is the `-` on the left a difference? Behind a word that could be a keyword, the author's blanks decide. */
function isMinus({ before, left, written }: Gap): boolean {
  if (before === undefined || isHardKeyword(before) || !endsValue(before)) return false;
  return before.kind !== 'word' || written > 0 || before.end === left.start;
}

function isOperand(piece: Piece | undefined): boolean {
  return piece?.kind === 'word' || piece?.kind === 'value';
}

function endsValue(piece: Piece | undefined): boolean {
  return isOperand(piece) || isSign(piece, ')', ']');
}

/** A number would swallow the dot behind it. */
function endsOperand(piece: Piece): boolean {
  return piece.kind === 'word' || isSign(piece, ')', ']');
}
