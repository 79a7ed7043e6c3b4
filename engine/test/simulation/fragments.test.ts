import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';

/** Ten a second for 20 s; `slow` takes 30 ms, everything else 10 ms, all of constant length. */
async function run(
  body: string,
  more: { readonly top?: string; readonly declares?: string; readonly on?: string } = {},
) {
  const { model, problems } = await modelFrom(`package t
signal Ping
data Cart { total: Integer, note: String = "none" }
machine Light(id: String) { initial -> Off  state Off { on Ping -> On }  state On { on Ping -> Off } }
component A { operation go() delays 10 ms  operation slow() delays 30 ms  operation bad() delays 10 ms fails 100 %
              operation work() takes 10 ms  operation ask(n: Integer): Integer delays 10 ms }
component B { operation go() delays 10 ms  operation slow() delays 30 ms  operation take(n: Integer) delays 10 ms }
component Bus broker { topic placed(n: Integer) }
${more.top ?? ''}
interaction Job {
  actor user
  lifeline a: A, b: B, light: Light(id: "x")
  var n: Integer = 0
  ${more.declares ?? ''}
  ${body}
}
deployment D { node one { cores 1 deploy A deploy B deploy Bus } }
scenario S ${more.on ?? ''} { load Job every 100 ms  run 21 s  warmup 1 s  replications 1  seed 3 }
`);
  expect(problems).toEqual([]);
  const result = simulate(model, 't.S');
  expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const mean = measure(result, 't.Job', 'mean').value;
  const figure = (element: string, name: string): number | null =>
    result.measures.find((one) => one.element === element && one.measure === name)?.value ?? null;
  return {
    result,
    figure,
    milliseconds: mean === null ? Number.NaN : mean * 1000,
    calls: (operation: string): number => (figure(operation, 'rate') ?? 0) / 10,
  };
}

const both = (first: string, second: string): string => `user -> a.go() { par { ${first} } and { ${second} } }`;

describe('critical regions', () => {
  it('keep out what happens on their lifelines meanwhile', async () => {
    const { milliseconds } = await run(both('critical { a -> b.go() a -> b.slow() }', 'critical { a -> b.slow() }'));
    expect(milliseconds).toBeCloseTo(10 + 40 + 30, 6);
  });

  it('hold back a message that belongs to none', async () => {
    const open = await run(both('a -> b.slow()', 'takes 1 ms a -> b.go()'));
    expect(open.milliseconds).toBeCloseTo(10 + 30, 6);
    const { milliseconds } = await run(both('critical { a -> b.slow() }', 'takes 1 ms a -> b.go()'));
    expect(milliseconds).toBeCloseTo(10 + 30 + 10, 6);
  });

  it('are over when something in them fails', async () => {
    const { result, calls } = await run(both('critical { a -> a.bad() a -> b.go() }', 'critical { a -> b.slow() }'));
    expect(calls('t.B.slow')).toBeCloseTo(1, 6);
    expect(calls('t.B.go')).toBe(0);
    expect(result.counters.unfinished).toBeLessThanOrEqual(1);
  });

  it('let a return and a break out', async () => {
    const returned = await run(
      `user -> a.go() { par { critical { loop 1..5 { opt { return } } a -> b.slow() } } and { critical { a -> b.go() } } }`,
    );
    expect(returned.milliseconds).toBeCloseTo(10 + 10, 6);
    const broken = await run(
      both('critical { break { a -> b.go() } a -> b.slow() } a -> b.go()', 'critical { a -> b.go() }'),
    );
    expect(broken.milliseconds).toBeCloseTo(10 + 20, 6);
  });
});

describe('sequences', () => {
  it('strict ones go one after the other', async () => {
    const { milliseconds } = await run('strict { user ->> a.go() user -> a.slow() } and { user -> b.go() }');
    expect(milliseconds).toBeCloseTo(40, 6);
  });

  it('weak ones order only what shares a lifeline', async () => {
    const free = await run('seq { other -> a.slow() } and { third -> b.slow() }', { declares: 'actor other, third' });
    expect(free.milliseconds).toBeCloseTo(30, 6);
    const shared = await run('seq { user -> a.slow() } and { user -> b.slow() }');
    expect(shared.milliseconds).toBeCloseTo(60, 6);
    const through = 'seq { other -> a.slow() } and { third -> b.slow() } and { a -> b.go() }';
    expect((await run(through, { declares: 'actor other, third' })).milliseconds).toBeCloseTo(70, 6);
  });
});

