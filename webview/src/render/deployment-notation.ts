/** A placed deployment as marks: cubes, component lines, communication paths. Knows nothing of figures. */
import type { Box, Point } from '../diagram/geometry.ts';
import type { CubeNode } from '../diagram/graph.ts';
import { drawnCores, metrics } from '../diagram/metrics.ts';
import type { PlacedDiagram, PlacedLine } from '../diagram/placed-diagram.ts';
import { anchorX } from './machine-notation.ts';
import type { Group, Mark } from './mark.ts';

const { depth, header, line: lineHeight, icon, core } = metrics.cube;

export function deploymentNotation(diagram: PlacedDiagram): readonly Group[] {
  const groups: Group[] = [];
  for (const { node, box } of diagram.nodes) {
    if (node.shape === 'cube') groups.push(...cubeGroups(node, box));
    else if (node.shape === 'external') groups.push(...externalGroups(node.id, node.name, box));
  }
  for (const line of diagram.edges) groups.push(pathGroup(line, diagram));
  return groups;
}

/** The front face of a cube within its box. */
export function frontOf(box: Box): Box {
  return { x: box.x, y: box.y + depth, width: box.width - depth, height: box.height - depth };
}

/** Baseline of the nth component's line. */
export function componentBaseline(front: Box, index: number): number {
  return front.y + header + 18 + index * lineHeight;
}

/** Cells of the cores, left to right; empty where they are too many to draw. */
export function coreCells(front: Box, cores: number | null): readonly Box[] {
  if (cores === null || cores > drawnCores) return [];
  const width = cores * (core.width + core.gap) - core.gap;
  const left = front.x + front.width - metrics.padding - shareRoom - width;
  return Array.from({ length: cores }, (_, index) => ({
    x: left + index * (core.width + core.gap),
    y: front.y + (header - core.height) / 2 + 1,
    width: core.width,
    height: core.height,
  }));
}

/** Room for the busy share at the right of a node's header. */
const shareRoom = 54;

function cubeGroups(node: CubeNode, box: Box): readonly Group[] {
  const front = frontOf(box);
  const right = front.x + front.width;
  const bottom = front.y + front.height;
  const silhouette: Point[] = [
    { x: front.x, y: front.y },
    { x: front.x + depth, y: box.y },
    { x: right + depth, y: box.y },
    { x: right + depth, y: bottom - depth },
    { x: right, y: bottom },
    { x: front.x, y: bottom },
  ];
  const marks: Mark[] = [
    { kind: 'line', points: silhouette, closed: true, look: 'stroke' },
    {
      kind: 'line',
      points: [
        { x: front.x, y: front.y },
        { x: right, y: front.y },
        { x: right, y: bottom },
      ],
      look: 'stroke',
    },
    {
      kind: 'line',
      points: [
        { x: right, y: front.y },
        { x: right + depth, y: box.y },
      ],
      look: 'stroke',
    },
    {
      kind: 'line',
      points: [
        { x: front.x, y: front.y + header },
        { x: right, y: front.y + header },
      ],
      look: 'thin',
    },
    {
      kind: 'text',
      at: { x: front.x + metrics.padding, y: front.y + 19 },
      text: node.name,
      style: 'name',
      look: 'ink1',
    },
  ];
  for (const cell of coreCells(front, node.cores)) marks.push({ kind: 'box', box: cell, look: 'cell' });
  if (node.cores !== null && node.cores > drawnCores) {
    const at = { x: right - metrics.padding - shareRoom, y: front.y + 19 };
    marks.push({ kind: 'text', at, text: `${node.cores} cores`, style: 'figure', look: 'ink2', anchor: 'end' });
  }
  const cores =
    node.cores === null
      ? ''
      : `, ${node.cores} ${node.cores === 1 ? 'core' : 'cores'}${node.name.includes('×') ? ' each' : ''}`;
  const cube: Group = {
    key: node.id,
    layer: 'ink',
    element: node.element,
    sentence: `node ${node.name}${cores}`,
    ring: box,
    marks,
  };
  const lines = node.components.map((component, index): Group => {
    const baseline = componentBaseline(front, index);
    const ring = { x: front.x + 4, y: baseline - 14, width: front.width - 8, height: lineHeight };
    const left = front.x + metrics.padding;
    return {
      key: component.element,
      layer: 'ink',
      element: component.element,
      sentence: `component ${component.text} on ${node.name}`,
      ring,
      marks: [
        ...componentIcon({ x: left, y: baseline - icon.height }),
        {
          kind: 'text',
          at: { x: left + icon.width + 8, y: baseline },
          text: component.text,
          style: 'component',
          look: 'ink1',
        },
      ],
    };
  });
  const fill: Group = {
    key: `${node.id}/fill`,
    layer: 'fill',
    element: node.element,
    marks: [{ kind: 'line', points: silhouette, closed: true, look: 'shape' }],
  };
  return [fill, cube, ...lines];
}

function componentIcon({ x, y }: Point): readonly Mark[] {
  const left = x + 3;
  const body = { x: left, y, width: icon.width - 3, height: icon.height };
  const lug = (top: number): Mark => ({ kind: 'box', box: { x, y: y + top, width: 6, height: 2.5 }, look: 'icon' });
  return [{ kind: 'box', box: body, look: 'icon' }, lug(2), lug(5.5)];
}

function externalGroups(id: string, name: string, box: Box): readonly Group[] {
  const left = box.x + metrics.padding;
  const marks: Mark[] = [
    { kind: 'box', box, look: 'stroke' },
    { kind: 'text', at: { x: left, y: box.y + 19 }, text: '«external»', style: 'figure', look: 'ink2' },
    { kind: 'text', at: { x: left + 66, y: box.y + 19 }, text: name, style: 'name', look: 'ink1' },
    ...componentIcon({ x: box.x + box.width - metrics.padding - icon.width, y: box.y + 9 }),
    {
      kind: 'line',
      points: [
        { x: box.x, y: box.y + header },
        { x: box.x + box.width, y: box.y + header },
      ],
      look: 'thin',
    },
  ];
  const fill: Group = { key: `${id}/fill`, layer: 'fill', element: id, marks: [{ kind: 'box', box, look: 'shape' }] };
  return [fill, { key: id, layer: 'ink', element: id, sentence: `external component ${name}`, ring: box, marks }];
}

/** The figure stands on the first line of the label, what is written below it. */
function pathGroup({ edge, points, label }: PlacedLine, diagram: PlacedDiagram): Group {
  const marks: Mark[] = [{ kind: 'line', points, radius: metrics.bend, look: 'stroke' }];
  for (const [index, text] of edge.label.lines.entries()) {
    const at = { x: anchorX(label.box, label.align), y: label.box.y + 25 + index * 14 };
    marks.push({ kind: 'text', at, text, style: 'label', look: 'ink1', anchor: label.align });
  }
  const name = (id: string): string => {
    const node = diagram.nodes.find((each) => each.node.id === id)?.node;
    return node !== undefined && 'name' in node ? node.name : id;
  };
  const sentence = `link between ${name(edge.source)} and ${name(edge.target)}${edge.label.lines.length > 0 ? `, ${edge.label.lines.join(' ')}` : ''}`;
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
