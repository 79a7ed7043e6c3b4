/** The result of a scenario that cannot be run: no figures, but the reasons. */
import type { ElementId, Model } from '../model/index.ts';
import { type Finding, RESULT_SCHEMA, type SimulationResult } from './result.ts';

export function impossible(
  model: Model,
  scenario: ElementId,
  seed: number | undefined,
  findings: readonly Finding[],
): SimulationResult {
  return {
    schema: RESULT_SCHEMA,
    model: model.uri,
    scenario,
    seed: seed ?? model.scenarios.find(({ id }) => id === scenario)?.seed ?? 0,
    replications: 0,
    simulated_s: 0,
    measures: [],
    expectations: [],
    findings,
    counters: { started: 0, finished: 0, failed: 0, refused: 0, unfinished: 0, events: 0 },
    latencies: [],
    series: { step_s: 0, from_s: 0, buckets: 0, elements: [] },
    events: [],
    eventCounts: [],
  };
}
