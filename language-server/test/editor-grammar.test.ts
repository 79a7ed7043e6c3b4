/** What the build generates for editors from the grammar. */
import { existsSync, readFileSync } from 'node:fs';
import { AstUtils, GrammarAST } from 'langium';
import { expect, test } from 'vitest';
import { TwinLanguageGrammar } from '../src/generated/grammar.ts';

const generated = new URL('../../grammars/generated/', import.meta.url);

test('the editor’s grammar colours every keyword', () => {
  expect(existsSync(generated)).toBe(true);
  const text = readFileSync(new URL('twin.tmLanguage.json', generated), 'utf8');
  const keywords = AstUtils.streamAllContents(TwinLanguageGrammar())
    .filter(GrammarAST.isKeyword)
    .map(({ value }) => value)
    .filter((value) => /^\w+$/.test(value))
    .toSet();
  const missing = [...keywords].filter((keyword) => !new RegExp(`[(|]${keyword}[|)]`).test(text));
  expect(missing).toEqual([]);
});

test('its patterns are regular expressions', () => {
  const grammar = JSON.parse(readFileSync(new URL('twin.tmLanguage.json', generated), 'utf8'));
  const patterns: string[] = grammar.repository.code.patterns.map(({ match }: { match: string }) => match);
  expect(patterns.length).toBeGreaterThan(5);
  for (const pattern of patterns) expect(() => new RegExp(pattern)).not.toThrow();
});
