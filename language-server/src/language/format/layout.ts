/**
 * Lays a text out: which gaps between its pieces change, and into what. Line breaks stay where the author put them: lines are
 * indented by the brackets around them and spaced within. Knows pieces and lines, no rule of the grammar.
 */
import { blanksIn } from './blanks.ts';
import { Nesting } from './nesting.ts';
import type { Piece } from './pieces.ts';

/** Replaces what stands between two offsets; it never touches a token. */
export interface LayoutEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function layoutEdits(text: string, pieces: readonly Piece[]): LayoutEdit[] {
  return new Layout(text, pieces).run();
}

export function applyEdits(text: string, edits: readonly LayoutEdit[]): string {
  let result = '';
  let done = 0;
  for (const { start, end, text: replacement } of edits) {
    result += text.slice(done, start) + replacement;
    done = end;
  }
  return result + text.slice(done);
}

const lineBreak = /\r\n|\r|\n/g;

/** With the blanks around it. */
const commentBreak = /([^\S\r\n]*)(?:\r\n|\r|\n)([^\S\r\n]*)/g;

/** From so many blanks on, a comment behind code stands in a column of its own. */
const alignedFrom = 3;

class Layout {
  private readonly edits: LayoutEdit[] = [];
  private readonly nesting: Nesting;
  private readonly text: string;
  private readonly pieces: readonly Piece[];
  /** Where the line being laid out begins as written, and how long it has become. */
  private lineStart = 0;
  private column = 0;
  /** The comment behind the code of the line above. */
  private comment: { readonly written: number; readonly column: number } | undefined;

  constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.pieces = pieces;
    this.nesting = new Nesting(text, pieces);
  }

  run(): LayoutEdit[] {
    for (let index = 0; index <= this.pieces.length; index++) {
      this.gap(index);
      const piece = this.pieces[index];
      if (piece === undefined) continue;
      if (piece.kind === 'comment') this.insideComment(piece);
      else this.column += piece.image.length;
      this.nesting.enter(index);
    }
    return this.edits;
  }

  /** In front of a piece, or behind the last one. */
  private gap(index: number): void {
    const left = this.pieces[index - 1];
    const right = this.pieces[index];
    const start = left?.end ?? (this.text.startsWith('\uFEFF') ? 1 : 0);
    const end = right?.start ?? this.text.length;
    const breaks = [...this.text.slice(start, end).matchAll(lineBreak)];
    if (left === undefined) {
      this.replace(start, end, '');
      this.lineStart = end;
    } else if (right === undefined) {
      const first = breaks[0];
      const trailing = first === undefined ? end : start + first.index;
      this.replace(start, trailing, '');
      this.replace(trailing, end, first?.[0] ?? this.text.match(lineBreak)?.[0] ?? '\n');
    } else if (breaks.length === 0) {
      const blanks = right.kind === 'line-comment' ? this.beforeComment(left, right) : this.between(index);
      this.replace(start, end, ' '.repeat(blanks));
      this.column += blanks;
    } else {
      this.newLine(index, start, end, breaks);
    }
  }

  private between(index: number): number {
    const [left, right] = [this.pieces[index - 1] as Piece, this.pieces[index] as Piece];
    return blanksIn({
      written: right.start - left.end,
      before: this.pieces[index - 2],
      left,
      right,
      after: this.pieces[index + 1],
      isInParentheses: this.nesting.isInParentheses,
    });
  }

  private beforeComment(left: Piece, right: Piece): number {
    const written = right.start - left.end;
    const at = right.start - this.lineStart;
    const blanks = Math.max(1, written >= alignedFrom ? at - this.column : written);
    this.comment = { written: at, column: this.column + blanks };
    return blanks;
  }

  /** Three edits, so that an editor can take those of one line. */
  private newLine(index: number, start: number, end: number, breaks: readonly RegExpExecArray[]): void {
    const [first, second] = breaks as [RegExpExecArray, RegExpExecArray | undefined];
    const last = breaks.at(-1) as RegExpExecArray;
    this.lineStart = start + last.index + last[0].length;
    this.replace(start, start + first.index, '');
    this.replace(start + first.index + first[0].length, this.lineStart, second?.[0] ?? '');
    const right = this.pieces[index] as Piece;
    const above = this.comment;
    const goesOn = right.kind === 'line-comment' && second === undefined && above?.written === end - this.lineStart;
    if (!goesOn) this.comment = undefined;
    this.column = goesOn ? above.column : this.nesting.indentation(index);
    this.replace(this.lineStart, end, ' '.repeat(this.column));
  }

  /** The lines of a comment move with its first one; where all begin with stars, these stand below each other. */
  private insideComment({ image, start }: Piece): void {
    const column = this.column;
    const shift = column - (start - this.lineStart);
    const isStarred = !/[\r\n]\s*[^*\s]/.test(image);
    let end = 0;
    for (const { 0: gap, 1: trailing = '', 2: indent = '', index } of image.matchAll(commentBreak)) {
      end = index + gap.length;
      this.lineStart = start + end - indent.length;
      const isBlank = /^[\r\n]/.test(image.slice(end));
      this.column = isBlank ? 0 : isStarred ? column + 1 : Math.max(0, indent.length + shift);
      this.replace(start + index, start + index + trailing.length, '');
      this.replace(this.lineStart, start + end, ' '.repeat(this.column));
      this.comment = undefined;
    }
    this.column += image.length - end;
  }

  private replace(start: number, end: number, text: string): void {
    if (this.text.slice(start, end) !== text) this.edits.push({ start, end, text });
  }
}
