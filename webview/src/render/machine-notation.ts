/** A placed state machine or activity as marks: plain UML, in ink. Knows nothing of figures. */
import type { Box, Point } from '../diagram/geometry.ts';
import type { StateNode } from '../diagram/graph.ts';
import { metrics } from '../diagram/metrics.ts';
import type { PlacedDiagram, PlacedLine, PlacedNode } from '../diagram/placed-diagram.ts';
import { outlineOf, resourceGroups } from './activity-notation.ts';
import type { Group, Mark } from './mark.ts';
import { openHead } from './strokes.ts';

export function machineNotation(diagram: PlacedDiagram): readonly Group[] {
  const groups: Group[] = [];
  for (const placed of diagram.nodes) groups.push(...nodeGroups(placed, diagram));
  for (const line of diagram.edges) groups.push(transitionGroup(line, diagram));
  return groups;
}

function nodeGroups(placed: PlacedNode, diagram: PlacedDiagram): readonly Group[] {
  const { node, box } = placed;
  switch (node.shape) {
    case 'state':
      return stateGroups(node, placed, diagram);
    case 'resources':
      return resourceGroups(node, box);
    case 'region':
      return [regionGroup(node.id, node.name, box, regionTop(node.id, diagram))];
    case 'initial':
    case 'junction':
      return [pseudostate(placed, [{ kind: 'circle', centre: centreOf(box), r: box.width / 2, look: 'solid' }])];
    case 'final':
      return [
        pseudostate(placed, [
          { kind: 'circle', centre: centreOf(box), r: metrics.final.outer, look: 'stroke' },
          { kind: 'circle', centre: centreOf(box), r: metrics.final.inner, look: 'solid' },
        ]),
      ];
    case 'choice':
      return [pseudostate(placed, [{ kind: 'line', points: diamond(box), look: 'stroke', closed: true }])];
    case 'fork':
    case 'join':
      return [pseudostate(placed, [{ kind: 'box', box, look: 'solid' }])];
    case 'shallow-history':
    case 'deep-history': {
      const { x, y } = centreOf(box);
      const text = node.shape === 'deep-history' ? 'H*' : 'H';
      return [
        pseudostate(placed, [
          ring(box),
          { kind: 'text', at: { x, y: y + 4 }, text, style: 'label', look: 'ink1', anchor: 'middle' },
        ]),
      ];
    }
    case 'entry-point':
      return [pseudostate(placed, [ring(box)])];
    case 'exit-point':
      return [pseudostate(placed, [ring(box), ...cross(box, Math.SQRT1_2)])];
    case 'terminate':
      return [pseudostate(placed, cross(box, 1))];
    default:
      return [];
  }
}

function stateGroups(node: StateNode, { box, nameRow }: PlacedNode, diagram: PlacedDiagram): readonly Group[] {
  const composite = node.children.length > 0;
  const { radius, compositeRadius, nameBaseline, rule, nameOnly } = metrics.state;
  const corner = composite ? compositeRadius : radius;
  const { form } = node;
  const outline = (look: string): Mark =>
    form === undefined ? { kind: 'box', box, radius: corner, look } : outlineOf(form, box, look);
  const isTall = node.lines.length > 0 || composite;
  const ruled = form === undefined && isTall;
  const baseline = isTall ? nameBaseline : nameOnly / 2 + 4.5;
  const left = box.x + metrics.padding;
  const marks: Mark[] = [
    outline('stroke'),
    {
      kind: 'text',
      at: { x: nameRow?.nameX ?? left, y: box.y + baseline },
      text: node.name,
      style: 'name',
      look: 'ink1',
    },
  ];
  const across = (y: number, look: string): void => {
    marks.push({
      kind: 'line',
      points: [
        { x: box.x, y },
        { x: box.x + box.width, y },
      ],
      look,
    });
  };
  if (ruled) across(box.y + rule, 'thin');
  if (ruled && composite && node.lines.length > 0) across(box.y + node.header, 'thin');
  const own = node.lines.map((line, index) => ({ line, y: box.y + rule + 16 + index * metrics.lineHeight }));
  const text = (content: string, y: number): Mark => ({
    kind: 'text',
    at: { x: left, y },
    text: content,
    style: 'label',
    look: 'ink1',
  });
  for (const { line, y } of own) {
    if (line.element === node.element && line.text !== '') marks.push(text(line.text, y));
  }
  marks.push(...regionBorders(node, box, diagram));
  const fill: Group = {
    key: `${node.id}/fill`,
    layer: 'fill',
    element: node.element,
    marks: [outline('shape')],
  };
  const state: Group = {
    key: node.id,
    layer: 'ink',
    element: node.element,
    sentence: `${form ?? 'state'} ${node.name}`,
    ring: box,
    marks,
  };
  const internals = own
    .filter(({ line }) => line.element !== node.element)
    .map(({ line, y }): Group => {
      const ring = { x: box.x + 4, y: y - 12, width: box.width - 8, height: metrics.lineHeight };
      return {
        key: line.element,
        layer: 'ink',
        element: line.element,
        sentence: `internal transition ${line.text}`,
        ring,
        marks: [text(line.text, y)],
      };
    });
  return [fill, state, ...internals];
}

