/** How a run went over time: small charts with one axis of time, their bands, the bound, what happened, and the moment looked at. */
import { formatValue, unknown } from '@pollux/engine/numeric';
import { isShare } from '@pollux/engine/property';
import type { ElementSeries, JudgedExpectation, Series, SimulationResult } from '@pollux/engine/simulation';
import { area, line } from 'd3-shape';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { type ElementWords, expectationOf } from './measure-tables.ts';
import { formatMoment, timeAxis } from './time-axis.ts';
import type { LaneEvent } from './timeline-lanes.ts';
import { valueAxis } from './value-axis.ts';

const size = { width: 320, height: 128, left: 52, right: 10, top: 8, bottom: 20 } as const;
/** More charts than this tell nothing at a glance. */
const most = 8;
/** In their order: what is felt, what is asked for, what it rests on. */
const order = ['p95', 'rate', 'errors', 'utilization', 'queue'] as const;
const titles: Readonly<Record<string, string>> = {
  p95: 'p95',
  rate: 'rate',
  errors: 'errors',
  utilization: 'busy',
  queue: 'in line',
};

interface TimeLook {
  /** Seconds; null: the whole run, with the value of its end. */
  readonly at_s: number | null;
  readonly duration_s: number;
  readonly warmup_s: number;
  readonly events: readonly LaneEvent[];
}

export function timeCharts(
  run: SimulationResult,
  look: TimeLook,
  words: ElementWords,
): TemplateResult | typeof nothing {
  const chosen = chosenSeries(run, words);
  if (chosen.length === 0) return nothing;
  const { step_s } = run.series;
  return html`<section class="time">
    <h2>Over time <small>means of ${formatMoment(step_s)}, ${run.replications > 1 ? `95 % intervals over ${run.replications} replications` : 'one replication'}</small></h2>
    <div class="charts">${chosen.map((one) => timeChart(one, run, look, words))}</div>
    ${seriesTable(run.series, chosen, words)}
  </section>`;
}

/** What of all that was recorded is shown: whole behaviours, kinds of node that are busy at all. */
function chosenSeries(run: SimulationResult, words: ElementWords): readonly ElementSeries[] {
  const isShown = ({ element, measure, values }: ElementSeries): boolean => {
    const kind = words.index.get(element)?.kind;
    const isWhole = kind === 'interaction' || kind === 'activity';
    if (values.every((value) => value === null)) return false;
    if (isWhole)
      return (
        measure === 'p95' || measure === 'rate' || (measure === 'errors' && values.some((each) => (each ?? 0) > 0))
      );
    if (kind !== 'node') return false;
    const isBusy = values.some((value) => (value ?? 0) > (measure === 'queue' ? 1 : 0.01));
    return (measure === 'utilization' || measure === 'queue') && isBusy;
  };
  const rank = (measure: string): number => order.indexOf(measure as (typeof order)[number]);
  return run.series.elements
    .filter(isShown)
    .toSorted((a, b) => rank(a.measure) - rank(b.measure))
    .slice(0, most);
}

function timeChart(one: ElementSeries, run: SimulationResult, look: TimeLook, words: ElementWords): TemplateResult {
  const { series } = run;
  const share = isShare(one.measure);
  const judged = expectationOf(one, run, words.index);
  const at = look.at_s === null ? series.buckets - 1 : Math.floor((look.at_s - series.from_s) / series.step_s);
  const value = one.values[Math.min(series.buckets - 1, Math.max(0, at))] ?? null;
  const text = value === null ? unknown : formatValue(value, one.unit, share);
  return html`<figure class="over-time">
    <div class="chart-title"><span class="name">${titles[one.measure] ?? one.measure} ${words.name(one.element)}</span><span class="now">${text}</span></div>
    ${chart(one, series, judged, look, `${one.measure} of ${words.name(one.element)} over time, at last ${text}`)}
  </figure>`;
}

