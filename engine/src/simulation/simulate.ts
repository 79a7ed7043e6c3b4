/** A whole simulation in one thread. Several threads do the same with the same parts, and get the same bytes. */
import type { ElementId, Model } from '../model/index.ts';
import type { SimulationOptions } from './compile-scenario.ts';
import { conduct, type ExperimentProgress } from './experiment/index.ts';
import { simulation } from './experiment/simulation.ts';
import type { SimulationProgress, SimulationResult } from './result.ts';

interface SimulationControl {
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
  return conduct(simulation(model, scenario, options), {
    progress: (progress) => control.progress?.(simulationProgress(progress)),
    cancelled: () => control.cancelled?.() === true,
  });
}

export function simulationProgress({ done, planned, share, events }: ExperimentProgress): SimulationProgress {
  return { replication: Math.min(done, planned - 1), replications: planned, share, events };
}
