/** From a span that a system sends to a name in the completion list. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openShop, positionOf, revert } from './shop.ts';
import { until } from './until.ts';

suite('names of the telemetry in the host', () => {
  let editor: vscode.TextEditor;

  suiteSetup(async () => {
    editor = await openShop();
  });
  teardown(revert);
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('pollux.detachTelemetry');
  });

  test('a service that sent a span is proposed inside the quotes of `service`', async () => {
    const { document } = editor;
    const [port] = await vscode.commands.executeCommand<readonly number[]>(
      'pollux.attachTelemetry',
      document.uri.toString(),
      'shop.Live',
    );
    const sent = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: oneSpan('warehouse-eu'),
    });
    assert.equal(sent.status, 200);
    const line = positionOf(document, 'source otlp on').line;
    await editor.edit((edit) => edit.insert(new vscode.Position(line + 1, 0), '  Stock = service ""\n'));
    const quotes = new vscode.Position(line + 1, '  Stock = service "'.length);
    const item = await until('the name', async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        quotes,
        '"',
      );
      return items.find(({ label }) => (typeof label === 'string' ? label : label.label) === 'warehouse-eu');
    });
    assert.match(item.detail ?? '', /^seen once$/);
  });
});

function oneSpan(service: string): string {
  const now = Date.now();
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    name: 'POST /stock',
    kind: 2,
    startTimeUnixNano: `${now}000000`,
    endTimeUnixNano: `${now + 3}000000`,
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] });
}
