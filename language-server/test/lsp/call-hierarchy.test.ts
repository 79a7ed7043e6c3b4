/** Who calls an operation and whom it calls: `name (detail): where it is called`. */

import { URI } from 'langium';
import { clearDocuments } from 'langium/test';
import { afterEach, describe, expect, test } from 'vitest';
import type { CallHierarchyItem, Range } from 'vscode-languageserver';
import { covered, type Marked, marked, twin } from './marked.ts';

const provider = twin.lsp.CallHierarchyProvider;

const shop = `signal Pay
machine Order { state A { entry / { call Orders.find()  raise Pay } } }
component Web { operation checkout()  operation browse() }
component Orders { operation create()  operation find() }
component Bank { operation charge() }
interaction Checkout {
  actor customer
  lifeline web: Web, orders: Orders, bank: Bank, order: Order
  customer -> web.checkout() {
    web -> orders.create() {
      par { orders -> bank.charge() } and { orders -> orders.find() }
      orders ->> order : Pay
    } fallback { web -> web.browse() }
  }
}
interaction Browse { actor customer lifeline web: Web, orders: Orders customer -> web.browse() { web -> orders.find() } }
scenario Weekday { load Checkout at 3/s run 3 s }
twin Live { Orders.create = span "POST /orders" }
`;

let at: Marked;

async function itemAt(place: string): Promise<CallHierarchyItem | undefined> {
  expect(shop).toContain(place.replace('|', ''));
  at = await marked(shop.replace(place.replace('|', ''), place));
  const { document, ...params } = at;
  return (await provider?.prepareCallHierarchy(document, params))?.[0];
}

function line(item: CallHierarchyItem, ranges: readonly Range[]): string {
  return `${item.name} (${item.detail}): ${ranges.map((range) => covered(at.document, range)).join(', ')}`;
}

async function incoming(item: CallHierarchyItem | undefined): Promise<{ item: CallHierarchyItem; text: string }[]> {
  const calls = item === undefined ? [] : ((await provider?.incomingCalls({ item })) ?? []);
  return calls.map(({ from, fromRanges }) => ({ item: from, text: line(from, fromRanges) }));
}

async function outgoing(item: CallHierarchyItem | undefined): Promise<string[]> {
  const calls = item === undefined ? [] : ((await provider?.outgoingCalls({ item })) ?? []);
  return calls.map(({ to, fromRanges }) => line(to, fromRanges));
}

afterEach(() => clearDocuments(twin));

describe('calls of an operation come', () => {
  test('from the operation in whose braces the message stands', async () => {
    const calls = await incoming(await itemAt('operation charge|'));
    expect(calls.map(({ text }) => text)).toEqual(['create (Orders, in Checkout): charge']);
  });

  test('from each such operation, and from machines', async () => {
    const calls = await incoming(await itemAt('operation find|'));
    expect(calls.map(({ text }) => text)).toEqual([
      'Order (machine): find',
      'create (Orders, in Checkout): find',
      'browse (Web, in Browse): find',
    ]);
  });

  test('level by level up to the scenario that loads the interaction', async () => {
    const [create] = await incoming(await itemAt('bank.charge|'));
    const [checkout] = await incoming(create?.item);
    const [interaction] = await incoming(checkout?.item);
    const [scenario] = await incoming(interaction?.item);
    expect([create, checkout, interaction, scenario].map((call) => call?.text)).toEqual([
      'create (Orders, in Checkout): charge',
      'checkout (Web, in Checkout): create',
      'Checkout (interaction): checkout',
      'Weekday (scenario): Checkout',
    ]);
    expect(await incoming(scenario?.item)).toEqual([]);
  });

  test('as a fallback from the sender', async () => {
    const calls = await incoming(await itemAt('operation browse|'));
    expect(calls.map(({ text }) => text)).toEqual([
      'checkout (Web, in Checkout): browse',
      'Browse (interaction): browse',
    ]);
  });

  test('not from what merely names it', async () => {
    const calls = await incoming(await itemAt('operation create|'));
    expect(calls.map(({ text }) => text)).toEqual(['checkout (Web, in Checkout): create']);
  });

  test('for a signal from who sends or raises it', async () => {
    const calls = await incoming(await itemAt('signal Pay|'));
    expect(calls.map(({ text }) => text)).toEqual(['Order (machine): Pay', 'create (Orders, in Checkout): Pay']);
  });
});

