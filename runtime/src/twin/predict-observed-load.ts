/** Simulates the load that a twin observes, on threads; what the twin then holds latencies against. */
import type { ElementId, Model } from '@pollux/engine/model';
import type { SimulationResult } from '@pollux/engine/simulation';
import { scenarioAtObservedLoad, type TwinState } from '@pollux/engine/twin';
import { readRecordings } from '../recordings/read-recordings.ts';
import { type SimulateInWorkersOptions, simulateInWorkers } from '../simulation/simulate-in-workers.ts';

/** Null where the model has no scenario that could be run at the observed load, or the run was cancelled. */
export async function predictObservedLoad(
  model: Model,
  twin: ElementId,
  state: TwinState,
  options: Pick<SimulateInWorkersOptions, 'threads' | 'signal'>,
): Promise<SimulationResult | null> {
  const declared = model.twins.find(({ id }) => id === twin);
  const load = declared === undefined ? null : scenarioAtObservedLoad(model, declared, state);
  if (load === null) return null;
  const result = await simulateInWorkers(await readRecordings(load.model), load.scenario, options);
  return result.replications === 0 || options.signal?.aborted === true ? null : result;
}
