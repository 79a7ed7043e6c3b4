/** The editing features, as examples: `|` marks the cursor. */
import { EmptyFileSystem, type LangiumDocument } from 'langium';
import { clearDocuments, parseHelper } from 'langium/test';
import { afterEach, describe, expect, test } from 'vitest';
import type { Hover, Position } from 'vscode-languageserver';
import { createTwinLspServices } from '../../src/lsp/services.ts';
import { shopText } from '../shop-text.ts';

const { twin } = createTwinLspServices(EmptyFileSystem);
const parse = parseHelper(twin);

afterEach(() => clearDocuments(twin));

async function at(marked: string): Promise<{
  document: LangiumDocument;
  position: Position;
  params: { textDocument: { uri: string }; position: Position };
}> {
  const offset = marked.indexOf('|');
  const document = await parse(marked.replace('|', ''));
  const position = document.textDocument.positionAt(offset);
  return { document, position, params: { textDocument: { uri: document.uri.toString() }, position } };
}

/** The sample with something typed behind a piece of it. */
function shopWith(behind: string, typed: string): string {
  expect(shopText).toContain(behind);
  return shopText.replace(behind, () => `${behind}${typed}`);
}

async function proposals(marked: string): Promise<string[]> {
  const { document, params } = await at(marked);
  const list = await twin.lsp.CompletionProvider?.getCompletion(document, params);
  return list?.items.map(({ label }) => label) ?? [];
}

describe('completion proposes', () => {
  test.each([
    ['signals behind `on`', 'after 30 s -> Expired', '\n on |', ['Pay', 'Dispatched', 'Cancel'], ['Order', 'Stock']],
    [
      'vertices of this machine behind an arrow',
      'after 30 s -> Expired',
      '\n on Cancel -> |',
      ['Created', 'Review', 'Closed'],
      ['Stock', 'ok'],
    ],
    [
      'members behind a dot',
      'after 30 s -> Expired',
      '\n on Cancel -> Fulfilment.|',
      ['Review', 'Packing'],
      ['Created', 'Closed'],
    ],
    [
      'keywords of a state, with snippets',
      'after 30 s -> Expired',
      '\n |',
      ['on', 'after', 'entry', 'state …'],
      ['load', 'operation'],
    ],
    [
      'operations of the lifeline’s component',
      'orders -> stock.reserve(id)',
      '\n orders -> bank.|',
      ['charge', 'refund'],
      ['reserve', 'web'],
    ],
    [
      'lifelines behind an arrow',
      'orders -> stock.reserve(id)',
      '\n orders -> |',
      ['web', 'bank', 'order'],
      ['Bank', 'paid'],
    ],
    [
      'measures behind `expect`',
      'expect errors(Checkout) < 1 %',
      '\n expect |',
      ['p95', 'utilization', 'errors'],
      ['Checkout'],
    ],
    [
      'what can be measured',
      'expect errors(Checkout) < 1 %',
      '\n expect p95(|',
      ['Checkout', 'Orders'],
      ['Pay', 'Method', 'app'],
    ],
    [
      'what can be busy',
      'expect errors(Checkout) < 1 %',
      '\n expect utilization(|',
      ['app', 'Orders'],
      ['Pay', 'Method', 'Checkout'],
    ],
    [
      'units behind a number',
      'expect errors(Checkout) < 1 %',
      '\n expect p95(Checkout) < 5 |',
      ['5 ms', '5 s', '5 %'],
      ['5/s'],
    ],
    [
      'rates behind a load',
      'load CancelOrder(id: "order", total: 60) at 0.5/s',
      '\n load Browse at 5/|',
      ['5/s', '5/min'],
      ['5 ms'],
    ],
    ['types', 'var refunded: Real = 0', '\n var x: |', ['Boolean', 'Duration', 'Method'], ['Order']],
    ['distributions', 'var refunded: Real = 0', '\n state X { after e|', ['exp', 'erlang'], ['Order', 'Created']],
    [
      'what a guard can read',
      'after 30 s -> Expired',
      '\n on Pay(ok) [|',
      ['ok', 'total', 'attempts', 'in'],
      ['Order', 'Created'],
    ],
    [
      'what a behaviour of a state takes',
      'after 30 s -> Expired',
      '\n exit(paid: Boolean) / attempts = |',
      ['paid', 'attempts'],
      ['Created'],
    ],
  ])('%s', async (_, behind, typed, wanted, unwanted) => {
    const found = await proposals(shopWith(behind, typed));
    expect(wanted.filter((label) => !found.includes(label))).toEqual([]);
    expect(unwanted.filter((label) => found.includes(label))).toEqual([]);
  });

  test('declarations at the top of a file', async () => {
    expect(await proposals('|')).toEqual(expect.arrayContaining(['machine', 'machine …', 'package', 'component …']));
    expect(await proposals('signal A\n|')).toEqual(expect.arrayContaining(['machine', 'twin …']));
  });
});

