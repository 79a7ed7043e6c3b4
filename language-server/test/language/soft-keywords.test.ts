/** Keywords stay usable as names, and half-typed lines leave their neighbours alone. */
import { AstUtils, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import { TwinLanguageGrammar } from '../../src/generated/grammar.ts';
import { modelOf } from '../../src/language/index.ts';
import { hardKeywords } from '../../src/language/parser/soft-keyword-lexer.ts';
import { count } from './tree.ts';

const keywords = [
  ...new Set(
    AstUtils.streamAllContents(TwinLanguageGrammar())
      .filter(GrammarAST.isKeyword)
      .map((keyword) => keyword.value)
      .filter((value) => /^[a-z]\w*$/.test(value) && !hardKeywords.has(value) && value !== 'any'),
  ),
];

test('the grammar has keywords to try', () => {
  expect(keywords.length).toBeGreaterThan(70);
});

describe.each(keywords)('`%s` as a name', (name) => {
  test('of everything that has one', async () => {
    const { problems } = await modelOf(`
      enum E { ${name}, other }
      signal ${name}(${name}: Integer)
      machine M(${name}: Integer) {
        initial -> ${name}
        state ${name} { on ${name} [${name} > 1] -> done   after 3 s -> ${name} }
        final done
      }
      component C { operation ${name}(x: Integer) }
      interaction I {
        actor user
        lifeline ${name}: C
        var v: Integer = 0
        user -> ${name}.${name}(v)
        v = v + 1
      }
      deployment D { node ${name} { cores 1  deploy C }  ${name} -- ${name} { latency 1 ms } }
      scenario S of D { load I at 5/s  run 5 s  expect utilization(${name}) < 60 % }
    `);
    expect(problems.map(({ message }) => message)).toEqual([]);
  });
});

describe('a half-typed line', () => {
  const machine = (line: string) =>
    `machine M {\n initial -> A\n state A {\n ${line}\n on Go -> B\n after 3 s -> B\n }\n state B\n}`;

  test.each([
    'on',
    'on Pay(',
    'on Pay [',
    'on Pay [x',
    'on Pay /',
    'on Pay ->',
    'on A,',
    'after',
    'when (',
    'completion ->',
    'entry /',
    'do takes',
    'state',
    'initial ->',
  ])('`%s` in a state loses no transition below it', (line) => {
    expect(count(machine(line), 'TimeTrigger')).toBeGreaterThanOrEqual(1);
    expect(count(machine(line), 'State')).toBeGreaterThanOrEqual(2);
  });

  const interaction = (line: string) =>
    `interaction I {\n actor u\n lifeline a: A\n ${line}\n u -> a.go()\n opt [x] { u -> a.go() }\n}\nsignal Last`;

  test.each([
    'a',
    'a ->',
    'a -> b',
    'a -> b.',
    'x =',
    'opt [',
    'loop 1..',
    'alt [x',
    'var x',
    'var x:',
    'return',
    'lifeline',
    'par {}',
  ])('`%s` in an interaction leaves the declarations below it', (line) => {
    expect(count(interaction(line), 'Signal')).toBe(1);
    expect(count(interaction(line), 'Opt')).toBeGreaterThanOrEqual(1);
  });

  const scenario = (line: string) => `scenario S of D {\n ${line}\n run 5 s\n seed 4\n}\ntwin T { lateness 1 s }`;

  test.each(['load', 'load X', 'load X at', 'load X(', 'expect', 'expect p95(', 'expect p95(X) <', 'warmup'])(
    '`%s` in a scenario leaves its other members',
    (line) => {
      expect(count(scenario(line), 'Seed')).toBe(1);
      expect(count(scenario(line), 'Lateness')).toBe(1);
    },
  );
});
