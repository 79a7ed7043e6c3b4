/** A whole simulation in one thread. Several threads do the same with the same parts, and get the same bytes. */
import type { ElementId, Model } from '../model/index.ts';
import { compileScenario, type SimulationOptions } from './compile-scenario.ts';
import { mergeReplications } from './merge-replications.ts';
import { type Finding, RESULT_SCHEMA, type SimulationProgress, type SimulationResult } from './result.ts';
import { type ReplicationResult, runReplication } from './run-replication.ts';

export interface SimulationControl {
  progress?(progress: SimulationProgress): void;
  cancelled?(): boolean;
}

/** Never throws on any model: what cannot be run is said in `findings`. */
export function simulate(
  model: Model,
  scenario: ElementId,
  options: SimulationOptions = {},
  control: SimulationControl = {},
): SimulationResult {
  const { value, problems } = compileScenario(model, scenario, options);
  if (value === null) return impossible(model, scenario, options.seed, problems);
  const results: ReplicationResult[] = [];
  let events = 0;
  const { replications } = value;
  for (let replication = 0; replication < replications; replication++) {
    const before = events;
    const result = runReplication(value, replication, {
      progress: (share, done) =>
        control.progress?.({
          replication,
          replications,
          share: (replication + share) / replications,
          events: before + done,
        }),
      cancelled: () => control.cancelled?.() === true,
    });
    results.push(result);
    events += result.events;
    if (!result.finished) break;
    control.progress?.({ replication, replications, share: (replication + 1) / replications, events });
  }
  return mergeReplications(value, results);
}

/** The result of a scenario that cannot be run: no figures, but the reasons. */
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
  };
}
