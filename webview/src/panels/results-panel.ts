/** The results panel: verdicts, the table of measures with their intervals, latency curves, findings, counters. */
import { type AnyElement, indexElements, type Model } from '@pollux/engine/model';
import { formatAge, formatCount, formatSeconds } from '@pollux/engine/numeric';
import type { Counters, LatencyCurve, SimulationResult } from '@pollux/engine/simulation';
import { html, nothing, render, type TemplateResult } from 'lit';
import { reveal } from '../protocol/index.ts';
import type { Host } from './host.ts';
import { type Bound, latencyChart } from './latency-chart.ts';
import { expectationTable, measureTables } from './measure-tables.ts';
import { emptyState, type PageState } from './page-state.ts';
import { alertTriangle, sourceDot } from './signs.ts';
import { verdictStrip } from './verdict-strip.ts';

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
    const show = (element: string): void => this.host.send(reveal, { element });
    const words = { index, name, show };
    const isInteraction = (element: string): boolean => index.get(element)?.kind === 'interaction';
    const whole = run.latencies.filter((curve) => isInteraction(curve.element));
    const parts = run.latencies.filter((curve) => !isInteraction(curve.element));
    return html`${expectationTable(run, words)} ${findings(run, show)}
      ${latencies('Latency', whole, run, name, model)} ${measureTables(run, words)}
      ${latencies('Latency of operations', parts, run, name, model)}
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

/** As the text names it, without the package: `Orders.create`. */
function nameIn(id: string, index: ReadonlyMap<string, AnyElement>): string {
  const element = index.get(id);
  const parts = id.split('.');
  if (element === undefined) return parts[parts.length - 1] ?? id;
  if (element.kind === 'message') return id.slice(id.lastIndexOf('/') + 1);
  const own = ['operation', 'state', 'final', 'transition'].includes(element.kind);
  return own ? parts.slice(1).join('.') || id : element.name || id;
}

function latencies(
  title: string,
  curves: readonly LatencyCurve[],
  run: SimulationResult,
  name: (id: string) => string,
  model: Model | null,
): TemplateResult | typeof nothing {
  if (curves.length === 0) return nothing;
  const bounds = (element: string): readonly Bound[] =>
    (model?.scenarios ?? [])
      .filter((scenario) => scenario.id === run.scenario)
      .flatMap((scenario) => scenario.expectations)
      .flatMap(({ measure, demand, name: own }) => {
        if (measure.element !== element || demand.kind !== 'bound' || !/^p\d/.test(measure.statistic)) return [];
        const label = `${own === '' ? measure.statistic : own} ${demand.operator} ${formatSeconds(demand.bound / 1e6)}`;
        return [{ name: label, seconds: demand.bound / 1e6 }];
      });
  return html`<section>
    <h2>${title} <small>share of occurrences done within a time</small></h2>
    <div class="charts">${curves.map((curve) => latencyChart(name(curve.element), curve, bounds(curve.element)))}</div>
  </section>`;
}

function findings(run: SimulationResult, show: (element: string) => void): TemplateResult | typeof nothing {
  if (run.findings.length === 0) return nothing;
  return html`<section>
    <h2>Findings</h2>
    <ul class="findings">
      ${run.findings.map(
        ({ severity, message, element }) => html`<li>
        ${severity === 'information' ? nothing : alertTriangle()} <button @click=${() => show(element)}>${message}</button>
      </li>`,
      )}
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
