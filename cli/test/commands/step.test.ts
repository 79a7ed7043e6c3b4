import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace } from './run-pollux.ts';

const model = `package shop
enum Speed { slow, fast }
data Cart { total: Integer, owner: String }
signal Pay(ok: Boolean, amount: Integer)
signal Cancel
signal Ship(how: Speed, within: Duration)
signal Put(cart: Cart)
machine Order(total: Integer, note: String) {
  var seen: Integer = 0
  operation ask(n: Integer): Integer
  initial -> Created
  state Created {
    entry / log "created {total} {note}"
    on Pay(ok, amount) [ok and amount == total] -> Paid
    on call ask(n) / return n + 1
    on Put(cart) / log "{cart.owner}"
    after 15 min / log "late" -> Expired
    defer Cancel
  }
  state Paid {
    on Ship(how, within) / log "{how} {within}"
    on Cancel / { send Cancel to self delayed 1 s  log "cancel" } -> Gone
  }
  state Gone { on Cancel -> over  on Pay(ok, amount) / seen = 1 mod 0 }
  terminate over
  final Expired
}
machine Free() {
  initial -> S
  state S {
    region a { initial -> A  state A { on Cancel / log "a" } }
    region b { initial -> B  state B { on Cancel / log "b" } }
  }
}
`;
const pay = { signal: 'Pay', args: { ok: true, amount: 10 } };

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({
    'shop.twin': model,
    'loop.twin': 'machine Loop() { initial -> A  state A { completion -> B }  state B { completion -> A } }',
    'broken.twin': 'machine M() { initial -> Nowhere }',
    'empty.twin': 'signal Pay',
    'pay.json': JSON.stringify([
      { signal: 'Cancel' },
      { call: 'ask', args: { n: 3 } },
      { after: '5 s' },
      pay,
      { after: '1 s' },
    ]),
    'values.json': JSON.stringify([
      { signal: 'shop.Put', args: { cart: { total: 1, owner: 'me' } } },
      pay,
      { signal: 'Ship', args: { how: 'fast', within: '3 min' } },
    ]),
    'error.json': JSON.stringify([pay, { signal: 'Cancel' }, pay]),
    'cancel.json': JSON.stringify([{ signal: 'Cancel' }]),
    'brace.json': '[{"signal": ',
    'object.json': '{"signal": "Pay"}',
  });
});
afterAll(() => workspace.remove());

