/** Findings, as examples: `«…»` marks where the finding points. */
import { describe, expect, test } from 'vitest';
import { loadModel, modelOf, type ProblemCode, problemCodes } from '../../src/language/index.ts';

/** The text has exactly that finding, at the mark, with those words. */
async function check(marked: string, code: ProblemCode, words: string | RegExp): Promise<void> {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace('«', '').replace('»', '');
  // Hints about something else (what nothing uses, what nobody sends) would only make the examples longer.
  const problems = (await modelOf(text)).problems.filter(
    (each) => each.code === code || each.severity !== 'information',
  );
  const lines = (offset: number) => text.slice(0, offset).split('\n');
  const position = (offset: number) => ({
    line: lines(offset).length - 1,
    character: lines(offset).at(-1)?.length ?? 0,
  });
  expect(problems.map((problem) => `${problem.code}: ${problem.message}`)).toHaveLength(1);
  const [problem] = problems;
  expect(problem?.code).toBe(code);
  expect(problem?.severity).toBe(problemCodes[code].severity);
  expect(problem?.message).toMatch(words);
  expect({ start: problem?.place.start, end: problem?.place.end }).toEqual({
    start: position(start),
    end: position(end),
  });
}

const inMachine = (members: string) =>
  `signal Go(n: Integer) machine M(total: Real) { var k: Integer = 0 initial -> A state A { on Go -> B } state B { ${members} } }`;
const inInteraction = (members: string) =>
  `signal Go machine M { initial -> A state A { on Go -> A } } component C { operation run(n: Integer): Boolean takes 1 ms }\n` +
  `interaction I { actor u lifeline c: C lifeline m: M var ok: Boolean ${members} }`;
const inScenario = (members: string) =>
  `component C { operation run takes 1 ms } interaction I { actor u lifeline c: C u -> c.run() }\n` +
  `deployment D { node n { cores 1 deploy C } } scenario S of D { load I at 5/s run 5 s ${members} }`;
const inTwin = (members: string) =>
  `signal Go(n: Integer) machine M { initial -> A state A { on Go -> A } } component C { operation run takes 1 ms } interaction I { actor u lifeline c: C u -> c.run() }\ntwin T { ${members} }`;

test('in a chain of operators only the part that is wrong is marked', async () => {
  await check(inMachine('on Go(n) [total > 1 and «n + 2 s» == 3 s] -> A'), 'wrong-type', 'both must be of one type');
});

describe('names', () => {
  test.each([
    [
      'a target that is no state',
      inMachine('after 1 s -> «Aa»'),
      'unresolved-name',
      'There is no state called `Aa` in `M`. Did you mean `A`?',
    ],
    ['a signal that is not declared', inMachine('on «Goo» -> A'), 'unresolved-name', 'Did you mean `Go`?'],
    [
      'an operation that the component lacks',
      inInteraction('u -> c.«walk»(1)'),
      'unresolved-name',
      'There is no operation called `walk` in `C`.',
    ],
    ['a call to a machine', inInteraction('u -> m.«run»(1)'), 'unresolved-name', 'send it a signal'],
    ['a variable in a log text', inMachine('after 1 s / log «"x {kk}"» -> A'), 'unresolved-name', 'Did you mean `k`?'],
    [
      'arrivals at a component',
      inScenario('load «C» at 3/s'),
      'wrong-kind',
      '`C` is a component, but a machine, interaction or activity is needed here.',
    ],
    ['a machine as a value', inMachine('when («M» == k) -> A'), 'wrong-kind', 'A value is needed here'],
    [
      'a transition to a region',
      'machine M { initial -> A state A { after 1 s -> «B.r» } state B { region r { initial -> C state C } } }',
      'wrong-kind',
      'is a region',
    ],
    ['a span bound to a component', inTwin('«C» = span "x"'), 'wrong-kind', '`span` binds an operation'],
    [
      'a name that two states have',
      'signal Go machine M { initial -> A state A { on Go -> «X» after 2 s -> B.X } state B { state X } state C { state X } }',
      'ambiguous-name',
      'Write `B.X` or `C.X`.',
    ],
    [
      'a name declared twice',
      'signal A\nsignal «A»',
      'duplicate-name',
      'already declared here as a signal (line 1)'.replace('(', '\\(').replace(')', '\\)'),
    ],
    [
      'a bound name that hides a variable',
      'signal P(x: Integer) machine M { var x: Integer initial -> A state A { on P(«x») -> A } }',
      'hidden-variable',
      'hides a variable',
    ],
    [
      'a variable called like a unit',
      'machine M { var «h»: Integer = 0 initial -> A state A }',
      'named-like-a-unit',
      'reads as a rate',
    ],
  ] as const)('%s', (_, text, code, words) => check(text, code, new RegExp(words.replace(/[.?*]/g, '\\$&'))));
});

