/** The axis on which ratios stand, all of a table on one: logarithmic, with 1 always in sight. Pure. */
import { scaleLog } from 'd3-scale';

export interface RatioAxis {
  x(ratio: number): number;
  readonly ticks: readonly { readonly ratio: number; readonly text: string }[];
}

const candidates = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000] as const;
const written: Readonly<Record<number, string>> = { 0.5: '½', 0.2: '⅕', 0.1: '⅒' };
/** Apart, so that their texts are. */
const room = 24;

/** `ratios`: all that is to stand on it, ends of intervals too; what is not above 0 stands at the edge. */
export function ratioAxis(ratios: readonly number[], width: number): RatioAxis {
  const known = ratios.filter((ratio) => Number.isFinite(ratio) && ratio > 0);
  const low = Math.max(0.01, Math.min(0.5, ...known));
  const high = Math.min(1000, Math.max(2, ...known));
  const scale = scaleLog([low, high], [6, width - 6]).clamp(true);
  const ticks: { ratio: number; text: string }[] = [{ ratio: 1, text: '1' }];
  const inside = candidates.filter((ratio) => ratio >= low && ratio <= high && ratio !== 1);
  for (const ratio of inside.toSorted((a, b) => Math.abs(Math.log(b)) - Math.abs(Math.log(a)))) {
    if (ticks.every((tick) => Math.abs(scale(tick.ratio) - scale(ratio)) >= room)) {
      ticks.push({ ratio, text: written[ratio] ?? String(ratio) });
    }
  }
  return { x: (ratio) => (ratio > 0 ? scale(ratio) : scale(low)), ticks: ticks.toSorted((a, b) => a.ratio - b.ratio) };
}
