/** The result of a scenario that cannot run: nothing measured, and the findings that say why. */
import type { ElementId, Model } from '@pollux/engine/model';
import { type Finding, RESULT_SCHEMA, type SimulationResult } from '@pollux/engine/simulation';

export function notRunnable(
  model: Model,
  scenario: ElementId,
  findings: readonly Finding[],
  seed: number | undefined,
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
  };
}
