/**
 * Figures on a sequence diagram: shares beside guards, and in the margin one axis on which every message's observed
 * latency stands against its prediction.
 */
import type { ElementId } from '@pollux/engine/model';
import { formatCount, formatFigure, formatSeconds, formatShare } from '@pollux/engine/numeric';
import type { Divergence } from '@pollux/engine/twin';
import type { Box, Point } from '../diagram/geometry.ts';
import { metrics } from '../diagram/metrics.ts';
import type { PlacedArrow, SequenceLayout } from '../diagram/sequence-layout.ts';
import { type MeasureText, textBox } from '../diagram/text.ts';
import { badgeBox, badgeGroup, freePlace } from './badge.ts';
import type { Group, Mark } from './mark.ts';
import type { ElementFigures, Overlay } from './overlay.ts';
import { plateOf } from './sequence-notation.ts';

/** Offsets from the margin's left border. */
const axis = { half: 26, eight: 130 } as const;
const columns = { observed: 192, predicted: 256 } as const;
const simulatedColumns = { p50: 84, p95: 156 } as const;
const gap = metrics.sequence.margin - columns.predicted - 16;
const ticks = [0.5, 1, 2, 4, 8] as const;

/** Kinds whose place is the margin, not the line. */
const inMargin: ReadonlySet<string> = new Set(['latency', 'expectation-breached', 'constraint-violated']);

/** Width that the margin adds; zero where no message has a figure, or no room is left for it. */
export function marginWidth(layout: SequenceLayout, overlay: Overlay, room: number): number {
  if (!layout.arrows.some((arrow) => overlay.figures.get(arrow.element)?.p95 !== undefined)) return 0;
  const width = gap + 16 + (overlay.mode === 'live' ? columns.predicted : simulatedColumns.p95);
  return layout.width + width <= room ? width : 0;
}

export function sequenceOverlay(
  layout: SequenceLayout,
  overlay: Overlay,
  measure: MeasureText,
  room: number,
): readonly Group[] {
  const groups: Group[] = [];
  const look = overlay.stale ? 'ink3' : 'obs';
  for (const frame of layout.frames) {
    for (const operand of frame.operands) {
      const share = overlay.figures.get(operand.element)?.share;
      if (share === undefined) continue;
      const width = operand.guard === '' ? 0 : measure(operand.guard, 'label') + 8;
      const text: Mark = {
        kind: 'text',
        at: { x: operand.guardAt.x + width, y: operand.guardAt.y },
        text: formatShare(share),
        style: 'figure',
        look,
      };
      groups.push({
        key: `figures/${operand.element}`,
        layer: 'over',
        element: operand.element,
        marks: [plateOf(text, measure), text],
      });
    }
  }
  for (const { element, x, top, bottom } of layout.constraints) {
    const p95 = overlay.figures.get(element)?.p95;
    if (p95 === undefined) continue;
    const at = { x, y: (top + bottom) / 2 + 15 };
    const text: Mark = { kind: 'text', at, text: `p95 ${formatSeconds(p95)}`, style: 'figure', look, anchor: 'middle' };
    groups.push({ key: `figures/${element}/within`, layer: 'over', element, marks: [plateOf(text, measure), text] });
  }
  const calls = layout.arrows.filter((arrow) => arrow.kind !== 'reply');
  const hasMargin = marginWidth(layout, overlay, room) > 0;
  if (hasMargin) groups.push(...margin(layout, calls, overlay, look));
  const below = hasMargin ? [] : calls.flatMap((arrow) => figureBelow(arrow, overlay, look, measure) ?? []);
  groups.push(...below.map(({ group }) => group));
  const taken = below.map(({ box }) => box);
  for (const arrow of calls) groups.push(...messageBadge(arrow, layout, overlay, measure, hasMargin, taken));
  return groups;
}

/** Without a margin: the number only, below its message, at the head. */
function figureBelow(
  arrow: PlacedArrow,
  overlay: Overlay,
  look: string,
  measure: MeasureText,
): { readonly box: Box; readonly group: Group } | null {
  const p95 = overlay.figures.get(arrow.element)?.p95;
  const [from, to] = [arrow.points[0], arrow.points[arrow.points.length - 1]];
  if (p95 === undefined || from === undefined || to === undefined) return null;
  const anchor = to.x >= from.x ? 'end' : 'start';
  const alert = overlay.divergences.get(arrow.element)?.some((each) => inMargin.has(each.kind)) === true;
  const at = { x: to.x + (anchor === 'end' ? -12 : 12), y: to.y + 10 };
  const text = formatSeconds(p95);
  const { x, width } = textBox(text, at, 'figure', anchor, measure);
  // Rows may follow closely: the ground is no higher than the text.
  const box = { x: x - 2, y: to.y + 1, width: width + 4, height: 12 };
  const marks: Mark[] = [
    { kind: 'box', box, look: 'plate' },
    { kind: 'text', at, text, style: 'figure', look: alert ? 'alert' : look, anchor },
  ];
  return { box, group: { key: `figures/${arrow.element}`, layer: 'over', element: arrow.element, marks } };
}

