/** Diagram, simulation and telemetry, through the commands of the extension. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import * as vscode from 'vscode';
import { diagnostics, openShop, positionOf, revert } from './shop.ts';
import { until } from './until.ts';

interface Result {
  readonly replications: number;
  readonly expectations: readonly { readonly verdict: string }[];
}

interface LiveState {
  readonly status: string;
  readonly now_s: number;
  readonly duration_s: number;
  readonly seed: number;
}

suite('running in the host', () => {
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    ({ document } = await openShop());
  });
  teardown(revert);
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('pollux.detachTelemetry');
  });

  test('the diagram opens beside the text, once', async () => {
    await vscode.commands.executeCommand('pollux.openDiagram');
    await vscode.commands.executeCommand('pollux.openDiagram');
    await until('a tab', () => tabs('pollux.diagram').length > 0);
    assert.equal(tabs('pollux.diagram').length, 1);
  });

  test('a scenario runs in worker threads and its missed expectations stand on their lines', async () => {
    const uri = document.uri.toString();
    const result = await vscode.commands.executeCommand<Result>('pollux.runScenario', uri, 'shop.BlackFriday');
    assert.ok(result.replications > 0);
    const missed = result.expectations.filter(({ verdict }) => verdict === 'missed');
    const marked = diagnostics(document.uri, 'pollux scenario').filter(({ severity }) => severity === 1);
    assert.equal(marked.length, missed.length);
    const scenario = positionOf(document, 'scenario BlackFriday').line;
    const next = positionOf(document, 'twin Live').line;
    for (const { range } of marked) assert.ok(range.start.line > scenario && range.start.line < next);
    await until('one tab of results', () => tabs('pollux.results').length === 1);
  });

  test('a scenario is compared, and what was found is exported as one file', async () => {
    const uri = document.uri.toString();
    const compared = await vscode.commands.executeCommand(
      'pollux.compareScenario',
      uri,
      'shop.BlackFriday',
      'shop.Weekday',
    );
    assert.equal(compared, 1);
    const target = vscode.Uri.joinPath(document.uri, '../BlackFriday.html');
    const written = await vscode.commands.executeCommand('pollux.exportReport', uri, undefined, target.toString());
    assert.equal(written, target.toString());
    const report = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
    assert.match(report, /BlackFriday against Weekday/);
    assert.match(report, /deployment Production/);
    assert.doesNotMatch(report, /https?:|<script/);
    await vscode.workspace.fs.delete(target);
  });

  test('a scenario can be run live: its diagram opens, and the run stands at its beginning', async () => {
    const uri = document.uri.toString();
    const state = await vscode.commands.executeCommand<LiveState>('pollux.runLive', uri, 'shop.BlackFriday');
    assert.deepEqual([state.status, state.now_s, state.duration_s, state.seed], ['paused', 0, 300, 42]);
    await until('a diagram', () => tabs('pollux.diagram').length === 1);
    const again = await vscode.commands.executeCommand<LiveState>('pollux.runLive', uri, 'shop.Weekday');
    assert.deepEqual([again.status, again.duration_s], ['paused', 600]);
  });

  test('a telemetry body that is not OTLP gets a 400 that says why, and the good one beside it is taken', async () => {
    const [port] = await attach();
    const url = `http://127.0.0.1:${port}/v1/traces`;
    const send = (body: string) =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const bad = await send('this is not OTLP');
    assert.equal(bad.status, 400);
    assert.notEqual(await bad.text(), '');
    assert.equal((await send('{"resourceSpans":[]}')).status, 200);
  });

  test('detaching closes the port', async () => {
    const [port] = await attach();
    await vscode.commands.executeCommand('pollux.detachTelemetry');
    await assert.rejects(fetch(`http://127.0.0.1:${port}/v1/traces`));
  });

  test('a taken port attaches nothing and harms nobody', async () => {
    await vscode.commands.executeCommand('pollux.detachTelemetry');
    const port = Number(/source otlp on (\d+)/.exec(document.getText())?.[1]);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      assert.deepEqual(await attach(), []);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
    assert.deepEqual(await attach(), [port]);
  });

  async function attach(): Promise<readonly number[]> {
    const uri = document.uri.toString();
    return vscode.commands.executeCommand<readonly number[]>('pollux.attachTelemetry', uri, 'shop.Live');
  }
});

function tabs(viewType: string): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));
}
