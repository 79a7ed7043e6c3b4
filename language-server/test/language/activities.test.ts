/** Activities and resources in the model, and what is said where tokens could not flow. */
import type { Activity } from '@pollux/engine/model';
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';
import { bare, expectFinding, lower } from './lowered.ts';

const world = `signal Lab(normal: Boolean)
signal Worse
data Patient { id: String, age: Integer }
component Bank { operation refund(amount: Real) takes 1 ms }
resource nurse * 4
resource bed * 8
machine Record { initial -> Open  state Open { on Lab -> Open  on Worse -> Open } }
activity Bell { initial -> ring  send ring: Worse to Visit("v") -> hear  send hear: Lab(true) to Visit("v") -> end  final end }
`;
const visit = (members: string) =>
  `${world}activity Visit(p: Patient) { partition ward  var seen: Boolean = false  ${members} }`;

async function activity(members: string): Promise<Activity> {
  const { activities } = await lower(visit(members));
  return activities[1] as Activity;
}

/** Everything but notes. */
async function warnings(text: string): Promise<string[]> {
  const { problems } = await modelOf(text);
  return problems.filter(({ severity }) => severity !== 'information').map(({ code }) => code);
}

describe('the nodes of an activity', () => {
  test.each([
    [
      'action a in ward takes 2 min using nurse * 2 priority p.age, bed patience 1 h -> gone / seen = true -> b action b -> gone',
      {
        kind: 'action',
        partition: 'Visit.ward',
        uses: [
          { resource: 'nurse', amount: 2, priority: { kind: 'attribute-of', name: 'age' } },
          { resource: 'bed', amount: 1 },
        ],
        patience: { limit: { kind: 'literal', value: 3.6e9 }, abandoned: 'Visit.gone' },
        work: { kind: 'takes', time: { value: 1.2e8 } },
      },
    ],
    ['action a delays exp(3 s) -> gone', { uses: [], work: { kind: 'delays', time: { kind: 'draw' } } }],
    [
      'action a call Bank.refund(amount: 5) -> gone',
      {
        work: {
          kind: 'call',
          operation: 'Bank.refund',
          arguments: [{ parameter: 'Bank.refund.amount', value: { value: 5 } }],
        },
      },
    ],
    ['action a ref Bell() -> gone', { work: { kind: 'invoke', behaviour: 'Bell', arguments: [] } }],
    ['action a -> gone', { work: { kind: 'nothing' }, uses: [] }],
    ['buffer a: Patient -> gone', { kind: 'buffer' }],
    [
      'accept a: Lab(normal) [normal] -> gone',
      {
        kind: 'accept',
        event: { kind: 'signal', signals: ['Lab'], bindings: [{ id: 'Visit.a.normal', name: 'normal' }] },
        guard: { kind: 'variable', variable: 'Visit.a.normal' },
      },
    ],
    ['accept a after 10 min -> gone', { event: { kind: 'time', delay: { value: 6e8 } } }],
    ['accept a at "18:30" -> gone', { event: { kind: 'clock', timeOfDay: 18.5 * 3.6e9 } }],
    ['accept a when (seen) -> gone', { event: { kind: 'change', condition: { variable: 'Visit.seen' } } }],
    [
      'send a: Lab(true) to Record(p.id) delayed 5 s -> gone',
      {
        kind: 'send',
        signal: 'Lab',
        arguments: [{ parameter: 'Lab.normal' }],
        to: { kind: 'instance', behaviour: 'Record', key: { kind: 'attribute-of' } },
        delay: { value: 5e6 },
      },
    ],
    [
      'structured a in ward using bed patience 5 h -> gone { initial -> b action b takes 1 min -> c final c } -> gone',
      {
        kind: 'structured',
        partition: 'Visit.ward',
        uses: [{ resource: 'bed', amount: 1 }],
        patience: { abandoned: 'Visit.gone' },
        nodes: [{ kind: 'initial' }, { id: 'Visit.b' }, { kind: 'activity-final', id: 'Visit.c' }],
        edges: [{ source: 'Visit.a/initial', target: 'Visit.b' }, { target: 'Visit.c' }],
      },
    ],
    [
      'acquire a: bed * 2 patience 1 h -> gone -> b release b: bed * 2 -> gone',
      { kind: 'acquire', uses: [{ amount: 2 }], patience: {} },
    ],
  ])('%s', async (members, expected) => {
    const { nodes } = await activity(`initial -> a ${members} final gone`);
    expect(bare(nodes[1])).toMatchObject(expected);
  });

  test('finals and flow finals are told apart', async () => {
    const { nodes } = await activity('initial -> f fork f -> a, b final a flow final b');
    expect(nodes.map((node) => `${node.kind} ${node.name}`)).toEqual([
      'initial ',
      'fork f',
      'activity-final a',
      'flow-final b',
    ]);
  });

  test('an interruptible region has its nodes, its edges and its interrupts', async () => {
    const { nodes, edges } = await activity(
      'initial -> a interruptible r { action a takes 1 h -> gone  on Worse [seen] / seen = false -> gone } final gone',
    );
    expect(bare(nodes[1])).toMatchObject({
      kind: 'interruptible',
      nodes: [{ id: 'Visit.a' }],
      edges: [{ id: 'Visit.a->gone', source: 'Visit.a', target: 'Visit.gone' }],
      interrupts: [
        {
          kind: 'interrupt',
          signals: ['Worse'],
          guard: { variable: 'Visit.seen' },
          effect: [{ kind: 'assign' }],
          target: 'Visit.gone',
        },
      ],
    });
    expect(edges).toHaveLength(1);
  });
});