describe('a use of another interaction', () => {
  const other = `
interaction Other(times: Integer) {
  lifeline first: A, second: B
  var i: Integer = 0
  loop 0..9 [i < times] { i += 1  first -> second.go() }
  alt [times > 2] { return } else { first -> second.slow() }
  first -> second.go()
}`;

  it('happens in its place, with its own variables each time', async () => {
    const { milliseconds, calls } = await run(
      'user -> a.go() { ref Other(times: 1)  ref Other(times: 3)  a -> b.go() }',
      {
        top: other,
      },
    );
    expect(milliseconds).toBeCloseTo(10 + (10 + 30 + 10) + 30 + 10, 6);
    expect(calls('t.B.go')).toBeCloseTo(2 + 3 + 1, 6);
  });

  it('is measured with the messages of the other one', async () => {
    const { result } = await run('user -> a.go() { ref Other(times: 1) }', { top: other });
    const counted = result.measures.filter(
      ({ element, measure }) => element.startsWith('t.Other/') && measure === 'rate',
    );
    expect(counted.length).toBeGreaterThan(0);
    expect(new Set(counted.map(({ element }) => element)).size).toBe(counted.length);
  });
});

describe('publications', () => {
  const consumer = 'on Bus.placed(what) -> b.take(what) { takes (what * 1 ms) }';

  it('come to every consumer, with what was published', async () => {
    const { calls, figure } = await run(
      `user ->> a.go() { a ->> Bus.placed(n: 7) a ->> Bus.placed(n: 3) } ${consumer}`,
    );
    expect(calls('t.B.take')).toBeCloseTo(2, 6);
    expect(figure('t.B.take', 'mean')).toBeCloseTo(0.015, 6);
  });

  it('come to consumers of other interactions', async () => {
    const top = `interaction Book { lifeline b: B, a: A  on Bus.placed(what) -> b.take(what) { b -> a.slow() } }`;
    const { calls } = await run('user -> a.go() { a ->> Bus.placed(n: 1) }', { top });
    expect(calls('t.B.take')).toBeCloseTo(1, 6);
    expect(calls('t.A.slow')).toBeCloseTo(1, 6);
  });
});

describe('calls that fail', () => {
  it('for good have their fallback', async () => {
    const { result, milliseconds, calls } = await run(
      'user -> a.go() { a -> a.bad() fallback { a -> b.slow() } a -> b.go() }',
    );
    expect(result.counters.failed).toBe(0);
    expect(milliseconds).toBeCloseTo(10 + 10 + 30 + 10, 6);
    expect(calls('t.B.slow')).toBeCloseTo(1, 6);
  });

  it('and succeed leave it out', async () => {
    const { milliseconds } = await run('user -> a.go() { a -> b.go() fallback { a -> b.slow() } }');
    expect(milliseconds).toBeCloseTo(20, 6);
  });

  it('in a fallback fail their caller', async () => {
    const { result } = await run('user -> a.go() { a -> a.bad() fallback { a -> a.bad() } }');
    expect(result.counters.failed).toBe(result.counters.started - result.counters.unfinished);
  });
});

describe('work at its place', () => {
  it('stands in for what the operation takes before its first message', async () => {
    const { milliseconds, figure } = await run('user -> a.work() { a -> b.go() takes 3 ms delays 2 ms }', {
      on: 'of D',
    });
    expect(milliseconds).toBeCloseTo(10 + 3 + 2, 6);
    expect(figure('t.D.one', 'utilization')).toBeCloseTo(0.03, 3);
  });

  it('waits for a core', async () => {
    const { milliseconds } = await run(
      'par { user -> a.go() { takes 20 ms } } and { user -> b.go() { takes 20 ms } }',
      {
        on: 'of D',
      },
    );
    expect(milliseconds).toBeCloseTo(10 + 40, 6);
  });
});

describe('lost and found messages', () => {
  it('go nowhere and come from nowhere', async () => {
    const { milliseconds, calls } = await run('user -> a.go() { a ->> ? : Ping } ? ->> b.slow() { b -> a.go() }');
    expect(milliseconds).toBeCloseTo(10, 6);
    expect(calls('t.B.slow')).toBeCloseTo(1, 6);
    expect(calls('t.A.go')).toBeCloseTo(2, 6);
  });
});