function chart(
  one: ElementSeries,
  series: Series,
  judged: JudgedExpectation | undefined,
  look: TimeLook,
  label: string,
): TemplateResult {
  const { width, height, left, right, top, bottom } = size;
  const known = [...one.values, ...(one.upper ?? [])].filter((value) => value !== null);
  const bound = judged === undefined || judged.bound > 4 * Math.max(...known) ? null : judged.bound;
  const axis = timeAxis(look.duration_s, left, width - right);
  const greatest = Math.max(1e-12, ...known, bound ?? 0);
  // A share of more than all there is is none.
  const isPart = isShare(one.measure) && greatest > 0.5 && one.values.every((value) => (value ?? 0) <= 1.001);
  const { y, ticks } = valueAxis(greatest, one.unit, isShare(one.measure), isPart, height - bottom, top);
  const middle = (index: number): number => axis.x(series.from_s + (index + 0.5) * series.step_s);
  const curve = line<number | null>(
    (_, index) => middle(index),
    (value) => y(value ?? 0),
  ).defined((value) => value !== null);
  const band = area<number | null>(
    (_, index) => middle(index),
    (_, index) => y(one.lower?.[index] ?? one.values[index] ?? 0),
    (_, index) => y(one.upper?.[index] ?? one.values[index] ?? 0),
  ).defined((_, index) => one.lower?.[index] !== null && one.lower?.[index] !== undefined);
  const isAtEnd = bound !== null && nearer(one.values, bound) === 'begin';
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${look.warmup_s > 0 ? svg`<rect class="warmup" x=${left} y=${top} width=${Math.max(0, axis.x(look.warmup_s) - left)} height=${height - bottom - top} />` : nothing}
    ${ticks.map((tick) => svg`<path class="grid" d="M${left},${tick.y}H${width - right}" /><text x=${left - 6} y=${tick.y + 4} text-anchor="end">${tick.text}</text>`)}
    <path class="base" d="M${left},${height - bottom}H${width - right}" />
    ${look.events.map((event) => eventLine(event, axis.x, height - bottom))}
    ${one.lower === undefined ? nothing : svg`<path class="band" d=${band([...one.values]) ?? ''} />`}
    <path class="curve" d=${curve([...one.values]) ?? ''} />
    ${bound === null || judged === undefined ? nothing : svg`<path class="bound-line" d="M${left},${y(bound)}H${width - right}" /><text class="bound" x=${isAtEnd ? width - right : left + 4} y=${y(bound) - 5} text-anchor=${isAtEnd ? 'end' : 'start'}>${boundWords(judged)}</text>`}
    ${look.at_s === null ? nothing : svg`<path class="cursor" d="M${axis.x(look.at_s)},${top}V${height - bottom}" />`}
    ${axis.ticks.map((tick, index) => svg`<text x=${tick.x} y=${height - 5} text-anchor=${index === 0 ? 'start' : index === axis.ticks.length - 1 && tick.x > width - right - 20 ? 'end' : 'middle'}>${tick.text}</text>`)}
  </svg>`;
}

/** At which end of the chart the curve comes closer to the bound: its words stand at the other. */
function nearer(values: ElementSeries['values'], bound: number): 'begin' | 'end' {
  const known = values.filter((value) => value !== null);
  const few = Math.max(1, Math.floor(known.length / 5));
  const gap = (some: readonly number[]): number => Math.min(...some.map((value) => Math.abs(value - bound)));
  return gap(known.slice(0, few)) < gap(known.slice(-few)) ? 'begin' : 'end';
}

function boundWords({ text }: JudgedExpectation): string {
  return /(?:<=|>=|<|>).*$/.exec(text)?.[0] ?? text;
}

function eventLine(event: LaneEvent, x: (seconds: number) => number, bottom: number): TemplateResult {
  return svg`<path class="event-line" d="M${x(event.from_s)},${size.top}V${bottom}"><title>${event.text}</title></path>`;
}

/** What the charts show, as figures: every chart has its table. */
function seriesTable(series: Series, chosen: readonly ElementSeries[], words: ElementWords): TemplateResult {
  const step = Math.max(1, Math.ceil(series.buckets / 30));
  const rows = Array.from({ length: Math.ceil(series.buckets / step) }, (_, index) => index * step);
  return html`<details>
    <summary>As a table <small>every ${formatMoment(series.step_s * step)}</small></summary>
    <div class="wide-table"><table>
      <thead><tr><th class="number">from</th>${chosen.map((one) => html`<th class="number code">${one.measure}(${words.name(one.element)})</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr><td class="number ink2">${formatMoment(series.from_s + row * series.step_s)}</td>${chosen.map((one) => html`<td class="number">${cellText(one, row)}</td>`)}</tr>`)}</tbody>
    </table></div>
  </details>`;
}

function cellText({ values, unit, measure }: ElementSeries, row: number): string {
  const value = values[row] ?? null;
  return value === null ? '' : formatValue(value, unit, isShare(measure));
}
