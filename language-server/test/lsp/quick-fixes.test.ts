/** Quick fixes, as examples: a text, what is offered, and the text after it. */

import { describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { problemCodes } from '../../src/language/index.ts';
import { messagesOf, open, type Texts, taken } from './code-actions.ts';

async function offered(texts: Texts): Promise<CodeAction[]> {
  const opened = await open(texts);
  const { length = 0 } = texts['model.twin'] ?? '';
  return opened.actions({ start: opened.positionAt(0), end: opened.positionAt(length) }, ['quickfix']);
}

/** Takes the fix of that title; the text is then as given, and what the fix was for is gone. */
async function check(before: string, title: string, after: string, files: Texts = {}): Promise<void> {
  const texts = { ...files, 'model.twin': before };
  const actions = await offered(texts);
  const action = actions.find((candidate) => candidate.title === title);
  expect(action, `offered: ${actions.map((candidate) => candidate.title).join(' | ')}`).toBeDefined();
  if (action === undefined) return;
  const result = taken(texts, action);
  expect(result['model.twin']).toBe(after);
  const left = messagesOf(await open(result));
  for (const { code, message } of action.diagnostics ?? []) expect(left).not.toContain(`${code}: ${message}`);
}

const machine = (members: string) => `signal Go\nmachine M {\n  initial -> A\n${members}\n}`;
const checkout = (lifelines: string, message: string) =>
  `component Orders { operation create takes 3 ms }\ninteraction I {\n  actor customer\n${lifelines}  ${message}\n}`;

describe('names', () => {
  test.each([
    ['a slip of the key', machine('  state A { on Goo -> A }'), 'Write `Go`', machine('  state A { on Go -> A }')],
    [
      'a dotted path to one of two states',
      machine('  state A { after 1 s -> X }\n  state B { state X }\n  state C { state X }'),
      'Write `C.X`',
      machine('  state A { after 1 s -> C.X }\n  state B { state X }\n  state C { state X }'),
    ],
    [
      'a state that is not there yet, beside its source',
      machine('  state A {\n    initial -> B\n    state B { on Go -> Paid }\n  }'),
      'Add state `Paid` to `A`',
      machine('  state A {\n    initial -> B\n    state B { on Go -> Paid }\n    state Paid\n  }'),
    ],
    [
      'a state inside another',
      machine('  state A { on Go -> B.Inner }\n  state B'),
      'Add state `Inner` to `B`',
      machine('  state A { on Go -> B.Inner }\n  state B { state Inner }'),
    ],
    [
      'a signal behind the others, with the attributes that are bound',
      machine('  state A { on Paid(ok, amount) [ok and amount > 2.5] -> A }'),
      'Declare `signal Paid(ok: Boolean, amount: Real)`',
      machine('  state A { on Paid(ok, amount) [ok and amount > 2.5] -> A }').replace(
        'signal Go',
        'signal Go\nsignal Paid(ok: Boolean, amount: Real)',
      ),
    ],
    [
      'the first signal of a file, below its package',
      'package shop\n\nmachine M { initial -> A  state A { on Paid -> A } }',
      'Declare `signal Paid`',
      'package shop\n\nsignal Paid\n\nmachine M { initial -> A  state A { on Paid -> A } }',
    ],
    [
      'a variable, of the type that its use needs',
      machine('  state A { on Go [not blocked] -> A }'),
      'Add `var blocked: Boolean = false` to `M`',
      machine('  state A { on Go [not blocked] -> A }').replace('M {', 'M {\n  var blocked: Boolean = false'),
    ],
    [
      'a variable that is assigned',
      machine('  state A { on Go / seen = 3 -> A }'),
      'Add `var seen: Integer = 0` to `M`',
      machine('  state A { on Go / seen = 3 -> A }').replace('M {', 'M {\n  var seen: Integer = 0'),
    ],
    [
      'an operation, with its arguments and its reply',
      checkout('  lifeline orders: Orders\n  var ok: Boolean = false\n', 'ok = customer -> orders.cancel("o-1", 3)'),
      'Add `operation cancel(value1: String, value2: Integer): Boolean` to `Orders`',
      checkout(
        '  lifeline orders: Orders\n  var ok: Boolean = false\n',
        'ok = customer -> orders.cancel("o-1", 3)',
      ).replace('takes 3 ms', 'takes 3 ms operation cancel(value1: String, value2: Integer): Boolean'),
    ],
    [
      'an operation that a machine waits for',
      'machine M { initial -> A  state A { on call pay -> A } }',
      'Add `operation pay` to `M`',
      'machine M { initial -> A  state A { on call pay -> A } operation pay }',
    ],
    [
      'a literal',
      'enum Method { card }\nmachine M(by: Method) { initial -> A  state A { when (by == Method.cash) -> A } }',
      'Add `cash` to `Method`',
      'enum Method { card, cash }\nmachine M(by: Method) { initial -> A  state A { when (by == Method.cash) -> A } }',
    ],
    [
      'an attribute',
      'data Cart { id: String }\nmachine M(cart: Cart) { initial -> A  state A { when (cart.size > 2.5) -> A } }',
      'Add `size: Real` to `Cart`',
      'data Cart { id: String, size: Real }\nmachine M(cart: Cart) { initial -> A  state A { when (cart.size > 2.5) -> A } }',
    ],
    [
      'an end of an activity',
      'activity V { initial -> look  action look takes 1 min -> left }',
      'Add `final left` to `V`',
      'activity V { initial -> look  action look takes 1 min -> left final left }',
    ],
    [
      'a node of a deployment',
      'deployment D {\n  node a { cores 1 }\n  a -- b { latency 1 ms }\n}',
      'Add `node b` to `D`',
      'deployment D {\n  node b { cores 1 }\n  node a { cores 1 }\n  a -- b { latency 1 ms }\n}',
    ],
    [
      'a lifeline of the component that has the operation',
      checkout('', 'customer -> shop.create()'),
      'Add `lifeline shop: Orders`',
      checkout('', 'customer -> shop.create()').replace('I {', 'I {\n  lifeline shop: Orders'),
    ],
    [
      'an actor that only sends',
      checkout('  lifeline orders: Orders\n', 'guest -> orders.create()'),
      'Add `actor guest`',
      checkout('  lifeline orders: Orders\n', 'guest -> orders.create()').replace('I {', 'I {\n  actor guest'),
    ],
    [
      'a bound name that hides a variable, wherever it is meant',
      'signal Pay(total: Real)\nmachine M(total: Real) { initial -> A  state A { on Pay(total) [total > 0] / log "{total} paid" -> A } }',
      'Rename to `payTotal`',
      'signal Pay(total: Real)\nmachine M(total: Real) { initial -> A  state A { on Pay(payTotal) [payTotal > 0] / log "{payTotal} paid" -> A } }',
    ],
    [
      'a variable that is called like a unit',
      'machine M { var h: Integer = 3 initial -> A  state A { when (h > 2) / log "{h}" -> A } }',
      'Rename to `hours`',
      'machine M { var hours: Integer = 3 initial -> A  state A { when (hours > 2) / log "{hours}" -> A } }',
    ],
    [
      'a type, in front of what needs it and of its documentation',
      '/** Bought. */\nsignal Paid(by: Method)',
      'Declare `enum Method { }`',
      'enum Method { }\n\n/** Bought. */\nsignal Paid(by: Method)',
    ],
    ['a name declared twice', 'signal A\nsignal A', 'Rename to `A2`', 'signal A\nsignal A2'],
  ])('%s', (_, before, title, after) => check(before, title, after));
});

describe('imports', () => {
  test.each([
    [
      'a name that another file declares',
      'machine M { initial -> A  state A { on Paid -> A } }',
      'Import "sub/payments.twin"',
      'import "sub/payments.twin"\n\nmachine M { initial -> A  state A { on Paid -> A } }',
    ],
    [
      'the same behind other imports, in a file of \\r\\n',
      'package m\r\nimport "other.twin"\r\nmachine M { initial -> A  state A { on Paid -> A } }',
      'Import "sub/payments.twin"',
      'package m\r\nimport "other.twin"\r\nimport "sub/payments.twin"\r\nmachine M { initial -> A  state A { on Paid -> A } }',
    ],
    ['a slip in a path', 'import "othr.twin"\nsignal A', 'Write "other.twin"', 'import "other.twin"\nsignal A'],
    [
      'a path in another system’s notation',
      'import "sub\\payments.twin"\nsignal A',
      'Write "sub/payments.twin"',
      'import "sub/payments.twin"\nsignal A',
    ],
    [
      'one file twice',
      'import "other.twin"\nimport "other.twin"\nsignal A',
      'Remove this import',
      'import "other.twin"\nsignal A',
    ],
  ])('%s', (_, before, title, after) =>
    check(before, title, after, {
      'sub/payments.twin': 'package payments\nsignal Paid',
      'other.twin': 'package other\nsignal Other',
    }),
  );

  test('a file that imports this one is not offered', async () => {
    const texts = {
      'model.twin': 'machine M { initial -> A  state A { on Paid -> A } }',
      'back.twin': 'package back\nimport "model.twin"\nsignal Paid',
    };
    expect((await offered(texts)).filter(({ title }) => title.startsWith('Import'))).toEqual([]);
  });
});

describe('values', () => {
  test.each([
    [
      'a unit of another language',
      machine('  state A { after 5 sec -> A }'),
      'Write `5 s`',
      machine('  state A { after 5 s -> A }'),
    ],
    ['a missing unit', machine('  state A { after 5 -> A }'), 'Write `5 s`', machine('  state A { after 5 s -> A }')],
    [
      'a missing unit beside a time',
      machine('  state A { when (elapsed > 3) -> A }'),
      'Write `3 ms`',
      machine('  state A { when (elapsed > 3 ms) -> A }'),
    ],
    [
      'arguments that are missing',
      checkout('  lifeline orders: Orders\n', 'customer -> orders.create()').replace(
        'create takes',
        'create(id: String, n: Integer) takes',
      ),
      'Add `id: "", n: 0`',
      checkout('  lifeline orders: Orders\n', 'customer -> orders.create(id: "", n: 0)').replace(
        'create takes',
        'create(id: String, n: Integer) takes',
      ),
    ],
    [
      'an argument too many',
      checkout('  lifeline orders: Orders\n', 'customer -> orders.create("o-1", 2)').replace(
        'create takes',
        'create(id: String) takes',
      ),
      'Remove `2`',
      checkout('  lifeline orders: Orders\n', 'customer -> orders.create("o-1")').replace(
        'create takes',
        'create(id: String) takes',
      ),
    ],
    [
      'a measure',
      problemCodes['wrong-measure'].wrong.replace('p95(app)', 'meen(Checkout)'),
      'Write `mean`',
      problemCodes['wrong-measure'].wrong.replace('p95(app)', 'mean(Checkout)'),
    ],
    [
      'a distribution',
      'component C { operation run takes expp(3 ms) }',
      'Write `exp`',
      'component C { operation run takes exp(3 ms) }',
    ],
  ])('%s', (_, before, title, after) => check(before, title, after));
});

describe('structure', () => {
  test.each([
    [
      'a machine without a beginning',
      'machine M {\n  state A\n}',
      'Add `initial -> A`',
      'machine M {\n  initial -> A\n  state A\n}',
    ],
    ['the same on one line', 'machine M { state A }', 'Add `initial -> A`', 'machine M { initial -> A state A }'],
    [
      'a choice that may be stuck',
      machine('  choice A {\n    [in(B)] -> B\n  }\n  state B\n  state C'),
      'Add `else -> C`',
      machine('  choice A {\n    [in(B)] -> B\n    else -> C\n  }\n  state B\n  state C'),
    ],
    [
      'weights over everything',
      machine('  choice A { 60 % -> B  60 % -> C  else -> B }\n  state B\n  state C'),
      'Scale the weights to 100 %',
      machine('  choice A { 50 % -> B  50 % -> C  else -> B }\n  state B\n  state C'),
    ],
    [
      'a state that nothing leads to',
      machine('  state A { on Go -> A }\n  state B\n  state C { on Go -> A }'),
      'Remove `B`',
      machine('  state A { on Go -> A }\n  state C { on Go -> A }'),
    ],
    [
      'a state that is an end',
      machine('  state A { on Go -> B }\n  state B'),
      'Let `B` be a final state',
      machine('  state A { on Go -> B }\n  final B'),
    ],
    [
      'a transition that never fires',
      machine('  state A {\n    on Go -> B\n    on Go -> A\n  }\n  final B'),
      'Remove the transition',
      machine('  state A {\n    on Go -> B\n  }\n  final B'),
    ],
    [
      'a variable that nothing uses',
      machine('  var k: Integer = 0\n  state A { on Go -> B }\n  final B'),
      'Remove `k`',
      machine('  state A { on Go -> B }\n  final B'),
    ],
    [
      'an exit point that leads nowhere',
      problemCodes['exit-not-connected'].wrong,
      'Add `exit refused -> Closed`',
      problemCodes['exit-not-connected'].mended.replace('Closed  exit', 'Closed exit'),
    ],
    [
      'the last of several final states',
      machine('  state A { on Go -> B }\n  final B, C'),
      'Remove `C`',
      machine('  state A { on Go -> B }\n  final B'),
    ],
    [
      'a lifeline without a type',
      checkout('  lifeline orders\n', ''),
      'Let it be a lifeline of `Orders`',
      checkout('  lifeline orders: Orders\n', ''),
    ],
    [
      'a signal with a waiting arrow',
      'signal Go\nmachine M { initial -> A state A { on Go -> A } }\ninteraction I { actor u lifeline m: M u -> m : Go }',
      'Send it without waiting: `->>`',
      'signal Go\nmachine M { initial -> A state A { on Go -> A } }\ninteraction I { actor u lifeline m: M u ->> m : Go }',
    ],
    [
      'somebody else in the braces of a call',
      checkout('  lifeline orders: Orders\n', 'customer -> orders.create() { customer -> orders.create() }'),
      'Let `orders` send it',
      checkout('  lifeline orders: Orders\n', 'customer -> orders.create() { orders -> orders.create() }'),
    ],
    [
      'a component that no node runs',
      problemCodes['not-deployed'].wrong,
      'Deploy `Orders` on `app`',
      problemCodes['not-deployed'].wrong.replace('cores 4', 'cores 4 deploy Orders'),
    ],
    [
      'a component that is somebody else’s',
      problemCodes['not-deployed'].wrong,
      'Make `Orders` external',
      problemCodes['not-deployed'].wrong.replace('component Orders', 'component Orders external'),
    ],
  ])('%s', (_, before, title, after) => check(before, title, after));
});

const services = (members: string) =>
  `component Bank { operation charge takes 9 ms }\ncomponent Orders {\n  operation create takes 3 ms\n}\ninteraction I {\n  actor u\n  lifeline orders: Orders, bank: Bank\n${members}\n}`;

describe('components and calls', () => {
  test.each([
    [
      'work of a component that is not ours',
      problemCodes['external-work'].wrong,
      'Write `delays`',
      problemCodes['external-work'].wrong.replace('takes', 'delays'),
    ],
    [
      'a topic of a component that is no broker',
      'component Events { topic placed }',
      'Let `Events` be a broker',
      'component Events broker { topic placed }',
    ],
    [
      'a component in place of a lifeline',
      'component Bank { operation charge takes 9 ms }\ninteraction I { actor u  u -> Bank.charge() }',
      'Add `lifeline bank: Bank`',
      'component Bank { operation charge takes 9 ms }\ninteraction I { lifeline bank: Bank actor u  u -> bank.charge() }',
    ],
    [
      'a component whose lifeline has another name',
      services('  u -> orders.create()  u -> Bank.charge()').replace('bank: Bank', 'payment: Bank'),
      'Write `payment`',
      services('  u -> orders.create()  u -> payment.charge()').replace('bank: Bank', 'payment: Bank'),
    ],
    [
      'operands that can both be taken',
      problemCodes['overlapping-guards'].wrong,
      'Leave its condition out',
      problemCodes['overlapping-guards'].wrong.replace('else [total > 500]', 'else'),
    ],
    [
      'a clause that stands twice',
      'component Bank { operation charge takes 9 ms takes 8 ms }',
      'Remove `takes`',
      'component Bank { operation charge takes 9 ms }',
    ],
  ])('%s', (_, before, title, after) => check(before, title, after));
});

describe('what is offered first', () => {
  test.each(Object.entries(problemCodes))('for %s mends its example', async (code, { wrong, files = {} }) => {
    const texts = { ...files, 'model.twin': wrong };
    const preferred = (await offered(texts)).filter(
      ({ isPreferred, diagnostics }) => isPreferred && diagnostics?.[0]?.code === code,
    );
    const before = messagesOf(await open(texts));
    for (const action of preferred) {
      const after = messagesOf(await open(taken(texts, action)));
      expect(
        after.filter((message) => message.startsWith(`${code}:`)),
        action.title,
      ).toEqual([]);
      expect(
        after.filter((message) => !before.includes(message)),
        action.title,
      ).toEqual([]);
    }
  });

  test('is marked as such where one is likelier than the others', async () => {
    const text = 'component Pay { } component Orders { } interaction I { lifeline orders }';
    const actions = (await offered({ 'model.twin': text })).filter(({ title }) => title.startsWith('Let it be'));
    expect(actions.map(({ title, isPreferred = false }) => [title, isPreferred])).toEqual([
      ['Let it be a lifeline of `Orders`', true],
      ['Let it be a lifeline of `Pay`', false],
    ]);
  });
});

describe('fix all', () => {
  test('mends everything that can only be meant one way, and nothing else', async () => {
    const before =
      'import "other.twin"\nimport "other.twin"\nsignal Go\nmachine M { initial -> A state A { on Goo -> A } }\n' +
      'interaction I { actor u lifeline m: M u -> m : Go u -> m : Go }';
    const texts = { 'model.twin': before, 'other.twin': 'package other\nsignal Other' };
    const opened = await open(texts);
    const whole = { start: opened.positionAt(0), end: opened.positionAt(before.length) };
    const [action, ...more] = await opened.actions(whole, ['source.fixAll']);
    expect(more).toEqual([]);
    expect(action?.kind).toBe('source.fixAll');
    expect(action && taken(texts, action)['model.twin']).toBe(
      before.replace('import "other.twin"\n', '').replaceAll('u -> m', 'u ->> m'),
    );
  });

  test('is not offered where nothing is safe', async () => {
    const opened = await open({ 'model.twin': machine('  state A { on Goo -> A }') });
    const at = opened.positionAt(0);
    expect(await opened.actions({ start: at, end: at }, ['source'])).toEqual([]);
  });
});