async function hover(marked: string): Promise<string | undefined> {
  const { document, params } = await at(marked);
  const content = (await twin.lsp.HoverProvider?.getHoverContent(document, params)) as Hover | undefined;
  return content === undefined ? undefined : (content.contents as { value: string }).value;
}

describe('hover tells', () => {
  test.each([
    [
      'a declaration with its documentation',
      shopText.replace('owns Order', 'owns Or|der'),
      /machine Order\(id: String, total: Real\)[\s\S]*from the cart to the doorstep/,
    ],
    [
      'an operation at its call',
      shopText.replace('bank.charge', 'bank.ch|arge'),
      /operation charge\(id: String, amount: Real\): Boolean/,
    ],
    [
      'what a quantity amounts to',
      shopText.replace('after 200 ms', 'after 20|0 ms'),
      /`200 ms` is 200 ms \(200000 µs\)/,
    ],
    ['what a rate amounts to', shopText.replace('at 0.5/s', 'at 0.|5/s'), /one every 2 s/],
    ['a distribution', shopText.replace('takes lognormal', 'takes log|normal'), /99th percentile/],
    ['a measure', shopText.replace('expect fast: p95', 'expect fast: p|95'), /95 % of the completed/],
    ['a keyword in UML’s terms', shopText.replace('completion -> Risk', 'compl|etion -> Risk'), /UML completion event/],
    [
      'a parameter of a behaviour of a state',
      shopText.replace('state Created {', 'state Created { exit(ok: Boolean = false) / { if o|k { attempts = 0 } }'),
      /ok: Boolean = false/,
    ],
    [
      'a number of how a component calls another',
      `component Till { operation sell()  requires Bank { timeout 1 s } } component Bank { operation pay() }
       scenario S { at 1 s set Till.Bank.time|out = 2 s }`,
      /When the caller gives up an attempt/,
    ],
    ['the type of a bound name', shopText.replace('on Pay(ok) [ok]', 'on Pay(ok) [o|k]'), /ok: Boolean/],
  ])('%s', async (_, text, expected) => {
    expect(await hover(text)).toMatch(expected);
  });

  test('nothing between words', async () => {
    expect(await hover('machine M {  |  }')).toBeUndefined();
  });
});

describe('names lead', () => {
  test('from a dotted target to the state', async () => {
    const { document, params } = await at(shopText.replace('-> Fulfilment.Review', '-> Fulfilment.Rev|iew'));
    const [link] = (await twin.lsp.DefinitionProvider?.getDefinition(document, params)) ?? [];
    const line = document.textDocument.getText().split('\n')[link?.targetSelectionRange.start.line ?? -1];
    expect(line).toContain('state Review');
  });

  test('from a built-in name nowhere, without harm', async () => {
    const { document, params } = await at('machine M { initial -> A state A { when (ela|psed > 3 s) -> A } }');
    expect((await twin.lsp.DefinitionProvider?.getDefinition(document, params)) ?? []).toEqual([]);
  });

  test('from a signal to all its uses', async () => {
    const { document, params } = await at(shopText.replace('signal Pay', 'signal P|ay'));
    const found = await twin.lsp.ReferencesProvider?.findReferences(document, {
      ...params,
      context: { includeDeclaration: true },
    });
    expect(found).toHaveLength(5);
  });
});

