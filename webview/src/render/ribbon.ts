/** Rates as ribbons under lines: linear in the rate, so that widths may be compared across the whole diagram. */
import type { Point } from '../diagram/geometry.ts';
import { metrics } from '../diagram/metrics.ts';
import type { Group, Mark } from './mark.ts';
import type { Overlay } from './overlay.ts';

export interface RatedLine {
  readonly key: string;
  readonly points: readonly Point[];
  readonly rate: number;
}

interface RibbonScale {
  /** Per second, at the widest. */
  readonly busiest: number;
  /** Below this rate a ribbon is no longer to scale. */
  readonly floor: number;
}

export function ribbonScale(lines: readonly RatedLine[]): RibbonScale | null {
  const busiest = Math.max(0, ...lines.map((line) => line.rate));
  return busiest === 0 ? null : { busiest, floor: (busiest * metrics.ribbon.least) / metrics.ribbon.widest };
}

export function ribbons(lines: readonly RatedLine[], overlay: Overlay): readonly Group[] {
  const scale = ribbonScale(lines);
  if (scale === null || overlay.stale) return [];
  return lines
    .filter((line) => line.rate > 0)
    .map(({ key, points, rate }): Group => {
      const width = Math.max(metrics.ribbon.least, (rate / scale.busiest) * metrics.ribbon.widest);
      const line = (look: string, thickness: number): Mark => ({
        kind: 'line',
        points,
        radius: metrics.bend,
        look,
        width: thickness,
      });
      const marks =
        overlay.mode === 'live'
          ? [line('ribbon', width)]
          : [line('ribbon rim', width), line('ribbon', Math.max(0.5, width - 2))];
      return { key: `ribbon/${key}`, layer: 'under', element: null, marks };
    });
}
