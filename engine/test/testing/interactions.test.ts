/** Tests of interactions: stand-ins, fragments, machines behind lifelines, and what is left open. */
import { describe, expect, test } from 'vitest';
import { result, told } from './run-text.ts';

const shop = `data Cart { id: String, total: Real }
signal Pay(ok: Boolean, amount: Real)
signal Cancel
machine Order(id: String, total: Real) {
  operation open(): Boolean
  initial -> Created
  state Created { on Pay(ok, amount) [ok and amount == total] -> Paid  on Cancel -> Cancelled  on call open() / return true  after 1 h -> Cancelled }
  state Paid
  final Cancelled
}
component Web { operation checkout(cart: Cart) }
component Orders { operation create(cart: Cart): Boolean takes 5 ms }
component Stock { operation reserve(id: String) delays 20 ms  operation release(id: String) }
component Bank external { operation charge(total: Real): Boolean delays lognormal(median: 120 ms, p99: 900 ms) fails 0.3 % returns chance(96 %) }
interaction Checkout(cart: Cart) {
  actor customer
  lifeline web: Web, orders: Orders, stock: Stock, bank: Bank
  lifeline order: Order(id: cart.id, total: cart.total)
  var paid: Boolean = false
  customer -> web.checkout(cart) {
    web -> orders.create(cart) {
      par { orders -> stock.reserve(cart.id) }
      and { paid = orders -> bank.charge(cart.total) fallback { orders ->> order : Cancel } }
      alt [paid] { orders ->> order : Pay(ok: true, amount: cart.total) }
      else { orders -> stock.release(cart.id) }
      return paid
    }
  }
}
`;
const of = (steps: string, rest = '') =>
  `${shop}test t of Checkout(cart: Cart(id: "c-1", total: 10)) ${rest} { ${steps} }`;

describe('a test of an interaction passes', () => {
  test('where a lifeline gives arguments to what its machine inherits', async () => {
    const text = `signal Pay
machine Order(total: Integer) { initial -> New  state New { on Pay [total == 3] -> Paid }  state Paid }
machine Express(fast: Boolean) extends Order { state Paid { completion [fast] -> Sent }  final Sent }
interaction I(total: Integer) {
  actor a
  lifeline order: Express(total: total, fast: true)
  a ->> order : Pay
}
test t of I(total: 3) { expect ended expect order.in(Sent) }`;
    expect(told(await result(text))).toBe('pass');
  });

  test.each([
    ['given Bank.charge returns true expect ended with paid expect order.in(Paid)'],
    ['given Bank.charge returns false expect ended with not paid never (order.in(Paid)) expect not order.in(Created)'],
    ['given Bank.charge fails 100 % expect ended with not paid expect order.in(Cancelled)'],
    ['given Bank.charge returns true delays 1 s after 1 s expect not paid after 5 ms expect paid'],
    ['send Cancel to order given Bank.charge returns true expect ended expect order.in(Cancelled)'],
    ['given Orders.create takes 1 ms fails 100 % expect ended with not paid expect not order.in(Created)'],
    [
      'given Bank.charge returns true delays 2 h send Cancel to order expect order.in(Cancelled) after 3 h expect ended',
    ],
  ])('%s', async (steps) => {
    expect(told(await result(of(steps)))).toBe('pass');
    expect(told(await result(of(steps, 'in every order')))).toBe('pass');
  });
});

describe('a test of an interaction fails and says what it found', () => {
  test.each([
    [
      'given Bank.charge returns false expect ended with paid',
      'fail | It does not hold: paid == false. | expect ended with paid ≠ paid == false',
    ],
    [
      'given Bank.charge returns true expect ended expect order.in(Cancelled)',
      'fail | It does not hold: order in Paid. | expect order.in(Cancelled) ≠ order in Paid',
    ],
    [
      'given Bank.charge returns true expect ended never (order.in(Paid))',
      'fail | It held at 125 ms: order in Paid. | never (order.in(Paid)) ≠ order in Paid',
    ],
  ])('%s', async (steps, expected) => {
    expect(told(await result(of(steps.replace('returns', 'delays 120 ms returns'))))).toBe(expected);
  });
});

test('what chance would decide is left open, but nothing fails by chance', async () => {
  expect(await result(of('expect ended with paid'))).toMatchObject({ verdict: 'inconclusive', complete: true });
  expect(told(await result(of('expect ended with paid or not paid')))).toBe('pass');
  expect(told(await result(of('expect ended never (order.in(Cancelled))')))).toBe('pass');
  expect(await result(of('given Bank.charge returns true fails 50 % expect ended with paid'))).toMatchObject({
    verdict: 'inconclusive',
  });
});

