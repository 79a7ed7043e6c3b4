/** What the brackets around the cursor take: the signature, with the part that comes next in `«…»`. */
import { clearDocuments } from 'langium/test';
import { afterEach, describe, expect, test } from 'vitest';
import { marked, twin } from './marked.ts';

afterEach(() => clearDocuments(twin));

const shop = `data Cart { id: String, total: Real = 0 }
/** The bank answered. */
signal Pay(ok: Boolean, amount: Real)
machine Order(id: String, total: Real) {
  var all: String[0..*]
  operation close(why: String, at: Integer)
  initial -> A
  state A {
    @state
    after 3 s -> A
  }
}
component Events broker { topic placed(id: String, total: Real) }
component Orders {
  operation create(id: String, cart: Cart): Boolean takes exp(3 ms)
  @component
}
interaction Checkout(id: String) {
  actor customer
  lifeline orders: Orders, order: @lifeline
  @message
  customer -> orders.create(id, id)
}
scenario Weekday {
  @scenario
  run 3 s
}
twin Live {
  @twin
  lateness 3 s
}
@end
`;

/** The text with something typed at one of its places. */
function typed(place: string, text: string): string {
  expect(shop).toContain(`@${place}`);
  return shop
    .replace(`@${place}`, () => `${text}${text.includes('|') ? '' : '|'}`)
    .replace('@lifeline', 'Order')
    .replaceAll(/@\w+/g, '');
}

async function help(text: string): Promise<string | undefined> {
  const { document, ...params } = await marked(text);
  const found = await twin.lsp.SignatureHelp?.provideSignatureHelp(document, params);
  const { label, parameters = [] } = found?.signatures[found.activeSignature ?? 0] ?? {};
  const [start, end] = (parameters[found?.activeParameter ?? 0]?.label ?? [0, 0]) as [number, number];
  if (label === undefined || end === 0) return label;
  return `${label.slice(0, start)}«${label.slice(start, end)}»${label.slice(end)}`;
}

const create = 'create(«id: String», cart: Cart): Boolean';

describe('the signature shown', () => {
  test.each([
    ['an operation', 'message', 'customer -> orders.create(', create],
    ['an operation that takes a reply', 'message', 'ok = customer -> orders.create(|)', create],
    ['its next parameter', 'message', 'customer -> orders.create(id, |)', 'create(id: String, «cart: Cart»): Boolean'],
    [
      'a parameter by its name',
      'message',
      'customer -> orders.create(cart: |',
      'create(id: String, «cart: Cart»): Boolean',
    ],
    ['the first again by its name', 'message', 'customer -> orders.create(cart: id, id: |', create],
    ['a data type', 'message', 'customer -> orders.create(id, Cart(', 'Cart(«id: String», total: Real = 0)'],
    [
      'the operation again behind it',
      'message',
      'customer -> orders.create(Cart(id: "x"), |',
      'create(id: String, «cart: Cart»): Boolean',
    ],
    ['a signal of a message', 'message', 'orders ->> order : Pay(', 'Pay(«ok: Boolean», amount: Real)'],
    ['a signal that is sent', 'message', 'send Pay(true, | to order', 'Pay(ok: Boolean, «amount: Real»)'],
    ['a signal that is raised', 'state', 'entry / raise Pay(', 'Pay(«ok: Boolean», amount: Real)'],
    ['a signal of a trigger', 'state', 'on Pay(ok, ', 'Pay(ok: Boolean, «amount: Real»)'],
    ['a machine of a lifeline', 'lifeline', 'Order(id: id, ', 'Order(id: String, «total: Real»)'],
    ['the behaviour of a load', 'scenario', 'load Checkout(', 'Checkout(«id: String»)'],
    ['a distribution', 'component', 'operation f() takes uniform(1 ms, ', 'uniform(a, «b»)'],
    ['a distribution by its named values', 'state', 'after lognormal(', 'lognormal(«median: m», p99: q)'],
    ['its other named value', 'state', 'after lognormal(p99: ', 'lognormal(median: m, «p99: q»)'],
    ['a distribution by position', 'state', 'after lognormal(3 ms, ', 'lognormal(mean, «sd»)'],
    ['a function of many values', 'state', 'on Pay(ok) [min(1, 2, 3, 4, ', 'min(a, b, «…»)'],
    ['a function around grouping brackets', 'state', 'on Pay(ok) [max(1, (2 + ', 'max(a, «b», …)'],
    ['a component’s operation that a machine calls', 'state', 'entry / call Orders.create(', create],
    ['an operation of a trigger', 'state', 'on call close(why, ', 'close(why: String, «at: Integer»)'],
    ['a topic that is published to', 'message', 'orders ->> Events.placed(id, ', 'placed(id: String, «total: Real»)'],
    ['an interaction that is used', 'message', 'ref Checkout(', 'Checkout(«id: String»)'],
    ['a machine under test', 'end', 'test late of Order(id: "o", ', 'Order(id: String, «total: Real»)'],
    ['the machine of a binding', 'twin', 'Order(id: attribute("id"), total: ', 'Order(id: String, «total: Real»)'],
    ['a function of a binding', 'twin', 'Order(id: attribute(', 'attribute(«"key"»)'],
    ['what is asked of a list', 'state', 'when (all.contains(', 'contains(«value»)'],
    ['what is asked of a lifeline', 'message', 'opt [order.in(', 'in(«State»)'],
    ['a measure', 'scenario', 'expect p95(', 'p95(«interaction | operation | activity | action | topic»)'],
  ])('is that of %s', async (_, place, text, expected) => {
    expect(await help(typed(place, text))).toBe(expected);
  });

  test('comes with the documentation', async () => {
    const { document, ...params } = await marked(typed('state', 'entry / raise Pay('));
    const found = await twin.lsp.SignatureHelp?.provideSignatureHelp(document, params);
    expect(found?.signatures[0]?.documentation).toBe('The bank answered.');
  });

  test.each([
    ['behind the closing bracket', 'message', 'customer -> orders.create(id, id) |'],
    ['in a text', 'message', 'customer -> orders.create("a(|'],
    ['in a comment', 'message', '// orders.create(|'],
    ['behind a brace', 'message', 'customer -> orders.create( { |'],
    ['where brackets only group', 'state', 'when (|'],
    ['where a key stands', 'message', 'send Pay(true, 3) to Order(|'],
    ['of an unknown name', 'message', 'customer -> orders.cancel(|'],
  ])('is none %s', async (_, place, text) => {
    expect(await help(typed(place, text))).toBeUndefined();
  });
});
