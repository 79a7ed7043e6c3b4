/** Policies in the model, and what the model itself says about them. */
import { describe, expect, test } from 'vitest';
import { bare, expectFinding, lower } from './lowered.ts';

const world = `data Card { number: String classified PCI, holder: String classified PII }
data Cart { id: String, total: Real, card: Card[0..1] }
signal Cancel
signal Approved(by: String)
signal Lost
machine Order { initial -> Open  state Open { on Cancel -> Gone  on Approved -> Gone }  final Gone }
component Orders { operation create(cart: Cart) takes 1 ms  operation track(id: String) takes 1 ms }
component Fraud { operation check(cart: Cart) takes 1 ms  operation ban(id: String) takes 1 ms }
component Analytics { operation record(id: String, total: Real) takes 1 ms  operation store(card: Card) takes 1 ms }
component Bank external { operation charge(card: Card) delays 1 ms }
activity Care { initial -> assess  action assess takes 1 s -> treat  action treat takes 1 s -> gone  final gone }
deployment D {
  zone eu { node app { cores 4  deploy Orders  deploy Fraud } }
  zone us { node bi { cores 4  deploy Analytics } }
}
`;
const buying = (messages: string) => `interaction Buy(cart: Cart) {
  actor customer
  lifeline orders: Orders, fraud: Fraud, analytics: Analytics, bank: Bank, order: Order
  customer -> orders.create(cart) { orders ->> order : Cancel  orders ->> order : Approved("a")  ${messages} }
}
`;
const usual =
  'orders -> fraud.check(cart)  orders -> bank.charge(cart.card)  orders ->> analytics.record(cart.id, cart.total)';
const text = (rules: string, messages = usual) => `${world}${buying(messages)}policy P { ${rules} }`;

describe('a rule', () => {
  test.each([
    ['PCI never reaches Analytics', { kind: 'never-reaches', tag: 'PCI', component: 'Analytics' }],
    ['PII stays in eu', { kind: 'stays-in', tag: 'PII', zone: 'eu' }],
    ['only Orders, Fraud calls Bank', { kind: 'only-calls', callers: ['Orders', 'Fraud'], called: 'Bank' }],
    ['only Orders calls Bank.charge', { called: 'Bank.charge' }],
    [
      'Fraud.check before Bank.charge within 5 s',
      // biome-ignore lint/suspicious/noThenProperty: the model's word; a rule is never awaited
      { kind: 'precedes', first: 'Fraud.check', then: 'Bank.charge', within: 5e6 },
    ],
    // biome-ignore lint/suspicious/noThenProperty: the model's word; a rule is never awaited
    ['assess before treat', { first: 'Care.assess', then: 'Care.treat' }],
    [
      'Cancel needs Approved by another actor',
      { kind: 'needs', what: 'Cancel', needed: 'Approved', byAnotherActor: true },
    ],
    ['Cancel needs Approved', { byAnotherActor: false }],
    [
      'always Cancel leads to Order.Gone within 1 h',
      { kind: 'leads-to', cause: 'Cancel', effect: 'Order.Gone', within: 3.6e9 },
    ],
  ])('%s', async (rule, expected) => {
    const { policies } = await lower(text(rule));
    expect(bare(policies)).toMatchObject([{ id: 'P', rules: [{ ...expected, text: rule }] }]);
  });

  test.each([
    ['«PCY» never reaches Analytics', 'unresolved-name', 'Did you mean `PCI`'],
    ['PII stays in «ue»', 'unresolved-name', 'called `ue`'],
    ['only Orders calls «Care»', 'wrong-kind', 'Calls go to a component or an operation'],
    ['only Orders, «Orders» calls Bank', 'repeated-clause', '`Orders` stands twice'],
    ['«Orders» before Bank.charge', 'wrong-kind', 'A rule relates operations, signals, states and actions'],
    ['Bank.charge before «Bank.charge»', 'without-effect', 'Both are the same'],
    ['Fraud.check before Bank.charge within «0 s»', 'out-of-range', 'above 0'],
    ['PII stays in eu «PII stays in eu»', 'repeated-clause', 'a second time'],
    ['«Fraud.check before Lost»', 'without-effect', 'No behaviour brings about `Lost`'],
    ['«Fraud.ban needs Fraud.check»', 'without-effect', 'No behaviour brings about `Fraud.ban`'],
    ['«Fraud.ban before Bank.charge»', 'policy-violated', 'No behaviour brings about `Fraud.ban`'],
    ['«Cancel needs Lost»', 'policy-violated', 'No behaviour brings about `Lost`'],
    ['«only Fraud calls Bank»', 'policy-violated', '`orders` calls it'],
    ['«only Fraud calls Bank.charge»', 'policy-violated', 'In `Buy` (line 19)'],
    ['«PCI never reaches Bank»', 'policy-violated', 'passed to `bank.charge`'],
    ['«PCI never reaches Orders»', 'policy-violated', 'passed to `orders.create`'],
  ])('%s', (rule, code, words) => expectFinding(text(rule), code, words));

  test.each([
    ['an attribute that is classified', 'orders ->> analytics.record(cart.card.holder, 1)'],
    ['a value that holds one', 'orders ->> analytics.store(cart.card)'],
    ['a value made of one', 'orders ->> analytics.store(Card(number: "1", holder: cart.card.holder))'],
    ['a choice between two', 'orders ->> analytics.record(if cart.total > 1 then cart.card.holder else "x", 1)'],
  ])('%s may not leave its zone', (_, message) =>
    expectFinding(text('«PII stays in eu»', message), 'policy-violated', 'which runs outside of `eu`'),
  );

  test('a comparison with a classified attribute passes no data of it', async () => {
    const { policies } = await lower(text('PCI never reaches Fraud', 'orders -> fraud.ban(cart.id)'));
    expect(policies[0]?.rules).toHaveLength(1);
  });

  test('a policy without rules says nothing', () =>
    expectFinding(`${world}${buying(usual)}«policy Empty { }»`, 'without-effect', '`Empty` has no rules'));
});
