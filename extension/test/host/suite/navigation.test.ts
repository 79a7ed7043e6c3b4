/** Following names and reading hints, through the commands that the editor itself uses. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openShop, positionOf, revert } from './shop.ts';
import { until } from './until.ts';

suite('navigating in the host', () => {
  let editor: vscode.TextEditor;
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    editor = await openShop();
    document = editor.document;
  });
  teardown(revert);

  test('highlights tell where a variable is written', async () => {
    const at = positionOf(document, 'var attempts', 5);
    const found = await ask<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', at);
    assert.equal(found.length, 3);
    for (const { kind } of found) assert.equal(kind, vscode.DocumentHighlightKind.Write);
  });

  test('a selection grows from the word to the whole machine', async () => {
    const at = positionOf(document, 'attempts += 1', 2);
    const [range] = await ask<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', [at]);
    const texts: string[] = [];
    for (let step = range; step !== undefined; step = step.parent as typeof range) {
      texts.push(document.getText(step.range));
    }
    assert.equal(texts[0], 'attempts');
    assert.ok(texts.includes('attempts += 1'), texts[1]);
    assert.ok(texts.some((text) => text.startsWith('machine Order') && text.endsWith('}')));
  });

  test('a half-typed call shows the operation and the parameter that comes next', async () => {
    const at = positionOf(document, 'orders -> stock.reserve(id)');
    await editor.edit((edit) => edit.insert(at, 'orders -> bank.charge(id, \n'));
    const inside = at.translate(0, 'orders -> bank.charge(id, '.length);
    const help = await ask<vscode.SignatureHelp>('vscode.executeSignatureHelpProvider', inside, ',');
    assert.equal(help.signatures[0]?.label, 'charge(id: String, amount: Real): Boolean');
    assert.equal(help.activeParameter, 1);
  });

  test('calls lead from the bank up to the interaction, and down again', async () => {
    const at = positionOf(document, 'operation charge', 12);
    const [charge] = await ask<vscode.CallHierarchyItem[]>('vscode.prepareCallHierarchy', at);
    const [create] = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      charge,
    );
    assert.deepEqual([create?.from.name, create?.from.detail], ['create', 'Orders, in Checkout']);
    const called = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      create?.from,
    );
    const names = called.map(({ to }) => to.name);
    for (const name of ['reserve', 'charge', 'release', 'dispatch']) assert.ok(names.includes(name), `${names}`);
  });

  test('machines that extend a machine are found', async () => {
    await editor.edit((edit) =>
      edit.insert(new vscode.Position(document.lineCount, 0), '\nmachine Express extends Order { }\n'),
    );
    const [order] = await until('the machine', async () => {
      const items = await ask<vscode.TypeHierarchyItem[]>(
        'vscode.prepareTypeHierarchy',
        positionOf(document, 'machine Order', 8),
      );
      return items.length > 0 && items;
    });
    const below = await vscode.commands.executeCommand<vscode.TypeHierarchyItem[]>('vscode.provideSubtypes', order);
    assert.deepEqual(
      below.map(({ name }) => name),
      ['Express'],
    );
  });

  test('hints tell the mean of a distribution and the type of a bound name', async () => {
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await ask<vscode.InlayHint[]>('vscode.executeInlayHintProvider', all);
    const labels = hints.map(({ label }) =>
      typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
    );
    for (const label of ['mean 12 ms', ': Boolean', ': Real'])
      assert.ok(labels.includes(label), `${label} in ${labels}`);
  });

  test('a scenario that was run tells so on its line', async () => {
    const uri = document.uri.toString();
    const lenses = () => ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider', 100);
    await until('the lens to run it', async () => (await lenses()).some(({ command }) => command?.title === 'Run'));
    await vscode.commands.executeCommand('pollux.runScenario', uri, 'shop.Weekday');
    const line = positionOf(document, 'scenario Weekday').line;
    const found = await until('the last run', async () =>
      (await lenses()).find(({ command }) => command?.title.startsWith('last run: ')),
    );
    assert.equal(found.range.start.line, line);
    assert.equal(found.command?.command, 'pollux.showResults');
  });

  function ask<T>(command: string, ...parameters: unknown[]): Thenable<T> {
    return vscode.commands.executeCommand<T>(command, document.uri, ...parameters);
  }
});
