/** Figures and contradictions on a state machine: counters in name rows, rates beside labels, ribbons, badges. */
import type { ElementId } from '@pollux/engine/model';
import { formatCount, formatRate } from '@pollux/engine/numeric';
import type { Box, Point } from '../diagram/geometry.ts';
import type { StateNode } from '../diagram/graph.ts';
import { metrics } from '../diagram/metrics.ts';
import type { PlacedDiagram, PlacedNode } from '../diagram/placed-diagram.ts';
import type { MeasureText } from '../diagram/text.ts';
import { badgeGroup, freePlace, placesAlong } from './badge.ts';
import { anchorX } from './machine-notation.ts';
import type { Group, Mark } from './mark.ts';
import type { Overlay } from './overlay.ts';
import { type RatedLine, ribbons } from './ribbon.ts';

export function ratedLines(diagram: PlacedDiagram, overlay: Overlay): readonly RatedLine[] {
  // Nothing is counted of the flows of an activity; what leads away from a node has not its figures.
  if (diagram.kind === 'activity') return [];
  return diagram.edges.flatMap(({ edge, points }) => {
    const rate = overlay.figures.get(edge.element)?.rate;
    return rate === undefined ? [] : [{ key: edge.id, points, rate }];
  });
}

export function machineOverlay(diagram: PlacedDiagram, overlay: Overlay, measure: MeasureText): readonly Group[] {
  const groups: Group[] = [...ribbons(ratedLines(diagram, overlay), overlay)];
  const look = overlay.stale ? 'ink3' : 'obs';
  const anyCounted = diagram.nodes.some(({ node }) => overlay.figures.get(node.element)?.instances !== undefined);
  for (const { node, box, label, nameRow } of diagram.nodes) {
    const marks: Mark[] = [];
    if (node.shape === 'state') {
      const count = instancesOf(node, overlay) ?? (anyCounted ? 0 : undefined);
      if (count !== undefined) {
        const ruled = node.lines.length > 0 || node.children.length > 0;
        const at = {
          x: nameRow?.counterX ?? box.x + box.width - metrics.padding,
          y: box.y + (ruled ? metrics.state.nameBaseline : metrics.state.nameOnly / 2 + 4.5),
        };
        marks.push({
          kind: 'text',
          at,
          text: formatCount(count),
          style: 'counter',
          look: count === 0 ? 'ink3' : look,
          anchor: 'end',
        });
      }
      marks.push(...internalRates(node, box, overlay, look));
    } else if (node.shape === 'final' && label !== null) {
      const total = overlay.figures.get(node.element)?.total;
      if (total !== undefined) {
        const at = { x: anchorX(label.box, label.align), y: label.box.y + 25 };
        marks.push({
          kind: 'text',
          at,
          text: formatCount(total),
          style: 'figure',
          look: total === 0 ? 'ink3' : look,
          anchor: label.align,
        });
      }
    }
    if (marks.length > 0) groups.push({ key: `figures/${node.id}`, layer: 'over', element: node.element, marks });
  }
  for (const { edge, label } of diagram.edges) {
    const rate = overlay.figures.get(edge.element)?.rate;
    if (rate === undefined || diagram.kind === 'activity') continue;
    // A path's figure stands above what is written on it, a transition's below.
    const line = diagram.kind === 'deployment' ? 0 : edge.label.lines.length;
    const at = { x: anchorX(label.box, label.align), y: label.box.y + 11 + line * 14 };
    const text: Mark = {
      kind: 'text',
      at,
      text: formatRate(rate),
      style: 'figure',
      look: rate === 0 ? 'ink3' : look,
      anchor: label.align,
    };
    groups.push({ key: `figures/${edge.id}`, layer: 'over', element: edge.element, marks: [text] });
  }
  groups.push(...badges(diagram, overlay, measure));
  return groups;
}

/** Of a composite state whose own figure is missing: what is inside it, since one of those is always active with it. */
function instancesOf(node: StateNode, overlay: Overlay): number | undefined {
  const figures = overlay.figures.get(node.element);
  // A run has no "now": there the counter says how many entered the state.
  const own = overlay.isMoment ? figures?.instances : figures?.total;
  if (overlay.mode === 'simulated') return own;
  if (own !== undefined || node.children.some((child) => child.shape === 'region')) return own;
  const inside = node.children.flatMap((child) => (child.shape === 'state' ? (instancesOf(child, overlay) ?? []) : []));
  return inside.length === 0 ? undefined : inside.reduce((sum, each) => sum + each, 0);
}

function internalRates(node: StateNode, box: Box, overlay: Overlay, look: string): readonly Mark[] {
  return node.lines.flatMap((line, index): Mark[] => {
    const rate = line.element === node.element ? undefined : overlay.figures.get(line.element)?.rate;
    if (rate === undefined) return [];
    const at = {
      x: box.x + box.width - metrics.padding,
      y: box.y + metrics.state.rule + 16 + index * metrics.lineHeight,
    };
    return [{ kind: 'text', at, text: formatRate(rate), style: 'figure', look, anchor: 'end' }];
  });
}

function badges(diagram: PlacedDiagram, overlay: Overlay, measure: MeasureText): readonly Group[] {
  const groups: Group[] = [];
  const labels = [
    ...diagram.edges.map((line) => line.label.box),
    ...diagram.nodes.flatMap(({ label }) => (label === null ? [] : [label.box])),
  ];
  const add = (element: ElementId, candidates: readonly Point[], own?: readonly Point[]): void => {
    const divergences = overlay.divergences.get(element);
    if (divergences === undefined) return;
    const lines = diagram.edges.map((line) => line.points).filter((points) => points !== own);
    const at = freePlace(
      divergences,
      candidates,
      [...labels, ...groups.flatMap((group) => group.ring ?? [])],
      lines,
      measure,
    );
    if (at !== null) groups.push(badgeGroup(divergences, at, measure));
  };
  for (const placed of diagram.nodes) {
    add(placed.node.element, corners(placed));
    if (placed.node.shape !== 'state') continue;
    const { box } = placed;
    for (const [index, line] of placed.node.lines.entries()) {
      const y = box.y + metrics.state.rule + 12 + index * metrics.lineHeight;
      if (line.element !== placed.node.element)
        add(line.element, [
          { x: box.x + box.width, y },
          { x: box.x, y },
        ]);
    }
  }
  for (const { edge, points } of diagram.edges) add(edge.element, placesAlong(points), points);
  return groups;
}

/** On the border of a shape, off its name and its counter. */
function corners({ box }: PlacedNode): readonly Point[] {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const inset = Math.min(28, box.width / 2);
  return [
    { x: right - inset, y: box.y - 2 },
    { x: box.x + inset, y: box.y - 2 },
    { x: right - inset, y: bottom + 2 },
    { x: box.x + inset, y: bottom + 2 },
    { x: right + 14, y: box.y + box.height / 2 },
    { x: box.x - 14, y: box.y + box.height / 2 },
  ];
}
