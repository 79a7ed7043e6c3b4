/** Two scenarios under the same luck, side by side: paired ratios with their intervals on one axis, better and worse marked. */
import { formatFigure, formatInterval, formatValue, unknown } from '@pollux/engine/numeric';
import { isShare } from '@pollux/engine/property';
import type {
  Comparison,
  ComparisonResult,
  Difference,
  JudgedExpectation,
  MeasuredValue,
  SimulationResult,
} from '@pollux/engine/simulation';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { type ElementWords, expectationOf } from './measure-tables.ts';
import { type RatioAxis, ratioAxis } from './ratio-axis.ts';
import { said } from './said.ts';
import { alertTriangle, verdictSign } from './signs.ts';
import { parted } from './verdict-strip.ts';

const axisWidth = 150;
const rowHeight = 22;

/** What a reader looks at first; the rest is folded. */
const first: Readonly<Record<string, readonly string[]>> = {
  interaction: ['p50', 'p95', 'p99', 'errors', 'throughput'],
  activity: ['p50', 'p95', 'p99', 'throughput'],
  node: ['utilization'],
};

export function comparisonTables(comparison: ComparisonResult, words: ElementWords): TemplateResult {
  return html`${comparison.comparisons.map((one) => comparisonSection(comparison.result, one, words))}`;
}

function comparisonSection(result: SimulationResult, comparison: Comparison, words: ElementWords): TemplateResult {
  const { baseline, pairs, differences, sentences, findings } = comparison;
  const [name, other] = [words.name(result.scenario), words.name(baseline.scenario)];
  const isFirst = ({ element, measure }: Difference): boolean =>
    expectationOf({ element, measure }, result, words.index) !== undefined ||
    first[words.index.get(element)?.kind ?? '']?.includes(measure) === true;
  const shown = differences.filter(isFirst);
  const rest = differences.filter((one) => !isFirst(one) && one.measure !== 'count');
  const level = Math.round((differences[0]?.confidence ?? 0.95) * 100);
  return html`<section class="comparison">
    <h2>${name} against ${other} <small>${pairs} ${pairs === 1 ? 'pair of replications' : 'pairs of replications'}, common random numbers, ${level} % intervals</small></h2>
    ${sentences.slice(0, 3).map((sentence) => html`<p class="said">${said(sentence)}</p>`)}
    ${findings.map(({ message }) => html`<p class="said">${alertTriangle()} ${said(message)}</p>`)}
    ${differences.length === 0 ? html`<p class="ink2">Nothing can be compared: ${reasonOf(result, baseline)}</p>` : table(shown.length > 0 ? shown : rest, result, baseline, [name, other], words)}
    ${shown.length === 0 || rest.length === 0 ? nothing : html`<details><summary>All other measures <small>${rest.length}</small></summary>${table(rest, result, baseline, [name, other], words)}</details>`}
  </section>`;
}

function reasonOf(...results: readonly SimulationResult[]): string {
  const error = results.flatMap(({ findings }) => findings).find(({ severity }) => severity === 'error');
  return error?.message ?? 'no pair of replications was finished.';
}

function table(
  rows: readonly Difference[],
  result: SimulationResult,
  baseline: SimulationResult,
  [name, other]: readonly [string, string],
  words: ElementWords,
): TemplateResult {
  const ratios = rows.flatMap(({ ratio }) => [ratio.value, ratio.lower, ratio.upper]);
  const axis = ratioAxis(
    ratios.filter((value) => value !== null),
    axisWidth,
  );
  return html`<div class="wide-table">
    <table>
      <thead>
        <tr>
          <th></th><th>measure</th><th class="number">bound</th><th class="number">${other}</th><th class="number">${name}</th>
          <th class="axis-cell">${axisHead(axis)}</th><th class="number">ratio</th>
        </tr>
      </thead>
      <tbody>${rows.map((row) => comparisonRow(row, result, baseline, axis, words))}</tbody>
    </table>
  </div>`;
}

