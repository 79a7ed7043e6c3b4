/** Every word of the language says what it means, wherever it stands. */
import { AstUtils, GrammarAST } from 'langium';
import { expect, test } from 'vitest';
import { TwinLanguageGrammar } from '../../src/generated/grammar.ts';
import { keywordMeanings, meaningOf, snippetText } from '../../src/lsp/keywords/keyword-meanings.ts';

const uses = AstUtils.streamAllContents(TwinLanguageGrammar())
  .filter(GrammarAST.isKeyword)
  .filter(({ value }) => /^[a-z]/.test(value))
  .map((keyword) => ({
    word: keyword.value,
    rule: AstUtils.getContainerOfType(keyword, GrammarAST.isAbstractRule)?.name ?? '',
  }))
  .toArray();

test('every word has a meaning in every rule that uses it', () => {
  expect(uses.length).toBeGreaterThan(250);
  expect(uses.filter(({ word, rule }) => meaningOf(word, rule) === undefined)).toEqual([]);
});

test('no meaning is left of a word that the language no longer has', () => {
  const known = new Set(uses.flatMap(({ word, rule }) => [word, `${rule}.${word}`]));
  expect(Object.keys(keywordMeanings).filter((key) => !known.has(key))).toEqual([]);
});

test('a snippet begins with its word and has stops to fill in', () => {
  for (const [key, { snippet }] of Object.entries(keywordMeanings)) {
    if (snippet === undefined) continue;
    expect(snippet.startsWith(key.replace(/^\w+\./, '')), key).toBe(true);
    expect(snippetText(snippet)).toMatch(/\$\{?\d/);
  }
});
