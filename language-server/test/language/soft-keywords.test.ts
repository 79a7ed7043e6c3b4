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
  expect(keywords.length).toBeGreaterThan(200);
});

/** What is wrong, not what is merely of no use in a text that says nothing sensible. */
async function errorsOf(text: string): Promise<string[]> {
  const { problems } = await modelOf(text);
  return problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

describe.each(keywords)('`%s` as a name', (name) => {
  test('of types, behaviours and all that they hold', async () => {
    const found = await errorsOf(`
      enum E { ${name}, other }
      data D { ${name}: Integer classified ${name}, list: Integer[0..*] }
      signal ${name}(${name}: Integer)
      machine M(${name}: Integer) {
        operation ${name}(x: Integer): Integer
        initial -> ${name}
        state ${name} { on ${name} [${name} > 1] -> done   after 3 s -> ${name}  on call ${name}(n) / return n }
        state S {
          region ${name} { initial -> a  state a { on ${name} -> b }  state b { defer ${name} }  history -> a }
          region r2 { initial -> c  state c { on ${name} -> ${name} } }
        }
        final done
      }
      machine P {
        initial -> ${name}
        choice ${name} { 5 % -> S.${name}  else -> x }
        state S { entry point ${name} -> y  state y { when (${name} > 1) -> T.${name} } }
        state T { exit point ${name} -> x  state z { completion -> ${name} } }
        var ${name}: Integer = 0
        final x
      }
      component C { operation ${name}(x: Integer) }
      component B broker { topic ${name}(x: Integer) partitions 2 }
      interaction I(list: Integer[0..*]) {
        actor user
        lifeline ${name}: C
        var v: Integer = 0
        user -> ${name}.${name}(v)
        v = v + 1
        for ${name} in list { v += ${name} }
        opt ${name}: [v > 1] { user ->> B.${name}(v) }
      }
      interaction J {
        actor ${name}
        lifeline c: C, m: M(${name}: 1)
        ${name} -> c.${name}(1) within 2 s
        ${name} ->> m : ${name}(1)
        on B.${name}(x) -> c.${name}(x)
        create m
        invariant m.in(${name})
      }
    `);
    expect(found).toEqual([]);
  });

  test('of what is deployed, run and judged', async () => {
    const found = await errorsOf(`
      resource ${name} * 3 { from "22:00" to "06:00": 1 }
      signal Go(n: Integer)
      data D { x: Integer classified ${name} }
      component C { operation ${name}(x: Integer) takes 1 ms  version "2" { operation ${name} takes 2 ms } }
      interaction I { actor user  lifeline c: C  user -> c.${name}(1) }
      activity A(p: Integer) {
        partition ${name}
        initial -> ${name}
        action ${name} in ${name} takes 2 s using ${name} priority p -> next
        accept next: Go(${name}) -> ask
        decision ask { 5 % -> ${name}  else -> last }
        final last
      }
      deployment D1 {
        zone ${name}1 { node ${name} { cores 1  deploy C } }
        ${name} -- ${name} { latency 1 ms }
        balance C by random
        cost ${name} 2/h
      }
      scenario S of D1 {
        load I at 5/s
        at 1 s crash ${name} for 1 s
        at 2 s set ${name}.cores = 2
        run 5 s
        expect ${name}: utilization(${name}) < 60 % and p95(C.${name}) < 1 s
        vary ${name}.cores in 1..3
      }
      twin T of D1 {
        source otlp
        C.${name} = span "x"
        expect ${name}: p95(I) < 1 s over 5 min
        on breach of ${name} { webhook "http://localhost/hook" }
      }
      policy P {
        ${name} never reaches C
        ${name} stays in ${name}1
        only C calls C.${name}
        C.${name} before Go within 5 s
      }
      calibration D1 { C.${name} takes 1 ms }
    `);
    expect(found).toEqual([]);
  });

  test('of a declaration of any kind', async () => {
    const found = await errorsOf(`
      enum ${name} { a }
      machine ${name}1 { var v: ${name} = ${name}.a  initial -> S  state S { when (v == ${name}.a) -> S } }
    `);
    const others = await Promise.all(
      [
        `data ${name} { x: Integer } machine M { var v: ${name} = ${name}(x: 1)  initial -> S  state S { when (v.x > 1) -> S } }`,
        `machine ${name} { initial -> a final a } machine N extends ${name} { } machine Q { initial -> s  state s : ${name} }`,
        `component ${name} { operation a } interaction I { actor u lifeline l: ${name}  u -> l.a() } deployment D { node n { deploy ${name} } balance ${name} by random }`,
        `interaction ${name} { actor u } activity A { initial -> a  action a takes 1 s -> b  final b } scenario S { load A at 1/s }`,
        `activity ${name} { initial -> a  action a takes 1 s -> b  final b } scenario S { load ${name} at 1/s }`,
        `deployment ${name} { } scenario S of ${name} { run 1 s } twin T of ${name} { source otlp } calibration ${name} { }`,
        `scenario ${name} { run 1 s } scenario S { compare with ${name} } twin ${name}1 { source otlp } policy ${name}2 { }`,
        `machine M { initial -> a state a { after 1 s -> a } } test ${name} of M { expect in(a) }`,
      ].map(errorsOf),
    );
    expect([found, ...others]).toEqual([found, ...others].map(() => []));
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