const order = ['step', 'shop.twin', '--machine', 'Order', '--arg', 'total=10', '--arg', 'note=for you'];
const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('pollux step', () => {
  it('prints an object for each occurrence, with its element and time in seconds', async () => {
    const { code, out } = await workspace.run(...order, '--events', 'pay.json', '--format', 'json');
    expect(code).toBe(0);
    expect(lines(out)).toEqual([
      { kind: 'transition', element: 'shop.Order/initial->Created', time: 0 },
      { kind: 'enter', element: 'shop.Order.Created', time: 0 },
      { kind: 'log', element: 'shop.Order.Created', time: 0, text: 'created 10 for you' },
      { kind: 'defer', element: 'shop.Cancel', time: 0 },
      { kind: 'transition', element: 'shop.Order.Created/call(ask)', time: 0 },
      { kind: 'reply', element: 'shop.Order.ask', time: 0, value: 4 },
      { kind: 'exit', element: 'shop.Order.Created', time: 5 },
      { kind: 'transition', element: 'shop.Order.Created/on(Pay)->Paid', time: 5 },
      { kind: 'enter', element: 'shop.Order.Paid', time: 5 },
      { kind: 'exit', element: 'shop.Order.Paid', time: 5 },
      { kind: 'transition', element: 'shop.Order.Paid/on(Cancel)->Gone', time: 5 },
      { kind: 'send', element: 'shop.Cancel', time: 5, to: 'self', args: {}, delay: 1 },
      { kind: 'log', element: 'shop.Order.Paid/on(Cancel)->Gone', time: 5, text: 'cancel' },
      { kind: 'enter', element: 'shop.Order.Gone', time: 5 },
      { kind: 'exit', element: 'shop.Order.Gone', time: 6 },
      { kind: 'transition', element: 'shop.Order.Gone/on(Cancel)->over', time: 6 },
      { kind: 'terminate', element: 'shop.Order.over', time: 6 },
    ]);
  });

  it('reads values of every type, and names with and without their package', async () => {
    const { out } = await workspace.run(...order, '--events', 'values.json', '--format', 'json');
    const logs = lines(out).filter(({ kind }) => kind === 'log');
    expect(logs.map(({ text }) => text)).toEqual(['created 10 for you', 'me', 'fast 3 min']);
  });

  it('tells people the same in words, and where the machine is at the end', async () => {
    const { out } = await workspace.run(...order, '--events', 'cancel.json');
    expect(out).toMatch(/log +created 10 for you {2}Order.Created\n/);
    expect(out).toMatch(/defer +Cancel\n/);
    expect(out.trimEnd()).toMatch(/live: Order.Created$/);
  });

  it('ends with 1 and the place where a run-time error ends the machine', async () => {
    const { code, out } = await workspace.run(...order, '--events', 'error.json', '--format', 'json');
    expect(code).toBe(1);
    expect(lines(out).at(-1)).toEqual({
      kind: 'error',
      element: 'shop.Order',
      time: 0,
      code: 'division-by-zero',
      message: expect.any(String),
      file: 'shop.twin',
      line: 24,
      column: expect.any(Number),
    });
  });

  it('says the file and line of a run-time error in words too', async () => {
    const { out } = await workspace.run(...order, '--events', 'error.json');
    expect(out).toMatch(/error +shop.twin:24:\d+ .*division by zero/);
  });

  it('ends an endless step within its budget, with the cycle', async () => {
    const { code, out } = await workspace.run('step', 'loop.twin', '--budget', '50', '--format', 'json');
    expect(code).toBe(1);
    expect(lines(out).length).toBeLessThan(200);
    expect(lines(out).at(-1)).toMatchObject({ kind: 'error', code: 'step-budget', line: 1, file: 'loop.twin' });
    expect(lines(out).at(-1)?.message).toMatch(/A → B → A|B → A → B/);
  });

  it('--explore tells every order in one object', async () => {
    const free = ['step', 'shop.twin', '--machine', 'Free', '--events', 'cancel.json', '--explore'];
    const { code, out } = await workspace.run(...free, '--format', 'json');
    expect(code).toBe(0);
    const explored = JSON.parse(out) as { traces: string[][] };
    expect(explored).toMatchObject({ complete: true, bound: null, findings: [] });
    expect([...explored.traces].sort()).toEqual([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    const { out: text } = await workspace.run(...free);
    expect(text).toMatch(/^2 traces, .* complete\n +1 {2}a · b\n +2 {2}b · a\n$/);
  });

  it('--explore ends with 2 where a bound was hit, and names it', async () => {
    const { code, out } = await workspace.run(
      ...order,
      '--events',
      'pay.json',
      '--explore',
      '--states',
      '1',
      '--format',
      'json',
    );
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ complete: false, bound: 'states' });
  });

  it('--explore ends with 1 where a way ends in an error, and shows the way', async () => {
    const { code, out } = await workspace.run(...order, '--events', 'error.json', '--explore', '--format', 'json');
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as { findings: { kind: string; line: number; trace: object[] }[] };
    expect(findings).toMatchObject([{ kind: 'error', line: 24 }]);
    expect(findings[0]?.trace).toMatchObject([
      { create: { total: 10, note: 'for you' } },
      { signal: 'shop.Pay', args: { ok: true, amount: 10 } },
      { signal: 'shop.Cancel' },
      { signal: 'shop.Pay' },
    ]);
  });

  it('prints what is wrong with a model in error', async () => {
    const { code, out } = await workspace.run('step', 'broken.twin');
    expect(code).toBe(1);
    expect(out).toContain('[unresolved-name]');
  });
});

