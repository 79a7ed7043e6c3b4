/** What is shown between the words: `⟨…⟩` where a hint stands. */
import { clearDocuments } from 'langium/test';
import { afterEach, describe, expect, test } from 'vitest';
import type { InlayHint } from 'vscode-languageserver';
import type { HintSource } from '../../src/lsp/hints/hint-source.ts';
import { TwinInlayHintProvider } from '../../src/lsp/inlay-hint-provider.ts';
import { marked, twin } from './marked.ts';

afterEach(() => clearDocuments(twin));

async function hinted(text: string, provider = twin.lsp.InlayHintProvider): Promise<string> {
  const { document, textDocument } = await marked(text);
  const range = { start: { line: 0, character: 0 }, end: document.textDocument.positionAt(text.length) };
  const hints = (await provider?.getInlayHints(document, { textDocument, range })) ?? [];
  const offset = (hint: InlayHint) => document.textDocument.offsetAt(hint.position);
  return hints
    .toSorted((a, b) => offset(b) - offset(a))
    .reduce(
      (shown, hint) => `${shown.slice(0, offset(hint))}⟨${hint.label}⟩${shown.slice(offset(hint))}`,
      document.textDocument.getText(),
    );
}

function operation(cost: string): string {
  return `component C { operation f() takes ${cost} }`;
}

describe('behind a distribution stands what is not written', () => {
  test.each([
    ['exp(4 ms)', '⟨p99 18 ms⟩'],
    ['lognormal(median: 10 ms, p99: 40 ms)', '⟨mean 12 ms⟩'],
    ['lognormal(10 ms, 3 ms)', '⟨p99 19 ms⟩'],
    ['uniform(300 ms, 600 ms)', '⟨mean 450 ms, p99 597 ms⟩'],
    ['normal(1 ms, 3 ms)', '⟨p99 8.5 ms⟩'],
    ['gamma(2, 10 ms)', '⟨p99 33 ms⟩'],
    ['pareto(0.9, 1 ms)', '⟨mean infinite, p99 167 ms⟩'],
    ['mixture(90 %: exp(1 ms), 10 %: exp(50 ms))', '⟨mean 5.9 ms, p99 115 ms⟩'],
    ['constant(4 ms)', ''],
    ['4 ms', ''],
    ['exp(?)', ''],
    ['exp(', ''],
    ['exp(4 ms, 5 ms)', ''],
  ])('%s %s', async (cost, hint) => {
    expect(await hinted(operation(cost))).toBe(operation(`${cost}${hint}`));
  });

  test('for values without a unit too, but not for truth and words', async () => {
    const text = (total: string) =>
      `enum E { a, b } interaction I(total: Real, ok: Boolean, b: Boolean, e: E) { } scenario S { load I(total: ${total}, ok: chance(96 %), b: mixture(50 %: true, 50 %: false), e: mixture(50 %: E.a, 50 %: E.b)) at 3/s }`;
    const total = 'lognormal(median: 60, p99: 700)';
    expect(await hinted(text(total))).toBe(text(`${total}⟨mean 105⟩`));
  });
});

describe('behind a quantity stands what it amounts to', () => {
  test.each([
    ['90000 ms', '⟨= 1.5 min⟩'],
    ['0.05 s', '⟨= 50 ms⟩'],
    ['15 min', ''],
    ['0.5 s', ''],
    ['(15 min + 30 s)', '⟨= 15.5 min⟩'],
    ['(3 * 20 s)', '⟨= 1 min⟩'],
  ])('%s %s', async (delay, hint) => {
    const text = (written: string) => `machine M { state A { after ${written} -> A } }`;
    expect(await hinted(text(delay))).toBe(text(`${delay}${hint}`));
  });

  test.each([
    ['1200/min', '⟨= 20/s⟩'],
    ['0.02/s', '⟨= 1.2/min⟩'],
    ['12/s', ''],
    ['0.5/s', ''],
  ])('%s %s', async (rate, hint) => {
    const text = (written: string) => `interaction I { } scenario S { load I at ${written} }`;
    expect(await hinted(text(rate))).toBe(text(`${rate}${hint}`));
  });
});

describe('behind a name without a type stands its type', () => {
  test('where a trigger binds it', async () => {
    const text = (first: string, second: string) =>
      `data D { x: Real } signal P(ok: Boolean, all: D[1..*]) machine M { state A { on P(ok${first}, all${second}) -> A } }`;
    expect(await hinted(text('', ''))).toBe(text('⟨: Boolean⟩', '⟨: D[1..*]⟩'));
  });

  test('where it takes each value of a list', async () => {
    const text = (hint: string) =>
      `data D { x: Real } machine M(all: D[1..*]) { state A { entry / for one${hint} in all { log "x" } } }`;
    expect(await hinted(text(''))).toBe(text('⟨: D⟩'));
  });

  test('but not for an unknown signal', async () => {
    const text = 'machine M { state A { on P(ok) -> A } }';
    expect(await hinted(text)).toBe(text);
  });
});

test('other parts add kinds of hints of their own, with the model at hand', async () => {
  const machines: HintSource = (node, { model }) =>
    node.$type === 'Machine' && node.$cstNode !== undefined
      ? { position: node.$cstNode.range.end, label: `${model().machines.length} in all` }
      : undefined;
  const provider = new TwinInlayHintProvider(twin, [machines]);
  expect(await hinted('machine M { state A }', provider)).toBe('machine M { state A }⟨1 in all⟩');
});

test('only what is in sight is asked for', async () => {
  const { document, textDocument } = await marked(`${operation('exp(4 ms)')}\n${operation('exp(5 ms)')}`);
  const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
  const hints = await twin.lsp.InlayHintProvider?.getInlayHints(document, { textDocument, range });
  expect(hints?.map(({ position }) => position.line)).toEqual([1]);
});

describe('behind a load stands how busy it makes what it needs', () => {
  const shop = (
    load: string,
    alternative = '',
  ) => `component Shop { operation buy() takes 20 ms  operation give() takes 100 ms }
interaction Buy(hurry: Boolean) { actor someone  lifeline shop: Shop  someone -> shop.buy()  ${alternative} }
deployment Prod { node app * 2 { cores 2  deploy Shop } }
scenario Day of Prod { ${load}  run 1 h }`;

  test('with all loads of the scenario, at their peak', async () => {
    const text = await hinted(shop('load Buy at 100/s  load Buy ramp 10/s -> 20/s over 5 min'));
    expect(text).toContain('load Buy at 100/s⟨app 60 %⟩');
    expect(text).toContain('over 5 min⟨app 60 %⟩');
  });

  test('as a range where a guard decides how much there is to do', async () => {
    expect(await hinted(shop('load Buy at 20/s', 'opt [hurry] { someone -> shop.give() }'))).toContain(
      'load Buy at 20/s⟨app 10 % to 60 %⟩',
    );
  });

  test('not where nothing is known', async () => {
    expect(await hinted('interaction I { actor u } scenario S { load I at 3/s }')).not.toContain('⟨');
  });
});