describe('rename', () => {
  async function renamed(marked: string, newName: string): Promise<string> {
    const { document, params } = await at(marked);
    const edit = await twin.lsp.RenameProvider?.rename(document, { ...params, newName });
    const edits = edit?.changes?.[document.uri.toString()] ?? [];
    const ordered = edits.toSorted(
      (a, b) => document.textDocument.offsetAt(b.range.start) - document.textDocument.offsetAt(a.range.start),
    );
    return ordered.reduce((text, { range, newText }) => {
      const [start, end] = [document.textDocument.offsetAt(range.start), document.textDocument.offsetAt(range.end)];
      return `${text.slice(0, start)}${newText}${text.slice(end)}`;
    }, document.textDocument.getText());
  }

  test('changes one step of a dotted path only', async () => {
    const text = await renamed(shopText.replace('state Review', 'state Rev|iew'), 'Check');
    expect(text).toBe(shopText.replace('state Review', 'state Check').replace('Fulfilment.Review', 'Fulfilment.Check'));
  });

  test('of a component reaches where it is set how others call it', async () => {
    const text = (name: string) =>
      `component Till { operation sell()  requires ${name} { retry 1 } } component ${name} { operation pay() }
       scenario S { at 1 s set Till.${name}.retry = 2  vary Till.${name}.retry in 0..3 }`;
    expect(await renamed(text('Bank').replace('component Bank', 'component Ba|nk'), 'Acquirer')).toBe(text('Acquirer'));
  });

  test('reaches into log texts, of this machine only', async () => {
    const text = await renamed(
      'machine M(a|b: String) { initial -> A state A { entry / log "at {ab} {x}" } } machine N(ab: String) { initial -> A state A { entry / log "{ab}" } }',
      'key',
    );
    expect(text).toBe(
      'machine M(key: String) { initial -> A state A { entry / log "at {key} {x}" } } machine N(ab: String) { initial -> A state A { entry / log "{ab}" } }',
    );
  });

  test('of what a behaviour takes reaches its texts, and those of no other behaviour', async () => {
    const machine = (name: string) =>
      `signal Go(n: Integer) machine M { initial -> A state A { entry(n: Integer = 0) / log "{n}" exit(${name}: Integer = 0) / { if ${name} > 1 { log "{${name}}" } } on Go(n) / log "{n}" -> A } }`;
    expect(await renamed(machine('n').replace('exit(n', 'exit(n|'), 'left')).toBe(machine('left'));
  });

  test('allows keywords of the language as names', async () => {
    expect(await renamed('machine M { initial -> A| state A }', 'state')).toBe(
      'machine M { initial -> state state state }',
    );
  });

  test.each(['if', '9a', 'a b', '', 'any'])('refuses `%s`', async (name) => {
    await expect(renamed('machine M|m { initial -> A state A }', name)).rejects.toThrow(/cannot be a name/);
  });
});

describe('the outline', () => {
  test('nests as the text does', async () => {
    const document = await parse(shopText);
    const symbols =
      (await twin.lsp.DocumentSymbolProvider?.getSymbols(document, {
        textDocument: { uri: document.uri.toString() },
      })) ?? [];
    expect(symbols.map(({ name }) => name)).toContain('Order');
    const order = symbols.find(({ name }) => name === 'Order');
    expect(order?.children?.find(({ name }) => name === 'Fulfilment')?.children?.map(({ name }) => name)).toEqual([
      'Review',
      'Packing',
      'Shipping',
    ]);
  });

  test('folds every brace that spans lines', async () => {
    const document = await parse('/* a\n b\n c */\nmachine M {\n initial -> A\n state A {\n after 1 s -> A\n }\n}');
    const ranges =
      (await twin.lsp.FoldingRangeProvider?.getFoldingRanges(document, { textDocument: { uri: '' } })) ?? [];
    expect(ranges.map(({ startLine, endLine }) => [startLine, endLine]).sort()).toEqual([
      [0, 2],
      [3, 7],
      [5, 6],
    ]);
  });

  test('colours a name that looks like a keyword by what it is', async () => {
    const document = await parse('machine M { initial -> load state load }');
    const tokens = await twin.lsp.SemanticTokenProvider?.semanticHighlight(document, {
      textDocument: { uri: document.uri.toString() },
    });
    expect((tokens?.data.length ?? 0) / 5).toBe(3);
  });
});
