/** The latency of one interaction or operation as a curve of quantiles: share of occurrences done within a time. */

import { formatSeconds, formatShare } from '@pollux/engine/numeric';
import type { LatencyCurve } from '@pollux/engine/simulation';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { html, nothing, svg, type TemplateResult } from 'lit';

const size = { width: 280, height: 150, left: 44, right: 12, top: 14, bottom: 20 } as const;
/** How many nines: quantiles stand on a scale on which the tail has room. */
const tails = [0.5, 0.9, 0.99, 0.999] as const;
const labelled = [0.5, 0.95, 0.99] as const;

export interface Bound {
  readonly name: string;
  readonly seconds: number;
}

export function latencyChart(name: string, curve: LatencyCurve, bounds: readonly Bound[]): TemplateResult {
  const points = curve.points.filter((point) => point.seconds > 0 && point.quantile < 1);
  const p95 = quantile(points, 0.95);
  return html`<figure class="latency">
    <div class="chart-title">
      <span class="name">${name}</span>
      <span class="now">${p95 === null ? '?' : html`<small class="ink2">p95</small> ${formatSeconds(p95)}`}</span>
    </div>
    ${points.length < 2 ? html`<p class="ink2">Too few occurrences for a curve.</p>` : chart(name, points, bounds)}
  </figure>`;
}

type Points = LatencyCurve['points'];

function chart(name: string, points: Points, bounds: readonly Bound[]): TemplateResult {
  const { width, height, left, right, top, bottom } = size;
  const inView = bounds.map((bound) => bound.seconds);
  const longest = Math.max(...points.map((point) => point.seconds), ...inView);
  const shortest = Math.min(...points.map((point) => point.seconds), ...inView);
  const x = scaleLog([Math.min(shortest, longest / 4), longest], [left, width - right]);
  const last = Math.min(0.9995, Math.max(...points.map((point) => point.quantile)));
  const y = scaleLinear([0, nines(last)], [height - bottom, top]);
  const path = line<Points[number]>(
    (point) => x(point.seconds),
    (point) => y(nines(Math.min(last, point.quantile))),
  )(points.filter((point) => point.quantile <= last));
  const shownTails = tails.filter((tail) => tail <= last);
  const label = `${name}: ${labelled.map((each) => `p${each * 100} ${formatSeconds(quantile(points, each) ?? 0)}`).join(', ')}`;
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${shownTails.map((tail) => svg`<path class="grid" d="M${left},${y(nines(tail))}H${width - right}" /><text x=${left - 6} y=${y(nines(tail)) + 4} text-anchor="end">${formatShare(tail)}</text>`)}
    <path class="base" d="M${left},${height - bottom}H${width - right}" />
    ${timeTicks(shortest, longest, x).map(({ at, text, anchor }) => svg`<text x=${at} y=${height - 5} text-anchor=${anchor}>${text}</text>`)}
    ${bounds.map((bound) => boundMark(bound, x(bound.seconds)))}
    <path class="curve" d=${path ?? nothing} />
    ${labelled.map((each) => pointMark(points, each, last, x, y))}
  </svg>`;
}

/** −log of what is left: each further nine is as long as the one before. */
function nines(quantile: number): number {
  return -Math.log10(1 - quantile);
}

function quantile(points: Points, wanted: number): number | null {
  const above = points.findIndex((point) => point.quantile >= wanted);
  const to = points[above];
  if (to === undefined) return null;
  const from = points[above - 1];
  if (from === undefined || to.quantile === from.quantile) return to.seconds;
  const share = (wanted - from.quantile) / (to.quantile - from.quantile);
  return from.seconds + (to.seconds - from.seconds) * share;
}

/** At 1, 2, 5 times powers of ten, as many as there is room for. */
function timeTicks(
  from: number,
  to: number,
  x: (seconds: number) => number,
): readonly { readonly at: number; readonly text: string; readonly anchor: 'middle' | 'end' }[] {
  const ticks: { at: number; text: string; anchor: 'middle' | 'end' }[] = [];
  let free = size.left - 20;
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) {
    for (const digit of [1, 2, 5]) {
      const seconds = digit * 10 ** power;
      const at = x(seconds);
      if (seconds < from * 0.7 || seconds > to || at < size.left - 4 || at < free + 40) continue;
      ticks.push({ at, text: formatSeconds(seconds), anchor: at > size.width - 30 ? 'end' : 'middle' });
      free = at;
    }
  }
  return ticks;
}

function boundMark(bound: Bound, at: number): TemplateResult {
  const left = at > size.width - 90;
  return svg`<path class="bound-line" d="M${at},${size.top - 4}V${size.height - size.bottom}" />
    <text class="bound" x=${left ? at - 5 : at + 5} y=${size.top + 4} text-anchor=${left ? 'end' : 'start'}>${bound.name}</text>`;
}

function pointMark(
  points: Points,
  wanted: number,
  last: number,
  x: (seconds: number) => number,
  y: (value: number) => number,
): TemplateResult | typeof nothing {
  const seconds = quantile(points, wanted);
  if (seconds === null || wanted > last) return nothing;
  const at = x(seconds);
  const left = at > size.left + 80;
  return svg`<circle class="point" cx=${at} cy=${y(nines(wanted))} r="3" />
    <text class="end" x=${left ? at - 7 : at + 8} y=${y(nines(wanted)) + (left ? -3 : 12)} text-anchor=${left ? 'end' : 'start'}>p${wanted * 100} ${formatSeconds(seconds)}</text>`;
}

/** What the curves show, as figures. */
export function latencyTable(curves: readonly LatencyCurve[], name: (element: string) => string): TemplateResult {
  const shares = [0.5, 0.9, 0.95, 0.99, 0.999] as const;
  return html`<details>
    <summary>As a table</summary>
    <div class="wide-table"><table>
      <thead><tr><th></th>${shares.map((share) => html`<th class="number code">p${share * 100}</th>`)}</tr></thead>
      <tbody>${curves.map(
        ({ element, points }) =>
          html`<tr><td class="code">${name(element)}</td>${shares.map((share) => {
            const seconds = quantile(points, share);
            return html`<td class="number">${seconds === null ? '?' : formatSeconds(seconds)}</td>`;
          })}</tr>`,
      )}</tbody>
    </table></div>
  </details>`;
}
