/**
 * The command that runs a scenario: pick one, watch its replications, cancel it or get its results. Knows nothing of how a
 * scenario is simulated.
 */
import type { ElementId, Model, Scenario } from '@pollux/engine/model';
import type { SimulationResult } from '@pollux/engine/simulation';
import { simulateInWorkers } from '@pollux/runtime';
import * as vscode from 'vscode';
import type { Overlay } from '../diagram/overlay.ts';
import { activeModel, type Models, modelOf } from '../editing/server-models.ts';
import type { Log } from '../guarded.ts';
import { simulationThreads } from '../threads.ts';
import { requireTrust } from '../trust.ts';
import { pickScenario } from './pick-scenario.ts';
import type { ScenarioDiagnostics } from './scenario-diagnostics.ts';

/** What a result becomes visible in. */
export interface ResultViews {
  readonly overlay: Overlay;
  readonly diagnostics: ScenarioDiagnostics;
  show(uri: string): void;
}

/** The model with all that a run needs from outside the text. */
export type ReadForRun = (uri: string, model: Model) => Promise<Model>;

/** Answers the result; null where nothing was run. */
export async function runScenario(
  models: Models,
  read: ReadForRun,
  views: ResultViews,
  log: Log,
  document?: string,
  id?: ElementId,
  replications?: number,
): Promise<SimulationResult | null> {
  if (!(await requireTrust('Running a scenario'))) return null;
  const target = document === undefined ? await activeModel(models) : modelOf(models, document);
  if (target === null) return null;
  const { uri, model } = target;
  const scenario = await pickScenario(model, id);
  if (scenario === null) return null;
  const wanted = replications ?? scenario.replications;
  const result = await simulate(uri, await read(uri, model), scenario, views.overlay, wanted);
  log.info(`${scenario.name}: ${result.replications} of ${wanted} replications, seed ${result.seed}`);
  if (result.replications === 0) {
    explainNothing(result, scenario);
    return result;
  }
  views.overlay.setResult(uri, result, scenario.name);
  views.diagnostics.show(uri, result, scenario.name);
  views.show(uri);
  return result;
}

async function simulate(
  uri: string,
  model: Model,
  scenario: Scenario,
  overlay: Overlay,
  replications: number,
): Promise<SimulationResult> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Running ${scenario.name}`,
    cancellable: true,
  };
  try {
    return await vscode.window.withProgress(options, (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      progress.report({ message: `0 of ${replications} replications` });
      return simulateInWorkers(model, scenario.id, {
        replications,
        threads: simulationThreads(),
        signal: abort.signal,
        onProgress: (state) => {
          overlay.setProgress(uri, state);
          const percent = Math.floor(state.share * 100);
          const finished = Math.floor(state.share * state.replications);
          progress.report({ increment: percent - shown, message: `${finished} of ${state.replications} replications` });
          shown = percent;
        },
      });
    });
  } finally {
    overlay.setProgress(uri, null);
  }
}

/** Cancelled before the first replication ended, or a model that cannot run. */
function explainNothing(result: SimulationResult, scenario: Scenario): void {
  const reason = result.findings.find(({ severity }) => severity === 'error');
  if (reason === undefined) {
    void vscode.window.showInformationMessage(`${scenario.name} was cancelled before a replication had finished.`);
  } else {
    void vscode.window.showErrorMessage(`${scenario.name} cannot run: ${reason.message}`);
  }
}
