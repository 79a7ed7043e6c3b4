/** Which colour each name of the language has, and that no word ever has two. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { EmptyFileSystem, type LangiumDocument } from 'langium';
import { clearDocuments, parseHelper } from 'langium/test';
import { afterEach, describe, expect, test } from 'vitest';
import type { SemanticTokens } from 'vscode-languageserver';
import { createTwinLspServices } from '../../src/lsp/services.ts';

const { twin } = createTwinLspServices(EmptyFileSystem);
const parse = parseHelper(twin);
const provider = twin.lsp.SemanticTokenProvider as NonNullable<typeof twin.lsp.SemanticTokenProvider>;
const { tokenTypes, tokenModifiers } = provider.semanticTokensOptions.legend;

afterEach(() => clearDocuments(twin));

interface Token {
  readonly start: number;
  readonly end: number;
  /** `type` or `type.modifier.modifier`. */
  readonly colour: string;
}

function decoded(document: LangiumDocument, { data }: SemanticTokens): Token[] {
  let [line, character] = [0, 0];
  return Array.from({ length: data.length / 5 }, (_, index) => {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(index * 5, index * 5 + 5);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    const start = document.textDocument.offsetAt({ line, character });
    const names = tokenModifiers.filter((_name, bit) => (modifiers & (1 << bit)) !== 0);
    return { start, end: start + length, colour: [tokenTypes[type], ...names].join('.') };
  });
}

async function tokensOf(document: LangiumDocument): Promise<Token[]> {
  const textDocument = { uri: document.uri.toString() };
  return decoded(document, await provider.semanticHighlight(document, { textDocument }));
}

function expectApart(tokens: readonly Token[]): void {
  for (const [index, { start, end }] of tokens.entries()) {
    expect(start).toBeLessThan(end);
    expect(start).toBeGreaterThanOrEqual(tokens[index - 1]?.end ?? 0);
  }
}

const samples = [
  'shop/shop',
  'hospital/hospital',
  'hospital/types',
  'warehouse/warehouse',
  'train-ticket/train-ticket',
];
const texts = samples.map((name) => readFileSync(new URL(`../../../samples/${name}.twin`, import.meta.url), 'utf8'));

test.each(samples.map((name, index) => [name, texts[index] ?? '']))(
  'no word of %s has two colours',
  async (_, text) => {
    const document = await parse(text);
    const tokens = await tokensOf(document);
    expect(tokens.length).toBeGreaterThan(20);
    expectApart(tokens);
  },
);

test('no word of a damaged text has two colours', async () => {
  const [text = ''] = texts;
  const cut = fc.record({
    at: fc.nat(text.length),
    length: fc.nat(40),
    typed: fc.constantFrom('', ' = ', ' -> ', '.', '('),
  });
  const property = fc.asyncProperty(cut, async ({ at, length, typed }) => {
    expectApart(await tokensOf(await parse(`${text.slice(0, at)}${typed}${text.slice(at + length)}`)));
    await clearDocuments(twin);
  });
  await fc.assert(property, { numRuns: 40 });
}, 30_000);

test('no word has two colours when the whole text and what is visible are asked for at the same time', async () => {
  const document = await parse(texts[0] ?? '');
  const textDocument = { uri: document.uri.toString() };
  const range = { start: { line: 0, character: 0 }, end: { line: 30, character: 0 } };
  const answers = await Promise.all([
    provider.semanticHighlight(document, { textDocument }),
    provider.semanticHighlightRange(document, { textDocument, range }),
    provider.semanticHighlight(document, { textDocument }),
  ]);
  const [whole = [], visible = [], again] = answers.map((answer) => decoded(document, answer));
  expectApart(whole);
  expect(again).toEqual(whole);
  expect(visible).toEqual(whole.filter(({ start }) => document.textDocument.positionAt(start).line < 30));
});

