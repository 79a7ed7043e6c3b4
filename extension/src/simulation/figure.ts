/** How a figure of a run reads in a sentence: two significant digits, its unit in reach. Knows nothing of models. */

/** `value` is in `unit` as results carry it: `s`, `1/s`, or `1` for a share. */
export function figure(value: number, unit: string): string {
  if (unit === 's') return duration(value);
  if (unit === '1/s') return `${digits(value)}/s`;
  return `${digits(value * 100)} %`;
}

/** `0.51 ± 0.02 s`: the wider half of the interval stands for both. */
export function figureWithInterval(value: number, lower: number, upper: number, unit: string): string {
  const half = Math.max(value - lower, upper - value);
  if (!(half > 0)) return figure(value, unit);
  const [scale, name] = scaleOf(value, unit);
  return `${digits(value * scale)} ± ${digits(half * scale)}${name}`;
}

function scaleOf(value: number, unit: string): [number, string] {
  if (unit === '1/s') return [1, '/s'];
  if (unit !== 's') return [100, ' %'];
  return value < 1 ? [1000, ' ms'] : value < 120 ? [1, ' s'] : [1 / 60, ' min'];
}

function duration(seconds: number): string {
  const [scale, name] = scaleOf(seconds, 's');
  return digits(seconds * scale) + name;
}

/** Two significant digits, three from 100, thin spaces between thousands. */
function digits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 100) return thousands(Number(value.toPrecision(3)));
  return trimmed(value.toPrecision(2));
}

function trimmed(text: string): string {
  const plain = Number(text);
  return Math.abs(plain) < 0.001 ? text : String(plain).replace('-', '−');
}

function thousands(value: number): string {
  return String(Math.round(value))
    .replace('-', '−')
    .replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009');
}