describe('calls of an operation go', () => {
  test('to what stands in the braces of the messages that call it, not deeper', async () => {
    expect(await outgoing(await itemAt('operation create|'))).toEqual([
      'charge (Bank): charge',
      'find (Orders): find',
      'Pay (signal): Pay',
    ]);
    expect(await outgoing(await itemAt('operation checkout|'))).toEqual([
      'create (Orders): create',
      'browse (Web): browse',
    ]);
  });

  test('to the first messages of an interaction', async () => {
    expect(await outgoing(await itemAt('interaction Checkout|'))).toEqual(['checkout (Web): checkout']);
  });

  test('to what the one message does, where the item is a message', async () => {
    const [create] = await incoming(await itemAt('operation charge|'));
    expect(await outgoing(create?.item)).toEqual(['charge (Bank): charge', 'find (Orders): find', 'Pay (signal): Pay']);
  });

  test('from a topic to its consumers', async () => {
    at = await marked(
      'component E broker { topic t| } component C { operation f() } interaction I { lifeline c: C on E.t -> c.f() }',
    );
    const { document, ...params } = at;
    const [topic] = (await provider?.prepareCallHierarchy(document, params)) ?? [];
    expect(await outgoing(topic)).toEqual(['f (C): f']);
  });

  test('nowhere from an operation that calls nothing', async () => {
    expect(await outgoing(await itemAt('operation charge|'))).toEqual([]);
  });
});

describe('calls count where they are', () => {
  async function callers(text: string): Promise<string[]> {
    at = await marked(text);
    const { document, ...params } = at;
    const [item] = (await provider?.prepareCallHierarchy(document, params)) ?? [];
    return (await incoming(item)).map((call) => call.text);
  }

  test.each([
    ['the method of an operation', 'activity A| { } component C { operation f() method A }', 'f (C): A'],
    [
      'an action of an activity',
      'component C { operation f|() } activity A { action a call C.f() -> a }',
      'A (activity): f',
    ],
    ['a behaviour that an action refers to', 'activity B| { } activity A { action a ref B -> a }', 'A (activity): B'],
    ['an interaction that another uses', 'interaction J| { } interaction I { ref J }', 'I (interaction): J'],
    [
      'a message that is found',
      'component C { operation f|() } interaction I { lifeline c: C ? ->> c.f() }',
      'I (interaction): f',
    ],
    [
      'a consumer of a topic',
      'component E broker { topic t } component C { operation f|() } interaction I { lifeline c: C on E.t -> c.f() }',
      'I (interaction): f',
    ],
    [
      'a topic that is published to',
      'component E broker { topic t| } interaction I { actor a a ->> E.t }',
      'I (interaction): t',
    ],
    ['a state with a machine of its own', 'machine P| { } machine M { state A: P }', 'M (machine): P'],
    ['a test of a behaviour', 'machine M| { } test late of M { }', 'late (test): M'],
    ['a test', 'signal S| machine M { } test late of M { send S }', 'late (test): S'],
  ])('%s', async (_, text, expected) => {
    expect(await callers(text)).toEqual([expected]);
  });
});

describe('the item', () => {
  test('of a caller is the message, in the file where it stands', async () => {
    const [create] = await incoming(await itemAt('operation charge|'));
    expect(create?.item.uri).toBe(at.textDocument.uri);
    expect(covered(at.document, create?.item.range as Range)).toMatch(/^web -> orders\.create\(\) \{[\s\S]*\}$/);
  });

  test('of an imported operation lies in its own file', async () => {
    await marked('component C { operation f() }', 'file:///c.twin');
    const { document, ...params } = await marked(
      'import "c.twin"\ninteraction I { actor a lifeline c: C a -> c.f|() { c -> c.f() } }',
      'file:///i.twin',
    );
    const [item] = (await provider?.prepareCallHierarchy(document, params)) ?? [];
    expect(item?.uri).toBe(URI.parse('file:///c.twin').toString());
    const [call] = (await provider?.outgoingCalls({ item: item as CallHierarchyItem })) ?? [];
    expect([call?.to.name, call?.fromRanges]).toEqual(['f', []]);
  });

  test('is none for what cannot be called', async () => {
    expect(await itemAt('component Ban|k')).toBeUndefined();
    expect(await itemAt('state A| {')).toBeUndefined();
  });
});
