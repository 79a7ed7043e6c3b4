/** What is said about state machines, as examples: the code and the words that tell what to do. */
import { describe, expect, test } from 'vitest';
import { modelOf, type ProblemCode } from '../../src/language/index.ts';

async function findings(members: string, code: ProblemCode, rest = ''): Promise<string[]> {
  const { problems } = await modelOf(
    `signal Go  signal Stop  signal Pay(amount: Real)\nmachine M(n: Integer) { ${members} }\n${rest}`,
  );
  return problems.filter((problem) => problem.code === code).map(({ message }) => message);
}

const regions = (tail = '') => `initial -> S
  state S {
    region a { initial -> A1  state A1 { on Go -> A2 }  state A2 { on Go -> ready } }
    region b { initial -> B1  state B1 { on Stop -> ready } }
    ${tail}
  }
  join ready -> End
  final End`;

describe('a fork or join', () => {
  test.each([
    ['of two regions is fine', regions(), []],
    [
      'with one target only',
      'initial -> f  fork f -> S.a.A1  state S { region a { initial -> A1  state A1 } region b { initial -> B  state B } }',
      ['`f` leads to one target only'],
    ],
    [
      'into one region twice',
      'initial -> f  fork f -> S.a.A1, S.a.A2  state S { region a { initial -> A1  state A1 { on Go -> A2 }  state A2 } region b { initial -> B  state B } }',
      ['This leads into the same region as another'],
    ],
    [
      'that nothing leads to',
      'initial -> A  state A { on Go -> End }  join j -> End  final End',
      ['Nothing leads to `j`'],
    ],
    [
      'with a guard in front',
      regions().replace('on Stop -> ready', 'on Stop [n > 1] -> ready'),
      ['has no guard: the join fires when all have arrived'],
    ],
  ] as const)('%s', async (_, members, words) => {
    const found = await findings(members, 'wrong-fork');
    expect(found).toHaveLength(words.length);
    for (const [index, word] of words.entries()) expect(found[index]).toContain(word);
  });
});

