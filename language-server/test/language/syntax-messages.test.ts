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
      'Here stands `}` after `on`, but the name of a signal, `any` or `call` is expected here.',
    ],
    [
      'a missing time',
      state('after -> B'),
      'but a value (a quantity, a name, a call or something in parentheses) is expected here.',
    ],
    ['an open guard', state('on Pay [true -> B'), 'Here stands `->` after `true`, but `]` is expected here.'],
    [
      'a forgotten arrow',
      state('on Pay B'),
      'Here stands `B`, but what stands here begins with `on`, `after`, `at`, `when`',
    ],
    [
      'a missing action',
      state('on Pay / -> B'),
      'but an action (`x = …`, `send`, `raise`, `call`, `log`, `if`, `for`, `while`, `assert` or `return`) is expected here.',
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
      'but how often it arrives (`at 50/s`, `ramp 5/s -> 50/s over 1 h`, `every 20 ms`, `by 200 users`, `replay "…"` or `observed`) is expected here.',
    ],
    [
      'an unknown kind of evidence',
      'twin T { A = metrics "x" }',
      'but `service`, `span`, `trace`, `metric` or `log` is expected here. Did you mean `metric`?',
    ],
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

describe('what may stand in braces is said of', () => {
  test.each([
    ['an activity', 'activity A {\n foo\n}', '`partition`, `var`, `initial`, `action`'],
    ['a component', 'component C {\n foo\n}', '`operation`, `topic`, `owns`, `requires`, `version`, `threads`'],
    ['a requirement', 'component C { requires D {\n timeuot 1 s\n} }', 'Did you mean `timeout`?'],
    ['a version', 'component C { version "2" {\n foo\n} }', '`operation`, `requires`, `threads`'],
    ['an interaction', 'interaction I {\n <\n}', '`critical`, `strict`, `seq`, `neg`'],
    ['a fragment', 'interaction I { create }', 'It is written `create lifeline`.'],
    ['a deployment', 'deployment D {\n <\n}', '`balance`, `autoscale`, `limit`'],
    ['a zone', 'deployment D { zone z {\n <\n} }', '`fails every`, `node`'],
    ['a node', 'deployment D { node n {\n corse 4\n} }', 'Did you mean `cores`?'],
    ['a deployed component', 'deployment D { node n { deploy C {\n foo\n} } }', '`version`, `config`, `threads`'],
    ['a structured action', 'activity A { structured s {\n foo\n} -> a final a }', 'begins with `initial`, `action`'],
    [
      'an interruptible region',
      'activity A { interruptible r {\n foo\n} final a }',
      'an interrupt (`on Signal -> node`)',
    ],
    ['a decision', 'activity A { decision d {\n foo\n} final a }', '`10 % -> node` or `else -> node`'],
    ['a resource', 'resource r * 3 {\n fram "20:00"\n}', 'Did you mean `from`?'],
    ['a shift', 'resource r * 3 { on sonday from "00:00" to "24:00": 1 }', 'a day (`mon`, `tue`'],
    ['a scenario', 'scenario S {\n seeed 3\n}', 'Did you mean `seed`?'],
    ['a pattern', 'scenario S { load X at {\n foo\n} }', 'a time and a rate: `"08:00": 40/s`'],
    ['arrivals', 'scenario S { load X }', '`ramp 5/s -> 50/s over 1 h`'],
    ['an event of the timeline', 'scenario S { at 5 min crush app }', 'Did you mean `crash`?'],
    ['an expectation', 'scenario S { expect p95(X) }', 'a bound (`< 300 ms`)'],
    ['a twin', 'twin T {\n soruce otlp\n}', 'Did you mean `source`?'],
    ['a source', 'twin T { source otpl }', '`source prometheus "http://localhost:9090"`'],
    ['evidence', 'twin T { X = spam "a" }', '`metric` or `log`'],
    ['a reaction', 'twin T { on breach of x {\n foo\n} }', '`propose scale Component`'],
    ['a policy', 'policy P {\n foo\n}', '`TAG never reaches C`'],
    ['a calibration', 'calibration D { X.y }', 'a share (`98 %`)'],
    ['a test', 'test t of X {\n sned A\n}', 'Did you mean `send`?'],
    ['what a test expects', 'test t of X { expect }', '`ended` or a condition'],
    ['a claim', 'activity A { action a using -> b final b }', 'the name of a resource'],
  ])('%s', async (_, text, words) => {
    const { problems } = await modelOf(text);
    expect(problems.filter(({ code }) => code === 'syntax')[0]?.message).toContain(words);
  });
});
