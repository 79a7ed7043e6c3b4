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

/** A text for each word, with its number to keep the others apart. */
type Example = (word: string, number: number) => string;

const examples: Readonly<Record<string, Example>> = {
  'types, behaviours and all that they hold': (name, n) => `
    enum E${n} { ${name}, other }
    data D${n} { ${name}: Integer classified ${name}, list: Integer[0..*] }
    signal ${name}(${name}: Integer)
    machine M${n}(${name}: Integer) {
      operation ${name}(x: Integer): Integer
      initial -> ${name}
      state ${name} { on ${name} [${name} > 1] -> done   after 3 s -> ${name}  on call ${name}(n) / return n }
      state S {
        region ${name} { initial -> a  state a { on ${name} -> b }  state b { defer ${name} }  history -> a }
        region r2 { initial -> c  state c { on ${name} -> ${name} } }
      }
      final done
    }
    machine P${n} {
      initial -> ${name}
      choice ${name} { 5 % -> S.${name}  else -> x }
      state S { entry point ${name} -> y  state y { when (${name} > 1) -> T.${name} } }
      state T { exit point ${name} -> x  initial -> z  state z { completion -> ${name} } }
      var ${name}: Integer = 0
      final x
    }
    component C${n} { operation ${name}(x: Integer) }
    component B${n} broker { topic ${name}(x: Integer) partitions 2 }
    interaction I${n}(list: Integer[0..*]) {
      actor user
      lifeline ${name}: C${n}
      var v: Integer = 0
      user -> ${name}.${name}(v)
      v = v + 1
      for item in list { v += item }
      opt ${name}: [v > 1] { user ->> B${n}.${name}(v) }
    }
    interaction J${n} {
      actor ${name}
      lifeline c: C${n}, m: M${n}(${name}: 1)
      ${name} -> c.${name}(1) within 2 s
      on B${n}.${name}(x) -> c.${name}(x)
      create m
      ${name} ->> m : ${name}(1)
      invariant m.in(${name})
    }`,
  'what is deployed, run and judged': (name, n) => `
    resource ${name} * 3 { from "22:00" to "06:00": 1 }
    signal Go${n}(n: Integer)
    data D${n} { x: Integer classified ${name} }
    component C${n} { operation ${name}(x: Integer) takes 1 ms  version "2" { operation ${name} takes 2 ms } }
    interaction I${n} { actor user  lifeline c: C${n}  user -> c.${name}(1) }
    activity A${n}(p: Integer) {
      partition ${name}
      initial -> ${name}
      action ${name} in ${name} takes 2 s using ${name} priority p -> next
      accept next: Go${n}(${name}) -> ask
      decision ask { 5 % -> ${name}  else -> last }
      final last
    }
    deployment Dep${n} {
      zone ${name}1 { node ${name} { cores 1  deploy C${n} }  node other { cores 1 } }
      ${name} -- other { latency 1 ms }
      balance C${n} by random
      cost ${name} 2/h
    }
    scenario S${n} of Dep${n} {
      load I${n} at 5/s
      at 1 s crash ${name} for 1 s
      at 2 s set ${name}.cores = 2
      run 5 s
      expect ${name}: utilization(${name}) < 60 % and p95(C${n}.${name}) < 1 s
      vary ${name}.cores in 1..3
    }
    twin T${n} of Dep${n} {
      source otlp
      C${n}.${name} = span "x"
      expect ${name}: p95(I${n}) < 1 s over 5 min
      on breach of ${name} { webhook "http://localhost/hook" }
    }
    policy P${n} {
      ${name} never reaches C${n}
      ${name} stays in ${name}1
      only C${n} calls C${n}.${name}
      C${n}.${name} before Go${n} within 5 s
    }
    calibration Dep${n} { C${n}.${name} takes 1 ms }`,
  'data types': (name, n) =>
    `data ${name} { x: Integer } machine M${n} { var v: ${name} = ${name}(x: 1)  initial -> S  state S { when (v.x > 1) -> S } }`,
  enumerations: (name, n) =>
    `enum ${name} { a } machine M${n} { var v: ${name} = ${name}.a  initial -> S  state S { when (v == ${name}.a) -> S } }`,
  machines: (name, n) =>
    `machine ${name} { initial -> a final a } machine N${n} extends ${name} { } machine Q${n} { initial -> s  state s : ${name} } test ${name}${n} of ${name} { expect ended }`,
  components: (name, n) =>
    `component ${name} { operation a } interaction I${n} { actor u lifeline l: ${name}  u -> l.a() } deployment D${n} { node n { deploy ${name} } balance ${name} by random }`,
  activities: (name, n) =>
    `activity ${name} { initial -> a  action a takes 1 s -> b  final b } scenario S${n} { load ${name} at 1/s }`,
  deployments: (name, n) =>
    `deployment ${name} { } scenario S${n} of ${name} { run 1 s } twin T${n} of ${name} { source otlp }`,
  scenarios: (name, n) => `scenario ${name} { run 1 s } scenario S${n} { compare with ${name} }`,
  tests: (name, n) =>
    `machine M${n} { initial -> a state a { after 1 s -> a } } test ${name} of M${n} { expect in(a) }`,
};

describe('every word of the language can be the name of', () => {
  test.each(Object.keys(examples))(
    '%s',
    async (what) => {
      const parts = keywords.map((word, number) => examples[what]?.(word, number) ?? '');
      const { problems } = await modelOf(parts.join('\n'));
      const words = parts.flatMap((part, number) => part.split('\n').map(() => keywords[number]));
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ message, place }) => `${words[place.start.line]}: ${message}`)).toEqual([]);
    },
    60_000,
  );
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
