/** Inside the quotes of a binding stand the names that the attached twin has seen: `|` is the cursor. */
import type { TelemetryNames } from '@pollux/engine/twin';
import { EmptyFileSystem } from 'langium';
import { clearDocuments, parseHelper } from 'langium/test';
import { afterEach, describe, expect, test } from 'vitest';
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createTwinLspServices } from '../../src/lsp/services.ts';
import { telemetrySeen } from '../../src/protocol/index.ts';
import { connect } from './client.ts';

const names: TelemetryNames = {
  services: [
    { name: 'web-shop', count: 40 },
    { name: 'orders-v2', count: 30 },
    { name: 'bank', count: 3 },
  ],
  spans: [
    { name: 'GET /health', service: 'bank', count: 25 },
    { name: 'POST /orders', service: 'orders-v2', count: 20 },
    { name: 'GET /health', service: 'orders-v2', count: 9 },
    { name: 'POST "charge"', service: 'bank', count: 2 },
    { name: 'POST /checkout', service: 'web-shop', count: 1 },
  ],
  roots: [{ name: 'POST /checkout', service: 'web-shop', count: 40 }],
  logs: [{ name: 'order cancelled', service: 'orders-v2', count: 4 }],
  metrics: [{ name: 'process.cpu.utilization', service: 'orders-v2', count: 6 }],
  attributes: [
    { name: 'http.route', count: 90 },
    { name: 'order.id', count: 20 },
  ],
};

const { twin } = createTwinLspServices(EmptyFileSystem);
const parse = parseHelper(twin);
afterEach(() => clearDocuments(twin));

async function proposed(marked: string, seen: TelemetryNames | null = names, typed?: string) {
  twin.lsp.SeenTelemetry.names = seen ?? undefined;
  const offset = marked.indexOf('|');
  const document = await parse(marked.replace('|', ''));
  const context = typed === undefined ? {} : { context: { triggerKind: 2 as const, triggerCharacter: typed } };
  const list = await twin.lsp.CompletionProvider?.getCompletion(document, {
    textDocument: { uri: document.uri.toString() },
    position: document.textDocument.positionAt(offset),
    ...context,
  });
  const items = list?.items ?? [];
  return {
    items,
    labels: items.map(({ label }) => label),
    after: (label: string) => applied(document.textDocument, items, label),
  };
}

function applied(document: TextDocument, items: readonly CompletionItem[], label: string): string {
  const edit = items.find((item) => item.label === label)?.textEdit;
  if (edit === undefined || !('range' in edit)) throw new Error(`${label} is not proposed.`);
  return TextDocument.applyEdits(document, [edit]);
}

const head = 'component Orders { operation create() }\ntwin T {\n';
const spans = ['GET /health', 'POST /orders', 'POST "charge"', 'POST /checkout'];
const attributes = ['http.route', 'order.id'];

describe('the twin’s names are proposed, the most frequent first, for', () => {
  test.each<[string, string, readonly string[]]>([
    ['services', 'Orders = service "|"', ['web-shop', 'orders-v2', 'bank']],
    [
      'spans of a component whose service is bound',
      'Orders = service "orders-v2"\nOrders.create = span "|"',
      ['POST /orders', 'GET /health'],
    ],
    ['spans of a component whose service has its name', 'WebShop.checkout = span "|"', ['POST /checkout']],
    ['spans of all, where the component’s service is not known', 'Stock.find = span "|"', spans],
    ['root spans of traces', 'Checkout = trace "|"', ['POST /checkout']],
    ['any spans inside traces', 'Checkout = trace containing span "|"', spans],
    ['bodies of log records', 'register = log "|"', ['order cancelled']],
    ['the second record of an interval', 'register = log "begin" to log "|"', ['order cancelled']],
    ['metrics', 'Orders.cpu = metric "|"', ['process.cpu.utilization']],
    ['keys of attributes', 'Orders.create = span "x" where attribute("|") == "a"', attributes],
    ['the key of instances', 'Order(id: attribute("order.id")) by attribute "|" { }', attributes],
    ['the state that is reported', 'Order by attribute "order.id" { state = attribute "|" }', attributes],
    ['spans of events', 'Order by attribute "order.id" { on start of span "|" / Pay }', spans],
    ['log records of events', 'Order by attribute "order.id" { on log "|" / Pay }', ['order cancelled']],
  ])('%s', async (_, text, expected) => {
    expect((await proposed(`${head}${text}\n}`)).labels).toEqual(expected);
  });
});

test('a quote that is typed asks for them', () => {
  expect(twin.lsp.CompletionProvider?.completionOptions?.triggerCharacters).toContain('"');
});

test('a name takes the place of what stands between the quotes', async () => {
  const { after } = await proposed(`${head}Orders = service "or|d" \n}`);
  expect(after('bank')).toBe(`${head}Orders = service "bank" \n}`);
});

test('a quote that is not closed is closed, with what follows it left alone', async () => {
  const { after } = await proposed(`${head}Stock.find = span "|\nAnother = service "x"\n}`);
  expect(after('POST "charge"')).toBe(`${head}Stock.find = span "POST \\"charge\\""\nAnother = service "x"\n}`);
});

test('a name says how often and where it was seen', async () => {
  const { items } = await proposed(`${head}Stock.find = span "|"\n}`);
  expect(items.map(({ detail }) => detail)).toEqual([
    'seen 34 times',
    'seen 20 times in orders-v2',
    'seen 2 times in bank',
    'seen once in web-shop',
  ]);
});

describe('no names are proposed', () => {
  test.each([
    ['behind the closing quote', `${head}Orders = service "a"|\n}`],
    ['in the log texts of a machine', 'machine M { initial -> A state A { entry / log "|" } }'],
    ['in a value that is compared', `${head}Orders.create = span "x" where attribute("a") == "|"\n}`],
  ])('%s', async (_, text) => {
    const { labels } = await proposed(text);
    expect(labels.filter((label) => [...spans, ...attributes, 'bank', 'order cancelled'].includes(label))).toEqual([]);
  });

  test('before a twin was attached', async () => {
    const { items } = await proposed(`${head}Orders = service "|"\n}`, null, '"');
    expect(items).toEqual([]);
  });
});

test('what the editor tells the server is proposed from then on', async () => {
  const client = await connect();
  try {
    const uri = 'file:///names.twin';
    await client.open(uri, `${head}Orders = service ""\n}`);
    await client.notify(telemetrySeen.method, names);
    const list = await client.request<CompletionList>('textDocument/completion', {
      textDocument: { uri },
      position: { line: 2, character: 18 },
      context: { triggerKind: 2, triggerCharacter: '"' },
    });
    expect(list.items.map(({ label }) => label)).toEqual(['web-shop', 'orders-v2', 'bank']);
  } finally {
    client.close();
  }
});
