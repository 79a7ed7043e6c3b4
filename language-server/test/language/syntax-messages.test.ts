/** Syntax errors in words, as a person reads them. */
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';

const state = (line: string) => `signal Pay\nmachine M { initial -> A\n state A {\n ${line}\n }\n state B }`;
const interaction = (line: string) => `interaction I {\n actor u\n ${line}\n }`;

describe('a message for', () => {
  test.each([
    [
      'a missing target',
      state('on Pay ->'),
      'Here stands `}` after `->`, but the name of a target state is expected here.',
    ],
    [
      'a missing signal',
      state('on'),
      'Here stands `}` after `on`, but the name of a signal, or `any` is expected here.',
    ],
    [
      'a missing time',
      state('after -> B'),
      'but a value (a quantity, a name, a call or something in parentheses) is expected here.',
    ],
    ['an open guard', state('on Pay [true -> B'), 'Here stands `->` after `true`, but `]` is expected here.'],
    ['a forgotten arrow', state('on Pay B'), 'Here stands `B`, but what stands here begins with `on`, `after`, `when`'],
    [
      'a missing action',
      state('on Pay / -> B'),
      'but an action (`x = …`, `send`, `raise`, `log`, `if`, `while` or `assert`) is expected here.',
    ],
    [
      'a message without its operation',
      interaction('u -> u'),
      'Here stands `}` after `u`, but `.operation()` or `: Signal` is expected here.',
    ],
    ['a message without its receiver', interaction('u ->'), 'but the name of a lifeline is expected here.'],
    ['a variable without its type', interaction('var x'), 'but `:` and a type is expected here.'],
    [
      'a load without its arrivals',
      'scenario S { load X }',
      'but how often it arrives (`at 50/s`, `every 20 ms` or `by 200 users`) is expected here.',
    ],
    ['an unknown kind of evidence', 'twin T { A = metrics "x" }', 'but `service`, `span` or `trace` is expected here.'],
    [
      'something that is no declaration',
      'signal A\nstate B',
      'Here stands `state`, but a declaration is expected here: `machine`',
    ],
    ['an end too soon', 'machine M {', 'The text ends after `{`, but `}` is expected here.'],
    ['a character without meaning', 'signal A §', '`§` means nothing here. Remove it.'],
    [
      'a text that is not closed',
      'machine M { initial / log "abc\n -> A state A }',
      'This text has no closing `"` on its line.',
    ],
    ['a keyword with a slip', state('onn Pay -> B'), 'Did you mean `on`?'],
    ['a declaration with a slip', 'machin M { }', 'Did you mean `machine`?'],
    [
      'a brace that is not closed',
      'component C {\n operation run\n\nmachine M { }',
      'A `}` is missing above: `machine` begins a declaration, but the braces of a component are still open.',
    ],
    ['a condition in parentheses', interaction('alt (true) { }'), 'It is written `alt [condition] { … } else { … }`'],
    ['a loop without bounds', interaction('loop * { }'), 'It is written `loop 1..3 { … }` or'],
    [
      'an arrow of another kind',
      interaction('u => u.run()'),
      'It is written `a -> b.operation(…)`, `a ->> b : Signal(…)`',
    ],
    ['an `else` without its `alt`', interaction('else { }'), 'Here stands `else` alone.'],
    ['an ampersand', state('on Pay [true && false] -> B'), '`&&` means nothing here. Write `and`.'],
    ['a semicolon', state('on Pay -> B;'), '`;` means nothing here. Remove it: lines need no end mark.'],
    ['a text in single quotes', state("on Pay / log 'x' -> B"), 'Texts stand in double quotes'],
    ['an import below', 'signal A\nimport "b.twin"', '`import` stands at the head of a file'],
    ['a comment that is not closed', 'signal A /* signal B', 'This comment has no closing `*/`'],
  ])('%s', async (_, text, words) => {
    const { problems } = await modelOf(text);
    const syntax = problems.filter(({ code }) => code === 'syntax').map(({ message }) => message);
    expect(syntax.join('\n')).toContain(words);
  });

  test.each([
    ['an open text', state('on Pay / log "abc -> B')],
    ['an open comment', 'signal A\n/* signal B {'],
    ['an unclosed body', 'component C {\n operation run\n\nsignal A'],
  ])('%s is one finding', async (_, text) => {
    const { problems } = await modelOf(text);
    expect(problems.filter(({ code }) => code === 'syntax')).toHaveLength(1);
  });

  test('one word is not blamed twice', async () => {
    const { problems } = await modelOf('twin T { M by attribute "x" { on trace "y" / P } }');
    const places = problems.filter(({ code }) => code === 'syntax').map(({ place }) => JSON.stringify(place.start));
    expect(new Set(places).size).toBe(places.length);
  });
});
