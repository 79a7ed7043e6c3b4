/** All that is said of a run, in the order in which it is asked for: the same in the panel and in a report. */
import { type AnyElement, indexElements, type Model, type Scenario } from '@pollux/engine/model';
import { formatCount, formatSeconds } from '@pollux/engine/numeric';
import type {
  Answers,
  ComparisonResult,
  Counters,
  LatencyCurve,
  SimulationResult,
  SweepResult,
} from '@pollux/engine/simulation';
import { html, nothing, type TemplateResult } from 'lit';
import { answersSection } from './answers-section.ts';
import { comparisonTables } from './comparison-table.ts';
import { heatMaps } from './heat-map.ts';
import { laneEvents } from './lane-events.ts';
import { type Bound, latencyChart, latencyTable } from './latency-chart.ts';
import { type ElementWords, expectationTable, measureTables } from './measure-tables.ts';
import { ownPoint } from './own-point.ts';
import { said } from './said.ts';
import { alertTriangle } from './signs.ts';
import { timeCharts } from './time-charts.ts';
import { timelineLanes } from './timeline-lanes.ts';

/** Everything there is to show of one scenario. */
export interface ResultFacts {
  readonly run: SimulationResult;
  readonly comparison: ComparisonResult | null;
  readonly sweep: SweepResult | null;
  readonly answers: Answers | null;
  readonly model: Model | null;
}

interface ResultsView {
  /** An element that leads to its text where there is one to lead to. */
  readonly link: ElementWords['link'];
  /** The moment that is looked at, and how another one is chosen. */
  readonly at_s: number | null;
  readonly seek: ((seconds: number) => void) | null;
  readonly width: number;
}

export function resultsBody(facts: ResultFacts, view: ResultsView): TemplateResult {
  const { run, comparison, sweep, answers, model } = facts;
  const words = wordsOf(model, view.link);
  const isWhole = (element: string): boolean => words.index.get(element)?.kind === 'interaction';
  const whole = run.latencies.filter((curve) => isWhole(curve.element));
  const parts = run.latencies.filter((curve) => !isWhole(curve.element));
  // What was asked beyond the run stands first: the verdicts of the run itself are in the strip above.
  return html`${answers === null ? nothing : answersSection(answers, words)}
    ${comparison === null ? nothing : comparisonTables(comparison, words)}
    ${sweep === null ? nothing : heatMaps(sweep, words, ownPoint(sweep, model))}
    ${expectationTable(run, words)} ${findings(run, words)}
    ${overTime(run, model, words, view)}
    ${latencies('Latency', whole, run, words, model)} ${measureTables(run, words)}
    ${latencies('Latency of operations', parts, run, words, model)}
    <section><h2>Occurrences</h2><p class="counters">${countersLine(run.counters)}</p></section>`;
}

export function wordsOf(model: Model | null, link: ElementWords['link']): ElementWords {
  const index = model === null ? new Map<string, AnyElement>() : indexElements(model);
  return { index, name: (id) => nameIn(id, index), link };
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

function scenarioOf({ scenario }: { readonly scenario: string }, model: Model | null): Scenario | undefined {
  return model?.scenarios.find(({ id }) => id === scenario);
}

function overTime(run: SimulationResult, model: Model | null, words: ElementWords, view: ResultsView): TemplateResult {
  const scenario = scenarioOf(run, model);
  const { from_s, step_s, buckets } = run.series;
  const duration_s = scenario === undefined ? from_s + step_s * buckets : scenario.duration / 1e6;
  const warmup_s = (scenario?.warmup ?? 0) / 1e6;
  const events = model === null || scenario === undefined ? [] : laneEvents(model, scenario);
  const look = { at_s: view.at_s, duration_s, warmup_s, events };
  const lanes = { duration_s, warmup_s, shown_s: view.at_s, now_s: duration_s, events, series: [] };
  return html`${timeCharts(run, look, words)}
    ${events.length === 0 && view.seek === null ? nothing : timelineLanes(lanes, view.width, view.seek)}`;
}

function latencies(
  title: string,
  curves: readonly LatencyCurve[],
  run: SimulationResult,
  words: ElementWords,
  model: Model | null,
): TemplateResult | typeof nothing {
  if (curves.length === 0) return nothing;
  const bounds = (element: string): readonly Bound[] =>
    (scenarioOf(run, model)?.expectations ?? []).flatMap(({ measure, demand, name: own }) => {
      if (measure.element !== element || demand.kind !== 'bound' || !/^p\d/.test(measure.statistic)) return [];
      const label = `${own === '' ? measure.statistic : own} ${demand.operator} ${formatSeconds(demand.bound / 1e6)}`;
      return [{ name: label, seconds: demand.bound / 1e6 }];
    });
  return html`<section>
    <h2>${title} <small>share of occurrences done within a time</small></h2>
    <div class="charts">${curves.map((curve) => latencyChart(words.name(curve.element), curve, bounds(curve.element)))}</div>
    ${latencyTable(curves, words.name)}
  </section>`;
}

function findings(run: SimulationResult, words: ElementWords): TemplateResult | typeof nothing {
  if (run.findings.length === 0) return nothing;
  return html`<section>
    <h2>Findings</h2>
    <ul class="findings">
      ${run.findings.map(
        ({ severity, message, element }) => html`<li>
        ${severity === 'information' ? nothing : alertTriangle()} ${words.link(element, said(message))}
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
