/** Where name and counter of a state stand in its first row: off the lines that cross it on their way to states inside. */
import type { Box, Point } from './geometry.ts';
import type { StateNode } from './graph.ts';
import { metrics } from './metrics.ts';

export interface NameRow {
  /** Left end of the name. */
  readonly nameX: number;
  /** Right end of the counter. */
  readonly counterX: number;
}

/** Kept free on either side of a crossing line: half of the widest ribbon and a little. */
const clear = metrics.ribbon.widest / 2 + 4;

export function nameRowOf(node: StateNode, box: Box, lines: readonly (readonly Point[])[]): NameRow {
  const left = box.x + metrics.padding;
  const right = box.x + box.width - metrics.padding;
  const { name, counter } = node.nameRow;
  const free = freeStretches(left, right, crossings(box, lines));
  const forName = free.find((each) => each.to - each.from >= name) ?? { from: left, to: right };
  const nameX = forName.from;
  const rest = free.map((each) => (each === forName ? { from: nameX + name + 8, to: each.to } : each));
  const forCounter = rest.findLast((each) => each.to - each.from >= counter && each.to > nameX);
  return { nameX, counterX: forCounter?.to ?? right };
}

/** Where vertical stretches of lines run through the row. */
function crossings(box: Box, lines: readonly (readonly Point[])[]): readonly number[] {
  const bottom = box.y + metrics.state.rule;
  const found: number[] = [];
  for (const points of lines) {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1] as Point, points[i] as Point];
      const runsThrough = Math.min(a.y, b.y) < bottom && Math.max(a.y, b.y) > box.y;
      if (Math.abs(a.x - b.x) < 0.5 && runsThrough && a.x > box.x && a.x < box.x + box.width) found.push(a.x);
    }
  }
  return found.toSorted((a, b) => a - b);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function freeStretches(left: number, right: number, taken: readonly number[]): readonly Stretch[] {
  const free: Stretch[] = [];
  let from = left;
  for (const x of taken) {
    if (x - clear > from) free.push({ from, to: x - clear });
    from = Math.max(from, x + clear);
  }
  if (right > from) free.push({ from, to: right });
  return free;
}
