/** The debug adapter as an editor drives it: messages of the protocol in and out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Adapter, errorOf, path } from './adapter.ts';
import { Debugged } from './debugged.ts';

const text = `package shop
enum Method { card, cash }
signal Pay(ok: Boolean, method: Method)
machine Order(id: String, limit: Integer) {
  var attempts: Integer = 0
  initial -> Created
  state Created {
    on Pay(ok) [ok] / log "paid {id}" -> Paid
    on Pay(ok) [not ok] / attempts += 1
    after 30 s -> Expired
  }
  state Paid
  final Expired
}
`;
let debugged: Debugged;

beforeAll(async () => {
  debugged = await Debugged.open(text);
});
afterAll(() => debugged.close());

const lineOf = (of: string) => debugged.line(of) + 1;

test('a session from launch to the end: breakpoint, stack, scopes, steps both ways, end', async () => {
  const adapter = new Adapter(debugged);
  const events = [{ signal: 'Pay', args: { ok: false, method: 'card' } }, 'send Pay(ok: true, method: Method.cash)'];
  const breakpoints = await adapter.launch({ machine: 'Order', arguments: { id: 'o-1', limit: 3 }, events }, [
    { line: lineOf('attempts += 1') },
    { line: lineOf('var attempts') },
  ]);
  expect(breakpoints).toMatchObject([
    { verified: true },
    { verified: false, message: expect.stringMatching(/Nothing happens/) },
  ]);

  const stop = await adapter.until('stopped', 'configurationDone');
  expect(stop.body).toMatchObject({ reason: 'breakpoint', hitBreakpointIds: [breakpoints[0]?.id] });
  const [top, ...below] = await adapter.stack();
  expect(top).toMatchObject({ line: lineOf('attempts += 1'), source: { path } });
  expect(below.map(({ name }) => name)).toEqual(['Created', 'Order']);
  expect(await adapter.scope('Variables')).toEqual({ id: '"o-1"', limit: '3', attempts: '0' });
  expect(await adapter.scope('Event')).toEqual({ event: 'Pay', ok: 'false', method: '"card"' });
  expect(await adapter.scope('Timers')).toMatchObject({ now: '0 s' });
  expect(await adapter.scope('Pool')).toEqual({ Pay: '(true, "cash") from the script' });

  await adapter.until('stopped', 'next', { threadId: 1 });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '1' });
  await adapter.until('stopped', 'stepBack', { threadId: 1 });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '0' });

  expect((await adapter.until('stopped', 'continue', { threadId: 1 })).body).toMatchObject({ reason: 'pause' });
  expect(adapter.said()).toContain('paid o-1');
  await adapter.until('stopped', 'reverseContinue', { threadId: 1 });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '0' });
});

test('the debug console evaluates, lets events happen and time pass; the end of the instance ends the session', async () => {
  const adapter = new Adapter(debugged);
  await adapter.launch({ machine: 'Order', arguments: { id: 'o-1' } });
  await adapter.until('stopped', 'configurationDone');
  const evaluated = (expression: string) => adapter.body('evaluate', { expression, context: 'repl' });
  expect(await evaluated('attempts + 1 < 2 and in(Created)')).toMatchObject({ result: 'true' });
  await adapter.until('stopped', 'evaluate', {
    expression: 'send Pay(ok: false, method: Method.card)',
    context: 'repl',
  });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '1' });
  const variablesReference = await adapter.reference('Variables');
  expect(await adapter.body('setVariable', { variablesReference, name: 'attempts', value: 'attempts + 4' })).toEqual({
    value: '5',
  });
  expect(await evaluated('attempts')).toMatchObject({ result: '5' });
  await adapter.until('stopped', 'evaluate', { expression: 'after 31 s', context: 'repl' });
  expect((await adapter.stack()).map(({ name }) => name)).toEqual(['Expired', 'Order']);
  await adapter.until('terminated', 'continue', { threadId: 1 });
  const [created, expired] = [['shop.Order.Created'], ['shop.Order.Expired']];
  expect(adapter.active).toEqual([created, created, expired, []]);
});

test('stops on entry, and takes its script from a file', async () => {
  const adapter = new Adapter(debugged);
  await adapter.launch({ machine: 'Order', events: 'events.json', stopOnEntry: true });
  expect((await adapter.until('stopped', 'configurationDone')).body).toMatchObject({ reason: 'entry' });
  await adapter.until('stopped', 'continue', { threadId: 1 });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '1' });
});

test.each([
  [{ machine: 'Ordr' }, /no machine Ordr; it has: Order/],
  [{ arguments: { nr: 3 } }, /no parameter nr; its parameters: id, limit/],
  [{ events: [{ signal: 'Pey' }] }, /Event 1 of the script: .*Pey/],
  [{ events: [{ signal: 'Pay', args: { ok: 3 } }] }, /Event 1 of the script/],
  // Its braces are its own.
  [{ events: [{}] }, /write .*\{.*signal.*\}/],
  [{ events: 'nowhere.json' }, /nowhere\.json cannot be read/],
  [{ events: 3 }, /neither a list/],
])('a launch with %o says what is wrong', async (more, reason) => {
  const adapter = new Adapter(debugged);
  await adapter.body('initialize', { adapterID: 'pollux', pathFormat: 'path' });
  const answer = await adapter.ask('launch', { program: path, machine: 'Order', ...more });
  expect([answer.success, errorOf(answer)]).toEqual([false, expect.stringMatching(reason)]);
});

test.each([
  ['setVariable', { variablesReference: 1, name: 'attempts', value: '"x"' }, /type/],
  ['setVariable', { variablesReference: 4, name: 'now', value: '1 s' }, /cannot be set/],
  ['evaluate', { expression: 'atempts', context: 'watch' }, /atempts/],
  ['evaluate', { expression: 'after 1 s', context: 'watch' }, /console/],
])('%s of %o is refused with a reason', async (command, parameters, reason) => {
  const adapter = new Adapter(debugged);
  await adapter.launch({ machine: 'Order' });
  await adapter.until('stopped', 'configurationDone');
  await adapter.body('scopes', { frameId: 1 });
  const answer = await adapter.ask(command, parameters);
  expect([answer.success, errorOf(answer)]).toEqual([false, expect.stringMatching(reason)]);
});

test('what a behaviour of a state takes is there while it is done, and can be asked for', async () => {
  const machine = `signal Pay(ok: Boolean, sum: Integer)
machine Desk() {
  initial -> Open
  state Open {
    exit(ok: Boolean) / log "left {ok}"
    on Pay -> Closed
  }
  state Closed {
    entry(ok: Boolean, sum: Integer) / log "paid {sum}"
  }
}
`;
  const desk = await Debugged.open(machine);
  const adapter = new Adapter(desk);
  const lines = ['log "left', 'log "paid'].map((of) => ({ line: desk.line(of) + 1 }));
  await adapter.launch({ machine: 'Desk', events: [{ signal: 'Pay', args: { ok: true, sum: 12 } }] }, lines);
  await adapter.until('stopped', 'configurationDone');
  expect(await adapter.scope('Variables')).toEqual({ ok: 'true' });
  await adapter.until('stopped', 'continue', { threadId: 1 });
  expect(await adapter.scope('Variables')).toEqual({ ok: 'true', sum: '12' });
  expect(await adapter.body('evaluate', { expression: 'ok and sum > 10', context: 'repl' })).toMatchObject({
    result: 'true',
  });
  await adapter.until('stopped', 'continue', { threadId: 1 });
  expect(await adapter.scope('Variables')).toEqual({});
  expect(adapter.said()).toContain('paid 12');
  await desk.close();
});