describe('types and units', () => {
  test.each([
    ['a number where a time is meant', inMachine('after «30» -> A'), 'unit-missing', /Write `30 ms` or `30 s`/],
    ['a number beside a time', inMachine('when (elapsed > «3») -> A'), 'unit-missing', /`3` has no unit/],
    ['a number as a rate', inScenario('load I at «3»'), 'unit-missing', /Write `3\/s`/],
    ['minutes written as m', inMachine('after «5 m» -> A'), 'unknown-unit', /Write `5 min`/],
    ['seconds written as sec', inMachine('after «30 sec» -> A'), 'unknown-unit', /Write `30 s`/],
    ['a text for a number', inMachine('exit / k = «"x"»'), 'wrong-type', /of type Integer is needed/],
    ['a number as a guard', inMachine('on Go [«k»] -> A'), 'wrong-type', /of type Boolean is needed/],
    [
      'a time beside a text',
      inMachine('when («elapsed == "x"») -> A'),
      'wrong-type',
      /cannot take a time and a String/,
    ],
    ['a reply of another type', inInteraction('var n: Integer «n» = u -> c.run(1)'), 'wrong-type', /returns a Boolean/],
    ['an unknown function', inMachine('after «expp»(1 s) -> A'), 'unknown-function', /Did you mean `exp`/],
    [
      'a distribution with too few parameters',
      inMachine('after «normal(1 s)» -> A'),
      'wrong-arguments',
      /takes 2 values/,
    ],
    [
      'percentiles in the wrong order',
      inMachine('after lognormal(median: 4 s, «p99: 3 s») -> A'),
      'out-of-range',
      /above the median/,
    ],
    [
      'a parameter only known in the run',
      inMachine('do takes exp(«elapsed»)'),
      'not-a-constant',
      /must be known before the run/,
    ],
    [
      'a mixture of more than everything',
      inMachine('do takes «mixture(60 %: 1 s, 50 %: 2 s)»'),
      'weights-over-100',
      /make 110 %/,
    ],
    ['a missing argument', inInteraction('«u -> c.run()»'), 'wrong-arguments', /also needs `n`/],
    ['an argument too many', inInteraction('u -> c.run(1, «2»)'), 'wrong-arguments', /takes only 1/],
    ['an argument of another type', inInteraction('u -> c.run(«true»)'), 'wrong-type', /of type Integer is needed/],
  ] as const)('%s', (_, text, code, words) => check(text, code, words));
});

