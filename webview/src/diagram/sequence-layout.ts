/**
 * A sequence diagram, laid out: rows come from the order of the text, columns from the widths of what stands between
 * lifelines. No layout engine: the order is the layout.
 */
import type { ElementId, Interaction } from '@pollux/engine/model';
import type { Box, Point } from './geometry.ts';
import { metrics } from './metrics.ts';
import type { NameOf } from './names.ts';
import { columnsOf, frameReach, headSize } from './sequence-columns.ts';
import { type ArrowKind, type FrameRow, isOpenEnded } from './sequence-row.ts';
import { sequenceRows } from './sequence-rows.ts';
import type { MeasureText } from './text.ts';

export interface SequenceLayout {
  readonly element: ElementId;
  readonly kind: 'interaction';
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly lifelines: readonly PlacedLifeline[];
  readonly bars: readonly { readonly element: ElementId; readonly box: Box }[];
  readonly arrows: readonly PlacedArrow[];
  readonly frames: readonly PlacedFrame[];
  readonly constraints: readonly PlacedConstraint[];
  readonly notes: readonly { readonly element: ElementId; readonly at: Point; readonly text: string }[];
}

export interface PlacedLifeline {
  readonly element: ElementId;
  readonly name: string;
  /** `: Orders`; empty for an actor. */
  readonly type: string;
  readonly actor: boolean;
  readonly head: Box;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  /** Until here the line is a ghost: it is not certain yet that the instance exists. */
  readonly ghostUntil: number;
  /** The instance ends at the bottom. */
  readonly ends: boolean;
}

export interface PlacedArrow {
  readonly element: ElementId;
  readonly kind: ArrowKind;
  readonly points: readonly Point[];
  readonly text: string;
  readonly textAt: Point;
}

export interface PlacedFrame {
  readonly element: ElementId;
  readonly keyword: string;
  readonly tab: Box;
  readonly box: Box;
  /** What an interaction use refers to; empty for other frames. */
  readonly text: string;
  readonly operands: readonly {
    readonly element: ElementId;
    readonly guard: string;
    readonly guardAt: Point;
    /** Height of the border above; null for the first. */
    readonly border: number | null;
    readonly box: Box;
  }[];
}

export interface PlacedConstraint {
  readonly element: ElementId;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly text: string;
}

const { bar, head, tab, actor, margin } = metrics.sequence;
/** Half the width of a self message's loop. */
const loop = { width: 26, height: 14 } as const;
/** What an arrow that ends nowhere is longer than its text. */
const openEnd = 26;

/** Argument lists shorten where the diagram with its margin, or at least the diagram, fits into the room only so. */
export function layOutSequence(
  interaction: Interaction,
  nameOf: NameOf,
  measure: MeasureText,
  room = Number.POSITIVE_INFINITY,
  others: readonly Interaction[] = [],
): SequenceLayout {
  const whole = layOut(interaction, nameOf, measure, false, others);
  if (whole.width + margin <= room) return whole;
  const brief = layOut(interaction, nameOf, measure, true, others);
  return brief.width + margin > room && whole.width <= room ? whole : brief;
}

