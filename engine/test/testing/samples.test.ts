/** The tests that the samples declare hold. */
import { readFile } from 'node:fs/promises';
import { runTest } from '@pollux/engine/testing';
import { loadModel } from '@pollux/language-server/language';
import { expect, test } from 'vitest';
import { results, told } from './run-text.ts';

const files = { read: (uri: string) => readFile(new URL(uri), 'utf8'), list: async () => [] };
const clinic = new URL('../../../samples/hospital/hospital.twin', import.meta.url).href;

test('every test of the clinic passes', async () => {
  const { model } = await loadModel(files, clinic);
  if (model === null) throw new Error('the sample has no model');
  const verdicts = model.tests.map(({ id, name }) => {
    const result = runTest(model, id);
    return `${name}: ${result === null ? 'none' : told(result)}`;
  });
  expect(verdicts).toEqual(model.tests.map(({ name }) => `${name}: pass`));
  expect(verdicts.length).toBeGreaterThan(3);
});

test('the tests of the reference hold', async () => {
  const page = await readFile(new URL('../../../docs/language.md', import.meta.url), 'utf8');
  const [, example = ''] = /```twin in=model\n(machine Timer[\s\S]*?)```/.exec(page) ?? [];
  const before = `signal Pay(ok: Boolean, amount: Real)
signal Cancel
data Cart { id: String, total: Real }
machine Order(id: String, total: Real) { var attempts: Integer = 0  initial -> Created
  state Created { on Pay(ok) [not ok] / attempts += 1  on Pay(ok) [ok] -> Paid  on Cancel -> Cancelled  after 15 min -> Expired }
  state Paid  final Cancelled, Expired }
component Orders { operation create(cart: Cart) }
component Bank external { operation charge(total: Real): Boolean }
interaction Checkout(cart: Cart) { actor u  lifeline orders: Orders, bank: Bank  lifeline order: Order(id: cart.id, total: cart.total)
  var paid: Boolean = false
  u -> orders.create(cart) { paid = orders -> bank.charge(cart.total) } }
`;
  const verdicts = (await results(before + example)).map((each) => `${each.name}: ${told(each)}`);
  expect(verdicts).toEqual(['late_payment: pass', 'asked: pass', 'declined: pass', 'walked: pass']);
});