describe('structure', () => {
  test.each([
    ['a machine that does not say where it begins', 'machine «M» { state A }', 'missing-initial', /Add `initial -> A`/],
    [
      'a composite state entered without a beginning',
      'machine M { initial -> A state «A» { state B { after 1 s -> C } state C { after 1 s -> B } } }',
      'missing-initial',
      /`A` does not say/,
    ],
    [
      'a choice that may be stuck',
      inMachine('after 1 s -> X } choice «X» { [k > 1] -> A'),
      'no-exit',
      /Add `else -> …`/,
    ],
    [
      'weights over everything',
      inMachine('after 1 s -> X } choice «X» { 60 % -> A  50 % -> B  else -> A'),
      'weights-over-100',
      /110 %/,
    ],
    ['operands over everything', inInteraction('«alt» 60 % { } else 50 % { }'), 'weights-over-100', /110 %/],
    [
      'a state that nothing leads to',
      'machine M { initial -> A state A state «B» }',
      'unreachable',
      /Nothing leads to `B`/,
    ],
    ['a lifeline without a type', 'interaction I { actor u lifeline «x» }', 'missing-type', /Write `x: SomeComponent`/],
    ['a signal with a waiting arrow', inInteraction('u «->» m : Go'), 'wrong-arrow', /->>/],
    [
      'somebody else acting in a call’s braces',
      inInteraction('u -> c.run(1) { «u» ->> m : Go }'),
      'sender-elsewhere',
      /acts `c`/,
    ],
    [
      'a component that no node runs',
      'component C { operation run } interaction I { actor u lifeline c: C u -> c.run() }\ndeployment D { node n { cores 1 } } scenario S of D { load «I» at 5/s }',
      'not-deployed',
      /Add `deploy C`/,
    ],
    ['an unknown measure', inScenario('expect «meen»(I) < 1 s'), 'wrong-measure', /Did you mean `mean`/],
    [
      'a measure of the wrong kind of element',
      inScenario('expect «p95(n)» < 1 s'),
      'wrong-measure',
      /but `n` is a node/,
    ],
    ['a warm-up as long as the run', inScenario('«warmup 5 s»'), 'out-of-range', /nothing is left to count/],
    ['an import of nothing', 'import «""»\nsignal A', 'missing-file', /Write the path of a file/],
    ['a file that does not exist', 'import «"none.twin"»', 'missing-file', /no file "none.twin"/],
    ['a run of no time', inScenario('').replace('run 5 s', 'run «0 s»'), 'out-of-range', /above 0/],
    ['a run of ages', inScenario('').replace('run 5 s', 'run «1e300 d»'), 'out-of-range', /a hundred years/],
    ['arrivals that never come', inScenario('').replace('at 5/s', 'at «0/s»'), 'out-of-range', /rate above 0/],
    [
      'arrivals no machine sees',
      inScenario('').replace('at 5/s', 'at «2000000000/s»'),
      'out-of-range',
      /at most 1000000000\/s/,
    ],
    ['more nodes than there are', 'deployment D { node n * «999999999» { } }', 'out-of-range', /from 1 to 100000/],
    ['no replications', inScenario('replications «0»'), 'out-of-range', /whole number from 1 on/],
    [
      'a state sought beside its region',
      'machine M { initial -> A.«X» state A { region r { initial -> X state X } } }',
      'unresolved-name',
      /write `A\.r\.X`/,
    ],
    ['a brace too many', 'machine M { initial -> A state A }\n«}»', 'syntax', /closes nothing/],
    [
      'a trigger without a target behind its arrow',
      'signal P machine M { initial -> A state A { on P -> «}» }',
      'syntax',
      /a target state is expected/,
    ],
  ] as const)('%s', (_, text, code, words) => check(text, code, words));
});

test('files that import each other are told so', async () => {
  const files: Record<string, string> = {
    'file:///a.twin': 'import "b.twin"\nsignal A',
    'file:///b.twin': 'import "a.twin"\nsignal B',
  };
  const read = async (uri: string) => files[uri] ?? Promise.reject(new Error('no such file'));
  const { problems } = await loadModel({ read }, 'file:///a.twin');
  expect(problems.map(({ code }) => code)).toEqual(['import-cycle', 'import-cycle']);
});

test('names of imported files are visible, those behind them are not', async () => {
  const files: Record<string, string> = {
    'file:///m/a.twin': 'package a import "sub/b.twin"\nmachine M { initial -> X state X { on B -> X on C -> X } }',
    'file:///m/sub/b.twin': 'package b import "../c.twin" signal B',
    'file:///m/c.twin': 'package c signal C',
  };
  const read = async (uri: string) => files[uri] ?? Promise.reject(new Error('no such file'));
  const { model, problems } = await loadModel({ read }, 'file:///m/a.twin');
  expect(problems.map(({ message }) => message)).toEqual([
    'There is no signal called `C`. Declare it with `signal`, or import the file that does.',
  ]);
  expect(model?.signals.map(({ id }) => id)).toEqual(['b.B', 'c.C']);
});

test('two files of one package cannot declare the same name', async () => {
  const files: Record<string, string> = { 'file:///a.twin': 'import "b.twin"\nsignal A', 'file:///b.twin': 'signal A' };
  const read = async (uri: string) => files[uri] ?? Promise.reject(new Error('no such file'));
  const { problems } = await loadModel({ read }, 'file:///a.twin');
  const errors = problems.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, place }) => [code, place.uri, place.start.line])).toEqual([
    ['duplicate-name', 'file:///a.twin', 1],
  ]);
});

test('an entry file that cannot be read is a finding', async () => {
  const { model, problems } = await loadModel({ read: () => Promise.reject(new Error('gone')) }, 'file:///x.twin');
  expect(model).toBeNull();
  expect(problems[0]?.message).toBe('The file cannot be read: gone. Check its path.');
});
