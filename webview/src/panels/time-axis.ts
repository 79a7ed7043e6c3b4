/** Virtual time along a width: where a moment stands, which moments are written, and how. Pure. */
import { scaleLinear } from 'd3-scale';

interface TimeAxis {
  readonly width: number;
  /** Seconds → pixels. */
  x(seconds: number): number;
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
}

/** Pixels of a tick with its text. */
const tickRoom = 64;

/** Steps a reader counts in. */
const steps = [
  0.001, 0.01, 0.1, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800,
  604_800, 2_592_000, 7_776_000, 31_536_000,
];

export function timeAxis(duration: number, left: number, right: number): TimeAxis {
  const scale = scaleLinear([0, Math.max(duration, 1e-9)], [left, right]);
  const wanted = Math.max(1, (right - left) / tickRoom);
  // Whole minutes once there are some, and so on.
  const least = [86_400, 3600, 60, 1].find((unit) => duration >= 3 * unit) ?? 0;
  const step = steps.find((each) => each >= least && duration / each <= wanted) ?? duration;
  const count = Math.floor(duration / step + 1e-9);
  const unit = unitOf(step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => ({
    x: scale(index * step),
    text: `${Number(((index * step) / unit.seconds).toPrecision(6))}${index === count ? ` ${unit.name}` : ''}`,
  }));
  return { width: right, x: (seconds) => scale(Math.min(Math.max(0, seconds), duration)), ticks };
}

function unitOf(step: number): { readonly name: string; readonly seconds: number } {
  if (step >= 86_400) return { name: 'd', seconds: 86_400 };
  if (step >= 3600) return { name: 'h', seconds: 3600 };
  if (step >= 60) return { name: 'min', seconds: 60 };
  if (step >= 1) return { name: 's', seconds: 1 };
  return { name: 'ms', seconds: 0.001 };
}

/** `6 min 40 s`, `2 d 3 h`: the two largest units that say something. */
export function formatMoment(seconds: number): string {
  const parts: (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const rest = seconds % 60;
  if (first < 0) return `${rest < 10 ? Number(rest.toFixed(seconds < 1 ? 2 : 1)) : Math.floor(rest)} s`;
  const all = [...parts, [Math.floor(rest), 's'] as const].slice(first, first + 2);
  return all
    .filter(([count], index) => index === 0 || count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
