/** The same model is read from every layout of its text. */
import { expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';
import { shopText } from '../shop-text.ts';

async function shape(text: string): Promise<string> {
  const { model, problems } = await modelOf(text);
  // The sample's Black Friday asks for more than its store has, and is told so.
  const warnings = problems.filter(({ severity }) => severity !== 'information');
  expect(warnings.map(({ code }) => code)).toEqual(['overloaded']);
  return JSON.stringify(model, (key, value) => (['place', 'label', 'documentation'].includes(key) ? undefined : value));
}

/** Quantities keep their blank, texts their inside; the rest is cut into words and signs. */
const pieces = shopText
  .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (found, at: number) => (shopText[at - 1] === ':' ? found : ''))
  .match(/"[^"]*"|\d[\d.]*(?: ?%| ?[a-z]+\b|\/[a-z]+)?|\w+|->>|->|--|\.\.|[=+<>!-]=|[^\s\w]/g) as string[];

test.each([
  ['carriage returns', shopText.replaceAll('\n', '\r\n')],
  ['tabs', shopText.replaceAll('  ', '\t')],
  ['a byte order mark', `\uFEFF${shopText}`],
  ['no line breaks', pieces.join(' ')],
  ['comments everywhere', pieces.join(' /* x { */ ')],
])('with %s', async (_, text) => {
  expect(await shape(text)).toBe(await shape(shopText));
});

test('names may have letters of every script', async () => {
  const text = `signal Überwiesen(größe: Integer)
    machine Конто { var größe: Integer = 0  initial -> Übung
      state Übung { on Überwiesen(größe2) [größe2 > 1] / { größe = größe2 log "{größe}" } -> 支付 }  final 支付 }
    component Käse { operation prüfen takes 5 us }
    interaction Ablauf { actor möwe  lifeline käse: Käse  möwe -> käse.prüfen() }`;
  const { model, problems } = await modelOf(text);
  expect(problems).toEqual([]);
  expect(model?.machines[0]?.regions[0]?.vertices.map(({ name }) => name)).toEqual(['', 'Übung', '支付']);
});