function margin(
  layout: SequenceLayout,
  calls: readonly PlacedArrow[],
  overlay: Overlay,
  look: string,
): readonly Group[] {
  const left = layout.width + gap;
  const groups: Group[] = [
    { key: 'margin', layer: 'ink', element: null, marks: frameMarks(layout, left, overlay, look) },
  ];
  const shown = new Set<ElementId>();
  for (const arrow of calls) {
    const figures = overlay.figures.get(arrow.element);
    const divergence = (overlay.divergences.get(arrow.element) ?? []).find((each) => inMargin.has(each.kind));
    if (shown.has(arrow.element) || (!hasLatency(figures) && divergence === undefined)) continue;
    shown.add(arrow.element);
    const y = arrow.points[arrow.points.length - 1]?.y ?? 0;
    const marks =
      overlay.mode === 'live'
        ? liveRow(left, y, figures ?? {}, divergence, look)
        : simulatedRow(left, y, figures ?? {}, look);
    const base = { key: `margin/${arrow.element}`, layer: 'over', element: arrow.element } as const;
    groups.push(
      divergence === undefined ? { ...base, marks } : alertRow(base, divergence, layout, arrow, left, y, marks),
    );
  }
  return groups;
}

/** A signal takes no time, predicted or observed: there is nothing to compare. */
function hasLatency(figures: ElementFigures | undefined): boolean {
  return figures?.p95 !== undefined || (figures?.predicted?.p95 ?? 0) > 0;
}

function frameMarks(layout: SequenceLayout, left: number, overlay: Overlay, look: string): readonly Mark[] {
  const text = (content: string, x: number, y: number, textLook: string, anchor: 'start' | 'middle' | 'end'): Mark => ({
    kind: 'text',
    at: { x: left + x, y },
    text: content,
    style: 'figure',
    look: textLook,
    anchor,
  });
  const upright = (x: number, top: number, markLook: string): Mark => ({
    kind: 'line',
    points: [
      { x: left + x, y: top },
      { x: left + x, y: layout.height },
    ],
    look: markLook,
  });
  const marks: Mark[] = [upright(0, 8, 'hair')];
  if (overlay.mode === 'simulated') {
    marks.push(text('p50', simulatedColumns.p50, 24, look, 'end'), text('p95', simulatedColumns.p95, 24, look, 'end'));
    return marks;
  }
  if (overlay.tolerance !== null) {
    const from = left + axisAt(1 / (1 + overlay.tolerance));
    const to = left + axisAt(1 + overlay.tolerance);
    marks.push({ kind: 'box', box: { x: from, y: 52, width: to - from, height: layout.height - 52 }, look: 'band' });
  }
  for (const tick of ticks) {
    marks.push(upright(axisAt(tick), 52, tick === 1 ? 'axis' : 'hair'));
    marks.push(text(tick === 0.5 ? '½' : String(tick), axisAt(tick), 44, tick === 1 ? 'ink1' : 'ink3', 'middle'));
  }
  marks.push(
    text('observed / predicted', 12, 24, 'ink1', 'start'),
    text('p95', columns.observed, 24, look, 'end'),
    text('predicted', columns.predicted, 24, 'ink2', 'end'),
  );
  return marks;
}

/** Logarithmic to the base 2, from ½ to 8; what lies outside stands at the end. */
function axisAt(ratio: number): number {
  const share = (Math.log2(Math.min(8, Math.max(0.5, ratio))) + 1) / 4;
  return axis.half + share * (axis.eight - axis.half);
}

