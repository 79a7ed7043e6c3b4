/** What a person should know beyond the figures: saturation, errors of the model in a run, work that was not counted. */
import { formatCount, formatFigure, formatShare, SECOND } from '../numeric/index.ts';
import { cacheHits } from './cache-hits.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { growingLines } from './growing-lines.ts';
import type { Incident } from './incidents.ts';
import { refusals } from './refusals.ts';
import type { Finding } from './result.ts';
import type { ReplicationResult } from './run-replication.ts';
import { steadiness } from './steadiness/steadiness.ts';
import type { Measured } from './subjects.ts';
import { topicFindings } from './topics.ts';
import { unkeptPublications } from './unkept-publications.ts';

/** A node this busy whose line has grown beyond chance cannot keep up. */
const SATURATED = 0.95;

export function findingsOf(
  compiled: CompiledScenario,
  results: readonly ReplicationResult[],
  measured: readonly Measured[],
): readonly Finding[] {
  const finished = results.filter((result) => result.finished);
  const findings: Finding[] = [...compiled.findings];
  if (finished.length < compiled.replications) {
    findings.push({
      code: 'incomplete',
      severity: 'information',
      element: compiled.scenario.id,
      message: `${finished.length} of ${compiled.replications} replications were finished.`,
    });
  }
  findings.push(
    ...saturation(compiled, finished, measured),
    ...refusals(measured),
    ...cacheHits(compiled, finished),
    ...growingLines(compiled, finished),
    ...topicFindings(compiled, finished),
    ...unkeptPublications(compiled, finished),
    ...incidents(results),
    ...nothingMeasured(compiled, measured),
  );
  return [...findings, ...steadiness(compiled, finished, findings)];
}

function saturation(
  compiled: CompiledScenario,
  finished: readonly ReplicationResult[],
  measured: readonly Measured[],
): Finding[] {
  const hasRefused = finished.some(({ refused }) => refused > 0);
  return measured.flatMap(({ subject, samples }): Finding[] => {
    if (subject.kind !== 'node' || samples.length === 0) return [];
    const utilization = mean(samples.map((sample) => sample.utilization));
    const growth = samples.reduce((sum, sample) => sum + sample.growth, 0);
    const served = samples.reduce((sum, sample) => sum + sample.served, 0);
    // A queue in balance wanders by about the square root of what passed through it.
    if (!(utilization >= SATURATED) || growth <= 3 * Math.sqrt(served)) return [];
    const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0);
    const busiest = busiestOn(subject.element, compiled, measured);
    const queue = hasRefused ? 'grew until arrivals were refused' : `grows by ${formatFigure(growth / seconds)}/s`;
    const who = busiest === '' ? '' : `, most of them by ${busiest}`;
    return [
      {
        code: 'saturated',
        severity: 'warning',
        element: subject.element,
        message: `${nameOf(subject.element)} is saturated: ${formatShare(utilization)} of its cores are busy${who}, and its queue ${queue}.`,
      },
    ];
  });
}

/** The name of the component that keeps most of a node's cores busy. */
function busiestOn(node: string, compiled: CompiledScenario, measured: readonly Measured[]): string {
  const deployment = compiled.model.deployments.find(({ nodes }) => nodes.some(({ id }) => id === node));
  const deployed = deployment?.nodes.find(({ id }) => id === node)?.deploys.map(({ component }) => component) ?? [];
  let name = '';
  let most = 0;
  for (const { subject, samples } of measured) {
    if (subject.kind !== 'component' || !deployed.includes(subject.element)) continue;
    const busy = mean(samples.map((sample) => sample.utilization));
    if (busy <= most) continue;
    most = busy;
    name = nameOf(subject.element);
  }
  return deployed.length > 1 ? name : '';
}

function incidents(results: readonly ReplicationResult[]): Finding[] {
  const counted = new Map<string, Incident>();
  for (const incident of results.flatMap((result) => result.incidents)) {
    const key = `${incident.code}\n${incident.element}\n${incident.message}`;
    const known = counted.get(key);
    counted.set(key, known === undefined ? incident : { ...known, count: known.count + incident.count });
  }
  return [...counted.values()].map(({ code, severity, element, message, count }) => ({
    code,
    severity,
    element,
    message: count === 1 ? message : `${message} (${formatCount(count)} times)`,
  }));
}

function nothingMeasured(compiled: CompiledScenario, measured: readonly Measured[]): Finding[] {
  return measured.flatMap(({ subject, samples }): Finding[] => {
    if (subject.kind !== 'interaction' || samples.length === 0) return [];
    const started = samples.reduce((sum, sample) => sum + sample.started, 0);
    if (started > 0) return [];
    const seconds = (compiled.scenario.duration - compiled.scenario.warmup) / SECOND;
    return [
      {
        code: 'nothing-measured',
        severity: 'warning',
        element: subject.element,
        message: `No ${nameOf(subject.element)} began in the ${seconds} s that were measured.`,
      },
    ];
  });
}

function nameOf(element: string): string {
  return element.slice(element.lastIndexOf('.') + 1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
