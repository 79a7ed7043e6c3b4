/** What the outline shows of every kind of body, and what of it can be folded. */
import { readFileSync } from 'node:fs';
import { EmptyFileSystem } from 'langium';
import { clearDocuments, parseHelper } from 'langium/test';
import { afterEach, describe, expect, test } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver';
import { createTwinLspServices } from '../../src/lsp/services.ts';

const { twin } = createTwinLspServices(EmptyFileSystem);
const parse = parseHelper(twin);

afterEach(() => clearDocuments(twin));

async function symbolsOf(text: string): Promise<readonly DocumentSymbol[]> {
  const document = await parse(text);
  const textDocument = { uri: document.uri.toString() };
  return (await twin.lsp.DocumentSymbolProvider?.getSymbols(document, { textDocument })) ?? [];
}

/** `a(b c(d))`: names with what they hold. */
function shown(symbols: readonly DocumentSymbol[]): string {
  return symbols
    .map(({ name, children = [] }) => (children.length === 0 ? name : `${name}(${shown(children)})`))
    .join(' | ');
}

describe('the outline shows', () => {
  test.each([
    [
      'data types with their attributes',
      'data Card { number: String classified PCI, owner: String } enum Kind { small, large }',
      'Card(number | owner) | Kind(small | large)',
    ],
    [
      'machines with variables, states, regions and pseudostates',
      'machine M(id: String) { var n: Integer initial -> A state A { region r { initial -> B state B history } on S(x) -> D } choice D { else -> E } final E }',
      'M(id | n | A(r(B)) | D | E)',
    ],
    [
      'components with operations, versions, topics and what they require',
      'component C { operation run(a: Integer) version "2" { operation run takes 1 s } requires B { retry 2 } } component B broker { topic t(id: String) }',
      'C(run(a) | 2(operation run takes 1 s) | requires B) | B(t(id))',
    ],
    [
      'interactions with lifelines, executions and fragments',
      'interaction I { actor a lifeline c: C, d: D a -> c.run(1) { alt [true] { c -> d.x() } else { c -> d.y() { } } loop again: 1..3 { } } }',
      'I(a | c | d | a -> c.run(1)(alt [true](c -> d.y()) | again))',
    ],
    [
      'activities with their nodes, at every depth',
      'activity A { partition p, q initial -> a action a -> s structured s using r { action b -> e flow final e } -> i interruptible i { accept w: S -> f on X -> f } fork f { -> g -> h } final g, h }',
      'A(p | q | a | s(b | e) | i(w) | f | g | h)',
    ],
    ['resources', 'resource nurse * 3 { from "08:00" to "20:00": 5 }', 'nurse'],
    [
      'deployments with zones, nodes and what runs on them',
      'deployment D { zone eu { node app { cores 2 deploy C * 2 { version "2" config pool = 3 } } } deploy C * 4 across app load other on app 20 % }',
      'D(eu(app(deploy C * 2(pool))) | deploy C * 4 across app | other)',
    ],
    [
      'scenarios with their loads, events and expectations',
      'scenario S of D { load I at { "00:00": 3/h "08:00": 9/h } daily at 5 min crash app for 1 min expect fast: p95(I) < 1 s expect errors(I) < 1 % }',
      'S(load I at | at 5 min crash app for 1 min | fast | expect errors(I) < 1 %)',
    ],
    [
      'twins with what they bind and how they react',
      'twin T of D { Order(id: attribute("id")) by attribute "id" { on span "charge" / Pay } expect fast: p95(I) < 1 s on breach of fast for 2 min { webhook "http://x" } }',
      'T(Order(id: attribute("id")) by attribute "id" | fast | on breach of fast for 2 min)',
    ],
    ['policies', 'policy P { only A calls B }', 'P'],
    [
      'calibrations',
      'calibration D from 2026-11-20 to 2026-11-21 { C.run takes ? }',
      'calibration D from 2026-11-20 to 2026-11-21',
    ],
    ['tests', 'test t of M { send S expect in(A) }', 't'],
  ])('%s', async (_, text, expected) => {
    expect(shown(await symbolsOf(text))).toBe(expected);
  });

  test('what kind each name is', async () => {
    const [machine] = await symbolsOf('machine M { initial -> A state A { } fork f -> A }');
    expect(machine?.children?.map(({ detail }) => detail)).toEqual(['state', 'fork']);
  });

  test('long beginnings shortened', async () => {
    const [scenario] = await symbolsOf(`scenario S { expect ${'p95(I) < 1 s and '.repeat(20)}p95(I) < 2 s }`);
    expect(scenario?.children?.map(({ name }) => name.length)).toEqual([80]);
  });

  test('ranges that lie within each other, in every sample', async () => {
    for (const sample of ['shop/shop', 'hospital/hospital', 'warehouse/warehouse', 'train-ticket/train-ticket']) {
      const text = readFileSync(new URL(`../../../samples/${sample}.twin`, import.meta.url), 'utf8');
      const document = await parse(text);
      const at = (position: DocumentSymbol['range']['start']) => document.textDocument.offsetAt(position);
      const check = (symbols: readonly DocumentSymbol[], start: number, end: number): void => {
        for (const { range, selectionRange, children = [] } of symbols) {
          const [from, to] = [at(range.start), at(range.end)];
          expect(from).toBeGreaterThanOrEqual(start);
          expect(to).toBeLessThanOrEqual(end);
          expect(at(selectionRange.start)).toBeGreaterThanOrEqual(from);
          expect(at(selectionRange.end)).toBeLessThanOrEqual(to);
          check(children, from, to);
        }
      };
      check(await symbolsOf(text), 0, text.length);
    }
  });
});

