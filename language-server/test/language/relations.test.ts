/** What is found where components, interactions, deployments and scenarios meet: each finding, and what is none. */
import type { Model } from '@pollux/engine/model';
import { describe, expect, test } from 'vitest';
import { checkLinks } from '../../src/language/checks/missing-links.ts';
import { modelOf } from '../../src/language/index.ts';
import { collectProblems } from '../../src/language/problems/problem.ts';
import { expectFinding } from './lowered.ts';

const bank = 'component Bank external { operation charge: Boolean delays 120 ms fails 1 % }\n';
const orders = (members = '') =>
  `component Orders { operation create: Boolean takes 3 ms  operation drop takes 1 ms ${members} }\n`;
const pay = (members: string, lines = '') =>
  `interaction Pay(n: Integer) { actor u lifeline orders: Orders, bank: Bank ${lines} var ok: Boolean\n ${members} }\n`;
const call = (clauses = '') => `u -> orders.create() { orders -> bank.charge() ${clauses} } u -> orders.drop()`;

/** Notes that are about something else. */
const asides: ReadonlySet<string> = new Set(['unused', 'not-executable-yet']);

async function codes(text: string): Promise<string[]> {
  const { problems } = await modelOf(text);
  return [...new Set(problems.map(({ code }) => code as string))].filter((code) => !asides.has(code));
}

describe('trouble', () => {
  test.each([
    [
      'a backoff without retry',
      orders('requires «Bank» { timeout 1 s backoff 1 s }') + pay(call()),
      'policy-without-effect',
      '`backoff`',
    ],
    [
      'a budget without retry',
      orders('requires «Bank» { timeout 1 s budget 10 % }') + pay(call()),
      'policy-without-effect',
      '`budget`',
    ],
    [
      'cancels without anything given up',
      orders('requires «Bank» { cancels }') + pay(call()),
      'policy-without-effect',
      '`cancels`',
    ],
    [
      'a backoff of one message',
      orders() + pay('u -> orders.create() { orders -> bank.«charge»() timeout 1 s backoff 1 s }'),
      'policy-without-effect',
      '`backoff`',
    ],
    [
      'a timeout that nobody waits for',
      orders() + pay('u -> orders.create() { orders ->> bank.«charge»() timeout 1 s }'),
      'policy-without-effect',
      '`timeout`',
    ],
    [
      'a hedge that nobody waits for',
      orders() + pay('u -> orders.create() { orders ->> bank.«charge»() hedge 1 s }'),
      'policy-without-effect',
      '`hedge`',
    ],
    [
      'a retry without timeout',
      orders('requires «Bank» { retry 2 }') + pay(call()),
      'retry-without-timeout',
      'timeout 1 s',
    ],
    [
      'a timeout above what is allowed',
      orders('requires Bank { timeout 2 s }') + pay('u -> orders.create() within 800 ms { orders -> bank.«charge»() }'),
      'timeout-above-within',
      'after 2 s, but `within 800 ms`',
    ],
    [
      'a component that is not required',
      orders('requires Bank { timeout 1 s }') +
        `component Stock { operation find takes 1 ms }\n` +
        pay('u -> orders.create() { orders -> bank.charge() orders -> stock.«find»() }', 'lifeline stock: Stock'),
      'not-required',
      'requires Stock',
    ],
    [
      'a machine with two homes',
      `machine Order(id: String) { initial -> A state A { after 1 s -> Z } final Z } component One { owns Order } component «Two» { owns Order }`,
      'owned-twice',
      '`One` owns `Order`',
    ],
  ])('%s', async (_, text, code, words) => expectFinding(bank + text, code, words));

  test.each([
    [
      'a backoff whose retry stands at the message',
      orders('requires Bank { timeout 1 s backoff 1 s }') + pay(call('retry 2')),
    ],
    [
      'a timeout that comes in time',
      orders('requires Bank { timeout 500 ms }') +
        pay('u -> orders.create() within 800 ms { orders -> bank.charge() }'),
    ],
    ['who requires nobody', orders() + pay(call())],
    ['a fallback of what fails', orders() + pay(call('fallback { delays 1 ms }'))],
  ])('but not %s', async (_, text) => expect(await codes(bank + text)).toEqual([]));

  test('a fallback is not needed where nothing fails', async () => {
    const safe = bank.replace(' fails 1 %', '') + orders();
    await expectFinding(
      safe + pay('u -> orders.create() { orders -> bank.«charge»() fallback { } }'),
      'fallback-never-needed',
      '`fails 1 %`',
    );
    expect(await codes(safe + pay(call('timeout 1 s fallback { }')))).toEqual([]);
  });
});

