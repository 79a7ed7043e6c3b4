/** A sweep over one or two parameters as a heat map: the figure in each cell, lines where verdicts change, a frame where the model is. */
import { formatFigure, formatValue, inOneUnit } from '@pollux/engine/numeric';
import type { SweepPoint, SweepResult } from '@pollux/engine/simulation';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { type MappedMeasure, mappedMeasures, unitOf, valueAt, verdictAt } from './mapped-measures.ts';
import type { ElementWords } from './measure-tables.ts';
import { said } from './said.ts';
import { type CellVerdict, sidesPath, stepLines } from './step-lines.ts';

const cell = { height: 28, least: 46, most: 64 } as const;
const left = 64;
const top = 20;
const levels = 6;

export function heatMaps(
  sweep: SweepResult,
  words: ElementWords,
  ownPoint: readonly (number | null)[],
): TemplateResult {
  const shown = sweep.points.length === 0 ? [] : mappedMeasures(sweep, words);
  const simulated = sweep.points.filter(({ status }) => status === 'simulated').length;
  return html`<section class="sweep">
    <h2>Sweep${shown.length === 1 ? `, ${shown[0]?.text}` : ''} <small>${words.name(sweep.scenario)}, ${sweep.points.length} points, ${simulated} simulated</small></h2>
    ${sweep.sentences.slice(0, 3).map((sentence) => html`<p class="said">${said(sentence)}</p>`)}
    ${sweep.findings.map(({ message }) => html`<p class="said ink2">${said(message)}</p>`)}
    <div class="heat-maps">${shown.flatMap((measure) => facets(sweep).map((facet) => heatMap(sweep, facet, measure, ownPoint)))}</div>
    ${sweep.points.length === 0 ? nothing : pointTable(sweep, shown)}
  </section>`;
}

/** Two axes make a map: the values of all further axes, one map each. */
interface Facet {
  /** By axis; null for the two of the map. */
  readonly fixed: readonly (number | null)[];
}

function facets({ axes }: SweepResult): readonly Facet[] {
  let fixed: (number | null)[][] = [axes.map(() => null)];
  axes.forEach((axis, index) => {
    if (index < 2) return;
    fixed = fixed.flatMap((one) => axis.values.map((_, at) => one.map((each, i) => (i === index ? at : each))));
  });
  return fixed.map((one) => ({ fixed: one }));
}

function heatMap(
  sweep: SweepResult,
  { fixed }: Facet,
  shown: MappedMeasure,
  own: readonly (number | null)[],
): TemplateResult {
  const [columns, rows] = sweep.axes;
  if (columns === undefined) return html``;
  const rowValues = rows?.values ?? [{ value: null, text: '' }];
  const pointAt = (column: number, row: number): SweepPoint | undefined =>
    sweep.points.find(({ at }) =>
      at.every((position, axis) => position === (axis === 0 ? column : axis === 1 ? row : fixed[axis])),
    );
  const values = sweep.points.flatMap((point) => valueAt(point, shown) ?? []);
  const level = levelsOf(values);
  // The greatest row stands on top, as on an axis.
  const order = rowValues.map((_, index) => rowValues.length - 1 - index);
  const grid = order.map((row) => columns.values.map((_, column) => pointAt(column, row)));
  const verdicts = grid.map((line) => line.map((point): CellVerdict => verdictAt(point, shown)));
  const { missedEnds, metBegins } = stepLines(verdicts);
  const width = Math.max(cell.least, Math.min(cell.most, 420 / columns.values.length));
  const right = left + columns.values.length * width;
  const bottom = top + grid.length * cell.height;
  const others = sweep.axes.flatMap((axis, index) => {
    const at = fixed[index];
    return at === null || at === undefined ? [] : [`${axis.text} = ${axis.values[at]?.text ?? ''}`];
  });
  const isHere = others.length === 0 || fixed.every((at, axis) => at === null || at === own[axis]);
  const { isShare } = shown;
  const scale = inOneUnit(values, unitOf(sweep, shown), isShare);
  const demand = shown.bound === '' ? '' : ` ${shown.bound}`;
  return html`<figure class="heat-map">
    <figcaption>
      <div class="title"><span class="code">${shown.text}${demand}</span>${scale.unit === '' || isShare ? nothing : html` <span class="ink2">in ${scale.unit}</span>`}</div>
      <span class="code">${columns.text}</span>${others.length > 0 ? html` <span class="ink2">at ${others.join(', ')}</span>` : nothing}
    </figcaption>
    <svg width=${right + 2} height=${bottom + 2} viewBox="0 0 ${right + 2} ${bottom + 2}" role="img" aria-label="Heat map of ${shown.text} over ${sweep.axes.map(({ text }) => text).join(' and ')}; the same figures stand in the table below">
      ${columns.values.map(({ text }, column) => svg`<text class="head" x=${left + (column + 0.5) * width} y=${top - 6} text-anchor="middle">${text}</text>`)}
      ${order.map((row, index) => svg`<text class="head" x=${left - 8} y=${top + (index + 0.5) * cell.height + 4} text-anchor="end">${rowValues[row]?.text ?? ''}</text>`)}
      ${grid.map((line, y) => line.map((point, x) => cellMark(point, left + x * width, top + y * cell.height, width, shown, level, scale.figure)))}
      <path class="line-rim" d=${sidesPath([...missedEnds, ...metBegins], left, top, width, cell.height)} />
      <path class="met-begins" d=${sidesPath(metBegins, left, top, width, cell.height)} />
      <path class="missed-ends" d=${sidesPath(missedEnds, left, top, width, cell.height)} />
      ${isHere ? ownFrame(own, order, rows !== undefined, width) : nothing}
    </svg>
    <div class="key">
      ${rows === undefined ? nothing : html`<div>rows: <span class="code">${rows.text}</span></div>`}
      ${scaleKey(values, (value) => formatValue(value, unitOf(sweep, shown), isShare))}
      <div class="ink2">${keySentence(missedEnds.length, metBegins.length, own)}</div>
    </div>
  </figure>`;
}

