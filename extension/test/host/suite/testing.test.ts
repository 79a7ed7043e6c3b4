/** Tests of models inside the editor: found, run from their lens, found anew after an edit, proposed for a machine. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openShop, revert } from './shop.ts';
import { until } from './until.ts';

interface Result {
  readonly verdict: string;
  readonly message: string;
  readonly found: string | null;
}

interface Proposal {
  readonly tests: readonly { readonly name: string; readonly text: string }[];
  readonly transitions: number;
  readonly unreached: readonly unknown[];
}

const added = `
signal HostGo
machine HostLight { initial -> Off  state Off { on HostGo -> On }  state On { on HostGo -> Off } }
test host_on of HostLight { send HostGo  expect in(On) }
test host_off of HostLight { send HostGo  expect in(Off) }
`;

suite('tests in the host', () => {
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    ({ document } = await openShop());
    await append(added);
    await until('the tests have lenses', async () => (await runLenses()).length === 2);
  });
  suiteTeardown(revert);

  test('each test has a lens that runs it in the Test Explorer', async () => {
    const [on, off] = await runLenses();
    assert.ok(on?.command && off?.command);
    assert.equal(on.command.title, 'Run test');
    assert.equal(document.lineAt(on.range.start.line).text.startsWith('test host_on'), true);
    const passed = await run(on.command);
    assert.equal(passed?.verdict, 'pass');
    const failed = await run(off.command);
    assert.deepEqual([failed?.verdict, failed?.found], ['fail', 'in On']);
  });

  test('a test that is mended passes, one that is taken away is not run any more', async () => {
    const [, off] = await runLenses();
    assert.ok(off?.command);
    const text = document.getText();
    await replace('expect in(Off)', 'expect in(On)');
    await until('the mended test passes', async () => (await run(off.command))?.verdict === 'pass');
    await replace(/\ntest host_off[^\n]*/.exec(document.getText())?.[0] ?? '', '');
    await until('the test is gone', async () => (await run(off.command)) === null);
    await replace(document.getText(), text);
    await until('the tests are back', async () => (await runLenses()).length === 2);
  });

  test('while the text has errors its tests are not run', async () => {
    const [on] = await runLenses();
    assert.ok(on?.command);
    await replace('send HostGo  expect in(On)', 'send HostGone  expect in(On)');
    await until('nothing is run', async () => (await run(on.command)) === null);
    await replace('send HostGone', 'send HostGo');
    await until('it runs again', async () => (await run(on.command))?.verdict === 'pass');
  });

  test('tests that take every transition of a machine are put behind the text, selected, and pass', async () => {
    const uri = document.uri.toString();
    const id = (await runLenses())[0]?.command?.arguments?.[1];
    const machine = String(id).replace('host_on', 'HostLight');
    const proposal = await vscode.commands.executeCommand<Proposal>('pollux.generateTests', uri, machine);
    assert.deepEqual([proposal.unreached, proposal.transitions], [[], 3]);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.equal(editor.document.isDirty, true);
    const selected = editor.document.getText(editor.selection);
    assert.equal(
      selected.trim(),
      proposal.tests
        .map(({ text }) => text)
        .join('\n')
        .trim(),
    );
    await until('they have lenses', async () => (await runLenses()).length === 2 + proposal.tests.length);
    for (const { command } of (await runLenses()).slice(2)) assert.equal((await run(command))?.verdict, 'pass');
  });

  async function runLenses(): Promise<vscode.CodeLens[]> {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    return (all ?? []).filter(({ command }) => command?.command === 'pollux.runTest');
  }

  async function run(command: vscode.Command | undefined): Promise<Result | null> {
    assert.ok(command);
    return vscode.commands.executeCommand<Result | null>(command.command, ...(command.arguments ?? []));
  }

  async function append(text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, text);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
  }

  async function replace(before: string, after: string): Promise<void> {
    const at = document.getText().indexOf(before);
    assert.notEqual(at, -1, `the text has ${before}`);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      document.uri,
      new vscode.Range(document.positionAt(at), document.positionAt(at + before.length)),
      after,
    );
    assert.equal(await vscode.workspace.applyEdit(edit), true);
  }
});
