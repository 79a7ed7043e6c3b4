/** Interactions and tests under the debug adapter: messages of the protocol in and out. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Adapter, errorOf, path } from './adapter.ts';
import { Debugged } from './debugged.ts';

const text = `package shop
signal Pay(ok: Boolean)
signal Cancel
machine Order(id: String) {
  var attempts: Integer = 0
  initial -> Created
  state Created {
    on Pay(ok) [ok] / attempts += 1 -> Paid
    on Pay(ok) [not ok] / attempts += 10
    on Cancel -> Cancelled
    after 1 h -> Cancelled
  }
  state Paid
  final Cancelled
}
machine Fees {
  var fee: Integer = 0
  initial -> Open
  state Open { on Cancel / fee = call Stock.fee() -> Asked }
  state Asked
}
component Shop { operation checkout(total: Real): Boolean }
component Bank { operation charge(total: Real): Boolean delays 1 s returns true }
component Stock { operation fee(): Integer returns 3  operation reserve() delays 5 s  operation release() }
interaction Checkout(id: String, total: Real) {
  actor customer
  lifeline shop: Shop, bank: Bank, stock: Stock
  lifeline order: Order(id: id)
  var paid: Boolean = false
  customer -> shop.checkout(total) {
    shop ->> stock.reserve()
    paid = shop -> bank.charge(total)
    opt [not paid] {
      shop -> stock.release()
    }
    shop ->> order : Pay(ok: paid)
    return paid
  }
}
test pays of Checkout(id: "o-1", total: 3) {
  after 500 ms
  expect not paid
  expect ended with paid
  expect order.in(Cancelled)
}
test tried of Order(id: "o-1") {
  send Pay(ok: false)
  expect attempts == 10
}
test asks of Fees {
  given Stock.fee returns 7
  send Cancel
  expect fee == 7
}
`;
let debugged: Debugged;

beforeAll(async () => {
  debugged = await Debugged.open(text);
});
afterAll(() => debugged.close());

const checkout = { interaction: 'Checkout', arguments: { id: 'o-1', total: 3 }, stopOnEntry: true };

function at(line: string): { readonly line: number } {
  return { line: debugged.line(line) + 1 };
}

async function begun(launch: object, breakpoints: readonly DebugProtocol.SourceBreakpoint[] = []): Promise<Adapter> {
  const adapter = new Adapter(debugged);
  const set = await adapter.launch(launch, breakpoints);
  for (const { verified } of set) expect(verified).toBe(true);
  await adapter.until('stopped', 'configurationDone');
  return adapter;
}

/** What it stands before, as the text has it. */
async function standing(adapter: Adapter): Promise<string> {
  const [top] = await adapter.stack();
  return (text.split('\n')[(top?.line ?? 0) - 1] ?? '').trim();
}

async function step(adapter: Adapter, command: string): Promise<string> {
  await adapter.until('stopped', command, { threadId: adapter.thread });
  return standing(adapter);
}

async function threads(adapter: Adapter): Promise<readonly string[]> {
  const body = await adapter.body<{ threads: readonly DebugProtocol.Thread[] }>('threads');
  return body.threads.map(({ name }) => name);
}

