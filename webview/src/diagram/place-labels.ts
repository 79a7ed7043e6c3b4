/** Puts labels where they touch nothing: the first free place of each label's own list, else the least bad one. */
import { type Box, boxesMeet, grow, outline, type Point, polylineMeetsBox } from './geometry.ts';

export interface PlacedLabel {
  readonly box: Box;
  /** On which side the line is: the text hugs it. */
  readonly align: 'start' | 'middle' | 'end';
}

export interface FloatingLabel {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Top left corners, best first. */
  readonly candidates: readonly (Point & { readonly align: PlacedLabel['align'] })[];
}

export interface Obstacles {
  readonly lines: readonly (readonly Point[])[];
  /** Shapes with room inside: only their outline and their header are in the way. */
  readonly outlines: readonly { readonly box: Box; readonly header: Box }[];
  readonly solids: readonly Box[];
}

export function placeLabels(labels: readonly FloatingLabel[], obstacles: Obstacles): ReadonlyMap<string, PlacedLabel> {
  const placed = new Map<string, PlacedLabel>();
  const taken: Box[] = [];
  for (const label of labels) {
    let best: PlacedLabel | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const { x, y, align } of label.candidates) {
      const box = { x, y, width: label.width, height: label.height };
      const trouble = troubleOf(box, obstacles, taken);
      if (trouble >= least) continue;
      best = { box, align };
      least = trouble;
      if (trouble === 0) break;
    }
    if (best === null) continue;
    placed.set(label.id, best);
    taken.push(best.box);
  }
  return placed;
}

function troubleOf(box: Box, obstacles: Obstacles, taken: readonly Box[]): number {
  const near = grow(box, 2);
  let trouble = 0;
  for (const line of obstacles.lines) if (polylineMeetsBox(line, near)) trouble += 1;
  for (const solid of obstacles.solids) if (boxesMeet(near, solid)) trouble += 2;
  for (const each of obstacles.outlines) {
    if (polylineMeetsBox(outline(each.box), near) || boxesMeet(near, each.header)) trouble += 2;
  }
  for (const other of taken) if (boxesMeet(near, other)) trouble += 2;
  return trouble;
}