describe('a transition never fires', () => {
  test.each([
    ['whose condition contradicts itself', 'on Pay(amount) [amount > 10 and amount < 5] -> B', 'contradicts itself'],
    ['whose condition is a value and its opposite', 'on Go [n > 3 and not (n > 3)] -> B', 'contradicts itself'],
    ['whose numbers leave nothing between them', 'on Go [n == 3 and n != 3] -> B', 'contradicts itself'],
    ['behind one that always takes the event', 'on Go -> B  on Go [n > 1] -> C', 'takes the same event always'],
    ['behind one with the same condition', 'on Go [n > 1] -> B  on Go [n > 1] -> C', 'under the same condition'],
    ['behind a shorter time', 'after 1 s -> B  after 2 s -> C', 'takes the same event always'],
    ['behind `any`', 'on any -> B  on Go -> C', 'takes the same event always'],
    ['beside a completion that fires at once', 'completion -> B  on Go -> C', 'fires at once'],
  ])('%s', async (_, transitions, words) => {
    const found = await findings(`initial -> A  state A { ${transitions} }  final B, C`, 'never-fires');
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  test.each([
    ['other conditions', 'on Go [n > 1] -> B  on Go [n > 2] -> C'],
    ['a longer time in front', 'after 2 s -> B  after 1 s -> C'],
    ['a completion with a condition', 'completion [n > 1] -> B  on Go -> C'],
    ['a completion behind something to do', 'do takes 1 s  completion -> B  on Go -> C'],
    ['other signals', 'on Go -> B  on Stop -> C'],
    ['a condition that can hold', 'on Pay(amount) [amount >= 5 and amount <= 5] -> B'],
  ])('is not said of %s', async (_, transitions) => {
    expect(await findings(`initial -> A  state A { ${transitions} }  final B, C`, 'never-fires')).toEqual([]);
  });

  test('nor an event is deferred that the state itself takes', async () => {
    const found = await findings('initial -> A  state A { on Go -> B  defer Go, Stop }  final B', 'never-fires');
    expect(found).toEqual(['`A` takes `Go` itself, so it is never deferred. Remove `defer Go`, or the transition.']);
  });
});

describe('nothing leads away', () => {
  test.each([
    ['from a state without transitions', 'initial -> A  state A', ['A']],
    ['from one with internal transitions only', 'initial -> A  state A { on Go / log "x" }', ['A']],
    [
      'is not said of what is left from inside',
      'initial -> A  state A { initial -> I  state I { on Go -> End } }  final End',
      [],
    ],
    [
      'nor of what stands inside something that is left',
      'initial -> A  state A { initial -> I  state I  on Go -> End }  final End',
      [],
    ],
  ] as const)('%s', async (_, members, names) => {
    const found = await findings(members, 'sink-state');
    expect(found.map((message) => /`(\w+)`/.exec(message)?.[1])).toEqual(names);
  });
});

describe('a machine', () => {
  test('must not extend itself', async () => {
    const { problems } = await modelOf('machine A extends B { } machine B extends A { }');
    expect(problems.filter(({ code }) => code === 'machine-cycle').map(({ message }) => message)).toEqual([
      '`A` extends itself, directly or through others. Break the circle.',
      '`B` extends itself, directly or through others. Break the circle.',
    ]);
  });

  test('takes arguments for what it inherits, in front of its own', async () => {
    const text = (given: string) =>
      `machine Base(id: String, total: Integer) { initial -> A  final A }  machine Special(fast: Boolean) extends Base { }
       test t of Special(${given}) { expect ended }`;
    const { model, problems } = await modelOf(text('"a", 2, true'));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(model?.tests[0]?.arguments.map(({ parameter }) => parameter)).toEqual([
      'Special.id',
      'Special.total',
      'Special.fast',
    ]);
    const surplus = await modelOf(text('"a", 2, true, 4'));
    expect(surplus.problems.find(({ code }) => code === 'wrong-arguments')?.message).toContain(
      '`Special(id: String, total: Integer, fast: Boolean)`',
    );
  });

  test('must not hold itself', async () => {
    const found = await findings('initial -> A  state A : M(n: 1)', 'machine-cycle');
    expect(found[0]).toContain('the states would never end');
  });

  test('that is left at an exit point says where that leads', async () => {
    const inner = 'machine Inner { initial -> X  state X { on Go -> out }  exit point out }';
    expect(
      await findings('initial -> A  state A : Inner { completion -> B }  final B', 'exit-not-connected', inner),
    ).toEqual(['`Inner` can be left at `out`, and nothing says where that leads. Add `exit out -> …`.']);
    expect(
      await findings('initial -> A  state A : Inner { exit out -> B }  final B', 'exit-not-connected', inner),
    ).toEqual([]);
  });

  test('whose choice has two conditions that can both hold is told that the way is left open', async () => {
    const choice = (second: string) => `initial -> C  choice C { [n > 5] -> A  ${second} -> B  else -> B }  final A, B`;
    expect(await findings(choice('[n > 3]'), 'overlapping-guards')).toHaveLength(1);
    expect(await findings(choice('[n <= 5]'), 'overlapping-guards')).toEqual([]);
  });

  test('needs its history in one of several regions', async () => {
    expect(await findings(regions('history'), 'wrong-history')).toEqual([
      '`S` has several regions: write the history into one of them, such as `a`.',
    ]);
  });

  test('with a completion waits for what ends', async () => {
    expect(await findings(regions('completion -> End'), 'never-completes')).toHaveLength(1);
  });
});

describe('where a region begins has to be said', () => {
  const two = (a: string, b: string) =>
    `state S { region a { ${a} state A { on Go -> A2 }  state A2 }  region b { ${b} state B } }`;

  test.each([
    ['where the state itself is entered', `initial -> S  ${two('', '')}`, ['a', 'b']],
    ['not where a fork leads into each', `initial -> f  fork f -> S.a.A, S.b.B  ${two('', '')}`, []],
    ['beside a region that is entered at one of its states', `initial -> S.a.A  ${two('', '')}`, ['b']],
    ['not where all ways lead into it', `initial -> S.b.B  ${two('initial -> A', '')}`, []],
    [
      'where an entry point leads into the other region',
      `initial -> S.p  state S { region a { state A }  region b { state B }  entry point p -> b.B }`,
      ['a'],
    ],
    ['where an entry point leads nowhere', `initial -> S.p  state S { region a { state A }  entry point p }`, ['a']],
  ] as const)('%s', async (_, members, names) => {
    const found = await findings(members, 'missing-initial');
    expect(found.map((message) => /`(\w+)`/.exec(message)?.[1])).toEqual(names);
  });
});

describe('`local` needs a target in its source', () => {
  const inner = 'machine Inner() { entry point p -> I initial -> I state I { on Go -> I } }';
  const base = 'machine Base() { initial -> S state S { on Go -> S initial -> A state A { on Go -> A } } }';
  test.each([
    ['one that lies in it', 'initial -> S state S { local on Go -> A initial -> A state A { on Go -> A } }', 0],
    [
      'its own entry point',
      'initial -> S state S { local on Go -> p entry point p -> A initial -> A state A { on Go -> A } }',
      0,
    ],
    ['an entry point of its submachine', 'initial -> S state S : Inner { local on Go -> S.p }', 0],
    ['one beside it', 'initial -> S state S { local on Go -> T } state T { on Go -> S }', 1],
    ['itself', 'initial -> S state S { local on Go -> S }', 1],
  ])('%s', async (_, members, count) => {
    const { problems } = await modelOf(`signal Go machine M() { ${members} } ${inner}`);
    expect(problems.filter(({ code }) => code === 'local-outside')).toHaveLength(count);
  });

  test('one that lies in it in the machine that is extended', async () => {
    const { problems } = await modelOf(`signal Go ${base} machine M extends Base { state S { local on Go -> A } }`);
    expect(problems.filter(({ code }) => code === 'local-outside')).toEqual([]);
  });
});
