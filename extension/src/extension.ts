/** The wiring: what is made when the extension starts, and which command does what. Nothing is decided here. */
import { pathToFileURL } from 'node:url';
import type { Model } from '@pollux/engine/model';
import { readForRun, setWorkerEntry } from '@pollux/runtime';
import type { AskOfResults } from '@pollux/webview/protocol';
import * as vscode from 'vscode';
import { registerCodeLenses } from './code-lenses.ts';
import type { CommandId } from './contributions.ts';
import { debugBehaviour, registerDebugging } from './debug/debugging.ts';
import { Diagrams } from './diagram/diagrams.ts';
import { Overlay } from './diagram/overlay.ts';
import { createServer } from './editing/language-client.ts';
import { serverModels } from './editing/server-models.ts';
import { seenNamesRelay } from './editing/server-names.ts';
import { guarded } from './guarded.ts';
import { LiveRuns } from './live/live-runs.ts';
import { runLive } from './live/run-live.ts';
import { Pages } from './page/page.ts';
import { revealElement } from './reveal-element.ts';
import { compareScenario, explainScenario, sweepScenario } from './simulation/ask-further.ts';
import { exportReport } from './simulation/export-report.ts';
import { ResultsPanel } from './simulation/results-panel.ts';
import { runScenario } from './simulation/run-scenario.ts';
import { ScenarioDiagnostics } from './simulation/scenario-diagnostics.ts';
import { proposeTests } from './testing/generate-tests.ts';
import { TestExplorer } from './testing/test-explorer.ts';
import { Telemetry } from './twin/attach-telemetry.ts';
import { TwinViews } from './twin/twin-views.ts';

/** The command that answers a question of the results page. */
function commandOf(asked: AskOfResults): readonly [CommandId, ...unknown[]] {
  switch (asked.kind) {
    case 'compare':
      return ['pollux.compareScenario'];
    case 'sweep':
      return ['pollux.sweepScenario'];
    case 'explain':
      return ['pollux.explainScenario'];
    case 'report':
      return ['pollux.exportReport'];
    case 'run':
      return ['pollux.runScenario', asked.replications];
  }
}

let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  setWorkerEntry(pathToFileURL(context.asAbsolutePath('dist/simulation-worker.js')));
  const log = vscode.window.createOutputChannel('Pollux', { log: true });
  const server = createServer(context, log);
  const models = serverModels(context, server, log);
  const overlay = new Overlay();
  const pages = new Pages(context.extensionUri);
  const liveRuns = new LiveRuns(models, overlay, log);
  const diagrams = new Diagrams(pages, models, overlay, liveRuns, log);
  const results = new ResultsPanel(pages, models, overlay, log, (uri, scenario, asked) => {
    const [command, ...rest] = commandOf(asked);
    void vscode.commands.executeCommand(command, uri, scenario, ...rest);
  });
  const diagnostics = new ScenarioDiagnostics(models);
  const tests = new TestExplorer(models, log);
  const views = new TwinViews();
  const names = seenNamesRelay(server, log);
  const telemetry = new Telemetry(models, overlay, views, names, log);
  const read = (uri: string, model: Model) => readForRun(model, (twin) => telemetry.arrivals(uri, twin));
  const pageStyle = vscode.Uri.joinPath(context.extensionUri, 'dist/page/page.css');
  const resultViews = { overlay, diagnostics, show: (uri: string) => results.show(uri) };

  const actions: Record<CommandId, (...parameters: never[]) => unknown> = {
    'pollux.openDiagram': (uri?: unknown) => diagrams.open(text(uri)),
    'pollux.runScenario': (uri?: unknown, id?: unknown, replications?: unknown) =>
      runScenario(
        models,
        read,
        resultViews,
        log,
        text(uri),
        text(id),
        typeof replications === 'number' ? replications : undefined,
      ),
    'pollux.compareScenario': (uri?: unknown, id?: unknown, other?: unknown) =>
      compareScenario(models, read, resultViews, text(uri), text(id), text(other)),
    'pollux.sweepScenario': (uri?: unknown, id?: unknown) =>
      sweepScenario(models, read, resultViews, text(uri), text(id)),
    'pollux.explainScenario': (uri?: unknown, id?: unknown) =>
      explainScenario(models, read, resultViews, text(uri), text(id)),
    'pollux.exportReport': (uri?: unknown, _?: unknown, target?: unknown) =>
      exportReport(models, overlay, text(uri) ?? results.uri, pageStyle, text(target)),
    'pollux.runLive': (uri?: unknown, id?: unknown) => runLive(models, read, liveRuns, diagrams, text(uri), text(id)),
    'pollux.runTest': (uri?: unknown, id?: unknown) => tests.runTest(text(uri) ?? '', text(id) ?? ''),
    'pollux.debugTest': (uri?: unknown, id?: unknown) => tests.debugTest(text(uri) ?? '', text(id) ?? ''),
    'pollux.generateTests': (uri?: unknown, id?: unknown) => proposeTests(models, text(uri), text(id)),
    'pollux.debugMachine': (uri?: unknown, id?: unknown, values?: object) =>
      debugBehaviour(models, 'machine', text(uri), text(id), values),
    'pollux.debugInteraction': (uri?: unknown, id?: unknown, values?: object) =>
      debugBehaviour(models, 'interaction', text(uri), text(id), values),
    'pollux.attachTelemetry': (uri?: unknown, id?: unknown) => telemetry.attach(text(uri), text(id)),
    'pollux.detachTelemetry': () => telemetry.detach(),
    'pollux.freezeObserved': () => telemetry.freeze(),
    'pollux.showResults': () => results.show(),
    'pollux.showLog': () => log.show(),
    'pollux.restartServer': () => server.restart(),
    'pollux.revealElement': (uri: string, id: string) => revealElement(models, uri, id),
  };
  for (const [id, action] of Object.entries(actions)) {
    const run = (...parameters: unknown[]) => guarded(log, `Pollux: ${id}`, () => action(...(parameters as never[])));
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  context.subscriptions.push(
    log,
    diagnostics,
    liveRuns,
    tests,
    views,
    registerCodeLenses(models, overlay),
    registerDebugging(models, server, overlay),
  );
  stop = async () => {
    await telemetry.detach();
    await server.client.stop();
  };
  await guarded(log, 'Starting the language server', () => server.client.start());
}

export async function deactivate(): Promise<void> {
  await stop?.();
}

/** A lens passes text; the editor's title passes a Uri, which names the document too. */
function text(parameter: unknown): string | undefined {
  if (parameter instanceof vscode.Uri) return parameter.toString();
  return typeof parameter === 'string' ? parameter : undefined;
}
