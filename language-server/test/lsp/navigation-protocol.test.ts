/** Navigation and hints over a connection: offered when the server starts, and computed from the text just typed. */
import { EmptyFileSystem } from 'langium';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallHierarchyItem, InlayHint, SelectionRange, SignatureHelp } from 'vscode-languageserver';
import { createTwinLspServices } from '../../src/lsp/services.ts';
import { type Client, connect } from './client.ts';

const uri = 'untitled:typed.twin';
const textDocument = { uri };
let client: Client;
beforeEach(async () => {
  client = await connect();
});
afterEach(() => client.close());

test('the server says that it has them', async () => {
  const { shared } = createTwinLspServices(EmptyFileSystem);
  const { capabilities } = await shared.lsp.LanguageServer.initialize({
    processId: null,
    rootUri: null,
    capabilities: {},
  });
  expect(capabilities).toMatchObject({
    ...{ selectionRangeProvider: true, documentHighlightProvider: true, callHierarchyProvider: {} },
    ...{ typeHierarchyProvider: {}, inlayHintProvider: {}, signatureHelpProvider: { triggerCharacters: ['('] } },
  });
});

test('a selection grows in the text just typed', async () => {
  await client.open(uri, 'signal A\n');
  await client.change(uri, 2, 'signal A(x: Real)\n');
  const [range] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
    textDocument,
    positions: [{ line: 0, character: 9 }],
  });
  expect([range?.range, range?.parent?.range].map((each) => [each?.start.character, each?.end.character])).toEqual([
    [9, 10],
    [9, 16],
  ]);
});

test('a call just opened shows its signature', async () => {
  const text = (send: string) => `signal Pay(ok: Boolean)\nmachine M { state A { entry / raise Pay${send} } }\n`;
  await client.open(uri, text(''));
  await client.change(uri, 2, text('('));
  const help = await client.request<SignatureHelp>('textDocument/signatureHelp', {
    textDocument,
    position: { line: 1, character: 'machine M { state A { entry / raise Pay('.length },
  });
  expect(help.signatures.map(({ label }) => label)).toEqual(['Pay(ok: Boolean)']);
});

test('a mean follows the number that it comes from', async () => {
  const text = (median: number) =>
    `component C { operation f() takes lognormal(median: ${median} ms, p99: ${4 * median} ms) }\n`;
  await client.open(uri, text(10));
  await client.change(uri, 2, text(20));
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  const hints = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument, range });
  expect(hints.map(({ label }) => label)).toEqual(['mean 24 ms']);
});

test('hints of a file are asked for again when a file that it imports changes', async () => {
  const capabilities = { workspace: { inlayHint: { refreshSupport: true } } };
  const asked = await connect({}, { capabilities });
  const [signals, machine] = ['file:///signals.twin', 'file:///machine.twin'];
  await asked.open(signals, 'signal Pay(ok: Boolean)\n');
  await asked.open(machine, 'import "signals.twin"\nmachine M { state A { on Pay(ok) -> A } }\n');
  await asked.model(machine);
  const before = asked.hintsRefreshed();
  await asked.change(signals, 2, 'signal Pay(ok: Integer)\n');
  await asked.until(() => asked.hintsRefreshed() > before);
  const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
  const hints = await asked.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: machine }, range });
  expect(hints.map(({ label }) => label)).toEqual([': Integer']);
  asked.close();
});

test('who calls an operation is asked in two steps', async () => {
  const text =
    'component C { operation f() }\ninteraction I { actor a lifeline c: C\n a -> c.f()\n}\nscenario S { load I at 3/s }\n';
  await client.open(uri, text);
  const [item] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', {
    textDocument,
    position: { line: 0, character: 25 },
  });
  const calls = await client.request<{ from: CallHierarchyItem }[]>('callHierarchy/incomingCalls', { item });
  expect(calls.map(({ from }) => from.name)).toEqual(['I']);
});
