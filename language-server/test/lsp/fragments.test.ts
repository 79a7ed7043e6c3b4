/** `pollux/fragment`: what a person types while a machine is debugged, read where the machine stands. */
import type { Place } from '@pollux/engine/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FragmentAnswer, fragmentRequest } from '../../src/protocol/index.ts';
import { type Client, connect } from './client.ts';

const uri = 'file:///fragments.twin';
const text = `package shop
signal Pay(ok: Boolean, amount: Real)
machine Order(total: Real) {
  var attempts: Integer = 0
  operation close(hard: Boolean)
  initial -> Created
  state Created { on Pay(ok, amount) -> Paid }
  final Paid
}
component Bank { operation charge(total: Real): Boolean }
interaction Checkout(total: Real) {
  actor customer
  lifeline bank: Bank, order: Order(total: total)
  var paid: Boolean = false
  paid = customer -> bank.charge(total)
  customer ->> order : Pay(ok: paid, amount: total)
}
`;
const line = text.split('\n').findIndex((each) => each.includes('on Pay'));
const start = { line, character: text.split('\n')[line]?.indexOf('on Pay') ?? -1 };
const transition: Place = { uri, start, end: start };
let client: Client;

beforeAll(async () => {
  client = await connect();
  await client.open(uri, text);
});
afterAll(() => client.close());

function read(fragment: string, context?: Place, behaviour = 'shop.Order'): Promise<FragmentAnswer> {
  return client.request(fragmentRequest.method, {
    uri,
    behaviour,
    ...(context === undefined ? {} : { context }),
    text: fragment,
  });
}

test.each([
  ['attempts + 1 > 2', undefined],
  ['in(Created) and total > 10', undefined],
  ['not ok', transition],
])('`%s` is an expression', async (fragment, context) => {
  expect(await read(fragment, context)).toMatchObject({ fragment: { kind: 'expression' } });
});

test.each([
  ['send Pay(ok: true, amount: 3)', { kind: 'send', signal: 'shop.Pay' }],
  ['call close(true)', { kind: 'call', operation: 'shop.Order.close' }],
  ['after 5 s', { kind: 'after', delay: { kind: 'literal', value: 5_000_000 } }],
])('`%s` is something that happens', async (fragment, expected) => {
  expect(await read(fragment)).toMatchObject({ fragment: expected });
});

test.each([
  ['paid and order.in(Paid)', { kind: 'expression' }],
  ['send Pay(ok: true, amount: 3) to order', { kind: 'send', lifeline: 'shop.Checkout.order' }],
  ['given Bank.charge returns false', { kind: 'given', operation: 'shop.Bank.charge' }],
  [
    'test debugged of Checkout(total: 3) { given Bank.charge returns false after 5 s }',
    { kind: 'test', steps: [{ kind: 'given' }, { kind: 'after' }] },
  ],
])('of an interaction, `%s` is understood', async (fragment, expected) => {
  expect(await read(fragment, undefined, 'shop.Checkout')).toMatchObject({ fragment: expected });
});

test.each([
  ['atempts', /attempts/],
  ['ok', /There is no .*ok/],
  ['send Payy(ok: true)', /Pay/],
  ['send Pay(ok: 3)', /Boolean/],
  ['1 +', /./],
  ['after 5 s send Pay(ok: true, amount: 1)', /One thing/],
])('`%s` is not understood, with a reason', async (fragment, reason) => {
  expect(await read(fragment)).toEqual({ problem: expect.stringMatching(reason) });
});

test('the document is as it was', async () => {
  const before = await client.model(uri);
  await read('attempts');
  expect(await client.model(uri)).toEqual(before);
});
