/** Figures on a deployment: busy shares of cores, rates and latencies of components, ribbons on links. */

import { formatFigure, formatRate, formatSeconds, formatShare } from '@pollux/engine/numeric';
import { type Box, boxesMeet, type Point, polylineMeetsBox } from '../diagram/geometry.ts';
import type { CubeNode } from '../diagram/graph.ts';
import { metrics } from '../diagram/metrics.ts';
import type { PlacedDiagram } from '../diagram/placed-diagram.ts';
import type { MeasureText } from '../diagram/text.ts';
import { badgeBox, badgeGroup, freePlace } from './badge.ts';
import { componentBaseline, coreCells, frontOf } from './deployment-notation.ts';
import { machineOverlay } from './machine-overlay.ts';
import type { Group, Mark } from './mark.ts';
import type { ElementFigures, Overlay } from './overlay.ts';

const shareWidth = 40;
const bar = { width: 26, height: 5 } as const;

export function deploymentOverlay(diagram: PlacedDiagram, overlay: Overlay, measure: MeasureText): readonly Group[] {
  // What ran elsewhere says nothing of this one.
  if (overlay.deployment !== undefined && overlay.deployment !== diagram.element) return [];
  const look = overlay.stale ? 'ink3' : 'obs';
  const groups: Group[] = [];
  for (const { node, box } of diagram.nodes) {
    if (node.shape === 'cube') {
      const front = frontOf(box);
      const marks = [...cubeMarks(node, front, overlay, look), ...troubleMarks(node, front, overlay, measure)];
      if (marks.length > 0) groups.push({ key: `figures/${node.id}`, layer: 'over', element: node.element, marks });
      groups.push(...bracket(node, box, diagram, overlay, measure));
      groups.push(...componentBadges(node, front, diagram, overlay, measure));
    } else if (node.shape === 'external') {
      const marks = externalMarks(overlay.figures.get(node.element), box, look);
      if (marks.length > 0) groups.push({ key: `figures/${node.id}`, layer: 'over', element: node.element, marks });
    }
  }
  return [...machineOverlay(diagram, overlay, measure), ...groups];
}

function cubeMarks(node: CubeNode, front: Box, overlay: Overlay, look: string): readonly Mark[] {
  const marks: Mark[] = [];
  const right = front.x + front.width - metrics.padding;
  const busy = overlay.figures.get(node.element)?.utilization;
  if (busy !== undefined && overlay.troubles.get(node.element)?.isDown !== true) {
    const missed = overlay.missed.has(node.element);
    for (const cell of coreCells(front, node.cores))
      marks.push({ kind: 'box', box: filled(cell, busy), look: 'bar-fill' });
    const at = { x: right, y: front.y + 19 };
    marks.push({
      kind: 'text',
      at,
      text: formatShare(busy),
      style: 'counter',
      look: missed ? 'alert' : look,
      anchor: 'end',
    });
  }
  const queue = overlay.figures.get(node.element)?.queue;
  if (queue !== undefined && node.cores !== null) {
    const at = { x: right, y: front.y + front.height - 9 };
    const text = `${formatFigure(queue)} in line`;
    // Fewer than one in a hundred looks is nobody.
    const isSome = queue >= 0.01;
    marks.push({
      kind: 'text',
      at,
      text: isSome ? text : '0 in line',
      style: 'figure',
      look: isSome ? look : 'ink3',
      anchor: 'end',
    });
  }
  for (const [index, component] of node.components.entries()) {
    const figures = overlay.figures.get(component.component);
    if (figures === undefined) continue;
    const y = componentBaseline(front, index);
    const text = (content: string, x: number): Mark => ({
      kind: 'text',
      at: { x, y },
      text: content,
      style: 'figure',
      look,
      anchor: 'end',
    });
    if (figures.rate !== undefined) marks.push(text(formatRate(figures.rate), right - 76));
    if (figures.utilization !== undefined) {
      const track = { x: right - shareWidth - bar.width, y: y - 7, ...bar };
      marks.push({ kind: 'box', box: track, look: 'track' });
      marks.push({
        kind: 'box',
        box: { ...track, width: bar.width * Math.min(1, figures.utilization) },
        look: 'bar-fill',
      });
      marks.push(text(formatShare(figures.utilization), right));
    } else if (figures.p95 !== undefined) marks.push(text(formatSeconds(figures.p95), right));
  }
  return marks;
}

/** Around what is in the way: above the cube, or below where something stands there. */
function bracket(
  node: CubeNode,
  box: Box,
  diagram: PlacedDiagram,
  { bottleneck }: Overlay,
  measure: MeasureText,
): readonly Group[] {
  if (bottleneck === null) return [];
  const component = node.components.find((each) => each.component === bottleneck.element);
  if (bottleneck.element !== node.element && component === undefined) return [];
  const what = component === undefined ? `cores of ${node.name}` : `threads of ${component.text}`;
  const text = `Bottleneck: ${what}`;
  const room = { x: box.x, width: Math.ceil(measure(text, 'strong')) + 8, height: 18 };
  const above = { ...room, y: box.y - 26 };
  const below = { ...room, y: box.y + box.height + 8 };
  const labels = diagram.edges.map(({ label }) => label.box);
  const others = diagram.nodes.filter((each) => each.node !== node).map((each) => each.box);
  const isFree = (place: Box): boolean =>
    !others.some((other) => boxesMeet(other, place)) &&
    !labels.some((label) => boxesMeet(label, place)) &&
    !diagram.edges.some(({ points }) => polylineMeetsBox(points, place));
  const place = [above, below].find(isFree);
  const isAbove = place !== below;
  const y = isAbove ? box.y - 6 : box.y + box.height + 6;
  const tick = isAbove ? 5 : -5;
  const right = box.x + box.width;
  const marks: Mark[] = [
    {
      kind: 'line',
      look: 'bracket',
      points: [
        { x: box.x, y: y + tick },
        { x: box.x, y },
        { x: right, y },
        { x: right, y: y + tick },
      ],
    },
  ];
  // Where there is no room for it the sentence below the picture says it alone.
  const at = { x: box.x, y: isAbove ? y - 6 : y + 15 };
  if (place !== undefined) marks.push({ kind: 'text', at, text, style: 'strong', look: 'alert' });
  return [{ key: `bottleneck/${node.id}`, layer: 'over', element: node.element, marks }];
}

