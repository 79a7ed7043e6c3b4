/** The results panel: verdicts, the table of measures with their intervals, latency curves, findings, counters. */
import { type AnyElement, indexElements, type Model } from '@pollux/engine/model';
import type { Counters, JudgedExpectation, MeasuredValue, SimulationResult } from '@pollux/engine/simulation';
import { html, nothing, render, type TemplateResult } from 'lit';
import { reveal } from '../protocol/index.ts';
import { formatAge, formatCount, formatInterval, formatValue, unknown } from '../render/numbers.ts';
import type { Host } from './host.ts';
import { type Bound, latencyChart } from './latency-chart.ts';
import { emptyState, type PageState } from './page-state.ts';
import { alertTriangle, sourceDot, verdictSign } from './signs.ts';
import { isShareMeasure, parted, verdictStrip } from './verdict-strip.ts';

/** Kinds of elements in the order in which the table shows them. */
const order = ['interaction', 'operation', 'component', 'node', 'machine', 'state', 'final'] as const;

export class ResultsPanel {
  private readonly host: Host;
  private readonly root: HTMLElement;
  private state: PageState = emptyState;

  constructor(host: Host, root: HTMLElement) {
    this.host = host;
    this.root = root;
    root.className = 'page';
  }

  receive(news: Partial<PageState>): void {
    this.state = { ...this.state, ...news };
    const { result, model, progress } = this.state;
    const run = result.result;
    render(
      html`<header class="toolbar">
          <span class="code">${result.scenario === '' ? 'Results' : result.scenario}</span>
          ${run === null ? nothing : html`<span class="source">${sourceDot('simulated')} ${runWords(run)}</span>`}
        </header>
        ${run === null ? nothing : verdictStrip(run.expectations, false)}
        ${progress === null ? nothing : html`<div class="strip">Simulating, replication ${Math.min(progress.replication + 1, progress.replications)} of ${progress.replications}</div>`}
        <main class="results">${run === null ? empty(progress !== null) : this.body(run, model?.model ?? null)}</main>`,
      this.root,
    );
  }

  private body(run: SimulationResult, model: Model | null): TemplateResult {
    const index = model === null ? new Map<string, AnyElement>() : indexElements(model);
    const name = (id: string): string => nameIn(id, index);
    return html`${measureTable(run, index, name, (element) => this.host.send(reveal, { element }))}
      ${latencies(run, index, name, model)} ${findings(run, (element) => this.host.send(reveal, { element }))}
      <section><h2>Occurrences</h2><p class="counters">${countersLine(run.counters)}</p></section>`;
  }
}

function runWords({ replications, simulated_s, seed }: SimulationResult): string {
  return `${replications} ${replications === 1 ? 'replication' : 'replications'}, ${formatAge(simulated_s)} simulated, seed ${seed}`;
}

function empty(running: boolean): TemplateResult | typeof nothing {
  if (running) return nothing;
  return html`<div class="message"><h2>No run yet.</h2><p>Run a scenario of the model: command <span class="code">Pollux: Run Scenario…</span></p></div>`;
}

/** Without the package: `Orders.create`; an element without a name is told by what it belongs to. */
function nameIn(id: string, index: ReadonlyMap<string, AnyElement>): string {
  const element = index.get(id);
  const parts = id.split('.');
  if (element?.kind === 'operation' || element?.kind === 'state' || element?.kind === 'final') return parts.slice(1).join('.') || id;
  return element?.name || parts[parts.length - 1] || id;
}

interface Row {
  readonly measured: MeasuredValue;
  readonly judged: JudgedExpectation | undefined;
}

function measureTable(
  run: SimulationResult,
  index: ReadonlyMap<string, AnyElement>,
  name: (id: string) => string,
  show: (element: string) => void,
): TemplateResult {
  const rank = (measured: MeasuredValue): number => {
    const at = order.indexOf((index.get(measured.element)?.kind ?? '') as (typeof order)[number]);
    return at < 0 ? order.length : at;
  };
  const rows = run.measures
    .map((measured): Row => ({ measured, judged: expectationOf(measured, run, index) }))
    .toSorted((a, b) => rank(a.measured) - rank(b.measured));
  let before = '';
  return html`<section>
    <h2>Measures <small>${confidence(run)}</small></h2>
    <table>
      <thead>
        <tr><th></th><th>element</th><th>measure</th><th class="number">value</th><th class="number">bound</th><th class="number">samples</th></tr>
      </thead>
      <tbody>
        ${rows.map(({ measured, judged }) => {
          const first = measured.element !== before;
          before = measured.element;
          return measureRow(measured, judged, first ? name(measured.element) : '', show);
        })}
      </tbody>
    </table>
  </section>`;
}

