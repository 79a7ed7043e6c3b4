/** What stands in the rows of a sequence diagram: heights are known, columns are still numbers of lifelines. */
import type { ElementId } from '@pollux/engine/model';

/** One end of the last four is no lifeline: nobody knows who receives or sends, or it is a broker without a lifeline. */
export type ArrowKind = 'synchronous' | 'asynchronous' | 'reply' | 'create' | 'lost' | 'found' | 'out' | 'in';

/** Only one end stands on a lifeline; `from` and `to` are both that one. */
export function isOpenEnded(kind: ArrowKind): boolean {
  return kind === 'lost' || kind === 'found' || kind === 'out' || kind === 'in';
}

export interface ArrowRow {
  readonly element: ElementId;
  readonly kind: ArrowKind;
  readonly from: number;
  readonly to: number;
  /** How many bars lie beneath at either end: each shifts the end by half a bar; −1 where there is none. */
  readonly fromDepth: number;
  readonly toDepth: number;
  readonly y: number;
  readonly text: string;
}

export interface BarRow {
  readonly element: ElementId;
  readonly column: number;
  readonly depth: number;
  readonly top: number;
  readonly bottom: number;
}

export interface FrameRow {
  readonly element: ElementId;
  readonly keyword: string;
  readonly owner: number;
  readonly top: number;
  readonly bottom: number;
  readonly columns: { readonly first: number; readonly last: number };
  readonly operands: readonly { readonly element: ElementId; readonly guard: string; readonly top: number }[];
  /** In the middle: what an interaction use refers to. */
  readonly text: string;
  readonly inner: readonly FrameRow[];
}

export interface ConstraintRow {
  readonly element: ElementId;
  readonly column: number;
  readonly text: string;
  readonly top: number;
  readonly bottom: number;
}

/** Actions and invariants, beside the bar of their lifeline. */
export interface NoteRow {
  readonly element: ElementId;
  readonly column: number;
  readonly y: number;
  readonly text: string;
}

export interface SequenceRows {
  readonly arrows: readonly ArrowRow[];
  readonly bars: readonly BarRow[];
  readonly frames: readonly FrameRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly notes: readonly NoteRow[];
  /** Column → centre of the head that its first message creates. */
  readonly created: ReadonlyMap<number, number>;
  /** Column → where the instance ends. */
  readonly destroyed: ReadonlyMap<number, number>;
  /** Column → height of the first message that may create it, where several may. */
  readonly uncertain: ReadonlyMap<number, number>;
  readonly bottom: number;
}
