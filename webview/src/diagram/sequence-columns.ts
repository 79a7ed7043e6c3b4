/**
 * Second half of a sequence diagram's layout: where the lifelines stand. Everything between two lifelines asks for a
 * distance; each lifeline stands as far left as all of them allow.
 */
import type { Interaction, Lifeline } from '@pollux/engine/model';
import { metrics } from './metrics.ts';
import type { NameOf } from './names.ts';
import type { FrameRow, SequenceRows } from './sequence-row.ts';
import type { MeasureText } from './text.ts';

export interface Columns {
  readonly x: readonly number[];
  readonly width: number;
  /** How far left of its lifeline a duration constraint stands. */
  constraintAt(column: number): number;
  /** Half the width of the heads that are created inside the rows. */
  readonly halfHeads: ReadonlyMap<number, number>;
}

/** Room behind a guard for the observed share. */
const shareRoom = 56;
/** Room in a message's line for an arrow head and a badge. */
const headRoom = 22;
/** What a constraint's figures may need. */
const widestFigure = 'p95 888 ms';

const { bar, nesting } = metrics.sequence;

export function headSize(
  lifeline: Lifeline,
  nameOf: NameOf,
  measure: MeasureText,
): { readonly name: string; readonly type: string; readonly width: number } {
  const { represents, name } = lifeline;
  if (represents.kind === 'actor') return { name, type: '', width: Math.max(40, measure(name, 'label')) };
  const type = `: ${nameOf(represents.kind === 'component' ? represents.component : represents.machine)}`;
  return { name, type, width: Math.max(56, measure(name, 'label') + 20, measure(type, 'label') + 20) };
}

/** How far a frame reaches beyond its first and last lifeline, and how wide its tab is. */
export function frameReach(
  frame: FrameRow,
  measure: MeasureText,
  halfHeads: ReadonlyMap<number, number>,
): { readonly left: number; readonly right: number; readonly tab: number } {
  const tab = Math.ceil(measure(frame.keyword, 'tab')) + 14;
  const { first, last } = frame.columns;
  const guards = Math.max(
    0,
    ...frame.operands.map((operand) => (operand.guard === '' ? 0 : measure(operand.guard, 'label'))),
  );
  let left = bar / 2 + 5 + tab;
  let right = Math.max(bar / 2 + 14, (halfHeads.get(last) ?? 0) + 10);
  if (frame.text !== '' && first === last) right = Math.max(right, measure(frame.text, 'label') - left + tab + 24);
  if (frame.owner === last && guards > 0) right = Math.max(right, bar / 2 + guards + shareRoom);
  for (const inner of frame.inner) {
    const reach = frameReach(inner, measure, halfHeads);
    if (inner.columns.first === first) left = Math.max(left, reach.left + nesting);
    if (inner.columns.last === last) right = Math.max(right, reach.right + nesting);
  }
  return { left, right, tab };
}

export function columnsOf(interaction: Interaction, rows: SequenceRows, nameOf: NameOf, measure: MeasureText): Columns {
  const { lifelines } = interaction;
  const heads = lifelines.map((lifeline) => headSize(lifeline, nameOf, measure).width);
  const halfHeads = new Map([...rows.created.keys()].map((column) => [column, (heads[column] ?? 0) / 2]));
  const asked: { readonly from: number; readonly to: number; readonly distance: number }[] = [];
  let leftRoom = (heads[0] ?? 0) / 2 + 8;
  const rightRoom = lifelines.map((_, column) => (heads[column] ?? 0) / 2 + 8);
  const ask = (from: number, to: number, distance: number): void => {
    if (from < 0) leftRoom = Math.max(leftRoom, distance);
    else if (to >= lifelines.length) rightRoom[from] = Math.max(rightRoom[from] ?? 0, distance);
    else if (from < to) asked.push({ from, to, distance });
  };

  for (let column = 1; column < lifelines.length; column++) {
    ask(column - 1, column, ((heads[column - 1] ?? 0) + (heads[column] ?? 0)) / 2 + 14);
  }
  for (const { from, to, text, kind } of rows.arrows) {
    const width = measure(text, 'label');
    if (kind === 'found' || kind === 'in') ask(from - 1, from, width + bar + 2 * headRoom);
    else if (from === to) ask(from, from + 1, width + 56);
    else {
      const created = kind === 'create' ? (halfHeads.get(to) ?? 0) : 0;
      ask(Math.min(from, to), Math.max(from, to), width + bar + headRoom + created);
    }
  }
  for (const { column, text } of rows.notes) ask(column, column + 1, measure(text, 'label') + bar + 14);
  const askFor = (frame: FrameRow): void => {
    const { first, last } = frame.columns;
    const reach = frameReach(frame, measure, halfHeads);
    ask(first - 1, first, reach.left + bar / 2 + 8);
    ask(last, last + 1, reach.right + bar / 2 + 8);
    if (frame.text !== '') ask(first, last, measure(frame.text, 'label') + 2 * reach.tab - reach.right - reach.left);
    for (const operand of frame.operands) {
      if (operand.guard === '') continue;
      ask(frame.owner, last, measure(operand.guard, 'label') + shareRoom + bar - reach.right);
    }
    frame.inner.forEach(askFor);
  };
  rows.frames.forEach(askFor);

  const constraintAt = (column: number): number => {
    const texts = rows.constraints.filter((each) => each.column === column).map((each) => measure(each.text, 'label'));
    const half = Math.max(measure(widestFigure, 'figure'), ...texts) / 2;
    const frames = [...everyFrame(rows.frames)].filter((frame) => frame.columns.first === column);
    const reach = Math.max(bar / 2, ...frames.map((frame) => frameReach(frame, measure, halfHeads).left));
    return reach + half + 8;
  };
  for (const { column, text } of rows.constraints) {
    const half = Math.max(measure(widestFigure, 'figure'), measure(text, 'label')) / 2;
    ask(column - 1, column, constraintAt(column) + half + 8 + bar / 2);
  }

  const x: number[] = [];
  for (let column = 0; column < lifelines.length; column++) {
    const from = asked.filter((each) => each.to === column).map((each) => (x[each.from] ?? 0) + each.distance);
    x.push(Math.ceil(Math.max(column === 0 ? leftRoom : 0, ...from)));
  }
  const width = Math.max(0, ...x.map((each, column) => each + (rightRoom[column] ?? 0)));
  return { x, width, constraintAt, halfHeads };
}

function* everyFrame(frames: readonly FrameRow[]): Generator<FrameRow> {
  for (const frame of frames) {
    yield frame;
    yield* everyFrame(frame.inner);
  }
}
