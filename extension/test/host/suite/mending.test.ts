/** Quick fixes and refactorings, taken as the editor takes them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { errors, openShop, positionOf, revert } from './shop.ts';
import { until } from './until.ts';

suite('mending in the host', () => {
  let editor: vscode.TextEditor;
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    editor = await openShop();
    document = editor.document;
  });
  teardown(revert);

  async function offered(range: vscode.Range, kind: vscode.CodeActionKind): Promise<vscode.CodeAction[]> {
    return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind.value);
  }

  async function take(action: vscode.CodeAction | undefined): Promise<void> {
    assert.ok(action?.edit, 'the action has its edit');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
  }

  test('a slip of the key is mended by what is offered first, and its code leads to a page that is there', async () => {
    const at = positionOf(document, '-> Paid', 3);
    const range = new vscode.Range(at, at.translate(0, 4));
    await editor.edit((edit) => edit.replace(range, 'Piad'));
    const [found] = await until('the error', () => {
      const all = errors(document.uri);
      return all.length > 0 && all;
    });
    const { code } = found ?? {};
    assert.ok(typeof code === 'object' && code !== null, 'the code is a link');
    const page = Buffer.from(await vscode.workspace.fs.readFile(code.target)).toString();
    assert.match(page, /^# unresolved-name\n/);
    const preferred = (await offered(range, vscode.CodeActionKind.QuickFix)).find(({ isPreferred }) => isPreferred);
    assert.equal(preferred?.title, 'Write `Paid`');
    await take(preferred);
    await until('no error', () => errors(document.uri).length === 0);
  });

  test('messages that are selected go into a fragment, and the text stays right', async () => {
    const at = positionOf(document, 'orders -> stock.reserve(id)');
    const range = new vscode.Range(at, at.translate(0, 'orders -> stock.reserve(id)'.length));
    const actions = await offered(range, vscode.CodeActionKind.RefactorRewrite);
    await take(actions.find(({ title }) => title === 'Wrap in `opt`'));
    assert.match(document.getText(), /opt \[true\] \{\s*orders -> stock\.reserve\(id\)\s*\}/);
    await until('the text is checked', () => errors(document.uri).length === 0);
  });
});
