/** The command that runs a scenario live: pick one, open its diagram, and let it stand at its beginning. */
import type { ElementId } from '@pollux/engine/model';
import type { LiveState } from '@pollux/engine/simulation';
import type { Diagrams } from '../diagram/diagrams.ts';
import { activeModel, type Models, modelOf } from '../editing/server-models.ts';
import { pickScenario } from '../simulation/pick-scenario.ts';
import type { ReadForRun } from '../simulation/run-scenario.ts';
import { requireTrust } from '../trust.ts';
import type { LiveRuns } from './live-runs.ts';

/** Answers the first state; null where nothing was begun. */
export async function runLive(
  models: Models,
  read: ReadForRun,
  runs: LiveRuns,
  diagrams: Diagrams,
  document?: string,
  id?: ElementId,
): Promise<LiveState | null> {
  if (!(await requireTrust('Running a scenario'))) return null;
  const target = document === undefined ? await activeModel(models) : modelOf(models, document);
  if (target === null) return null;
  const scenario = await pickScenario(target.model, id);
  if (scenario === null) return null;
  await diagrams.open(target.uri);
  return runs.start(target.uri, await read(target.uri, target.model), scenario.id);
}
