/** What the build generates for editors from the grammar. */
import { readFileSync } from 'node:fs';
import { AstUtils, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import { TwinLanguageGrammar } from '../src/generated/grammar.ts';
import { scopesOf, type TextMateGrammar } from './textmate.ts';

function generated(name: string) {
  return JSON.parse(readFileSync(new URL(`../../grammars/generated/${name}`, import.meta.url), 'utf8'));
}

const grammar: TextMateGrammar = generated('twin.tmLanguage.json');

/** Scopes of the marked words, without the language's name. */
function marked(text: string): string[] {
  const lines = text.split('\n').map((line) => line.split(/[«»]/));
  const scopes = scopesOf(grammar, lines.map((parts) => parts.join('')).join('\n'));
  return lines.flatMap((parts, line) => {
    let at = 0;
    return parts.flatMap((part, index) => {
      const own = new Set(scopes[line]?.slice(at, at + part.length));
      at += part.length;
      return index % 2 === 1 ? [[...own].join(' and ').replaceAll('.twin', '')] : [];
    });
  });
}

test('every keyword has a colour of its own', () => {
  const keywords = AstUtils.streamAllContents(TwinLanguageGrammar())
    .filter(GrammarAST.isKeyword)
    .map(({ value }) => value)
    .filter((value) => /^\w+$/.test(value))
    .toSet();
  expect(keywords.size).toBeGreaterThan(200);
  expect([...keywords].filter((keyword) => /^(|support\.function)$/.test(marked(`«${keyword}»`)[0] ?? ''))).toEqual([]);
});

describe('the editor’s grammar colours', () => {
  const declared = AstUtils.streamAllContents(TwinLanguageGrammar())
    .filter(GrammarAST.isParserRule)
    .find(({ name }) => name === 'Declaration');
  const words = AstUtils.streamAllContents(declared as GrammarAST.ParserRule)
    .filter(GrammarAST.isRuleCall)
    .map(
      ({ rule }) => AstUtils.streamAllContents(rule.ref as GrammarAST.AbstractRule).find(GrammarAST.isKeyword)?.value,
    )
    .toArray();

  test.each(words.map((word) => [word]))('the declaration of a %s like the others', (word) => {
    expect(marked(`«${word}» «Thing»`)).toEqual(['storage.type', 'entity.name.type']);
  });

  test('all fourteen', () => expect(new Set(words).size).toBe(14));

  test.each<[string, string, readonly string[]]>([
    [
      'operations',
      '«operation» «run»() «takes» «exp»(4 ms)',
      ['storage.type', 'entity.name.function', 'keyword.control', 'support.function'],
    ],
    ['states whose names are words of the language', '«state» «load» { }', ['storage.type', 'entity.name.tag']],
    [
      'nodes of activities',
      '«action» «wrap» -> x «decision» «d» { } «structured» «s» { }',
      ['storage.type', 'entity.name.function', 'storage.type', 'entity.name.tag', 'storage.type', 'entity.name.tag'],
    ],
    ['entry points', '«entry» «point» «p» -> q', ['keyword.control', 'storage.type', 'entity.name.tag']],
    ['types', 'a: «Duration»', ['support.type.primitive']],
    [
      'quantities with their unit, in one',
      '«250 ms» «40/s» «99.9 %» «8 GiB»',
      Array(4).fill('constant.numeric.quantity'),
    ],
    ['no word behind a number as its unit', 'cores «4» «fifo»', ['constant.numeric', 'keyword.control']],
    ['measures', 'expect «p99.9»(Checkout)', ['support.function']],
    ['operations that are called', 'web.«checkout»(cart)', ['entity.name.function']],
    ['members of paths, whatever they are called', 'a.«state» b.«load»', ['', '']],
    ['arguments whose names are words of the language', 'Pay(«state»: 1)', ['']],
    [
      'what a system reports itself',
      '«state» = «attribute» «"order.state"»',
      ['keyword.control', 'keyword.control', 'string.quoted.double'],
    ],
    ['operators that are words', '«not» a «and» b', ['keyword.operator.word', 'keyword.operator.word']],
    ['truth values', '«true»', ['constant.language']],
    ['texts with the variables in them', '"order «{id}»«"»', ['variable.other.interpolated', 'string.quoted.double']],
    ['no keyword in a text', '"«state machine»"', ['string.quoted.double']],
    ['comments over lines', '/* a\n«state x»\n*/ «state» x', ['comment.block', 'storage.type']],
    ['documentation', '/** «what it is» */', ['comment.block.documentation']],
    ['arrows', 'a «->» b «->>» c', ['keyword.operator.arrow', 'keyword.operator.arrow']],
  ])('%s', (_, text, expected) => {
    expect(marked(text)).toEqual(expected);
  });
});

test('fences of Markdown are opened by the language’s name, and hold the language', () => {
  const { injectionSelector, repository } = generated('markdown-twin.tmLanguage.json');
  expect(injectionSelector).toBe('L:text.html.markdown');
  const [inside] = repository.fence.patterns;
  expect(inside).toMatchObject({ contentName: 'meta.embedded.block.twin', patterns: [{ include: 'source.twin' }] });
  const opens = (line: string) => new RegExp(repository.fence.begin.replaceAll('|\\G', '')).test(line);
  const lines = [
    '```twin',
    '  ~~~~ twin',
    '```twin title="a"',
    '```twin{1,2}',
    '```twins',
    '```ts',
    'twin',
    '``` twin ```',
  ];
  expect(lines.filter(opens)).toEqual(lines.slice(0, 4));
});

describe('the editor’s configuration', () => {
  const { indentationRules, wordPattern, onEnterRules, folding } = generated('language-configuration.json');

  test.each([
    ['machine M {', true],
    ['  node app * 3 { cores 4  deploy Orders { version "1.4" }', true],
    ['interruptible observed { // a comment', true],
    ['on breach of fast for 2 min { webhook "https://x/{y}"', true],
    ['} else {', true],
    ['load Visit at {', true],
    ['signal Pay(', true],
    ['  vary app.cores in [', true],
    ['node db { cores 16  deploy Stock }', false],
    ['log "order {id"', false],
    ['// machine M {', false],
    ['entry / x = 1 // {', false],
    ['/* { */ state A', false],
    ['initial -> A', false],
    ['on A / { x = a / b }', false],
    ['', false],
  ])('indents behind `%s`: %s', (line, expected) => {
    expect(new RegExp(indentationRules.increaseIndentPattern).test(line)).toBe(expected);
  });

  test.each(['}', '  } else {', '} -> next', '} fallback {', ')', '  ] '])('moves `%s` back', (line) => {
    expect(line).toMatch(new RegExp(indentationRules.decreaseIndentPattern));
  });

  test('a line without end is looked through at once', () => {
    const pattern = new RegExp(indentationRules.increaseIndentPattern);
    const lines = ['('.repeat(2000), '{ "'.repeat(700), '/* '.repeat(700), '[]{}()'.repeat(300)];
    expect(lines.map((line) => pattern.test(line))).toEqual([true, true, false, false]);
  });

  test('a word is a name of the language', () => {
    const pattern = new RegExp(wordPattern.pattern, `${wordPattern.flags}g`);
    expect('größe_2 = Orders.create -> 4 ms'.match(pattern)).toEqual(['größe_2', 'Orders', 'create', 'ms']);
  });

  test('documentation goes on in the next line', () => {
    const [first, second, third] = onEnterRules.map(({ beforeText }: { beforeText: string }) => new RegExp(beforeText));
    expect('/**').toMatch(first);
    expect('  /** What it is.').toMatch(second);
    expect('   * More.').toMatch(third);
    expect('state A').not.toMatch(second);
  });

  test('regions are marked as in comments', () => {
    expect('// #region types').toMatch(new RegExp(folding.markers.start));
    expect('//#endregion').toMatch(new RegExp(folding.markers.end));
  });
});