function confidence(run: SimulationResult): string {
  const level = run.measures[0]?.confidence ?? 0.95;
  return `${Math.round(level * 100)} % intervals over ${run.replications} replications`;
}

function expectationOf(measured: MeasuredValue, run: SimulationResult, index: ReadonlyMap<string, AnyElement>): JudgedExpectation | undefined {
  return run.expectations.find((judged) => {
    const expectation = index.get(judged.element) as { measure?: { statistic: string; element: string } } | undefined;
    return expectation?.measure?.element === measured.element && expectation.measure.statistic === measured.measure;
  });
}

function measureRow(measured: MeasuredValue, judged: JudgedExpectation | undefined, name: string, show: (element: string) => void): TemplateResult {
  const look = judged?.verdict === 'missed' ? 'alert' : 'obs';
  return html`<tr data-measure="${measured.element} ${measured.measure}">
    <td class="mark-cell">${judged === undefined ? nothing : verdictSign(judged.verdict)}</td>
    <td class="code">${name === '' ? nothing : html`<button @click=${() => show(measured.element)}>${name}</button>`}</td>
    <td class="code">${measured.measure}</td>
    <td class="number ${look}">${measuredText(measured)}</td>
    <td class="number ink2">${judged === undefined ? '' : parted(judged.text).bound}</td>
    <td class="number ink2">${formatCount(measured.samples)}</td>
  </tr>`;
}

export function measuredText({ value, lower, upper, unit, measure, status }: MeasuredValue): string {
  const share = isShareMeasure(measure);
  if (value === null) return unknown;
  if (lower === null || upper === null || status === 'not-estimable') return `${formatValue(value, unit, share)}, interval ${unknown}`;
  return formatInterval(value, lower, upper, unit, share);
}

function latencies(
  run: SimulationResult,
  index: ReadonlyMap<string, AnyElement>,
  name: (id: string) => string,
  model: Model | null,
): TemplateResult | typeof nothing {
  if (run.latencies.length === 0) return nothing;
  const bounds = (element: string): readonly Bound[] =>
    (model?.scenarios ?? [])
      .filter((scenario) => scenario.id === run.scenario)
      .flatMap((scenario) => scenario.expectations)
      .flatMap(({ measure, demand, name: own }) => {
        if (measure.element !== element || demand.kind !== 'bound' || !/^p\d/.test(measure.statistic)) return [];
        return [{ name: own === '' ? measure.statistic : own, seconds: demand.bound / 1e6 }];
      });
  const kindOf = (element: string): number => (index.get(element)?.kind === 'interaction' ? 0 : 1);
  const curves = run.latencies.toSorted((a, b) => kindOf(a.element) - kindOf(b.element));
  return html`<section>
    <h2>Latency <small>share of occurrences done within a time</small></h2>
    <div class="charts">${curves.map((curve) => latencyChart(name(curve.element), curve, bounds(curve.element)))}</div>
  </section>`;
}

function findings(run: SimulationResult, show: (element: string) => void): TemplateResult | typeof nothing {
  if (run.findings.length === 0) return nothing;
  return html`<section>
    <h2>Findings</h2>
    <ul class="findings">
      ${run.findings.map(({ severity, message, element }) => html`<li>
        ${severity === 'information' ? nothing : alertTriangle()} <button @click=${() => show(element)}>${message}</button>
      </li>`)}
    </ul>
  </section>`;
}

function countersLine({ started, finished, failed, refused, unfinished, events }: Counters): string {
  const parts = [
    `${formatCount(started)} started`,
    `${formatCount(finished)} finished`,
    `${formatCount(failed)} failed`,
    `${formatCount(refused)} refused`,
    `${formatCount(unfinished)} unfinished`,
  ];
  return `${parts.join(', ')}; ${formatCount(events)} events`;
}