/** Lines are numbered from 0. */
async function folded(text: string): Promise<string[]> {
  const document = await parse(text);
  const ranges = (await twin.lsp.FoldingRangeProvider?.getFoldingRanges(document, { textDocument: { uri: '' } })) ?? [];
  return ranges.map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind === undefined ? '' : ` ${kind}`}`);
}

describe('folds', () => {
  test.each([
    ['data types', 'data D {\n a: String,\n b: String\n}', ['0-2']],
    [
      'activities and structured actions',
      'activity A {\n structured s {\n  action a -> e\n  flow final e\n } -> x\n final x\n}',
      ['0-5', '1-3'],
    ],
    [
      'interruptible regions',
      'activity A {\n interruptible i {\n  accept w: S -> f\n  on X -> f\n }\n final f\n}',
      ['0-5', '1-3'],
    ],
    ['shifts of resources', 'resource r * 2 {\n from "08:00" to "20:00": 5\n from "20:00" to "08:00": 2\n}', ['0-2']],
    [
      'branches of forks and decisions',
      'activity A {\n fork f {\n  -> a\n  -> b\n }\n decision d {\n  [true] -> a\n  else -> b\n }\n final a, b\n}',
      ['0-9', '1-3', '5-7'],
    ],
    ['patterns of loads', 'scenario S {\n load I at {\n  "00:00": 3/h\n  "08:00": 9/h\n } daily\n}', ['0-4', '1-3']],
    [
      'versions and what components require',
      'component C {\n version "2" {\n  threads 3\n  queue 3\n }\n requires B {\n  retry 2\n  timeout 1 s\n }\n}',
      ['0-8', '1-3', '5-7'],
    ],
    ['policies', 'policy P {\n only A calls B\n A.x before B.y\n}', ['0-2']],
    ['calibrations', 'calibration D {\n A.x takes ?\n A.y takes ?\n}', ['0-2']],
    ['tests', 'test t of M {\n send S\n expect in(A)\n}', ['0-2']],
    [
      'instances and reactions of twins',
      'twin T {\n M by attribute "id" {\n  on span "a" / S\n  on log "b" / S\n }\n on breach of e {\n  webhook "a"\n  propose scale C\n }\n}',
      ['0-8', '1-3', '5-7'],
    ],
    [
      'deploy settings',
      'deployment D {\n node n {\n  deploy C {\n   version "2"\n   threads 3\n  }\n }\n}',
      ['0-6', '1-5', '2-4'],
    ],
    [
      'each operand on its own',
      'interaction I {\n alt [true] {\n  a -> b.x()\n  a -> b.x()\n } else {\n  a -> b.x()\n  a -> b.x()\n }\n}',
      ['0-7', '1-3', '4-6'],
    ],
    [
      'an execution and its fallback',
      'interaction I {\n a -> b.x() {\n  b -> c.y()\n  b -> c.y()\n } fallback {\n  b -> c.z()\n  b -> c.z()\n }\n}',
      ['0-7', '1-3', '4-6'],
    ],
    [
      'blocks of actions',
      'machine M {\n initial -> A\n state A {\n  entry / {\n   log "{a"\n   if true {\n    log "x"\n    log "y"\n   }\n  }\n }\n}',
      ['0-10', '2-9', '3-8', '5-7'],
    ],
    ['arguments over several lines', 'signal S(\n a: String,\n b: String\n)', ['0-2']],
    ['comments', '/* a\n b */\n// one\n// two\nsignal S // three\n// four', ['0-1 comment', '2-3 comment']],
    ['imports', 'import "a.twin"\nimport "b.twin"\nsignal S', ['0-1 imports']],
    ['regions', '// #region types\nsignal A\nsignal B\n// #endregion\nsignal C', ['0-3 region']],
    ['nothing that is one line long', 'machine M {\n initial -> A }\nsignal S(a: String)', []],
    [
      'what is intact around damage',
      'machine M {\n initial -> )\n state A {\n  entry /\n  exit /\n }\n}',
      ['0-5', '2-4'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await folded(text)).toEqual(expected);
  });
});