function layOut(
  interaction: Interaction,
  nameOf: NameOf,
  measure: MeasureText,
  brief: boolean,
  others: readonly Interaction[],
): SequenceLayout {
  const top = 8;
  const rows = sequenceRows(interaction, nameOf, top + head, brief, others);
  const columns = columnsOf(interaction, rows, nameOf, measure);
  const xOf = (column: number): number => columns.x[column] ?? 0;
  const edgeOf = (column: number, depth: number, side: 1 | -1): number =>
    depth < 0 ? xOf(column) : xOf(column) + (depth * bar) / 2 + (side * bar) / 2;

  const lifelines = interaction.lifelines.map((lifeline, column): PlacedLifeline => {
    const size = headSize(lifeline, nameOf, measure);
    const isActor = lifeline.represents.kind === 'actor';
    const centre = rows.created.get(column) ?? top + head / 2;
    const box = { x: xOf(column) - size.width / 2, y: centre - head / 2, width: size.width, height: head };
    const uncertain = rows.created.has(column) ? 0 : (rows.uncertain.get(column) ?? 0);
    return {
      element: lifeline.id,
      name: size.name,
      type: size.type,
      actor: isActor,
      head: box,
      x: xOf(column),
      top: box.y + head + (isActor ? actor.height - head + 18 : 0),
      bottom: rows.destroyed.get(column) ?? rows.bottom,
      ghostUntil: uncertain,
      ends: rows.destroyed.has(column),
    };
  });

  const arrows = rows.arrows.map((arrow): PlacedArrow => {
    const { element, kind, y, text } = arrow;
    if (isOpenEnded(kind)) {
      const leaves = kind === 'lost' || kind === 'out';
      const length = measure(text, 'label') + openEnd;
      const own = edgeOf(arrow.to, leaves ? arrow.fromDepth : arrow.toDepth, leaves ? 1 : -1);
      const [start, end] = leaves ? [own, own + length] : [own - length, own];
      const points = [
        { x: start, y },
        { x: end, y },
      ];
      return { element, kind, points, text, textAt: { x: start + (leaves ? 6 : 12), y: y - metrics.above } };
    }
    if (arrow.from === arrow.to) {
      const x = edgeOf(arrow.from, arrow.fromDepth, 1);
      const end = edgeOf(arrow.to, arrow.toDepth, 1);
      const points = [
        { x, y: y - loop.height },
        { x: end + loop.width, y: y - loop.height },
        { x: end + loop.width, y },
        { x: end, y },
      ];
      return { element, kind, points, text, textAt: { x: end + loop.width + 6, y: y - loop.height / 2 + 4 } };
    }
    const right = arrow.from < arrow.to;
    const from = edgeOf(arrow.from, arrow.fromDepth, right ? 1 : -1);
    const headEdge = lifelines[arrow.to]?.head;
    const to =
      kind === 'create' && headEdge !== undefined
        ? right
          ? headEdge.x
          : headEdge.x + headEdge.width
        : edgeOf(arrow.to, arrow.toDepth, right ? -1 : 1);
    const textAt = { x: (right ? from : to) + (right ? 6 : 10), y: y - metrics.above };
    return {
      element,
      kind,
      points: [
        { x: from, y },
        { x: to, y },
      ],
      text,
      textAt,
    };
  });

  const frames: PlacedFrame[] = [];
  const place = (frame: FrameRow): void => {
    const reach = frameReach(frame, measure, columns.halfHeads);
    const left = xOf(frame.columns.first) - reach.left;
    const right = xOf(frame.columns.last) + reach.right;
    const box = { x: left, y: frame.top, width: right - left, height: frame.bottom - frame.top };
    const guardX = xOf(frame.owner) + bar / 2 + 6;
    frames.push({
      element: frame.element,
      keyword: frame.keyword,
      tab: { x: left, y: frame.top, width: reach.tab, height: tab },
      box,
      text: frame.text,
      operands: frame.operands.map((operand, index) => {
        const next = frame.operands[index + 1]?.top ?? frame.bottom;
        return {
          element: operand.element,
          guard: operand.guard,
          guardAt: { x: guardX, y: operand.top + 13 },
          border: index === 0 ? null : operand.top,
          box: { x: left, y: operand.top, width: right - left, height: next - operand.top },
        };
      }),
    });
    frame.inner.forEach(place);
  };
  rows.frames.forEach(place);

  const bars = rows.bars.map(({ element, column, depth, top: y, bottom }) => ({
    element,
    box: { x: edgeOf(column, depth, -1), y, width: bar, height: bottom - y },
  }));
  const constraints = rows.constraints.map(({ element, column, text, top: from, bottom }) => ({
    element,
    x: xOf(column) - columns.constraintAt(column),
    top: from,
    bottom,
    text,
  }));
  const notes = rows.notes.map(({ element, column, y, text }) => ({
    element,
    at: { x: xOf(column) + bar / 2 + 6, y },
    text,
  }));
  const right = Math.max(columns.width, ...frames.map((frame) => frame.box.x + frame.box.width));
  return {
    element: interaction.id,
    kind: 'interaction',
    name: interaction.name,
    width: right,
    height: rows.bottom,
    lifelines,
    bars,
    arrows,
    frames,
    constraints,
    notes,
  };
}