describe('instances', () => {
  it('are made and ended by the interaction, and their states can be asked for', async () => {
    const ask = (state: string) => `opt [light.in(${state})] { n += 1 a -> b.go() }`;
    const { calls, figure, result } = await run(
      `user -> a.go() { ${ask('Off')} create light ${ask('Off')} a ->> light : Ping ${ask('On')} ${ask('Off')} destroy light ${ask('On')} }`,
    );
    expect(calls('t.B.go')).toBeCloseTo(2, 6);
    expect(figure('t.Light', 'count')).not.toBeNull();
    expect(result.findings).toEqual([]);
  });
});

describe('records', () => {
  it('are made, changed and compared while an interaction runs', async () => {
    const { calls } = await run(
      `user -> a.go() {
         cart.total += 5
         opt [cart.total == 12 and cart.note == "none"] { a -> b.go() }
         opt [cart == Cart(total: 12, note: "none")] { a -> b.go() }
       }`,
      { declares: 'var cart: Cart = Cart(total: 7)' },
    );
    expect(calls('t.B.go')).toBeCloseTo(2, 6);
  });
});

describe('calls of machines', () => {
  const door = `
machine Door(id: String) {
  var asked: Integer = 0
  operation ask(by: Integer): Integer
  initial -> Closed
  state Closed { defer call ask  on Ping -> Open }
  state Open { on call ask(by) [by < 5] / { asked += by  return asked * 10 }  on Ping -> Gone }
  final Gone
}`;
  const declares = 'lifeline door: Door(id: "d")\n var x: Integer = 7';
  const told = 'opt [x == 20] { a -> b.go() } opt [x == 50] { a -> b.slow() }';

  it('are answered with what the machine returns', async () => {
    const { calls, milliseconds } = await run(
      `user -> a.go() { a ->> door : Ping  x = a -> door.ask(2) ${told}  x = a -> door.ask(3) ${told} }`,
      { top: door, declares },
    );
    expect([calls('t.B.go'), calls('t.B.slow')]).toEqual([1, 1].map((each) => expect.closeTo(each, 6)));
    expect(milliseconds).toBeCloseTo(10 + 10 + 30, 6);
  });

  it('wait where the machine keeps them for later', async () => {
    const { calls, milliseconds } = await run(both(`x = a -> door.ask(2) ${told}`, 'delays 25 ms  a ->> door : Ping'), {
      top: door,
      declares,
    });
    expect(calls('t.B.go')).toBeCloseTo(1, 6);
    // The delay at its place stands in for that of the operation.
    expect(milliseconds).toBeCloseTo(25 + 10, 6);
  });

  it('have no reply where the machine discards them or ends', async () => {
    const { calls, milliseconds } = await run(
      both('x = a -> door.ask(2)  opt [x == null] { a -> b.go() }', 'delays 25 ms  destroy door'),
      { top: door, declares: declares.replace('Integer = 7', 'Integer[0..1] = 7') },
    );
    expect(calls('t.B.go')).toBeCloseTo(1, 6);
    // The delay at its place stands in for that of the operation.
    expect(milliseconds).toBeCloseTo(25 + 10, 6);
  });
});

describe('signals to an instance by its key', () => {
  const pair = `
machine Lamp(id: Integer) { initial -> Dark  state Dark { on Ping -> Bright }  state Bright { on Ping -> Broken }  final Broken }
machine Switch(lamp: Integer) { initial -> Up  state Up { on Ping / { send Ping to Lamp(lamp + 1) } -> Down }  state Down }`;
  const declares = 'lifeline lamp: Lamp(id: 8), switch: Switch(lamp: 7)';

  it('come from machines', async () => {
    const { figure } = await run('create lamp  user ->> switch : Ping  user -> a.go()', { top: pair, declares });
    expect(figure('t.Lamp.Bright', 'count')).toBeCloseTo(figure('t.Lamp', 'count') ?? Number.NaN, 6);
  });

  it('come from interactions', async () => {
    const body = 'create lamp  send Ping to Lamp(4 * 2)  send Ping to Lamp(8) delayed 5 ms  user -> a.go()';
    const { figure, result } = await run(body, { top: pair, declares });
    expect(figure('t.Lamp.Broken', 'count')).toBeCloseTo(figure('t.Lamp', 'count') ?? Number.NaN, 6);
    expect(result.findings).toEqual([]);
  });

  it('to none are said to have gone nowhere', async () => {
    const { result } = await run('user ->> switch : Ping  user -> a.go()', { top: pair, declares });
    expect(result.findings.map(({ code }) => code)).toEqual(['no-such-instance']);
  });
});