describe('the edges of an activity', () => {
  test('a decision keeps guards, weights, effects and its else', async () => {
    const { edges } = await activity(
      'initial -> d decision d { [p.age > 60] 30 % / seen = true -> gone  12 % -> gone  else -> gone } final gone',
    );
    expect(edges.slice(1)).toMatchObject([
      { source: 'Visit.d', guard: { kind: 'binary' }, weight: 0.3, isElse: false, effect: [{ kind: 'assign' }] },
      { weight: 0.12, isElse: false, effect: [] },
      { isElse: true },
    ]);
  });

  test('forks lead to all their targets, joins and merges go on', async () => {
    const { edges } = await activity(
      'initial -> f fork f { / seen = true -> a -> b } action a -> j action b -> j join j -> m merge m -> gone final gone',
    );
    expect(edges.map(({ source, target }) => `${source}>${target}`)).toEqual([
      'Visit/initial>Visit.f',
      'Visit.f>Visit.a',
      'Visit.f>Visit.b',
      'Visit.a>Visit.j',
      'Visit.b>Visit.j',
      'Visit.j>Visit.m',
      'Visit.m>Visit.gone',
    ]);
    expect(edges[1]?.effect).toHaveLength(1);
  });

  test('what an event brings under the name of a variable is stored there', async () => {
    const { edges } = await activity('initial -> a accept a: Lab(seen) -> gone final gone');
    expect(bare(edges[1]?.effect)).toEqual([
      {
        kind: 'assign',
        variable: 'Visit.seen',
        operator: '=',
        value: { kind: 'variable', variable: 'Visit.a.seen' },
      },
    ]);
  });
});

describe('a resource', () => {
  test.each([
    ['resource r', { count: 1, shifts: [] }],
    ['resource r * 8 timezone "UTC"', { count: 8, timezone: 'UTC' }],
    [
      'resource r * 8 { from "22:00" to "06:00": 5  on sat, sun from "00:00" to "24:00": 6 }',
      {
        shifts: [
          { days: [], from: 22 * 3.6e9, to: 6 * 3.6e9, count: 5 },
          { days: [5, 6], from: 0, to: 24 * 3.6e9, count: 6 },
        ],
      },
    ],
  ])('%s', async (text, expected) => {
    expect(bare((await lower(text)).resources[0])).toMatchObject(expected);
  });

  test.each([
    ['resource r { from «"25:00"» to "06:00": 0 }', 'out-of-range', 'A time of day is written `"18:00"`'],
    ['resource r { from «"24:00"» to "06:00": 0 }', 'out-of-range', 'begins at `"00:00"`'],
    ['resource r { from "20:00" to "06:00": «1.5» }', 'out-of-range', 'whole number from 0 on'],
    ['resource r timezone «"Berlin"»', 'wrong-text', '`Berlin` is no time zone'],
    ['resource r { on sat, «sat» from "00:00" to "24:00": 0 }', 'duplicate-name', '`sat` stands twice'],
    [
      'resource r * 9 { «on sat from "08:00" to "12:00": 3»\n from "00:00" to "24:00": 4 }',
      'without-effect',
      'that in line 2 covers all of this one',
    ],
    ['resource r * 4 { from "14:00" to "23:00": «5» }', 'shift-above-count', 'more than the 4'],
  ])('%s', (text, code, words) => expectFinding(text, code, words));
});

