/** Links from paths to files, and declarations found across the workspace. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DocumentLink, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import { shopText } from '../shop-text.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

describe('a link leads from', () => {
  let workspace: Workspace;
  let version = 1;
  beforeAll(async () => {
    workspace = await openWorkspace({});
    await workspace.client.open(workspace.uri('main.twin'), '');
  });
  afterAll(() => workspace.close());

  test.each<[string, string, string | undefined]>([
    ['an import', 'import "«base/types.twin»"', 'base/types.twin'],
    ['an import further up', 'import "«sub/../types.twin»"', 'types.twin'],
    ['an import of a file that is missing', 'import "«none.twin»"', 'none.twin'],
    ['a recording', 'twin T { source file "«run.jsonl»" }', 'run.jsonl'],
    ['recorded arrivals', 'scenario S { load I replay "«peak.csv»" }', 'peak.csv'],
    ['recorded values', 'machine M { initial -> A state A { after empirical("«a b.csv»") -> A } }', 'a b.csv'],
    ['no pattern of several files', 'twin T { source file "runs/*.jsonl" }', undefined],
    ['no address', 'import "https://example.org/a.twin"', undefined],
    ['no empty path', 'import ""', undefined],
    ['no other text', 'machine M { initial -> A state A { entry / log "types.twin" } }', undefined],
  ])('%s', async (_, marked, target) => {
    const text = marked.replace(/[«»]/g, '');
    const uri = workspace.uri('main.twin');
    await workspace.client.change(uri, ++version, text);
    const links = await workspace.client.request<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri },
    });
    const [start, end] = [marked.indexOf('«'), marked.indexOf('»') - 1];
    const range = { start: { line: 0, character: start }, end: { line: 0, character: end } };
    expect(links).toEqual(target === undefined ? [] : [{ range, target: workspace.uri(target) }]);
  });
});

describe('symbols of the workspace', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await openWorkspace({
      'deep/er/shop.twin': shopText,
      'names.twin': 'package names signal TollBack signal Extoll signal Toll',
    });
  });
  afterAll(() => workspace.close());

  async function find(query: string): Promise<string[]> {
    const found = await workspace.client.request<WorkspaceSymbol[]>('workspace/symbol', { query });
    return found.map(({ name, containerName }) => (containerName === undefined ? name : `${containerName}.${name}`));
  }

  test.each<[string, string, string]>([
    ['a state, by its name', 'Refunding', 'Order.Refunding'],
    ['in lower case', 'refunding', 'Order.Refunding'],
    ['by some of its letters', 'rfndg', 'Order.Refunding'],
    ['with its owner', 'Order.Refunding', 'Order.Refunding'],
    ['with its owner in another word', 'refunding order', 'Order.Refunding'],
    ['an operation', 'charge', 'Bank.charge'],
    ['an enumeration’s literal', 'invoice', 'Method.invoice'],
    ['a signal', 'Dispatched', 'Dispatched'],
    ['a lifeline', 'orders', 'Checkout.orders'],
    ['a node', 'app', 'Production.app'],
    ['a scenario', 'BlackFriday', 'BlackFriday'],
  ])('are found in a file that is not open: %s', async (_, query, wanted) => {
    expect(await find(query)).toContain(wanted);
  });

  test('are as many as asked for: none where nothing fits, all kinds where nothing is asked', async () => {
    expect(await find('zzz')).toEqual([]);
    const all = await workspace.client.request<WorkspaceSymbol[]>('workspace/symbol', { query: '' });
    const kinds = new Set(all.map(({ kind }) => kind));
    for (const kind of [SymbolKind.Class, SymbolKind.Module, SymbolKind.Event, SymbolKind.Method])
      expect(kinds).toContain(kind);
  });

  test('what begins with the query comes first', async () => {
    expect(await find('toll')).toEqual(['Toll', 'TollBack', 'Extoll']);
  });

  test('lead to the name, also right after an edit', async () => {
    await workspace.client.open(workspace.uri('names.twin'), '\nsignal Tollgate');
    const [found] = await workspace.client.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'toll' });
    expect(found).toMatchObject({
      name: 'Tollgate',
      location: {
        uri: workspace.uri('names.twin'),
        range: { start: { line: 1, character: 7 }, end: { line: 1, character: 15 } },
      },
    });
  });
});
