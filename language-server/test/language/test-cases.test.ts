/** Test cases in the model: their steps; and what is said where they could judge nothing. */
import { describe, expect, test } from 'vitest';
import { bare, expectFinding, lower } from './lowered.ts';

const world = `signal Pay(ok: Boolean)
signal Cancel
signal Lab
machine Order(id: String, total: Real) {
  var attempts: Integer = 0
  operation ask: Boolean
  initial -> Open
  state Open { on Pay(ok) [ok] -> Paid  on call ask / return true  on Pay(ok) [not ok] / attempts += 1  after 15 min -> Expired }
  final Paid, Expired
}
component Orders { operation create: Boolean takes 3 ms }
component Bank external { operation charge: Boolean delays 90 ms }
interaction Buy { actor u  lifeline orders: Orders, bank: Bank, order: Order(id: "o", total: 1)
  var paid: Boolean = false
  u -> orders.create() { paid = orders -> bank.charge()  orders ->> order : Pay(ok: paid)  return paid } }
activity Visit { initial -> wait  accept wait: Lab -> look  action look takes 1 s -> gone  final gone }
`;
const ofOrder = (steps: string) => `${world}test late of Order(id: "o-1", total: 10) { ${steps} }`;
const ofBuy = (steps: string) => `${world}test declined of Buy { ${steps} }`;
const ofVisit = (steps: string) => `${world}test seen of Visit { ${steps} }`;

describe('a step', () => {
  test.each([
    [
      ofOrder,
      'send Pay(ok: false) expect in(Open)',
      { kind: 'send', text: 'send Pay(ok: false)', signal: 'Pay', arguments: [{ parameter: 'Pay.ok' }] },
    ],
    [ofOrder, 'call ask() expect in(Open)', { kind: 'call', operation: 'Order.ask' }],
    [ofOrder, 'after 15 min expect in(Expired)', { kind: 'after', delay: { value: 9e8 } }],
    [ofOrder, 'expect in(Open) and attempts == 1', { kind: 'expect', condition: { kind: 'binary', operator: 'and' } }],
    [ofOrder, 'never Paid', { kind: 'never', state: 'Order.Paid' }],
    [
      ofOrder,
      'never (attempts > 3)',
      { kind: 'never-holds', text: 'never (attempts > 3)', condition: { kind: 'binary' } },
    ],
    [ofOrder, 'expect ended', { kind: 'expect-ended' }],
    [ofBuy, 'expect ended with not paid', { kind: 'expect-ended', result: { kind: 'unary' } }],
    [
      ofBuy,
      'given Bank.charge returns false delays 2 s expect order.in(Open)',
      { kind: 'given', operation: 'Bank.charge', cost: { result: { value: false }, delays: { value: 2e6 } } },
    ],
    [ofBuy, 'send Pay(ok: true) to order expect order.in(Paid)', { kind: 'send', lifeline: 'Buy.order' }],
    [ofVisit, 'never look', { kind: 'never', state: 'Visit.look' }],
    [ofVisit, 'send Lab expect in(look)', { kind: 'send', signal: 'Lab' }],
  ])('%o %s', async (of, steps, expected) => {
    const { tests } = await lower(of(steps));
    expect(bare(tests[0]?.steps[0])).toMatchObject(expected);
  });

  test('a test asks for every order only where it says so', async () => {
    const { tests } = await lower(ofOrder('never Paid'));
    expect(tests[0]?.everyOrder).toBe(false);
  });

  test('a test knows its behaviour, its arguments and whether every order counts', async () => {
    const { tests } = await lower(`${world}test t of Order(id: "o-1", total: 10) in every order { never Paid }`);
    expect(bare(tests)).toMatchObject([
      {
        id: 't',
        behaviour: 'Order',
        everyOrder: true,
        arguments: [{ parameter: 'Order.id' }, { parameter: 'Order.total' }],
      },
    ]);
  });

  test.each([
    [ofOrder, 'expect in(«Opn»)', 'unresolved-name', 'Did you mean `Open`'],
    [ofOrder, 'never «Opn»', 'unresolved-name', 'Did you mean `Open`'],
    [ofOrder, 'after «0 s» never Paid', 'out-of-range', 'above 0'],
    [ofOrder, 'after «15» never Paid', 'unit-missing', '15 s'],
    [ofOrder, 'expect ended «send Pay(true)»', 'without-effect', 'has ended by then'],
    [ofOrder, 'send «Cancel» never Paid', 'without-effect', '`Order` never waits for `Cancel`'],
    [ofBuy, 'send «Cancel» to order never (paid)', 'without-effect', '`Order` never waits for `Cancel`'],
    [ofBuy, '«send Pay(true)» never (paid)', 'wrong-arguments', 'To whom?'],
    [ofVisit, 'send «Cancel» never look', 'without-effect', '`Visit` never waits for `Cancel`'],
    [ofOrder, 'expect «attempts»', 'wrong-type', 'Boolean'],
    [ofBuy, 'expect ended with «3»', 'wrong-type', 'Boolean'],
    [ofBuy, 'given «Bank» returns false never (paid)', 'wrong-kind', 'answers for an operation'],
    [ofBuy, 'given Bank.charge returns «3» never (paid)', 'wrong-type', 'Boolean'],
    [ofBuy, 'given Bank.charge returns true «returns false» never (paid)', 'repeated-clause', '`returns`'],
  ])('%o %s', (of, steps, code, words) => expectFinding(of(steps), code, words));

  test('a test that expects nothing always passes', () =>
    expectFinding(
      `${world}test «t» of Order(id: "o", total: 1) { send Pay(true) }`,
      'without-effect',
      'always passes',
    ));
});
