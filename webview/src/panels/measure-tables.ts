/** Measures side by side: one table a kind of element, one row an element, one column a measure, each with its interval. */
import type { AnyElement, Measure } from '@pollux/engine/model';
import { formatInterval, formatValue, unknown } from '@pollux/engine/numeric';
import { isShare, plainMeasure, worstWindowText } from '@pollux/engine/property';
import type { JudgedExpectation, MeasuredValue, SimulationResult } from '@pollux/engine/simulation';
import { html, nothing, type TemplateResult } from 'lit';
import { verdictSign } from './signs.ts';
import { judgedValue, parted } from './verdict-strip.ts';

interface TableKind {
  readonly title: string;
  readonly kinds: readonly string[];
  readonly measures: readonly string[];
  /** Long ones begin folded. */
  readonly folded: boolean;
}

const latency = ['rate', 'mean', 'p50', 'p95', 'p99', 'errors', 'concurrency'] as const;

const tables: readonly TableKind[] = [
  { title: 'Interactions', kinds: ['interaction'], measures: latency, folded: false },
  {
    title: 'Nodes and components',
    kinds: ['node', 'component'],
    measures: ['utilization', 'queue', 'wait', 'errors'],
    folded: false,
  },
  { title: 'Activities', kinds: ['activity'], measures: latency, folded: false },
  { title: 'Resources', kinds: ['resource'], measures: ['utilization', 'queue', 'wait'], folded: false },
  {
    title: 'Steps of activities',
    kinds: ['action', 'structured', 'acquire', 'accept', 'send', 'activity-final', 'flow-final'],
    measures: ['count', 'mean', 'p95', 'wait'],
    folded: true,
  },
  { title: 'Operations', kinds: ['operation'], measures: latency, folded: false },
  { title: 'Messages', kinds: ['message'], measures: latency, folded: true },
  { title: 'Machines', kinds: ['machine', 'state', 'final', 'transition'], measures: ['count'], folded: true },
];

export interface ElementWords {
  readonly index: ReadonlyMap<string, AnyElement>;
  name(element: string): string;
  /** A text about an element that leads to it, where there is something to lead to. */
  link(element: string, text: string | TemplateResult): TemplateResult;
}

export function measureTables(run: SimulationResult, words: ElementWords): TemplateResult {
  const level = Math.round((run.measures[0]?.confidence ?? 0.95) * 100);
  return html`<section>
    <h2>Measures <small>${level} % intervals over ${run.replications} replications</small></h2>
    ${tables.map((kind) => measureTable(kind, run, words))}
  </section>`;
}

function measureTable(kind: TableKind, run: SimulationResult, words: ElementWords): TemplateResult | typeof nothing {
  const rows = new Map<string, Map<string, MeasuredValue>>();
  for (const measured of run.measures) {
    if (!kind.kinds.includes(words.index.get(measured.element)?.kind ?? '')) continue;
    const row = rows.get(measured.element) ?? new Map<string, MeasuredValue>();
    rows.set(measured.element, row.set(measured.measure, measured));
  }
  if (rows.size === 0) return nothing;
  const columns = kind.measures.filter((measure) => [...rows.values()].some((row) => row.has(measure)));
  return html`<details ?open=${!kind.folded}>
    <summary>${kind.title} <small>${rows.size}</small></summary>
    <div class="wide-table">
      <table>
        <thead>
          <tr><th></th>${columns.map((column) => html`<th class="number code">${column}</th>`)}</tr>
        </thead>
        <tbody>
          ${[...rows].map(
            ([element, row]) => html`<tr>
              <td class="code">${words.link(element, words.name(element))}</td>
              ${columns.map((column) => measureCell(row.get(column), run, words))}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function measureCell(measured: MeasuredValue | undefined, run: SimulationResult, words: ElementWords): TemplateResult {
  if (measured === undefined) return html`<td class="number"></td>`;
  const judged = expectationOf(measured, run, words.index);
  const look = judged?.verdict === 'missed' ? 'alert' : measured.value === 0 ? 'ink3' : 'obs';
  const key = `${measured.element} ${measured.measure}`;
  return html`<td class="number ${look}" data-measure=${key} title="${measured.samples} observations">
    ${judged === undefined ? nothing : verdictSign(judged.verdict)} ${breakable(measuredText(measured))}
  </td>`;
}

/** Where room is short, the half-width goes to a line of its own. */
function breakable(text: string): TemplateResult {
  const at = text.indexOf(' ± ');
  return at < 0 ? html`${text}` : html`${text.slice(0, at)} <span class="half">${text.slice(at + 1)}</span>`;
}

export function expectationOf(
  { element, measure }: Pick<MeasuredValue, 'element' | 'measure'>,
  run: SimulationResult,
  index: ReadonlyMap<string, AnyElement>,
): JudgedExpectation | undefined {
  return run.expectations.find((judged) => {
    const { measure: asked } = (index.get(judged.element) ?? {}) as { measure?: Measure };
    return asked !== undefined && asked.element === element && plainMeasure(asked) === measure;
  });
}

function measuredText({ value, lower, upper, unit, measure, status }: MeasuredValue): string {
  const share = isShare(measure);
  if (value === null) return unknown;
  if (lower === null || upper === null || status === 'not-estimable')
    return `${formatValue(value, unit, share)}, interval ${unknown}`;
  return formatInterval(value, lower, upper, unit, share);
}

/** The judged ones first, with bound and reason. */
export function expectationTable(run: SimulationResult, words: ElementWords): TemplateResult | typeof nothing {
  if (run.expectations.length === 0) return nothing;
  return html`<section>
    <h2>Expectations</h2>
    <div class="wide-table"><table class="expectations">
      <thead>
        <tr><th></th><th></th><th>measure</th><th class="number">bound</th><th class="number">value</th><th></th></tr>
      </thead>
      <tbody>
        ${run.expectations.map((judged) => {
          const { measure, bound } = parted(judged.text);
          const name = words.index.get(judged.element)?.name ?? '';
          const look = judged.verdict === 'missed' ? 'alert' : judged.verdict === 'undecided' ? 'ink2' : 'obs';
          return html`<tr data-verdict=${judged.verdict}>
            <td class="mark-cell">${verdictSign(judged.verdict)}</td>
            <td class="code">${name}</td>
            <td class="code">${words.link(judged.element, measure)}</td>
            <td class="number ink2">${bound}</td>
            <td class="number ${look}">${judgedValue(judged)}</td>
            <td class="ink2 reason">${[judged.verdict, judged.reason ?? worstWindowText(judged)].filter((words) => words !== '').join(': ')}</td>
          </tr>`;
        })}
      </tbody>
    </table></div>
  </section>`;
}
