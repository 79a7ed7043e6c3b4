/** The commands that ask more of a scenario than how it runs: compare it, sweep its parameters, explain what limits it. */
import type { ElementId, Model, Scenario } from '@pollux/engine/model';
import { comparison, explain, type SimulationResult, sweep } from '@pollux/engine/simulation';
import { runOfSweep } from '@pollux/webview/report';
import * as vscode from 'vscode';
import { activeModel, type Models, modelOf } from '../editing/server-models.ts';
import { pickElement } from '../pick-element.ts';
import { requireTrust } from '../trust.ts';
import { conduct } from './conduct.ts';
import { pickScenario } from './pick-scenario.ts';
import type { ReadForRun, ResultViews } from './run-scenario.ts';

interface Target {
  readonly uri: string;
  readonly model: Model;
  readonly scenario: Scenario;
}

/** Runs the scenario and others under the same luck; answers how many others. */
export async function compareScenario(
  models: Models,
  read: ReadForRun,
  views: ResultViews,
  document?: string,
  id?: ElementId,
  other?: ElementId,
): Promise<number> {
  const target = await targetOf(models, read, 'Comparing scenarios', ({ scenarios }) => scenarios, document, id);
  if (target === null) return 0;
  const { uri, model, scenario } = target;
  const others = await baselinesOf(target, other);
  if (others.length === 0) return 0;
  const baselines = others.map((each) => ({ model, scenario: each }));
  const answer = await conduct(
    `Comparing ${scenario.name}`,
    comparison({ model, scenario: scenario.id }, baselines),
    uri,
    views.overlay,
  );
  if (!showRun(target, answer.result, views)) return 0;
  views.overlay.setExperiments(uri, { comparison: answer });
  views.show(uri);
  return answer.comparisons.length;
}

/** As the scenario says, else as the person does. */
async function baselinesOf({ model, scenario }: Target, other?: ElementId): Promise<readonly ElementId[]> {
  if (other !== undefined) return [other];
  if (scenario.comparedWith.length > 0) return scenario.comparedWith;
  const rest = model.scenarios.filter(({ id }) => id !== scenario.id);
  const picked = await pickElement(rest, {
    placeholder: `What is ${scenario.name} held against?`,
    none: `The model has no other scenario to hold ${scenario.name} against.`,
    alwaysAsk: true,
    detail: ({ loads, replications }) => `${loads.length} loads, ${replications} replications`,
  });
  return picked === null ? [] : [picked.id];
}

/** Runs every combination that the scenario's `vary` names; answers how many. */
export async function sweepScenario(
  models: Models,
  read: ReadForRun,
  views: ResultViews,
  document?: string,
  id?: ElementId,
): Promise<number> {
  const varying = ({ scenarios }: Model) => scenarios.filter(({ variations }) => variations.length > 0);
  const target = await targetOf(models, read, 'Sweeping a scenario', varying, document, id);
  if (target === null) return 0;
  const { uri, model, scenario } = target;
  if (scenario.variations.length === 0) {
    void vscode.window.showInformationMessage(
      `${scenario.name} varies nothing: write for example \`vary Orders.replicas in 2..8\` in it.`,
    );
    return 0;
  }
  const answer = await conduct(`Sweeping ${scenario.name}`, sweep(model, scenario.id), uri, views.overlay);
  const run = runOfSweep(answer, model);
  if (run === null) {
    const reason = answer.findings[0]?.message ?? answer.points.find(({ reason: why }) => why !== undefined)?.reason;
    void vscode.window.showErrorMessage(`${scenario.name} cannot be swept: ${reason ?? 'it was cancelled before.'}`);
    return 0;
  }
  // The run that stands there stays: a point of a sweep is the same run.
  if (views.overlay.of(uri).result?.scenario !== scenario.id) showRun(target, run, views);
  views.overlay.setExperiments(uri, { sweep: answer });
  views.show(uri);
  return answer.points.length;
}

/** Says what limits the scenario and what would help; answers in how many sentences. */
export async function explainScenario(
  models: Models,
  read: ReadForRun,
  views: ResultViews,
  document?: string,
  id?: ElementId,
): Promise<number> {
  const target = await targetOf(models, read, 'Explaining a scenario', ({ scenarios }) => scenarios, document, id);
  if (target === null) return 0;
  const { uri, model, scenario } = target;
  const answers = await conduct(`Explaining ${scenario.name}`, explain(model, scenario.id), uri, views.overlay);
  if (!showRun(target, answers.result, views)) return 0;
  views.overlay.setExperiments(uri, { answers });
  views.show(uri);
  return answers.sentences.length;
}

async function targetOf(
  models: Models,
  read: ReadForRun,
  what: string,
  offered: (model: Model) => readonly Scenario[],
  document?: string,
  id?: ElementId,
): Promise<Target | null> {
  if (!(await requireTrust(what))) return null;
  const found = document === undefined ? await activeModel(models) : modelOf(models, document);
  if (found === null) return null;
  const some = offered(found.model);
  const model = some.length > 0 && id === undefined ? { ...found.model, scenarios: some } : found.model;
  const scenario = await pickScenario(model, id);
  return scenario === null ? null : { uri: found.uri, model: await read(found.uri, found.model), scenario };
}

/** What was found out before of another scenario is gone with its run. False where there is nothing to show. */
function showRun({ uri, scenario }: Target, result: SimulationResult, { overlay, diagnostics }: ResultViews): boolean {
  if (result.replications === 0) {
    const reason = result.findings.find(({ severity }) => severity === 'error')?.message ?? 'it was cancelled.';
    void vscode.window.showErrorMessage(`${scenario.name} cannot run: ${reason}`);
    return false;
  }
  overlay.setResult(uri, result, scenario.name);
  diagnostics.show(uri, result, scenario.name);
  return true;
}
