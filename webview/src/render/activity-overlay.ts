/** Figures on an activity: how many are in each node, how long they are there and wait, and how busy its resources are. */
import { formatFigure, formatSeconds, formatShare } from '@pollux/engine/numeric';
import type { Box } from '../diagram/geometry.ts';
import type { ResourcesNode, StateNode } from '../diagram/graph.ts';
import { metrics } from '../diagram/metrics.ts';
import type { PlacedDiagram, PlacedNode } from '../diagram/placed-diagram.ts';
import type { MeasureText } from '../diagram/text.ts';
import { resourceBaseline } from './activity-notation.ts';
import { machineOverlay } from './machine-overlay.ts';
import type { Group, Mark } from './mark.ts';
import type { Overlay } from './overlay.ts';

/** Fewer than one in a hundred looks is nobody. */
const some = 0.01;

export function activityOverlay(diagram: PlacedDiagram, overlay: Overlay, measure: MeasureText): readonly Group[] {
  const look = overlay.stale ? 'ink3' : 'obs';
  const groups = diagram.nodes.map(({ node, ...placed }): Group => {
    const marks =
      node.shape === 'resources'
        ? resourceMarks(node, placed.box, overlay, look)
        : node.shape === 'state'
          ? nodeMarks(node, placed, overlay, look)
          : [];
    return { key: `flow/${node.id}`, layer: 'over', element: node.element, marks };
  });
  return [...machineOverlay(diagram, overlay, measure), ...groups.filter(({ marks }) => marks.length > 0)];
}

function nodeMarks(
  node: StateNode,
  { box, nameRow }: Omit<PlacedNode, 'node'>,
  overlay: Overlay,
  look: string,
): readonly Mark[] {
  const figures = overlay.figures.get(node.element);
  if (figures === undefined) return [];
  const marks: Mark[] = [];
  // A run has no "now": there the counter says how many came, as in a machine.
  if (overlay.isMoment && figures.concurrency !== undefined) {
    const isSome = figures.concurrency >= some;
    marks.push({
      kind: 'text',
      at: { x: nameRow?.counterX ?? box.x + box.width - metrics.padding, y: box.y + metrics.state.nameBaseline },
      text: isSome ? formatFigure(figures.concurrency) : '0',
      style: 'counter',
      look: isSome ? look : 'ink3',
      anchor: 'end',
    });
  }
  const parts = [
    ...(figures.p95 === undefined || figures.p95 === 0 ? [] : [`p95 ${formatSeconds(figures.p95)}`]),
    ...(figures.wait === undefined || figures.wait === 0 ? [] : [`wait ${formatSeconds(figures.wait)}`]),
  ];
  const last = node.lines.length - 1;
  if (parts.length > 0 && node.lines[last]?.text === '') {
    const y = box.y + metrics.state.rule + 16 + last * metrics.lineHeight;
    marks.push({
      kind: 'text',
      at: { x: box.x + metrics.padding, y },
      text: parts.join(', '),
      style: 'figure',
      look: overlay.missed.has(node.element) ? 'alert' : look,
    });
  }
  return marks;
}

function resourceMarks({ rows }: ResourcesNode, box: Box, overlay: Overlay, look: string): readonly Mark[] {
  const right = box.x + box.width - metrics.padding;
  const { share, bar, gap } = metrics.resources;
  return rows.flatMap(({ element }, index): Mark[] => {
    const { utilization, queue } = overlay.figures.get(element) ?? {};
    const y = resourceBaseline(box, index);
    const text = (content: string, x: number, own: string): Mark => ({
      kind: 'text',
      at: { x, y },
      text: content,
      style: 'figure',
      look: own,
      anchor: 'end',
    });
    const marks: Mark[] = [];
    if (utilization !== undefined) {
      const track = { x: right - share - bar.width, y: y - 7, ...bar };
      marks.push({ kind: 'box', box: track, look: 'track' });
      marks.push({ kind: 'box', box: { ...track, width: bar.width * Math.min(1, utilization) }, look: 'bar-fill' });
      marks.push(text(formatShare(utilization), right, overlay.missed.has(element) ? 'alert' : look));
    }
    if (queue !== undefined) {
      const isSome = queue >= some;
      const words = isSome ? `${formatFigure(queue)} in line` : '0 in line';
      marks.push(text(words, right - share - bar.width - gap, isSome ? look : 'ink3'));
    }
    return marks;
  });
}