/** What a fault does to the node, on its lower border; hatched where nothing of it works. A fault is no contradiction: it has no hue. */
function troubleMarks(node: CubeNode, front: Box, overlay: Overlay, measure: MeasureText): readonly Mark[] {
  const marks: Mark[] = [];
  const own = overlay.troubles.get(node.element);
  if (own?.isDown === true) {
    marks.push(...hatching({ ...front, y: front.y + metrics.cube.header, height: front.height - metrics.cube.header }));
    marks.push(...cross({ x: front.x + front.width - metrics.padding - 5, y: front.y + metrics.cube.header / 2 }));
  }
  if (own !== undefined) {
    const at = { x: front.x + metrics.padding, y: front.y + front.height + 4 };
    const width = Math.ceil(measure(own.text, 'strong'));
    marks.push({ kind: 'box', box: { x: at.x - 4, y: at.y - 11, width: width + 8, height: 15 }, look: 'plate' });
    marks.push({ kind: 'text', at, text: own.text, style: 'strong', look: 'ink1' });
  }
  for (const [index, component] of node.components.entries()) {
    const trouble = overlay.troubles.get(component.element);
    if (trouble === undefined) continue;
    const y = componentBaseline(front, index);
    const width = Math.ceil(measure(trouble.text, 'strong'));
    const right = front.x + front.width - metrics.padding;
    marks.push({ kind: 'box', box: { x: right - width - 4, y: y - 11, width: width + 6, height: 15 }, look: 'plate' });
    marks.push({
      kind: 'text',
      at: { x: right, y },
      text: trouble.text,
      style: 'strong',
      look: 'ink1',
      anchor: 'end',
    });
  }
  return marks;
}

function hatching({ x, y, width, height }: Box): readonly Mark[] {
  const step = 8;
  const lines: Mark[] = [];
  for (let offset = step; offset < width + height; offset += step) {
    const from = { x: x + Math.min(offset, width), y: y + Math.max(0, offset - width) };
    const to = { x: x + Math.max(0, offset - height), y: y + Math.min(offset, height) };
    lines.push({ kind: 'line', points: [from, to], look: 'hatch' });
  }
  return lines;
}

function cross({ x, y }: Point): readonly Mark[] {
  const line = (dy: number): Mark => ({
    kind: 'line',
    points: [
      { x: x - 5, y: y - dy },
      { x: x + 5, y: y + dy },
    ],
    look: 'trouble',
  });
  return [line(5), line(-5)];
}

/** From below, as far as the share. */
function filled(cell: Box, share: number): Box {
  const height = cell.height * Math.max(0, Math.min(1, share));
  return { ...cell, y: cell.y + cell.height - height, height };
}

function externalMarks(figures: ElementFigures | undefined, box: Box, look: string): readonly Mark[] {
  if (figures === undefined) return [];
  const parts: string[] = [];
  if (figures.rate !== undefined) parts.push(formatRate(figures.rate));
  if (figures.p95 !== undefined) parts.push(`p95 ${formatSeconds(figures.p95)}`);
  if (figures.errors !== undefined && figures.errors > 0) parts.push(`fails ${formatShare(figures.errors)}`);
  if (parts.length === 0) return [];
  const at = { x: box.x + metrics.padding, y: box.y + 46 };
  return [{ kind: 'text', at, text: parts.join(', '), style: 'figure', look }];
}

/** Beside the cube, level with the component's line; on its lower border where that is taken. */
function componentBadges(
  node: CubeNode,
  front: Box,
  diagram: PlacedDiagram,
  overlay: Overlay,
  measure: MeasureText,
): readonly Group[] {
  const labels = diagram.edges.map((line) => line.label.box);
  const lines = diagram.edges.map((line) => line.points);
  return node.components.flatMap((component, index) => {
    const divergences = overlay.divergences.get(component.element);
    if (divergences === undefined) return [];
    const half = badgeBox(divergences, front, measure).width / 2;
    const y = componentBaseline(front, index) - 4;
    const bottom = front.y + front.height;
    const candidates = [
      { x: front.x - half + 4, y },
      { x: front.x + front.width + metrics.cube.depth + half - 4, y },
      { x: front.x + metrics.padding + half, y: bottom + 2 },
      { x: front.x + front.width - metrics.padding - half, y: bottom + 2 },
    ];
    const at = freePlace(divergences, candidates, labels, lines, measure);
    return at === null ? [] : [badgeGroup(divergences, at, measure)];
  });
}