describe('an activity says', () => {
  test.each([
    ['where it begins', 'activity «V» { action a -> gone final gone }', 'missing-initial', 'Add `initial -> a`'],
    [
      'where its structured nodes begin',
      'activity V { initial -> s structured «s» { action a -> done final done } -> gone final gone }',
      'missing-initial',
      'Add `initial -> a`',
    ],
    [
      'how a decision is left',
      'activity V(n: Integer) { initial -> d decision «d» { [n > 3] -> gone } final gone }',
      'no-exit',
      'Add `else -> …`',
    ],
    [
      'which branch of a decision is taken',
      'activity V(n: Integer) { initial -> d decision d { [n > 3] -> gone  [«n > 2»] -> left  else -> gone } final gone, left }',
      'overlapping-guards',
      'which of the two is taken is left open',
    ],
    [
      'conditions that can be true',
      'activity V(n: Integer) { initial -> d decision d { [«n > 3 and n < 2»] -> gone  else -> left } final gone, left }',
      'never-fires',
      'never true',
    ],
    [
      'shares of at most 100 %',
      'activity V { initial -> d decision «d» { 60 % -> gone 50 % -> left else -> gone } final gone, left }',
      'weights-over-100',
      'add up to 110 %',
    ],
    [
      'how every node is reached',
      'activity V { initial -> gone action «a» -> gone final gone }',
      'unreachable',
      'Nothing leads to `a`',
    ],
    ['where it ends', 'activity «V» { initial -> a action a -> b action b -> a }', 'no-end', 'has no final node'],
    [
      'a way out of every loop',
      'activity V { initial -> d decision d { 5 % -> a else -> gone } action «a» takes 1 s -> b action b takes 1 s -> a final gone }',
      'no-end',
      'From `a` no way leads to a final node',
    ],
    [
      'what forks before it joins',
      'activity V { initial -> d decision d { 5 % -> a else -> b } action a -> j action b -> j join «j» -> gone final gone }',
      'waits-for-ever',
      'A token comes from `a` or from `b`, never from both',
    ],
    [
      'several ways into a join',
      'activity V { initial -> a action a -> j join «j» -> gone final gone }',
      'without-effect',
      'Only one edge leads to `j`',
    ],
    [
      'several ways out of a fork',
      'activity V { initial -> f fork «f» -> gone final gone }',
      'without-effect',
      'leads to one node only',
    ],
    [
      'what interrupts a region',
      'activity V { initial -> a interruptible «r» { action a -> gone } final gone }',
      'without-effect',
      'Nothing interrupts `r`',
    ],
    [
      'the resources that are there',
      'resource bed * 2  activity V { initial -> a action «a» takes 1 h using bed * 3 -> gone final gone }',
      'waits-for-ever',
      'asks for 3 of `bed`, but there are never more than 2',
    ],
    [
      'where it gives back what it takes',
      'resource bed * 2  activity V { initial -> a acquire «a»: bed -> gone final gone }',
      'unbalanced-hold',
      'Nothing releases `bed`',
    ],
    [
      'where it gives back on every way',
      'resource bed * 2  activity V { initial -> a acquire «a»: bed -> d decision d { 5 % -> gone else -> r } release r: bed -> left final gone, left }',
      'unbalanced-hold',
      'On a way to `gone` nothing releases `bed`',
    ],
    [
      'that it holds what it gives back',
      'resource bed * 2  activity V { initial -> d decision d { 5 % -> a else -> r } acquire a: bed -> r release «r»: bed -> gone final gone }',
      'unbalanced-hold',
      'A way leads here on which `bed` is not held',
    ],
    [
      'who sends what it waits for',
      'signal Lab  activity V { initial -> a accept a: «Lab» -> gone final gone }',
      'never-sent',
      'Nothing in the model sends `Lab`',
    ],
    [
      'a patience above 0',
      'resource bed * 2  activity V { initial -> a action a using bed patience «0 s» -> gone -> gone final gone }',
      'out-of-range',
      'Write a time above 0',
    ],
    [
      'where its buffers get their values',
      'data P { id: String }  activity V(n: Integer) { initial -> b buffer «b»: P -> gone final gone }',
      'without-effect',
      'Nothing in `V` is of type P',
    ],
    [
      'one type for buffers in a row',
      'data P { id: String }  activity V(n: Integer, p: P) { initial -> b buffer b: P -> «c» buffer c: Integer -> gone final gone }',
      'wrong-type',
      '`b` keeps values of type P, `c` of type Integer',
    ],
    [
      'no edge into the braces of a structured node',
      'activity V { initial -> «a» structured s { initial -> a action a -> done final done } -> gone final gone }',
      'wrong-kind',
      'Lead to `s`',
    ],
    [
      'no edge out of them',
      'activity V { initial -> s structured s { initial -> a action a -> «gone» final done } -> gone final gone }',
      'wrong-kind',
      'Lead to a `final` in the braces',
    ],
    [
      'a node of a region, not the region',
      'signal W  activity V { initial -> «r» interruptible r { action a -> gone  on W -> gone } final gone }  activity U { initial -> s send s: W to V(1) -> gone final gone }',
      'wrong-kind',
      'Lead to one of them',
    ],
  ] as const)('%s', (_, text, code, words) => expectFinding(text, code, words));

  test('nothing about ways that a broken name has torn', async () => {
    expect(await warnings('activity V { initial -> a action a -> bb action b -> gone final gone }')).toEqual([
      'unresolved-name',
    ]);
  });

  test('nothing where holds are balanced across forks', async () => {
    const found = await warnings(
      'resource bed * 2  activity V { initial -> a acquire a: bed -> f fork f -> x, y action x -> j action y -> j join j -> r release r: bed -> gone final gone }',
    );
    expect(found).toEqual([]);
  });

  test('nothing about more of a resource than there are where a scenario adds some', async () => {
    const found = await warnings(
      'resource bed * 2  activity V { initial -> a action a takes 1 h using bed * 3 -> gone final gone }\n' +
        'scenario S { load V at 1/d  run 9 d  at 0 s set bed = 5 }',
    );
    expect(found).toEqual([]);
  });
});
