/** Marks that several notations share: arrow heads and rounded lines as path data. */
import type { Point } from '../diagram/geometry.ts';
import type { Mark } from './mark.ts';

/** Open head, 8 × 9: transition, asynchronous message, reply, create. */
export function openHead(points: readonly Point[], look = 'stroke'): Mark {
  const { at, back, side } = ending(points);
  return {
    kind: 'line',
    look: `${look} head`,
    points: [
      { x: at.x + back.x * 8 + side.x * 4.5, y: at.y + back.y * 8 + side.y * 4.5 },
      at,
      { x: at.x + back.x * 8 - side.x * 4.5, y: at.y + back.y * 8 - side.y * 4.5 },
    ],
  };
}

/** Solid head, 9 × 8: synchronous call. */
export function solidHead(points: readonly Point[]): Mark {
  const { at, back, side } = ending(points);
  return {
    kind: 'line',
    look: 'solid',
    closed: true,
    points: [
      at,
      { x: at.x + back.x * 9 + side.x * 4, y: at.y + back.y * 9 + side.y * 4 },
      { x: at.x + back.x * 9 - side.x * 4, y: at.y + back.y * 9 - side.y * 4 },
    ],
  };
}

function ending(points: readonly Point[]): { at: Point; back: Point; side: Point } {
  const at = points[points.length - 1] ?? { x: 0, y: 0 };
  const before = points.findLast((point) => point.x !== at.x || point.y !== at.y) ?? { x: at.x - 1, y: at.y };
  const length = Math.hypot(at.x - before.x, at.y - before.y);
  const back = { x: (before.x - at.x) / length, y: (before.y - at.y) / length };
  return { at, back, side: { x: -back.y, y: back.x } };
}

/** Path data of a polyline whose bends are rounded; a bend between short legs gets a smaller radius. */
export function pathData(points: readonly Point[], radius = 0, closed = false): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let data = `M${at(first)}`;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (radius === 0 || next === undefined) {
      data += `L${at(point)}`;
      continue;
    }
    const before = points[index] as Point;
    const room = Math.min(radius, distance(before, point) / 2, distance(point, next) / 2);
    data += `L${at(toward(point, before, room))}Q${at(point)} ${at(toward(point, next, room))}`;
  }
  return closed ? `${data}Z` : data;
}

function at({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function toward(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  if (length === 0) return from;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}
