/** One scenario on threads: the same bytes as in one. */
import type { ElementId, Model } from '@pollux/engine/model';
import {
  type SimulationProgress,
  type SimulationResult,
  simulation,
  simulationProgress,
} from '@pollux/engine/simulation';
import { conductInWorkers } from './conduct-in-workers.ts';

export interface SimulateInWorkersOptions {
  /** Instead of the scenario's own. */
  readonly seed?: number;
  readonly replications?: number;
  /** As many as the machine has cores where not given. */
  readonly threads?: number;
  /** Ends the run; the answer holds the replications that were finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SimulationProgress) => void;
}

/**
 * Runs a scenario. A scenario that cannot run yields a result of no replications with the findings that say why;
 * a rejected promise is a bug of the simulator.
 */
export async function simulateInWorkers(
  model: Model,
  scenario: ElementId,
  { seed, replications, onProgress, ...how }: SimulateInWorkersOptions = {},
): Promise<SimulationResult> {
  return conductInWorkers(simulation(model, scenario, { seed, replications }), {
    ...how,
    onProgress: (progress) => onProgress?.(simulationProgress(progress)),
  });
}
