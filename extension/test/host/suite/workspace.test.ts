/** Several files at once: links, moves, declarations anywhere, and files that change outside the editor. */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { diagnostics, openShop, symbols } from './shop.ts';
import { until } from './until.ts';

suite('several files in the host', () => {
  let folder: vscode.Uri;
  /** Beside the workspace, not in it. */
  let outside: string;
  let importer: vscode.TextDocument;

  const at = (name: string) => vscode.Uri.joinPath(folder, 'several', name);
  const machine = 'machine Trip { initial -> Away state Away { on Returned -> Back } final Back }';
  const misses = () => diagnostics(importer.uri).some(({ message }) => message.includes('`Returned`'));

  suiteSetup(async () => {
    const root = (await openShop()) && vscode.workspace.workspaceFolders?.[0];
    assert.ok(root);
    folder = root.uri;
    outside = realpathSync(mkdtempSync(path.join(tmpdir(), 'pollux-outside-')));
    writeFileSync(path.join(outside, 'far.twin'), 'package far\nsignal Left');
    await write(at('signals.twin'), 'package signals\nsignal Returned');
    const far = path.relative(at('').fsPath, path.join(outside, 'far.twin'));
    await write(at('trip.twin'), `package trip\nimport "signals.twin"\nimport "${far}"\n${machine}`);
    importer = await vscode.workspace.openTextDocument(at('trip.twin'));
    await vscode.window.showTextDocument(importer, { preview: false });
    await until('the outline of the importing file', async () => (await symbols(importer.uri)).length > 0);
  });
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.workspace.fs.delete(at(''), { recursive: true });
    rmSync(outside, { recursive: true });
  });

  test('an import is a link to its file', async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      importer.uri,
    );
    assert.ok(links.some(({ target }) => target?.toString() === at('signals.twin').toString()));
  });

  test('a declaration is found in a file that is not open', async () => {
    const found = await until('the signal', async () => {
      const all = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        'Returned',
      );
      return all.find(({ name }) => name === 'Returned');
    });
    assert.equal(found.location.uri.toString(), at('signals.twin').toString());
    assert.equal(found.location.range.start.line, 1);
  });

  test('a change of an imported file outside the editor reaches the file that imports it', async () => {
    await until('no error', () => !misses());
    writeFileSync(at('signals.twin').fsPath, 'package signals\nsignal Gone');
    await until('the error', misses);
    writeFileSync(at('signals.twin').fsPath, 'package signals\nsignal Returned');
    await until('no error', () => !misses());
  });

  test('so does the change of one outside the workspace', async () => {
    const missesFar = () => diagnostics(importer.uri).some(({ message }) => message.includes('far.twin'));
    assert.ok(!missesFar());
    rmSync(path.join(outside, 'far.twin'));
    await until('the error', missesFar);
    writeFileSync(path.join(outside, 'far.twin'), 'package far\nsignal Left');
    await until('no error', () => !missesFar());
  });

  test('imports follow a file that is renamed, and one that goes into another folder', async () => {
    await rename('signals.twin', 'events.twin');
    await until('the new name', () => importer.getText().includes('import "events.twin"'));
    await rename('events.twin', 'deep/events.twin');
    await until('the new path', () => importer.getText().includes('import "deep/events.twin"'));
    await until('no error', () => !misses());
  });

  async function rename(from: string, to: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(at(from), at(to));
    assert.ok(await vscode.workspace.applyEdit(edit));
  }
});

async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
}
