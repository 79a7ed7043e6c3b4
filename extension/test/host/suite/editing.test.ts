/** Steps of editing, through the commands that the editor itself uses. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../../src/contributions.ts';
import { serverProcesses } from './server-process.ts';
import { diagnostics, errors, openShop, positionOf, revert } from './shop.ts';
import { until } from './until.ts';

suite('editing in the host', () => {
  let editor: vscode.TextEditor;
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    editor = await openShop();
    document = editor.document;
  });
  teardown(revert);

  test('the packaged extension runs, with every command that it declares', async () => {
    const extension = vscode.extensions.getExtension('pollux.pollux');
    assert.ok(extension?.isActive, 'a twin text activates it');
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.keys(commands).filter((id) => !known.has(id)),
      [],
    );
  });

  test('the shop has no error, and is told before any run what its Black Friday asks for', async () => {
    const [warning, ...others] = await until('the warning', () => {
      const all = diagnostics(document.uri).filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
      return all.length > 0 && all;
    });
    assert.deepEqual(others, []);
    assert.equal(warning?.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(warning?.message ?? '', /cores of `store` would be used to 108 %/);
  });

  test('an unknown state is an error while typing, and gone after undo', async () => {
    const at = positionOf(document, '-> Paid', 3);
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 4)), 'Payed'));
    const [found] = await until('the error', () => {
      const all = errors(document.uri);
      return all.length > 0 && all;
    });
    assert.match(found?.message ?? '', /Payed/);
    assert.equal(found?.range.start.line, at.line);
    await vscode.commands.executeCommand('undo');
    await until('no error', () => errors(document.uri).length === 0);
  });

  test('completion after an arrow offers the states of the machine', async () => {
    const at = positionOf(document, '-> Paid', 3);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const state of ['Created', 'Paid', 'Refunding']) assert.ok(labels.includes(state), `${state} in ${labels}`);
  });

  test('a hover shows what an operation costs', async () => {
    const at = positionOf(document, 'bank.charge(', 6);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const text = hovers.flatMap(({ contents }) =>
      contents.map((each) => (typeof each === 'string' ? each : each.value)),
    );
    assert.ok(text.join('\n').includes('charge'), text.join('\n'));
  });

  test('go to definition leads from a target to its state', async () => {
    const at = positionOf(document, '-> Paid', 4);
    const found = await vscode.commands.executeCommand<Array<vscode.Location | vscode.LocationLink>>(
      'vscode.executeDefinitionProvider',
      document.uri,
      at,
    );
    const lines = found.map((each) => ('targetRange' in each ? each.targetRange : each.range).start.line);
    assert.deepEqual(lines, [positionOf(document, 'state Paid').line]);
  });

  test('lenses offer to run, to draw and to attach', async () => {
    const titles = await until('lenses', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        50,
      );
      return lenses.length > 0 && new Set(lenses.map(({ command }) => command?.title));
    });
    for (const title of ['Run', 'Open diagram', 'Attach']) assert.ok(titles.has(title), `${title} in ${[...titles]}`);
  });

  test('a server that was killed comes back and goes on', async function () {
    if (process.platform !== 'linux') this.skip();
    const [before] = await until('one server', () => serverProcesses().length === 1 && serverProcesses());
    assert.ok(before !== undefined);
    process.kill(before, 'SIGKILL');
    await until('another server', () => serverProcesses().some((pid) => pid !== before));
    const at = positionOf(document, '-> Paid', 3);
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 4)), 'Payed'));
    await until('an error from the new server', () => errors(document.uri).length > 0);
  });
});