function liveRow(
  left: number,
  y: number,
  figures: ElementFigures,
  alert: Divergence | undefined,
  look: string,
): readonly Mark[] {
  const marks: Mark[] = [];
  const end = (x: number, text: string, textLook: string, style: 'figure' | 'strong'): void => {
    marks.push({ kind: 'text', at: { x: left + x, y: y + 4 }, text, style, look: textLook, anchor: 'end' });
  };
  const { p95, predicted } = figures;
  if (p95 !== undefined && predicted !== undefined && predicted.p95 > 0) {
    const x = left + axisAt(p95 / predicted.p95);
    if (alert === undefined)
      marks.push({ kind: 'circle', centre: { x, y }, r: 3.2, look: look === 'obs' ? 'dot' : 'dot old' });
    else {
      marks.push({
        kind: 'line',
        points: [
          { x: left + axisAt(1), y },
          { x, y },
        ],
        look: 'alert-line',
      });
      marks.push({ kind: 'line', points: diamond({ x, y }), closed: true, look: 'alert-fill' });
    }
  }
  if (p95 !== undefined)
    end(
      columns.observed,
      formatSeconds(p95),
      alert === undefined ? look : 'alert',
      alert === undefined ? 'figure' : 'strong',
    );
  else if (figures.total === 0) end(columns.observed, 'none seen', 'ink2', 'figure');
  if (predicted !== undefined) end(columns.predicted, formatSeconds(predicted.p95), 'ink2', 'figure');
  return marks;
}

function simulatedRow(left: number, y: number, figures: ElementFigures, look: string): readonly Mark[] {
  const end = (x: number, value: number | undefined): Mark[] =>
    value === undefined
      ? []
      : [
          {
            kind: 'text',
            at: { x: left + x, y: y + 4 },
            text: formatSeconds(value),
            style: 'figure',
            look,
            anchor: 'end',
          },
        ];
  return [...end(simulatedColumns.p50, figures.p50), ...end(simulatedColumns.p95, figures.p95)];
}

/** The tinted row of a contradiction, led to from its message by a dotted line. */
function alertRow(
  base: Pick<Group, 'key' | 'layer' | 'element'>,
  divergence: Divergence,
  layout: SequenceLayout,
  arrow: PlacedArrow,
  left: number,
  y: number,
  marks: readonly Mark[],
): Group {
  const box = { x: left + 1, y: y - 12, width: columns.predicted + 14, height: 33 };
  const ends = arrow.points.map((point) => point.x);
  const lead: Mark = {
    kind: 'line',
    points: [
      { x: Math.max(...ends) + 12, y },
      { x: left, y },
    ],
    look: 'alert-dots',
  };
  const at = { x: left + columns.predicted, y: y + 17 };
  const note: Mark = { kind: 'text', at, text: alertNote(divergence), style: 'figure', look: 'alert', anchor: 'end' };
  const reach = Math.max(...ends) + 12 < layout.width ? [lead] : [];
  return {
    ...base,
    sentence: divergence.message,
    ring: box,
    divergence: divergence.id,
    marks: [{ kind: 'box', box, look: 'plate alert-tint' }, ...reach, ...marks, note],
  };
}

function alertNote({ count, of, evidence }: Divergence): string {
  const of2 = (name: string): number | undefined => evidence.figures.find((each) => each.name.startsWith(name))?.value;
  const observed = of2('observed');
  const predicted = of2('predicted');
  if (observed !== undefined && predicted !== undefined && predicted > 0)
    return `${formatFigure(observed / predicted)} times predicted`;
  return `${formatCount(count)} of ${formatCount(of)}`;
}

function messageBadge(
  arrow: PlacedArrow,
  layout: SequenceLayout,
  overlay: Overlay,
  measure: MeasureText,
  hasMargin: boolean,
  taken: readonly Box[],
): readonly Group[] {
  const all = overlay.divergences.get(arrow.element) ?? [];
  const divergences = hasMargin ? all.filter((each) => !inMargin.has(each.kind)) : all;
  const from = arrow.points[0];
  const to = arrow.points[arrow.points.length - 1];
  if (divergences.length === 0 || from === undefined || to === undefined) return [];
  const width = badgeBox(divergences, to, measure).width;
  const back = to.x > from.x ? -1 : 1;
  const candidates: Point[] = [
    { x: to.x + back * (width / 2 + 11), y: to.y },
    { x: to.x - back * (width / 2 + 16), y: to.y },
    { x: (from.x + to.x) / 2, y: to.y },
  ];
  const labels = layout.arrows
    .filter((each) => each.text !== '')
    .map((each) => textBox(each.text, each.textAt, 'label', 'start', measure));
  const others = layout.arrows.filter((each) => each !== arrow).map((each) => each.points);
  const at = freePlace(divergences, candidates, [...labels, ...taken], others, measure);
  return at === null ? [] : [badgeGroup(divergences, at, measure)];
}

function diamond({ x, y }: Point): readonly Point[] {
  return [
    { x, y: y - 5.5 },
    { x: x + 5.5, y },
    { x, y: y + 5.5 },
    { x: x - 5.5, y },
  ];
}