/** Dashed borders halfway between neighbouring regions. */
function regionBorders(node: StateNode, box: Box, diagram: PlacedDiagram): readonly Mark[] {
  const regions = new Set(node.children.filter((child) => child.shape === 'region').map((child) => child.id));
  const boxes = diagram.nodes
    .filter((each) => regions.has(each.node.id))
    .map((each) => each.box)
    .sort((a, b) => a.x - b.x);
  return boxes.slice(1).map((next, index): Mark => {
    const before = boxes[index] as Box;
    const x = (before.x + before.width + next.x) / 2;
    return {
      kind: 'line',
      points: [
        { x, y: box.y + headerBottom(node) },
        { x, y: box.y + box.height },
      ],
      look: 'region',
    };
  });
}

/** The names of regions that lie side by side stand in one row, right below the name of their state. */
function regionTop(id: string, diagram: PlacedDiagram): number {
  const owner = diagram.nodes.find(
    ({ node }) => node.shape === 'state' && node.children.some((child) => child.id === id),
  );
  if (owner?.node.shape === 'state') return owner.box.y + headerBottom(owner.node);
  return Math.min(...diagram.nodes.filter(({ node }) => node.shape === 'region').map(({ box }) => box.y));
}

/** Below name and compartments of a composite state. */
function headerBottom(node: StateNode): number {
  return node.lines.length > 0 ? node.header : metrics.state.rule;
}

function regionGroup(id: string, name: string, box: Box, top: number): Group {
  const at = { x: box.x + 4, y: top + 17 };
  const marks: Mark[] = name === '' ? [] : [{ kind: 'text', at, text: name, style: 'label', look: 'ink2' }];
  return { key: id, layer: 'ink', element: id, marks };
}

function pseudostate({ node, box, label }: PlacedNode, marks: readonly Mark[]): Group {
  const { shape, name, word } = node as Extract<PlacedNode['node'], { label: unknown }>;
  const texts: Mark[] = [];
  if (label !== null) {
    const anchor = label.align;
    const at = { x: anchorX(label.box, anchor), y: label.box.y + 11 };
    texts.push({ kind: 'text', at, text: name, style: 'label', look: shape === 'final' ? 'ink1' : 'ink2', anchor });
  }
  const kind = word ?? shape.replace('-', ' ');
  const sentence = name === '' ? `${kind} pseudostate` : `${kind === 'final' ? 'final state' : kind} ${name}`;
  return { key: node.id, layer: 'ink', element: node.element, sentence, ring: box, marks: [...marks, ...texts] };
}

function transitionGroup({ edge, points, label }: PlacedLine, diagram: PlacedDiagram): Group {
  const marks: Mark[] = [{ kind: 'line', points, radius: metrics.bend, look: 'stroke' }, openHead(points)];
  for (const [index, text] of edge.label.lines.entries()) {
    const at = { x: anchorX(label.box, label.align), y: label.box.y + 11 + index * 14 };
    marks.push({ kind: 'text', at, text, style: 'label', look: 'ink1', anchor: label.align });
  }
  const name = (id: string): string => {
    const node = diagram.nodes.find((each) => each.node.id === id)?.node;
    return node !== undefined && 'name' in node && node.name !== ''
      ? node.name
      : diagram.kind === 'activity'
        ? 'a control node'
        : 'the initial state';
  };
  const words = edge.label.lines.join(' ');
  const what = diagram.kind === 'activity' ? 'flow' : 'transition';
  const sentence = `${what} from ${name(edge.source)} to ${name(edge.target)}${words === '' ? '' : `: ${words}`}`;
  return {
    key: edge.id,
    layer: 'ink',
    element: edge.element,
    sentence,
    ends: [edge.source, edge.target],
    reach: points,
    marks,
  };
}

export function anchorX(box: Box, anchor: 'start' | 'middle' | 'end'): number {
  return anchor === 'start' ? box.x : anchor === 'end' ? box.x + box.width : box.x + box.width / 2;
}

function centreOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function ring(box: Box): Mark {
  return { kind: 'circle', centre: centreOf(box), r: box.width / 2, look: 'stroke' };
}

/** Two strokes through the middle; `share` of the way to the corners. */
function cross(box: Box, share: number): readonly Mark[] {
  const { x, y } = centreOf(box);
  const reach = (box.width / 2) * share;
  return [-1, 1].map((side) => ({
    kind: 'line',
    points: [
      { x: x - reach, y: y - side * reach },
      { x: x + reach, y: y + side * reach },
    ],
    look: 'stroke',
  }));
}

function diamond(box: Box): readonly Point[] {
  const { x, y } = centreOf(box);
  return [
    { x, y: box.y },
    { x: box.x + box.width, y },
    { x, y: box.y + box.height },
    { x: box.x, y },
  ];
}