function comparisonRow(
  row: Difference,
  result: SimulationResult,
  baseline: SimulationResult,
  axis: RatioAxis,
  words: ElementWords,
): TemplateResult {
  const judged = expectationOf(row, result, words.index);
  const missed = judged?.verdict === 'missed';
  return html`<tr data-difference="${row.measure} ${row.element}" data-verdict=${row.verdict}>
    <td class="mark-cell">${judged === undefined ? nothing : verdictSign(judged.verdict)}</td>
    <td class="code">${words.link(row.element, `${row.measure}(${words.name(row.element)})`)}</td>
    <td class="number bound ink2">${judged === undefined ? '' : boundOf(judged)}</td>
    <td class="number">${figure(row, baseline)}</td>
    <td class="number ${missed ? 'alert' : ''}">${figure(row, result)}</td>
    <td class="axis-cell">${ratioMark(row, axis)}</td>
    <td class="number ${lookOf(row)}">${ratioText(row)}</td>
  </tr>`;
}

function boundOf({ text }: JudgedExpectation): string {
  return parted(text).bound;
}

function figure({ element, measure, unit }: Difference, run: SimulationResult): string {
  const found: MeasuredValue | undefined = run.measures.find(
    (one) => one.element === element && one.measure === measure,
  );
  if (found === undefined || found.value === null) return unknown;
  const { value, lower, upper } = found;
  if (lower === null || upper === null) return formatValue(value, unit, isShare(measure));
  return formatInterval(value, lower, upper, unit, isShare(measure));
}

function lookOf({ verdict }: Difference): string {
  return verdict === 'better' || verdict === 'worse' ? verdict : verdict === 'undecided' ? 'ink2' : '';
}

const verdictWords: Readonly<Record<Difference['verdict'], string>> = {
  better: 'better',
  worse: 'worse',
  higher: 'higher',
  lower: 'lower',
  'no-difference': 'no difference',
  undecided: 'undecided',
};

function ratioText({ ratio, difference, unit, measure, verdict }: Difference): string {
  if (ratio.value !== null) return formatFigure(ratio.value);
  // Where one of the two is nothing there is no ratio: what was added stands for it.
  if (difference.value === null) return unknown;
  return verdict === 'no-difference' || difference.value === 0
    ? '–'
    : `${difference.value > 0 ? '+' : ''}${formatValue(difference.value, unit, isShare(measure))}`;
}

function axisHead(axis: RatioAxis): TemplateResult {
  return html`<svg class="ratio" width=${axisWidth} height="14" viewBox="0 0 ${axisWidth} 14" aria-hidden="true">
    ${axis.ticks.map(({ ratio, text }) => svg`<text x=${axis.x(ratio)} y="11" text-anchor="middle">${text}</text>`)}
  </svg>`;
}

/** From 1 to the ratio, with its interval; a triangle up is better, down is worse. */
function ratioMark({ ratio, verdict }: Difference, axis: RatioAxis): TemplateResult {
  const middle = rowHeight / 2;
  const grid = axis.ticks.map(
    (tick) => svg`<path class=${tick.ratio === 1 ? 'one' : 'grid'} d="M${axis.x(tick.ratio)},0V${rowHeight}" />`,
  );
  const frame = (inside: TemplateResult | typeof nothing, label: string): TemplateResult =>
    html`<svg class="ratio" width=${axisWidth} height=${rowHeight} viewBox="0 0 ${axisWidth} ${rowHeight}" role="img" aria-label=${label}>${grid}${inside}</svg>`;
  const { value, lower, upper } = ratio;
  if (value === null) return frame(nothing, `no ratio, ${verdictWords[verdict]}`);
  const at = axis.x(value);
  const [from, to] = [axis.x(lower ?? value), axis.x(upper ?? value)];
  const look = verdict === 'better' || verdict === 'worse' ? verdict : 'plain';
  const sign =
    verdict === 'better'
      ? svg`<path class="sign" d="M${at},${middle - 4}l4.5,8h-9z" />`
      : verdict === 'worse'
        ? svg`<path class="sign" d="M${at},${middle + 4}l4.5,-8h-9z" />`
        : svg`<circle class=${verdict === 'undecided' ? 'sign hollow' : 'sign'} cx=${at} cy=${middle} r="3" />`;
  const inside = svg`<g class=${look}><path class="way" d="M${axis.x(1)},${middle}H${at}" />
    <path class="interval" d="M${from},${middle}H${to}M${from},${middle - 4}v8M${to},${middle - 4}v8" />${sign}</g>`;
  const interval = lower === null || upper === null ? '' : `, ${formatFigure(lower)} to ${formatFigure(upper)}`;
  return frame(inside, `${formatFigure(value)} times${interval}, ${verdictWords[verdict]}`);
}
