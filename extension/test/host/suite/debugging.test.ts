/** Machines, interactions and tests under VS Code's own debugger: launched, stopped, looked at, stepped both ways. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openShop, positionOf } from './shop.ts';
import { until } from './until.ts';

interface StackFrame {
  readonly id: number;
  readonly name: string;
  readonly line: number;
}

suite('debugging in the host', () => {
  let document: vscode.TextDocument;
  let stops = 0;
  let thread = 1;
  const tracking = vscode.debug.registerDebugAdapterTrackerFactory('pollux', {
    createDebugAdapterTracker: () => ({
      onDidSendMessage(message: { readonly event?: string; readonly body?: { readonly threadId?: number } }) {
        if (message.event !== 'stopped') return;
        stops++;
        thread = message.body?.threadId ?? 1;
      },
    }),
  });

  suiteSetup(async () => {
    ({ document } = await openShop());
  });
  teardown(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
    await until('no session is left', () => vscode.debug.activeDebugSession === undefined);
    stops = 0;
  });
  suiteTeardown(() => tracking.dispose());

  test('a breakpoint stops the machine, and stepping back undoes a step', async () => {
    breakAt('attempts += 1');
    const session = await launch({ events: ['send Pay(ok: false)'], stopOnEntry: false });
    const [top, ...below] = await stack(session);
    assert.equal(top?.line, lineOf('attempts += 1') + 1);
    assert.deepEqual(
      below.map(({ name }) => name),
      ['Order'],
    );
    // An open diagram follows the cursor.
    await until('the cursor is where it stopped', () => {
      const { selection } = vscode.window.activeTextEditor ?? {};
      return selection?.active.line === lineOf('attempts += 1');
    });
    assert.equal((await variables(session)).attempts, '0');
    await step(session, 'stepIn');
    assert.equal((await variables(session)).attempts, '0');
    await step(session, 'stepOut');
    assert.equal((await variables(session)).attempts, '1');
    assert.deepEqual(
      (await stack(session)).map(({ name }) => name),
      ['enters Declined', 'Declined', 'Order'],
    );
    await step(session, 'stepBack');
    assert.equal((await variables(session)).attempts, '0');
    await step(session, 'continue');
    await until('the session has ended', () => vscode.debug.activeDebugSession === undefined);
  });

  test('the command begins at the entry; the console lets an event happen', async () => {
    const uri = document.uri.toString();
    const values = { id: 'o-1', total: 12 };
    assert.equal(await vscode.commands.executeCommand('pollux.debugMachine', uri, 'shop.Order', values), true);
    const session = await stopped(1);
    await step(session, 'continue');
    const expression = 'send Pay(ok: true)';
    await session.customRequest('evaluate', { expression, context: 'repl' });
    await stopped(3);
    assert.deepEqual(
      (await stack(session)).map(({ name }) => name),
      ['Packing', 'Fulfilment', 'Order'],
    );
    const { result } = await session.customRequest('evaluate', { expression: 'in(Fulfilment)', context: 'watch' });
    assert.equal(result, 'true');
  });

  test('a breakpoint where nothing happens says so', async () => {
    breakAt('lifeline web: WebShop');
    const session = await launch({ stopOnEntry: true });
    const [breakpoint] = vscode.debug.breakpoints;
    assert.ok(breakpoint);
    const shown = (await session.getDebugProtocolBreakpoint(breakpoint)) as { verified?: boolean } | undefined;
    assert.equal(shown?.verified, false);
  });

  test('the lens debugs an interaction: messages, executions, an answer that is put in, and back', async () => {
    const lens = await until('the lens is there', async () => (await lensesOf('pollux.debugInteraction'))[0]);
    const [uri, id] = lens.arguments ?? [];
    assert.equal(id, 'shop.Checkout');
    const values = { id: 'o-1', total: 12, method: 'card' };
    assert.equal(await vscode.commands.executeCommand(lens.command, uri, id, values), true);
    const session = await stopped(1);
    assert.equal((await stack(session))[0]?.line, lineOf('customer -> web.checkout') + 1);
    await step(session, 'stepIn');
    const [top] = await stack(session);
    assert.deepEqual([top?.name, top?.line], ['checkout for customer', lineOf('web -> orders.create') + 1]);
    const before = stops;
    await session.customRequest('evaluate', { expression: 'given Bank.charge returns false', context: 'repl' });
    await stopped(before + 1);
    breakAt('orders -> stock.release');
    await step(session, 'continue');
    assert.equal((await stack(session))[0]?.line, lineOf('orders -> stock.release') + 1);
    assert.equal((await variables(session)).paid, 'false');
    await step(session, 'stepBack');
    await step(session, 'reverseContinue');
    assert.equal((await stack(session))[0]?.line, lineOf('customer -> web.checkout') + 1);
  });

  test('the lens debugs a test: it stops in the text of the test and in the machine', async () => {
    const edit = new vscode.WorkspaceEdit();
    const end = document.lineAt(document.lineCount - 1).range.end;
    const added =
      '\ntest host_declined of Order(id: "o-1", total: 12) {\n  send Pay(ok: false)\n  expect attempts == 1\n}\n';
    edit.insert(document.uri, end, added);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    const lens = await until('the lens is there', async () => (await lensesOf('pollux.debugTest'))[0]);
    breakAt('send Pay(ok: false)');
    breakAt('attempts += 1');
    const done = vscode.commands.executeCommand<boolean>(lens.command, ...(lens.arguments ?? []));
    const session = await stopped(1);
    assert.equal((await stack(session))[0]?.line, lineOf('send Pay(ok: false)') + 1);
    await step(session, 'continue');
    assert.equal((await stack(session))[0]?.line, lineOf('attempts += 1') + 1);
    await step(session, 'stepOut');
    await step(session, 'stepBack');
    await step(session, 'continue');
    await until('the session has ended', () => vscode.debug.activeDebugSession === undefined);
    assert.equal(await done, true);
    // Debugging has saved it.
    const back = new vscode.WorkspaceEdit();
    back.delete(document.uri, new vscode.Range(end, document.lineAt(document.lineCount - 1).range.end));
    assert.equal(await vscode.workspace.applyEdit(back), true);
    assert.equal(await document.save(), true);
  });

  test('values stand behind the lines that name a variable', async () => {
    breakAt('attempts += 1');
    const session = await launch({ events: ['send Pay(ok: false)'], stopOnEntry: false });
    const [frame] = await stack(session);
    const range = new vscode.Range(0, 0, document.lineCount - 1, 0);
    const values = await vscode.commands.executeCommand<readonly vscode.InlineValueEvaluatableExpression[]>(
      'vscode.executeInlineValueProvider',
      document.uri,
      range,
      { frameId: frame?.id ?? 1, stoppedLocation: range },
    );
    const lines = values.filter(({ expression }) => expression === 'attempts').map((each) => each.range.start.line);
    assert.ok(lines.includes(lineOf('attempts += 1')), `inline values on lines ${lines.join(', ')}`);
  });

  async function lensesOf(command: string): Promise<vscode.Command[]> {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    return (all ?? []).flatMap((lens) => (lens.command?.command === command ? lens.command : []));
  }

  function breakAt(text: string): void {
    const place = new vscode.Location(document.uri, new vscode.Position(lineOf(text), 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place)]);
  }

  function lineOf(text: string): number {
    return positionOf(document, text).line;
  }

  async function launch(more: object): Promise<vscode.DebugSession> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const program = document.uri.fsPath;
    const parameters = { id: 'o-1', total: 12 };
    const started = await vscode.debug.startDebugging(folder, {
      type: 'pollux',
      request: 'launch',
      name: 'Debug Order',
      program,
      machine: 'Order',
      arguments: parameters,
      ...more,
    });
    assert.equal(started, true);
    return stopped(1);
  }

  async function stopped(count: number): Promise<vscode.DebugSession> {
    await until(`stop ${count}`, () => stops >= count);
    const session = vscode.debug.activeDebugSession;
    assert.ok(session, 'a session is active');
    return session;
  }

  async function step(session: vscode.DebugSession, command: string): Promise<void> {
    const before = stops;
    await session.customRequest(command, { threadId: thread });
    if (command !== 'continue') await stopped(before + 1);
    else await until('stopped or ended', () => stops > before || vscode.debug.activeDebugSession === undefined);
  }

  async function stack(session: vscode.DebugSession): Promise<readonly StackFrame[]> {
    const { stackFrames } = await session.customRequest('stackTrace', { threadId: thread });
    return stackFrames;
  }

  async function variables(session: vscode.DebugSession): Promise<Readonly<Record<string, string>>> {
    const { scopes } = await session.customRequest('scopes', { frameId: 1 });
    const { variables } = await session.customRequest('variables', {
      variablesReference: scopes[0].variablesReference,
    });
    return Object.fromEntries(variables.map((each: { name: string; value: string }) => [each.name, each.value]));
  }
});
