/** Badges of contradictions, and where they may stand. */

import { formatCount } from '@pollux/engine/numeric';
import type { Divergence } from '@pollux/engine/twin';
import { type Box, boxesMeet, lengthOf, type Point, pointAlong, polylineMeetsBox } from '../diagram/geometry.ts';
import { metrics } from '../diagram/metrics.ts';
import type { MeasureText } from '../diagram/text.ts';
import type { Group, Mark } from './mark.ts';

const { height } = metrics.badge;

/** A triangle and a number, on a ground that hides the line below. */
export function badgeGroup(divergences: readonly Divergence[], at: Point, measure: MeasureText): Group {
  const first = divergences[0] as Divergence;
  const text = badgeText(divergences);
  const box = badgeBox(divergences, at, measure);
  const middle = box.y + height / 2;
  const left = box.x + 6;
  const marks: Mark[] = [
    { kind: 'box', box, radius: 4, look: 'plate badge' },
    ...triangle({ x: left + 5.5, y: middle }),
    { kind: 'text', at: { x: left + 14, y: middle + 4 }, text, style: 'strong', look: 'alert' },
  ];
  const sentence = divergences.map((each) => each.message).join('; ');
  return {
    key: `badge/${first.id}/${first.element}/${Math.round(at.x)}`,
    layer: 'over',
    element: first.element,
    sentence,
    ring: box,
    divergence: first.id,
    marks,
  };
}

function badgeText(divergences: readonly Divergence[]): string {
  return formatCount(divergences.reduce((sum, each) => sum + each.count, 0));
}

/** Centred at the point. */
export function badgeBox(divergences: readonly Divergence[], at: Point, measure: MeasureText): Box {
  const width = Math.ceil(measure(badgeText(divergences), 'strong')) + 26;
  return { x: at.x - width / 2, y: at.y - height / 2, width, height };
}

/** Upright, 11 wide, with its mark of exclamation. */
function triangle({ x, y }: Point): readonly Mark[] {
  const points = [
    { x, y: y - 5 },
    { x: x + 5.5, y: y + 4.5 },
    { x: x - 5.5, y: y + 4.5 },
  ];
  return [
    { kind: 'line', points, closed: true, look: 'alert-fill' },
    {
      kind: 'line',
      points: [
        { x, y: y - 1.5 },
        { x, y: y + 1.5 },
      ],
      look: 'alert-cut',
    },
    { kind: 'circle', centre: { x, y: y + 3 }, r: 0.6, look: 'alert-cut' },
  ];
}

/** The first place where the badge covers neither a text nor a line other than its own. */
export function freePlace(
  divergences: readonly Divergence[],
  candidates: readonly Point[],
  taken: readonly Box[],
  lines: readonly (readonly Point[])[],
  measure: MeasureText,
): Point | null {
  const free = candidates.find((at) => {
    const box = badgeBox(divergences, at, measure);
    return !taken.some((each) => boxesMeet(box, each)) && !lines.some((line) => polylineMeetsBox(line, box));
  });
  return free ?? candidates[0] ?? null;
}

/** Places along a line, its middle first. */
export function placesAlong(points: readonly Point[]): readonly Point[] {
  const length = lengthOf(points);
  return [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2].map((share) => pointAlong(points, length * share).at);
}
