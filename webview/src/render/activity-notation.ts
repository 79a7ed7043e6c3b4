/** What an activity has besides what it shares with a state machine: the outlines of its nodes, and the table of its resources. */
import type { Box, Point } from '../diagram/geometry.ts';
import type { ResourcesNode, StateNode } from '../diagram/graph.ts';
import { metrics } from '../diagram/metrics.ts';
import type { Group, Mark } from './mark.ts';

/** Depth of the tip of a sent signal, and of the notch of one that is waited for. */
const tip = 8;

/** The outline of a node; `look` is that of its line or of its fill. */
export function outlineOf(form: NonNullable<StateNode['form']>, box: Box, look: string): Mark {
  const { x, y, width, height } = box;
  const right = x + width;
  const [bottom, middle] = [y + height, y + height / 2];
  const closed = (points: readonly Point[]): Mark => ({ kind: 'line', points, closed: true, look });
  switch (form) {
    case 'send':
      return closed([
        { x, y },
        { x: right - tip, y },
        { x: right, y: middle },
        { x: right - tip, y: bottom },
        { x, y: bottom },
      ]);
    case 'accept':
      return closed([
        { x, y },
        { x: right, y },
        { x: right, y: bottom },
        { x, y: bottom },
        { x: x + tip, y: middle },
      ]);
    case 'buffer':
      return { kind: 'box', box, look };
    case 'action':
      return { kind: 'box', box, radius: metrics.state.compositeRadius, look };
    case 'structured':
    case 'interruptible':
      return { kind: 'box', box, radius: metrics.state.compositeRadius, look: look === 'stroke' ? 'region' : look };
  }
}

export function resourceGroups({ id, rows }: ResourcesNode, box: Box): readonly Group[] {
  const { header } = metrics.cube;
  const rule: Mark = {
    kind: 'line',
    points: [
      { x: box.x, y: box.y + header },
      { x: box.x + box.width, y: box.y + header },
    ],
    look: 'thin',
  };
  const at = { x: box.x + metrics.padding, y: box.y + 18 };
  return [
    { key: `${id}/fill`, layer: 'fill', element: null, marks: [{ kind: 'box', box, look: 'shape' }] },
    {
      key: id,
      layer: 'ink',
      element: null,
      marks: [
        { kind: 'box', box, look: 'stroke' },
        { kind: 'text', at, text: '«resource»', style: 'figure', look: 'ink2' },
        rule,
      ],
    },
    ...rows.map(({ element, text }, index): Group => {
      const y = resourceBaseline(box, index);
      const ring = { x: box.x + 4, y: y - 13, width: box.width - 8, height: metrics.cube.line };
      const name: Mark = { kind: 'text', at: { x: at.x, y }, text, style: 'component', look: 'ink1' };
      return { key: element, layer: 'ink', element, sentence: `resource ${text}`, ring, marks: [name] };
    }),
  ];
}

/** Baseline of the nth resource's line. */
export function resourceBaseline(box: Box, index: number): number {
  return box.y + metrics.cube.header + 17 + index * metrics.cube.line;
}