const small = (body: string, steps: string, rest = '') => `signal Ping(n: Integer)
component A { operation a(): Integer returns 7  operation slow() delays 5 s  requires B { timeout 1 s  retry 2  backoff 1 s exponential } }
component B { operation b(): Integer returns 3  operation slow() delays 5 s }
machine Log { var last: Integer = 0  var sum: Integer = 0
  operation wait(): Integer
  initial -> On
  state On { on Ping(n) / { last = n  sum += n } -> On  defer call wait  after 10 s -> Late }
  state Late { on call wait() / return 5 } }
interaction I { actor u  lifeline a: A, b: B  lifeline log: Log
  var n: Integer = 0
  var m: Integer = 0
  ${body} }
test t of I ${rest} { ${steps} }`;

describe('the fragments of an interaction', () => {
  test.each([
    ['a reply goes where it is wanted', 'n = u -> a.a()', 'expect ended with n == 7'],
    ['a return is the reply', 'n = u -> a.a() { return 9 }', 'expect ended with n == 9'],
    [
      'a stand-in answers',
      'n = u -> a.a()',
      'given A.a returns 4 takes 2 s after 1 s expect n == 0 after 1 s expect ended with n == 4',
    ],
    ['a loop takes its turns', 'loop 0..* [n < 5] { n += 1 }', 'expect ended with n == 5'],
    ['a loop of exactly three', 'loop 3..3 { n += 2 }', 'expect ended with n == 6'],
    [
      'a break leaves its loop',
      'loop 0..* [n < 9] { n += 1  break [n == 4] { m = 1 } }',
      'expect ended with n == 4 and m == 1',
    ],
    [
      'a loop without an end goes on until a break',
      'loop { n += 1  break [n == 4] { m = 1 } }',
      'expect ended with n == 4 and m == 1',
    ],
    ['an option that does not hold is skipped', 'opt [n > 0] { n = 9 }', 'expect ended with n == 0'],
    ['branches of par all end', 'par { n = u -> a.a() } and { m = u -> b.b() }', 'expect ended with n == 7 and m == 3'],
    [
      'signals reach the machine',
      'u ->> log : Ping(2) u ->> log : Ping(3)',
      'expect ended never (n > 0) expect log.in(On)',
    ],
    [
      'a call that is kept is waited for',
      'n = u -> log.wait()',
      'after 9 s expect n == 0 after 1 s expect ended with n == 5',
    ],
    [
      'a caller gives up in time, tries again, and falls back',
      'u -> a.a() { a -> b.slow() fallback { n = 1 } }',
      'after 5.9 s expect n == 0 after 100 ms expect n == 1',
    ],
    [
      'nobody waits for an asynchronous call',
      'u ->> a.slow() n = 1',
      'expect n == 1 after 4 s expect not (n == 2) after 1 s expect ended',
    ],
    [
      'work takes time at its place',
      'u -> a.a() { n = 1  delays 2 s  n = 2 }',
      'expect n == 1 after 2 s expect n == 2',
    ],
  ])('%s', async (_, body, steps) => {
    expect(told(await result(small(body, steps, 'in every order')))).toBe('pass');
  });

  test('two operands of par that write the same leave the end open', async () => {
    const body = 'par { n = 1 } and { n = 2 }';
    expect((await result(small(body, 'expect ended with n == 2'))).verdict).toBe('inconclusive');
    expect((await result(small(body, 'expect ended with n == 2', 'in every order'))).verdict).toBe('fail');
    expect((await result(small(body, 'expect ended with n == 1 or n == 2', 'in every order'))).verdict).toBe('pass');
  });

  test('a loop without an end is an error that says so', async () => {
    const outcome = await result(small('loop 0..* [n == 0] { m = 1 }', 'expect ended'));
    expect(told(outcome)).toBe('error | Line 9: A loop of this interaction does not come to an end.');
  });

  test('an invariant that does not hold fails the test with its line', async () => {
    const outcome = await result(small('n = 3 invariant n < 3', 'expect ended'));
    expect(told(outcome)).toBe('fail | Line 12: The invariant does not hold.');
  });

  test('a property is refused with the reason', async () => {
    const outcome = await result(small('neg { u -> a.a() }', 'expect ended'));
    expect(told(outcome)).toMatch(/^error \| Line 12: `neg` makes I a property/);
  });
});