describe('an interaction', () => {
  test('is gone through message by message, into executions, over them and out of them, and back', async () => {
    const adapter = await begun(checkout);
    expect(await standing(adapter)).toBe('customer -> shop.checkout(total) {');
    expect(await step(adapter, 'stepIn')).toBe('shop ->> stock.reserve()');
    expect((await adapter.stack()).map(({ name }) => name)).toEqual(['checkout for customer']);
    expect(await step(adapter, 'next')).toBe('paid = shop -> bank.charge(total)');
    expect(await step(adapter, 'next')).toBe('opt [not paid] {');
    expect(await threads(adapter)).toEqual(['Checkout', 'shop', 'stock']);
    expect(await adapter.scope('Variables')).toEqual({ id: '"o-1"', total: '3', paid: 'true' });
    expect(await adapter.scope('Timers')).toEqual({ now: '1 s', wait: 'due in 4 s' });
    expect(await step(adapter, 'stepBack')).toBe('paid = shop -> bank.charge(total)');
    expect(await adapter.scope('Variables')).toMatchObject({ paid: 'false' });
    expect(await step(adapter, 'reverseContinue')).toBe('customer -> shop.checkout(total) {');
    expect(await adapter.scope('Variables')).toMatchObject({ paid: 'false' });
  });

  test('stops in the machines that take part, where the instance is seen and can be changed', async () => {
    const adapter = await begun({ ...checkout, stopOnEntry: false }, [
      { ...at('attempts += 1'), condition: 'attempts == 0 and ok' },
    ]);
    expect(await standing(adapter)).toBe('on Pay(ok) [ok] / attempts += 1 -> Paid');
    const [frame] = await adapter.stack();
    expect(await adapter.scope('Variables', frame?.id)).toEqual({ id: '"o-1"', attempts: '0' });
    expect(await adapter.scope('Event', frame?.id)).toEqual({ event: 'Pay', ok: 'true' });
    const variablesReference = await adapter.reference('Variables', frame?.id);
    await adapter.body('setVariable', { variablesReference, name: 'attempts', value: '6' });
    await step(adapter, 'continue');
    expect(await adapter.scope('Instances')).toEqual({ order: 'Paid' });
    const evaluated = await adapter.body('evaluate', { expression: 'order.in(Paid) and paid', context: 'watch' });
    expect(evaluated).toMatchObject({ result: 'true' });
    const again = await step(adapter, 'stepBack');
    expect(again).not.toBe('');
  });

  test('an answer is put in, and what depends on it happens otherwise', async () => {
    const adapter = await begun(checkout, [at('shop -> stock.release()')]);
    await adapter.until('stopped', 'evaluate', { expression: 'given Bank.charge returns false', context: 'repl' });
    expect(await standing(adapter)).toBe('customer -> shop.checkout(total) {');
    expect(await step(adapter, 'continue')).toBe('shop -> stock.release()');
    expect(await adapter.scope('Variables')).toMatchObject({ paid: 'false' });
  });

  test('a variable that is set holds from then on', async () => {
    const adapter = await begun(checkout, [at('opt [not paid]'), at('shop -> stock.release()')]);
    await step(adapter, 'continue');
    const variablesReference = await adapter.reference('Variables');
    await adapter.body('setVariable', { variablesReference, name: 'paid', value: 'false' });
    expect(await adapter.scope('Variables')).toMatchObject({ paid: 'false' });
    expect(await step(adapter, 'continue')).toBe('shop -> stock.release()');
  });

  test('waits while its machines live, and takes events and time from the console', async () => {
    const adapter = await begun({ ...checkout, events: ['given Bank.charge returns false'], stopOnEntry: false });
    expect(await adapter.scope('Instances')).toEqual({ order: 'Created' });
    expect(adapter.said()).toContain('goes on no further by itself');
    await adapter.until('stopped', 'evaluate', { expression: 'after 10 min', context: 'repl' });
    expect(await adapter.scope('Timers')).toMatchObject({ now: '605 s' });
    await adapter.until('stopped', 'evaluate', { expression: 'send Cancel to order', context: 'repl' });
    expect(await adapter.scope('Instances')).toEqual({ order: 'Cancelled' });
    await adapter.until('terminated', 'continue');
  });

  test('tells the diagram what is under way, what happens now first', async () => {
    const adapter = await begun(checkout, [at('paid = shop')]);
    await step(adapter, 'continue');
    const active = adapter.active.at(-1) ?? [];
    expect(active[0]).toContain('bank.charge');
    expect(active.slice(1).some((id) => id.includes('shop.checkout'))).toBe(true);
    await step(adapter, 'continue');
    expect(adapter.active.at(-1)).toContain('shop.Order.Paid');
  });

  test.each([
    [{ interaction: 'Nothing' }, /no interaction Nothing; it has: Checkout/],
    [{ interaction: 'Checkout', arguments: { idd: 'x' } }, /idd/],
    [{ interaction: 'Checkout', events: ['send Cancel'] }, /To whom/],
    [{ test: 'nothing' }, /no test nothing; it has: pays, tried, asks/],
  ])('a launch with %o says what is wrong', async (more, reason) => {
    const adapter = new Adapter(debugged);
    await adapter.body('initialize', { adapterID: 'pollux', pathFormat: 'path' });
    const answer = await adapter.ask('launch', { program: path, ...more });
    expect([answer.success, errorOf(answer)]).toEqual([false, expect.stringMatching(reason)]);
  });
});

describe('a test', () => {
  test('of an interaction stops in its text and in the model, and where it is not as expected', async () => {
    const breakpoints = [at('expect not paid'), at('shop ->> order : Pay')];
    const adapter = await begun({ test: 'pays', stopOnEntry: false }, breakpoints);
    expect(await standing(adapter)).toBe('expect not paid');
    expect((await adapter.stack()).map(({ name }) => name)).toEqual(['pays', 'Checkout']);
    expect(await adapter.scope('Timers')).toMatchObject({ now: '500 ms' });
    expect(await step(adapter, 'continue')).toBe('shop ->> order : Pay(ok: paid)');
    expect(await step(adapter, 'continue')).toBe('expect order.in(Cancelled)');
    const stop = adapter.events.filter(({ event }) => event === 'stopped').at(-1);
    expect(stop?.body).toMatchObject({ reason: 'exception', text: expect.stringContaining('order in Paid') });
    expect(await step(adapter, 'stepBack')).toBe('expect order.in(Cancelled)');
    await step(adapter, 'continue');
    await adapter.until('terminated', 'continue');
  });

  test('of a machine stops in its text and in the machine', async () => {
    const adapter = await begun({ test: 'shop.tried', stopOnEntry: false }, [at('attempts += 10'), at('send Pay')]);
    expect(await standing(adapter)).toBe('send Pay(ok: false)');
    expect(await step(adapter, 'stepIn')).toBe('on Pay(ok) [not ok] / attempts += 10');
    expect(await adapter.scope('Variables')).toEqual({ id: '"o-1"', attempts: '0' });
    expect(await step(adapter, 'stepOut')).toBe('expect attempts == 10');
    expect(await adapter.scope('Variables')).toEqual({ id: '"o-1"', attempts: '10' });
    await adapter.until('terminated', 'continue');
    expect(adapter.said()).toContain('tried passes.');
  });

  test('of a machine that calls an operation has the answer that is given', async () => {
    const adapter = await begun({ test: 'asks', stopOnEntry: false }, [at('expect fee')]);
    expect(await adapter.scope('Variables')).toEqual({ fee: '7' });
  });
});