/** Marked words and their colour. */
const rows: readonly (readonly [text: string, colour: string])[] = [
  ['data «Card» { id: String }', 'struct.declaration'],
  ['data Card { «id»: String = "a" }', 'property.declaration'],
  ['data Card { id: String classified «PII» }', 'decorator.declaration'],
  ['data Card { id: String classified PII } policy P { «PII» stays in eu }', 'decorator'],
  ['data Item { n: Integer } data Cart { items: «Item»[1..*] }', 'struct'],
  ['enum «Kind» { small }', 'enum.declaration'],
  ['enum Kind { «small», «large» }', 'enumMember.declaration'],
  ['enum Kind { small } signal S(k: «Kind» = «Kind».small)', 'enum'],
  ['signal «Pay»(ok: Boolean)', 'event.declaration'],
  ['signal Pay(«ok»: Boolean)', 'parameter.declaration'],
  ['machine «M» { initial -> A state A }', 'class.declaration'],
  ['machine M { initial -> «A» state A { after 1 s -> «A» } }', 'enumMember'],
  ['machine M { var «n»: Integer initial -> A state A }', 'variable.declaration'],
  ['machine M { var n: Integer initial -> A state A { entry / { «n» = 1 «n» += 2 } } }', 'variable.modification'],
  ['machine M { var n: Integer initial -> A state A { when («n» > 1) -> A } }', 'variable'],
  ['machine M { initial -> A state A { region «r» { initial -> B state B } } }', 'namespace.declaration'],
  ['machine M { initial -> f fork «f» -> A.b.B state A { region b { state B } } }', 'enumMember.declaration'],
  [
    'machine M { initial -> A state A { entry point «p» -> B exit point «q» state B } terminate «t» }',
    'enumMember.declaration',
  ],
  [
    'machine M { initial -> A state A { region r { initial -> B state B history } after 1 s -> r.«history» } }',
    'enumMember',
  ],
  ['signal S(ok: Boolean) machine M { initial -> A state A { on S(«ok») -> A } }', 'parameter.declaration'],
  ['signal S(ok: Boolean) machine M { initial -> A state A { on S(ok) [«ok»] -> A } }', 'parameter'],
  ['machine M(l: String[*]) { initial -> A state A { entry / for «x» in l { } } }', 'variable.declaration'],
  ['machine M(l: String[*]) { initial -> A state A { entry / for x in l { log "" assert «x» == "" } } }', 'variable'],
  ['machine M(l: String[*]) { initial -> A state A { when (l.«size» > 3) -> A } }', 'property.defaultLibrary'],
  ['machine M { initial -> A state A { when («elapsed» > 3 s) -> A } }', 'variable.defaultLibrary'],
  ['machine M { initial -> A state A { after «lognormal»(median: 1 s, p99: 2 s) -> A } }', 'function.defaultLibrary'],
  [
    'machine M { initial -> A state A { after lognormal(«median»: 1 s, «p99»: 2 s) -> A } }',
    'parameter.defaultLibrary',
  ],
  ['data D { a: Integer } signal S(d: D = «D»(a: 1))', 'struct'],
  ['data D { a: Integer } signal S(d: D = D(«a»: 1))', 'property'],
  ['component «C» { operation run() }', 'class.declaration'],
  ['component C { operation «run»() }', 'method.declaration'],
  ['component C { operation run() version "2" { operation «run» takes 1 s } }', 'method'],
  ['component C { version «"2"» { threads 3 } }', 'enumMember.declaration'],
  ['component C { version "2" { threads 3 } } deployment D { node n { deploy C { version «"2"» } } }', 'enumMember'],
  ['component C { version "2" { threads 3 } } scenario S { at 1 s rollout C to «"2"» blue_green }', 'enumMember'],
  ['component B broker { topic «sold» partitions 3 }', 'event.declaration'],
  ['component B broker { topic sold } interaction I { actor a a ->> B.«sold» }', 'event'],
  ['component C { operation run() } interaction «I» { lifeline c: C }', 'function.declaration'],
  ['component C { operation run() } interaction I { actor «a» lifeline «c»: C }', 'variable.declaration'],
  ['component C { operation run() } interaction I { actor a lifeline c: C «a» -> «c».run() }', 'variable'],
  ['interaction I { actor a loop «again»: 1..3 { } par «both»: { } and { } opt «maybe»: { } }', 'property.declaration'],
  ['resource «nurse» * 3', 'struct.declaration'],
  ['activity «A» { final done }', 'function.declaration'],
  ['activity A { partition «desk», «ward» final done }', 'namespace.declaration'],
  ['activity A { partition desk action a in «desk» -> done final done }', 'namespace'],
  ['resource r activity A { action a using «r» -> done final done }', 'struct'],
  [
    'signal S resource r activity A { action «a» -> b buffer «b»: String -> c accept «c»: S -> d decision «d» { -> e } merge «e» -> f ' +
      'send «f»: S to self -> g acquire «g»: r -> h release «h»: r -> i structured «i» { action «x» -> y flow final «y» } -> j ' +
      'fork «j» -> k join «k» -> l final «l» }',
    'enumMember.declaration',
  ],
  ['activity A { interruptible «area» { action a -> done } final done }', 'namespace.declaration'],
  ['activity A { initial -> «a» action a -> «done» final done }', 'enumMember'],
  ['deployment «D» { node n { cores 1 } }', 'namespace.declaration'],
  ['deployment D { zone «eu» { node n { cores 1 } } }', 'namespace.declaration'],
  ['deployment D { node «n» { cores 1 } }', 'struct.declaration'],
  ['component C { threads 1 } deployment D { node n { deploy C { config «pool» = 3 } } }', 'property.declaration'],
  ['deployment D { node n { cores 1 } load «other» on n 20 % }', 'property.declaration'],
  ['deployment D { node n { cores 1 } load other on «n» 20 % }', 'struct'],
  ['scenario «S» { run 1 h }', 'function.declaration'],
  ['component C { threads 1 } scenario S { vary C.«replicas» in 1..3 }', 'property.defaultLibrary'],
  ['interaction I { actor a } scenario S { load I at 1/s expect «fast»: p95(I) < 1 s }', 'property.declaration'],
  ['interaction I { actor a } scenario S { load I at 1/s expect «p95»(I) < 1 s }', 'function.defaultLibrary'],
  ['interaction I { actor a } scenario S { load «I» at 1/s }', 'function'],
  ['twin «T» { lateness 1 s }', 'interface.declaration'],
  ['twin T { expect fast: cost < 1 on breach of «fast» { } }', 'property'],
  ['twin T { Orders = span "x" where «status» == "ok" }', 'variable.defaultLibrary'],
  ['policy «P» { only C calls D }', 'interface.declaration'],
  ['component C { threads 1 } policy P { only «C» calls «C» }', 'class'],
  ['deployment D { node n { cores 1 } } calibration «D» { }', 'namespace'],
  [
    'component C { version "2" { threads 3 } } deployment D { } calibration D { C version «"2"» takes 1 s }',
    'enumMember',
  ],
  ['interaction I { actor a } test «t» of I { expect ended }', 'function.declaration'],
  ['package «shop».«deep»', 'namespace.declaration'],
];

describe('a colour is given to', () => {
  test.each(rows)('%s: %s', async (marked, colour) => {
    const wanted: Token[] = [];
    let text = '';
    for (const [index, part] of marked.split(/[«»]/).entries()) {
      if (index % 2 === 1) wanted.push({ start: text.length, end: text.length + part.length, colour });
      text += part;
    }
    expect(wanted.length).toBeGreaterThan(0);
    const tokens = await tokensOf(await parse(text));
    expect(tokens).toEqual(expect.arrayContaining(wanted));
  });
});