function keySentence(missed: number, met: number, own: readonly (number | null)[]): string {
  const parts = [
    ...(missed > 0 ? ['Solid: missed ends.'] : []),
    ...(met > 0 ? ['Dashed: met begins.'] : []),
    ...(own.length > 0 && own.every((at) => at !== null) ? ['Framed: the model now.'] : []),
  ];
  return parts.join(' ');
}

function ownFrame(
  own: readonly (number | null)[],
  order: readonly number[],
  hasRows: boolean,
  width: number,
): TemplateResult | typeof nothing {
  const column = own[0];
  const row = hasRows ? own[1] : 0;
  if (column === null || column === undefined || row === null || row === undefined) return nothing;
  const x = left + column * width;
  const y = top + order.indexOf(row) * cell.height;
  return svg`<rect class="own-rim" x=${x + 2} y=${y + 2} width=${width - 4} height=${cell.height - 4} /><rect class="own" x=${x + 2} y=${y + 2} width=${width - 4} height=${cell.height - 4} />`;
}

/**
 * Equal steps of the logarithm where the values span more than three times, of the value where not. What reads alike, in two digits,
 * has one colour.
 */
export function levelsOf(values: readonly number[]): (value: number) => number {
  const low = asRead(Math.min(...values));
  const high = asRead(Math.max(...values));
  const isWide = low > 0 && high / low > 3;
  const place = (value: number): number => (isWide ? Math.log(value) : value);
  const [from, to] = [place(low), place(high)];
  return (value) =>
    to > from ? Math.min(levels - 1, Math.floor(((place(asRead(value)) - from) / (to - from)) * levels)) : 0;
}

function asRead(value: number): number {
  return Number(value.toPrecision(2));
}

const short: Readonly<Record<SweepPoint['status'], string>> = {
  simulated: '?',
  pruned: 'full',
  impossible: '×',
  'not-run': '',
};

function cellMark(
  point: SweepPoint | undefined,
  x: number,
  y: number,
  width: number,
  shown: MappedMeasure,
  level: (value: number) => number,
  figure: (value: number) => string,
): TemplateResult {
  const value = point === undefined ? null : valueAt(point, shown);
  const look = value === null ? 'empty' : `s${level(value)}`;
  const text = value === null ? (point === undefined ? '' : short[point.status]) : figure(value);
  const verdict = point?.status === 'simulated' ? verdictAt(point, shown) : null;
  return svg`<g class="cell ${look}"><rect x=${x} y=${y} width=${width - 1} height=${cell.height - 1} />
    ${verdict === 'met' ? svg`<path class="tick" d="M${x + 5},${y + 14}l2.5,2.5l5,-6" />` : nothing}
    ${verdict === 'undecided' ? svg`<path class="tick" d="M${x + 4},${y + 14}h9M${x + 5.5},${y + 14}a3,3 0 1 0 6,0a3,3 0 1 0 -6,0" />` : nothing}
    <text x=${x + width - 8} y=${y + 18} text-anchor="end">${text}</text></g>`;
}

function scaleKey(values: readonly number[], words: (value: number) => string): TemplateResult | typeof nothing {
  if (values.length === 0) return nothing;
  const [low, high] = [words(Math.min(...values)), words(Math.max(...values))];
  if (low === high) return html`<div class="scale"><span>${low}</span><span class="s0"></span><span></span></div>`;
  return html`<div class="scale"><span>${low}</span>${Array.from({ length: levels }, (_, at) => html`<span class="s${at}"></span>`)}<span>${high}</span></div>`;
}

/** The same in a table, and why a point was not simulated. */
function pointTable(sweep: SweepResult, shown: readonly MappedMeasure[]): TemplateResult {
  const hasCost = sweep.points.some(({ cost }) => cost !== null);
  return html`<details>
    <summary>All points <small>${sweep.points.length}</small></summary>
    <div class="wide-table"><table>
      <thead><tr>${sweep.axes.map(({ text }) => html`<th class="code">${text}</th>`)}${shown.map(({ text }) => html`<th class="number code">${text}</th>`)}<th></th>${hasCost ? html`<th class="number">cost</th>` : nothing}</tr></thead>
      <tbody>${sweep.points.map((point) => pointRow(sweep, point, shown, hasCost))}</tbody>
    </table></div>
  </details>`;
}

function pointRow(
  sweep: SweepResult,
  point: SweepPoint,
  shown: readonly MappedMeasure[],
  hasCost: boolean,
): TemplateResult {
  const text = (measure: MappedMeasure): string => {
    const value = valueAt(point, measure);
    return value === null ? '' : formatValue(value, unitOf(sweep, measure), measure.isShare);
  };
  const words =
    point.status === 'simulated'
      ? point.verdict
      : `${point.status === 'not-run' ? 'not run' : point.status}${point.reason === undefined ? '' : `: ${point.reason}`}`;
  const cost = point.cost === null ? '' : `${formatFigure(point.cost * 3600)}/h`;
  return html`<tr data-point=${point.text}>${point.at.map((at, axis) => html`<td class="code">${sweep.axes[axis]?.values[at]?.text ?? ''}</td>`)}${shown.map((measure) => html`<td class="number">${text(measure)}</td>`)}<td>${words}</td>${hasCost ? html`<td class="number">${cost}</td>` : nothing}</tr>`;
}