describe('topics', () => {
  const events = 'component Events broker { topic placed }\n';
  test.each([
    [
      'a consumer of nothing',
      events + orders() + bank + pay('on Events.placed -> orders.«drop»'),
      'never-published',
      'Nobody publishes to `Events.placed`',
    ],
    [
      'a topic for nobody',
      events.replace('placed', '«placed»') + orders() + bank + pay('u ->> Events.placed'),
      'never-consumed',
      'reaches nobody',
    ],
  ])('%s', async (_, text, code, words) => expectFinding(text, code, words));

  test('a topic may be published in one interaction and consumed in another', async () => {
    const text = `${events}${orders()}interaction A { actor u u ->> Events.placed } interaction B { lifeline o: Orders on Events.placed -> o.drop }`;
    expect(await codes(text)).toEqual([]);
  });
});

describe('circles', () => {
  test.each([
    [
      'an interaction that refers to itself',
      'interaction A { actor u lifeline o: Orders u -> o.drop() ref «A» }',
      '`A` -> `A`',
    ],
    [
      'in a loop that turns once at least',
      'interaction A { actor u lifeline o: Orders loop 1..2 { u -> o.drop() ref «A» } }',
      '`A` -> `A`',
    ],
    [
      'an activity that invokes itself',
      'activity B { initial -> again action «again» ref B -> z final z }',
      '`B` -> `B`',
    ],
  ])('%s', async (_, text, words) => expectFinding(orders() + text, 'endless-call', words));

  test('two interactions that refer to each other are told of both', async () => {
    const { problems } = await modelOf('interaction A { ref B } interaction B { ref A }');
    const endless = problems.filter(({ code }) => code === 'endless-call');
    expect(endless.map(({ message }) => message.split(',')[0])).toEqual([
      'This never ends: `A` -> `B` -> `A`',
      'This never ends: `B` -> `A` -> `B`',
    ]);
  });

  test('a method that calls its own operation', async () => {
    const text = 'component C { operation run method I } interaction I { actor u lifeline c: C u -> c.«run»() }';
    await expectFinding(text, 'endless-call', '`I` -> `I`');
  });

  test.each([
    [
      'behind a condition',
      'interaction A(n: Integer) { actor u lifeline o: Orders u -> o.drop() opt [n > 0] { ref A(n - 1) } }',
    ],
    [
      'behind a return',
      'interaction A(n: Integer) { actor u lifeline o: Orders u -> o.drop() break [n > 3] { return } ref A(n + 1) }',
    ],
    [
      'behind a decision',
      'activity B { initial -> d decision d { 10 % -> again else -> z } action again ref B -> z final z }',
    ],
  ])('but not %s', async (_, text) => expect(await codes(orders() + text)).toEqual([]));
});

describe('branches', () => {
  const alt = (branches: string) =>
    orders() + bank + pay(`alt ${branches} { u -> orders.create() }`.replace(' ~', ' { u -> orders.drop() }'));
  test.each([
    ['the same condition twice', '[n > 1] ~ else [«n > 1»]'],
    ['ranges that overlap', '[n > 1] ~ else [«n > 5»]'],
    ['ranges that meet', '[n <= 5] ~ else [«n >= 5»]'],
    ['an equation inside a range', '[n == 3] ~ else [«n < 9»]'],
  ])('%s', async (_, branches) => expectFinding(alt(branches), 'overlapping-guards', 'left open'));

  test.each([
    ['ranges side by side', '[n > 5] ~ else [n <= 5]'],
    ['what may never be both', '[n > 5] ~ else [ok]'],
    ['a condition and the rest', '[n > 5] ~ else'],
    ['weights', '[ok] 98 % ~ else [ok]'],
  ])('but not %s', async (_, branches) => expect(await codes(alt(branches))).toEqual([]));

  test('weights of one condition make at most 100 %', async () => {
    await expectFinding(
      orders() + bank + pay('«alt» [ok] 60 % { u -> orders.create() } else [ok] 50 % { u -> orders.drop() }'),
      'weights-over-100',
      '110 %',
    );
  });
});

describe('lives', () => {
  const machine = 'signal Go machine M(id: String) { initial -> A state A { on Go -> Z } final Z }\n';
  const life = (members: string) =>
    machine + orders() + bank + pay(`u -> orders.create() { ${members} }`, 'lifeline m: M(id: "m")');
  test.each([
    ['used before it is created', 'orders ->> m : «Go» create m', 'not there yet'],
    ['used after it is destroyed', 'create m destroy m orders ->> m : «Go»', 'was destroyed'],
    ['created twice', 'create m create «m»', 'there already'],
    ['destroyed twice', 'create m destroy m destroy «m»', 'was destroyed'],
    [
      'used behind both branches that destroy it',
      'create m alt [ok] { destroy m } else { destroy m } orders ->> m : «Go»',
      'was destroyed',
    ],
  ])('%s', async (_, members, words) => expectFinding(life(members), 'outside-lifetime', words));

  test.each([
    ['behind a branch that may destroy it', 'create m opt [ok] { destroy m } orders ->> m : Go'],
    ['created in a branch before', 'opt [ok] { create m } orders ->> m : Go'],
    ['created by its first message', 'orders ->> m : Go'],
    ['created anew', 'create m destroy m create m orders ->> m : Go'],
  ])('but not %s', async (_, members) => expect(await codes(life(members))).toEqual([]));
});

