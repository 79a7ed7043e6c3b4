/**
 * Replications → the result of a simulation. Always in the order of replications, so the bytes do not depend on who ran
 * which of them and when.
 */
import type { ElementId } from '../model/index.ts';
import { SECOND } from '../numeric/index.ts';
import { plainMeasure, whyNotComputed } from '../property/index.ts';
import { loadedTallies } from './activities/activity-subjects.ts';
import { disagreements, exactFigures } from './analytic-check.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { type Estimate, estimate, hasTails, pool } from './estimate.ts';
import { findingsOf } from './findings.ts';
import { judgeExpectations } from './judge-expectations.ts';
import { judgeWindows } from './judge-windows.ts';
import { mergeSeries } from './merge-series.ts';
import {
  type Counters,
  type LatencyCurve,
  type MeasuredValue,
  RESULT_SCHEMA,
  type RunEventCount,
  type SimulationResult,
} from './result.ts';
import type { ReplicationResult } from './run-replication.ts';
import { type Measured, type SubjectKind, subjectsOf } from './subjects.ts';

const latencyMeasures = ['rate', 'throughput', 'mean', 'p50', 'p95', 'p99', 'errors', 'concurrency'];

const measuresOf: Readonly<Record<SubjectKind, readonly string[]>> = {
  interaction: latencyMeasures,
  operation: [...latencyMeasures, 'wait'],
  message: latencyMeasures,
  component: ['utilization', 'errors', 'queue'],
  node: ['utilization', 'queue', 'wait'],
  state: ['count'],
  transition: ['count'],
  machine: ['count'],
  activity: latencyMeasures,
  action: ['count', 'mean', 'p95', 'wait'],
  end: ['count'],
  resource: ['utilization', 'queue', 'wait'],
  topic: ['rate', 'throughput', 'mean', 'p95', 'errors', 'queue', 'wait'],
  pool: [],
  whole: ['cost'],
};

export function mergeReplications(compiled: CompiledScenario, results: readonly ReplicationResult[]): SimulationResult {
  const finished = results.filter((result) => result.finished).sort((a, b) => a.index - b.index);
  const measured = subjectsOf(compiled).map((subject): Measured => {
    const samples = finished.map((result) => subject.sample(result));
    return { subject, samples, pooled: pool(samples) };
  });
  const byElement = new Map(measured.map((one) => [one.subject.element, one]));
  const estimates = new Map<string, Estimate>();
  const estimateOf = (element: ElementId, statistic: string): Estimate | null => {
    const key = `${statistic}(${element})`;
    const one = byElement.get(element);
    if (one === undefined) return null;
    let found = estimates.get(key);
    if (found === undefined) {
      found = estimate(statistic, one.samples, one.pooled);
      estimates.set(key, found);
    }
    return found;
  };
  const expectations = judgeExpectations(
    compiled.scenario.expectations,
    estimateOf,
    byElement,
    finished.length,
    (...asked) => judgeWindows(compiled, finished, ...asked),
  );
  const exact = exactFigures(compiled);
  const exactOf = (element: ElementId, measure: string): Pick<MeasuredValue, 'exact'> => {
    const known = exact.find((one) => one.element === element && one.measure === measure);
    return known === undefined ? {} : { exact: { value: known.value, form: known.form } };
  };
  const wanted = compiled.scenario.expectations
    .filter(({ measure }) => whyNotComputed(measure) === undefined)
    .map(({ measure }) => ({ element: measure.element, statistic: plainMeasure(measure) }));
  const measures = measured.flatMap(({ subject: { element, kind } }): MeasuredValue[] => {
    const asked = wanted.filter((measure) => measure.element === element).map(({ statistic }) => statistic);
    return [...new Set([...measuresOf[kind], ...asked])].flatMap((measure) => {
      const found = estimateOf(element, measure);
      return found === null || !applies(kind, measure, found)
        ? []
        : { element, measure, ...found, ...exactOf(element, measure) };
    });
  });
  return {
    schema: RESULT_SCHEMA,
    model: compiled.model.uri,
    scenario: compiled.scenario.id,
    seed: compiled.seed,
    replications: finished.length,
    simulated_s: finished.reduce((sum, result) => sum + result.measured, 0) / SECOND,
    measures,
    expectations,
    findings: [...findingsOf(compiled, results, measured), ...disagreements(exact, estimateOf)],
    counters: countersOf(compiled, finished),
    latencies: measured.flatMap((one) => curveOf(one)),
    series: mergeSeries(compiled, finished),
    events: finished[0]?.happenings ?? [],
    eventCounts: eventCountsOf(finished),
  };
}

/** A node without cores has no utilisation; a component that runs nowhere neither. */
function applies(kind: SubjectKind, measure: string, found: Estimate): boolean {
  if (found.status === 'ok') return true;
  if (kind === 'component' && measure === 'queue') return false;
  if (kind === 'action' && measure === 'wait') return false;
  return !((kind === 'component' || kind === 'node') && measure === 'utilization' && found.samples === 0);
}

export function countersOf(compiled: CompiledScenario, results: readonly ReplicationResult[]): Counters {
  let started = 0;
  let finished = 0;
  let failed = 0;
  let refused = 0;
  let events = 0;
  const first = compiled.program.messages.length;
  // What loads began, and not what that began in turn.
  const loaded = [...Array(compiled.loaded).keys()].map((index) => first + index).concat(loadedTallies(compiled));
  for (const result of results) {
    for (const at of loaded) {
      const figures = result.timed[at]!;
      started += figures.started;
      // Those that the warm-up began are none of those that started.
      failed += figures.failed - (figures.earlier?.failed ?? 0);
      finished += figures.completed - (figures.earlier?.completed ?? 0);
    }
    refused += result.refused;
    events += result.events;
  }
  return { started, finished, failed, refused, unfinished: started - finished - failed - refused, events };
}

/** In the order in which they first happened. */
function eventCountsOf(results: readonly ReplicationResult[]): readonly RunEventCount[] {
  const counts = new Map<string, RunEventCount>();
  for (const one of results.flatMap((result) => result.eventCounts)) {
    const key = `${one.kind} ${one.element}`;
    counts.set(key, { ...one, count: one.count + (counts.get(key)?.count ?? 0) });
  }
  return [...counts.values()];
}

const quantiles = [
  ...Array.from({ length: 49 }, (_, i) => (i + 1) / 50),
  ...[0.985, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999],
];

function curveOf({ subject, pooled }: Measured): LatencyCurve[] {
  const hasCurve = ['interaction', 'operation', 'activity'].includes(subject.kind);
  if (!hasCurve || pooled.count === 0) return [];
  const shown = quantiles.filter((q) => hasTails(q, pooled.count));
  const points = shown.map((quantile) => ({ quantile, seconds: pooled.quantile(quantile) / SECOND }));
  return [{ element: subject.element, points }];
}