describe('wrong usage of pollux step', () => {
  const given = (events: unknown) => writeFile(join(workspace.folder, 'given.json'), JSON.stringify(events));
  it.each([
    [
      'an unknown machine',
      ['step', 'shop.twin', '--machine', 'Oder'],
      'There is no machine Oder; there are: Order, Free.',
    ],
    ['no machine at all', ['step', 'empty.twin'], 'The model declares no machine.'],
    ['several machines and none named', ['step', 'shop.twin'], 'Say --machine with one of: Order, Free.'],
    ['an unknown parameter', [...order, '--arg', 'x=1'], '--arg x: Order has no such parameter; it has: total, note.'],
    [
      'a parameter of another type',
      ['step', 'shop.twin', '--machine', 'Order', '--arg', 'total=ten'],
      '--arg total: "ten" is not a whole number.',
    ],
    ['a parameter without a value', [...order, '--arg', 'note'], '--arg note: write --arg name=value.'],
    ['a parameter given twice', [...order, '--arg', 'note=1'], '--arg note is given twice.'],
    ['no such file', [...order, '--events', 'none.json'], 'none.json cannot be read: there is no such file'],
    ['broken JSON', [...order, '--events', 'brace.json'], 'brace.json is not JSON:'],
    ['no array', [...order, '--events', 'object.json'], 'object.json must hold an array of events'],
  ])('%s', async (_, argv, message) => {
    const { code, error, out } = await workspace.run(...argv);
    expect(error).toContain(message);
    expect([code, out]).toEqual([3, '']);
  });

  it.each([
    [
      'an unknown signal',
      { signal: 'Pey' },
      'given.json, event 2: there is no signal Pey; there are: Pay, Cancel, Ship, Put.',
    ],
    ['an unknown operation', { call: 'tell' }, 'event 2: there is no operation tell; there are: ask.'],
    [
      'an unknown attribute',
      { signal: 'Pay', args: { okay: true } },
      'event 2: there is no okay; there is: ok, amount.',
    ],
    [
      'a value of another type',
      { signal: 'Pay', args: { ok: 'yes' } },
      'event 2, ok: "yes" is not a Boolean: true or false.',
    ],
    [
      'a fraction of an integer',
      { signal: 'Pay', args: { amount: 1.5 } },
      'event 2, amount: 1.5 is not a whole number.',
    ],
    [
      'a literal that is not one',
      { signal: 'Ship', args: { how: 'late' } },
      'event 2, how: "late" is not one of slow, fast.',
    ],
    ['a time without a unit', { after: 5 }, 'event 2, after: 5 is not a Duration, for instance "5 s".'],
    ['an unknown unit', { after: '5 parsecs' }, 'event 2, after: "5 parsecs" is not a Duration'],
    ['a record that is none', { signal: 'Put', args: { cart: 3 } }, 'event 2, cart: 3 is not a Cart'],
    ['an unknown key', { signal: 'Pay', arg: {} }, 'event 2: nobody knows "arg"'],
    ['two things at once', { signal: 'Pay', after: '1 s' }, 'event 2 must say one of signal, call and after'],
    ['nothing', {}, 'event 2 must say one of signal, call and after'],
    ['a text', 'Pay', 'event 2 is no event'],
    ['arguments in a list', { signal: 'Pay', args: [true] }, 'event 2: args must be an object'],
  ])('an event with %s', async (_, event, message) => {
    await given([{ signal: 'Cancel' }, event]);
    const { code, error, out } = await workspace.run(...order, '--events', 'given.json');
    expect(error).toContain(message);
    expect([code, out]).toEqual([3, '']);
  });
});