describe('deployments', () => {
  const deployed = (members: string) =>
    `${orders('version "2" { threads 3 }')}${bank}${pay(call())}deployment D { ${members} }`;
  test.each([
    ['the same twice on a node', 'node n { cores 1 deploy Orders deploy «Orders» }', 'deployed-twice', '* 2'],
    ['what is not ours', 'node n { cores 1 deploy «Bank» }', 'external-deployed', 'external'],
    ['a node without cores', 'node n { deploy «Orders» }', 'no-contention', 'cores 4'],
    [
      'a version that does not exist',
      'node n { cores 1 deploy «Orders» { version "3" } }',
      'unknown-version',
      'Declared: "2"',
    ],
    [
      'too few replicas',
      'node n { cores 1 deploy Orders } autoscale «Orders» 2..4 cpu 60 %',
      'replicas-out-of-bounds',
      '1 replica of',
    ],
    [
      'too many replicas',
      'node n * 3 { cores 1 deploy Orders * 2 } autoscale «Orders» 2..4 cpu 60 %',
      'replicas-out-of-bounds',
      '6 replicas',
    ],
    ['nothing to balance', 'node n { cores 1 } balance «Orders» by random', 'not-deployed', 'nothing to balance'],
  ])('%s', async (_, members, code, words) => expectFinding(deployed(members), code, words));

  test.each([
    ['two versions beside each other', 'node n { cores 1 deploy Orders deploy Orders { version "2" } }'],
    [
      'a total over two kinds of node',
      'node n { cores 1 } node m { cores 1 } deploy Orders * 4 across n, m autoscale Orders 2..8 cpu 60 %',
    ],
  ])('but not %s', async (_, members) => expect(await codes(deployed(members))).toEqual([]));
});

describe('scenarios', () => {
  const scenario = (nodes: string, load = '«Pay»') =>
    `component Bank { operation charge: Boolean takes 1 ms }\n${orders()}${pay(call())}deployment D { ${nodes} }\nscenario S of D { load ${load} at 1/s run 1 min }`;
  test.each([
    [
      'no link between callers',
      'node a { cores 1 deploy Orders } node b { cores 1 deploy Bank }',
      'missing-link',
      'Add `a -- b { latency 0.5 ms }` to `D`',
    ],
    ['a component that runs nowhere', 'node a { cores 1 deploy Orders }', 'not-deployed', '`Bank`'],
  ])('%s', async (_, nodes, code, words) => expectFinding(scenario(nodes), code, words));

  test.each([
    ['on one node', 'node a { cores 1 deploy Orders deploy Bank }'],
    ['linked', 'node a { cores 1 deploy Orders } node b { cores 1 deploy Bank } b -- a { latency 1 ms }'],
    ['placed over nodes', 'node a { cores 1 deploy Orders } deploy Bank * 2 across a'],
  ])('but not %s', async (_, nodes) => expect(await codes(scenario(nodes, 'Pay'))).toEqual([]));

  test('the missing link can be added', async () => {
    const text = scenario('node a { cores 1 deploy Orders } node b { cores 1 deploy Bank }', 'Pay');
    const { model } = await modelOf(text);
    const { problems, report } = collectProblems();
    for (const each of model?.scenarios ?? []) checkLinks(each, model as Model, report);
    const [edit] = problems[0]?.fixes?.()[0]?.edits ?? [];
    const lines = text.split('\n');
    const { line = 0, character = 0 } = edit?.place.start ?? {};
    lines[line] = `${lines[line]?.slice(0, character)}${edit?.text}${lines[line]?.slice(character)}`;
    expect(await codes(lines.join('\n'))).toEqual([]);
  });

  test('what judges is no load', async () => {
    const text = `${orders()}interaction P { actor u lifeline o: Orders neg { u -> o.drop() } }\nscenario S { load «P» at 1/s run 1 s }`;
    await expectFinding(text, 'property-as-load', '`neg`, line 2');
  });

  test('nor what refers to it', async () => {
    const text = `${orders()}interaction P { actor u lifeline o: Orders assert { u -> o.drop() } } interaction Q { ref P }\nscenario S { load «Q» at 1/s run 1 s }`;
    await expectFinding(text, 'property-as-load', '`assert`');
  });

  test('nothing happens in an empty interaction', async () => {
    await expectFinding('interaction «Empty» { actor u }', 'empty-interaction', 'Add a message');
  });
});
