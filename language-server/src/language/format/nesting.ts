/** How deep a line stands: by the brackets around it, one step more where it goes on with the line above. Knows no rule of the grammar. */
import { isComment, isHardKeyword, isSign, type Piece } from './pieces.ts';

const step = 2;

/** At an end of a line they say that its statement goes on. */
const infix = new Set([
  ...['->', '->>', '--', '=', '+=', '-=', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', ':', '.', '..'],
  ...['and', 'or', 'implies', 'mod', 'then'],
]);

const operationClauses = new Set(['takes', 'delays', 'fails', 'returns', 'method', 'priority']);

export class Nesting {
  private readonly text: string;
  private readonly pieces: readonly Piece[];
  /** What opened the brackets around; `list` for braces with commas between their members, `fork` for a fork's. */
  private readonly open: string[] = [];
  private statement = '';
  private lastCode: Piece | undefined;

  constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.pieces = pieces;
  }

  get isInParentheses(): boolean {
    return this.open.at(-1) === '(';
  }

  enter(index: number): void {
    const piece = this.pieces[index] as Piece;
    if (isComment(piece)) return;
    if (isSign(piece, '(', '[', '{')) {
      this.open.push(piece.image === '{' ? kindOfBraces(this.pieces[index - 2]?.image) : piece.image);
    } else if (isSign(piece, ')', ']', '}')) this.open.pop();
    this.lastCode = piece;
  }

  /** Of the line that begins with a piece. */
  indentation(index: number): number {
    let closing = 0;
    while (this.closes(index + closing) && (closing === 0 || !this.beginsLine(index + closing))) closing++;
    const goesOn = closing === 0 && this.goesOn(index);
    if (!goesOn) this.statement = this.pieces[index]?.image ?? '';
    return step * (Math.max(0, this.open.length - closing) + (goesOn ? 1 : 0));
  }

  private closes(index: number): boolean {
    return isSign(this.pieces[index], '}', ')', ']');
  }

  private beginsLine(index: number): boolean {
    return /[\r\n]/.test(this.text.slice(this.pieces[index - 1]?.end, this.pieces[index]?.start));
  }

  private goesOn(index: number): boolean {
    const inner = this.open.at(-1);
    const [first, second] = [this.pieces[index] as Piece, this.pieces[index + 1]];
    if (inner === '(' || inner === '[' || isComment(first) || isSign(first, '{')) return false;
    if (isSign(this.lastCode, ',')) return inner !== 'list';
    if (inner === 'fork' && isSign(first, '->', '/')) return false;
    if (first.kind === 'word' && !isHardKeyword(first))
      return (this.statement === 'operation' && operationClauses.has(first.image)) || this.endsOpen();
    return this.endsOpen() || (infix.has(first.image) && !isSign(second, '{'));
  }

  private endsOpen(): boolean {
    return this.lastCode !== undefined && infix.has(this.lastCode.image);
  }
}

function kindOfBraces(word: string | undefined): string {
  if (word === 'enum' || word === 'data') return 'list';
  return word === 'fork' ? 'fork' : '{';
}
