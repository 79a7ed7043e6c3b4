import { describe, expect, it } from 'vitest';
import { compileScenario, simulate } from '../../src/simulation/index.ts';
import { Kernel } from '../../src/simulation/kernel.ts';
import { measure, modelFrom } from './models.ts';

/** Ten requests a second for 20 s, everything of constant length unless the body says otherwise. */
async function run(parts: {
  readonly body: string;
  readonly components?: string;
  readonly lifelines?: string;
  readonly variables?: string;
  readonly before?: string;
  readonly deployment?: string;
  readonly replications?: number;
}) {
  const { model, problems } = await modelFrom(`package t
${parts.before ?? ''}
component A { operation go() delays 10 ms  operation slow() delays 30 ms  ${parts.components ?? ''} }
component B { operation go() delays 5 ms }
interaction Job {
  actor user
  lifeline a: A, b: B ${parts.lifelines ?? ''}
  ${parts.variables ?? ''}
  ${parts.body}
}
${parts.deployment ?? ''}
scenario S ${parts.deployment === undefined ? '' : 'of D'} { load Job every 100 ms  run 21 s  warmup 1 s  replications ${parts.replications ?? 2}  seed 3 }
`);
  expect(problems).toEqual([]);
  const result = simulate(model, 't.S');
  const mean = measure(result, 't.Job', 'mean').value;
  const calls = (operation: string): number => {
    const found = result.measures.find((one) => one.element === operation && one.measure === 'rate');
    return found === undefined ? 0 : found.value! / 10;
  };
  return { result, milliseconds: mean === null ? Number.NaN : mean * 1000, calls };
}

describe('a simulated interaction', () => {
  it('waits for synchronous calls, one after the other', async () => {
    const { milliseconds } = await run({ body: 'user -> a.go() { a -> b.go() }  user -> b.go()' });
    expect(milliseconds).toBeCloseTo(20, 6);
  });

  it('does not wait for asynchronous calls', async () => {
    const { milliseconds, calls } = await run({ body: 'user -> a.go() { a ->> b.go() }' });
    expect(milliseconds).toBeCloseTo(10, 6);
    expect(calls('t.B.go')).toBeCloseTo(1, 6);
  });

  it('lasts until all has ended where it waits for nothing', async () => {
    const { milliseconds } = await run({ body: 'user ->> a.slow() { a ->> b.go() }' });
    expect(milliseconds).toBeCloseTo(35, 6);
  });

  it('waits for the longest operand of par', async () => {
    const { milliseconds } = await run({
      body: 'user -> a.go() { par { a -> b.go() } and { a -> a.slow() } a -> b.go() }',
    });
    expect(milliseconds).toBeCloseTo(45, 6);
  });

  it('turns a loop as often as its guard holds, within its bounds', async () => {
    const counting = (loop: string) => run({ variables: 'var n: Integer = 0', body: `user -> a.go() { ${loop} }` });
    expect((await counting('loop 0..9 [n < 3] { n += 1  a -> b.go() }')).milliseconds).toBeCloseTo(25, 6);
    expect((await counting('loop 2..4 [false] { a -> b.go() }')).milliseconds).toBeCloseTo(20, 6);
    expect((await counting('loop 4 { a -> b.go() }')).milliseconds).toBeCloseTo(30, 6);
  });

  it('draws how often a loop without guard turns', async () => {
    const { calls } = await run({ body: 'user -> a.go() { loop 1..3 { a -> b.go() } }', replications: 20 });
    expect(calls('t.B.go')).toBeCloseTo(2, 1);
  });

  it('takes the branch whose guard holds, and its weights among those', async () => {
    const certain = await run({
      variables: 'var big: Boolean = true',
      body: 'user -> a.go() { alt [not big] { a -> a.slow() } else { a -> b.go() } }',
    });
    expect(certain.milliseconds).toBeCloseTo(15, 6);
    const weighted = await run({
      body: 'user -> a.go() { alt 30 % { a -> a.slow() } else { a -> b.go() } }',
      replications: 30,
    });
    expect(weighted.calls('t.A.slow')).toBeCloseTo(0.3, 1);
    expect(weighted.calls('t.A.slow') + weighted.calls('t.B.go')).toBeCloseTo(1, 6);
    const guarded = await run({
      variables: 'var big: Boolean = true',
      body: 'user -> a.go() { alt [not big] 90 % { a -> a.slow() } else [big] 10 % { a -> b.go() } }',
    });
    expect(guarded.calls('t.B.go')).toBeCloseTo(1, 6);
  });

  it('leaves what encloses a break, and nothing more', async () => {
    const loop = await run({
      variables: 'var n: Integer = 0',
      body: 'user -> a.go() { loop 0..9 [true] { n += 1  break [n > 2] { a -> b.go() }  a -> a.slow() }  a -> b.go() }',
    });
    expect(loop.milliseconds).toBeCloseTo(10 + 2 * 30 + 5 + 5, 6);
    const call = await run({ body: 'user -> a.go() { break [true] { a -> b.go() } a -> a.slow() }  user -> b.go()' });
    expect(call.milliseconds).toBeCloseTo(20, 6);
  });

  it('returns a value to the variable that asked for it, from inside loops too', async () => {
    const { milliseconds } = await run({
      components: 'operation ask(): Boolean delays 1 ms',
      variables: 'var yes: Boolean = false',
      body: `yes = user -> a.ask() { loop 1..5 { loop 1..5 { return true } }  a -> a.slow() }
             alt [yes] { user -> b.go() } else { user -> a.slow() }`,
    });
    expect(milliseconds).toBeCloseTo(6, 6);
  });

  it('draws the reply of an operation that has a law for it', async () => {
    const { calls } = await run({
      components: 'operation ask(): Boolean delays 1 ms returns chance(75 %)',
      variables: 'var yes: Boolean = false',
      body: 'yes = user -> a.ask()  opt [yes] { user -> b.go() }',
      replications: 30,
    });
    expect(calls('t.B.go')).toBeCloseTo(0.75, 1);
  });

  it('fails with the call that fails, after what else is under way', async () => {
    const { result, calls } = await run({
      components: 'operation bad() delays 2 ms fails 100 %',
      body: 'user -> a.go() { par { a -> a.bad() } and { a -> a.slow() } a -> b.go() }',
    });
    expect(result.counters.failed).toBe(result.counters.started - result.counters.unfinished);
    expect(calls('t.A.slow')).toBeCloseTo(1, 6);
    expect(calls('t.B.go')).toBe(0);
    expect(measure(result, 't.A.go', 'errors').value).toBe(1);
    expect(measure(result, 't.A.slow', 'errors').value).toBe(0);
  });

  it('fails fast where the operation says so, and not through asynchronous calls', async () => {
    const { result, milliseconds } = await run({
      components: 'operation bad() delays 50 ms fails 100 % after 1 ms',
      body: 'user -> a.go() { a ->> a.bad() }',
    });
    expect(milliseconds).toBeCloseTo(10, 6);
    expect(measure(result, 't.A.bad', 'errors').value).toBe(1);
    expect(measure(result, 't.A.bad', 'concurrency').value).toBeCloseTo(10 * 0.001, 6);
  });

  it('adds the latency of links each way, for calls and not for the caller outside', async () => {
    const { result, milliseconds } = await run({
      body: 'user -> a.go() { a -> b.go() }',
      deployment: 'deployment D { node x { deploy A } node y { deploy B } x -- y { latency 2 ms } }',
    });
    expect(milliseconds).toBeCloseTo(10 + 5 + 4, 6);
    expect(measure(result, 't.B.go', 'mean').value! * 1000).toBeCloseTo(5, 6);
    const message = result.measures.find(({ element, measure }) => /b\.go/.test(element) && measure === 'mean');
    expect(message!.value! * 1000).toBeCloseTo(9, 6);
  });

  it('deals calls out to replicas in turn', async () => {
    const { result } = await run({
      components: 'operation work() takes 150 ms',
      body: 'user -> a.work()',
      deployment: 'deployment D { node x * 2 { cores 1  deploy A }  node y { deploy B } }',
    });
    // One core would be overloaded, and two in any other order would make calls wait.
    expect(measure(result, 't.A.work', 'wait').value).toBe(0);
    expect(measure(result, 't.D.x', 'utilization').value).toBeCloseTo(0.75, 6);
  });

  it('drives machine instances: created by the first message, timed by the calendar', async () => {
    const { result } = await run({
      before: `signal Pay(ok: Boolean)
machine Order(id: String) {
  initial -> Created
  state Created { on Pay(ok) [ok] -> Paid  on Pay(ok) [not ok] -> Declined  after 1 s -> Expired }
  state Paid { after 40 ms -> Closed }
  final Closed, Declined, Expired
}`,
      lifelines: ' lifeline order: Order(id: "o")',
      body: 'user -> a.go() { alt 50 % { a ->> order : Pay(ok: true) } else { a ->> order : Pay(ok: false) } }',
    });
    const count = (element: string): number => measure(result, element, 'count').value!;
    expect(count('t.Order')).toBeCloseTo(200, -1);
    expect(count('t.Order.Paid') + count('t.Order.Declined')).toBeCloseTo(count('t.Order'), 0);
    expect(count('t.Order.Closed')).toBeCloseTo(count('t.Order.Paid'), -1);
    expect(count('t.Order.Expired')).toBe(0);
    expect(result.findings).toEqual([]);
  });
});

describe('machine instances of a run', () => {
  it('get a delayed signal when its time has come, though the interaction has long ended', async () => {
    const { result } = await run({
      before: `signal Ring
machine Clock(id: String) { initial -> Silent  state Silent { on Ring -> Early  after 300 ms -> Ready }  state Ready { on Ring -> Rung }  final Early, Rung }`,
      lifelines: ' lifeline clock: Clock(id: "c")',
      body: 'user -> a.go() { send Ring to clock delayed 400 ms }',
    });
    expect(measure(result, 't.Clock', 'count').value).toBe(200);
    expect(measure(result, 't.Clock.Early', 'count').value).toBe(0);
    expect(measure(result, 't.Clock.Rung', 'count').value).toBe(200);
  });

  const lamp = `signal On signal Off
machine Lamp(id: String) {
  initial -> Dark
  state Dark { on On -> Lit }
  state Lit { on Off -> Dark  after 5 ms -> Dark }
}`;

  it('are gone when nothing can reach them, however many there were', async () => {
    const { model } = await modelFrom(`package t
${lamp}
component A { operation go() delays 1 ms }
interaction Job { actor user  lifeline a: A  lifeline l: Lamp(id: "l")  user -> a.go() { a ->> l : On } }
scenario S { load Job at 1000/s  run 5 s  seed 3 }`);
    const run = new Kernel(compileScenario(model, 't.S').value!, 1000).run(0, {});
    const [population] = run.populations;
    expect(population!.figures().created).toBeGreaterThan(4000);
    // Those whose timer runs, and no more: 1000/s for some 6 ms.
    expect(population!.runtime.store.live).toBeLessThan(30);
  });

  it('are found again by their key, and missed where there is none', async () => {
    const { model, problems } = await modelFrom(`package t
${lamp}
component A { operation go() delays 1 ms }
interaction Create { actor user  lifeline a: A  lifeline l: Lamp(id: "one")  user -> a.go() { a ->> l : On } }
interaction Use(id: String) { actor user  lifeline a: A  lifeline l[id]: Lamp  user -> a.go() { a ->> l : On } }
scenario S { load Create every 4 s  load Use(id: "one") every 500 ms  load Use(id: "two") every 500 ms  run 10 s  seed 3  replications 1 }`);
    expect(problems).toEqual([]);
    const result = simulate(model, 't.S');
    expect(measure(result, 't.Lamp', 'count').value).toBe(2);
    expect(measure(result, 't.Lamp.Lit', 'count').value).toBeGreaterThan(10);
    expect(result.findings.map(({ code }) => code)).toContain('no-such-instance');
  });

  it('give their key back when they end', async () => {
    const { model, problems } = await modelFrom(`package t
signal Stop
machine Order(id: String) { initial -> Open  state Open { on Stop -> Done }  final Done }
component A { operation go() delays 1 ms }
interaction Create { actor user  lifeline a: A  lifeline o: Order(id: "one")  user -> a.go() { a ->> o : Stop } }
interaction Use { actor user  lifeline a: A  lifeline o["one"]: Order  user -> a.go() { a ->> o : Stop } }
scenario S { load Create every 1 s  load Use every 700 ms  run 10 s  seed 3  replications 1 }`);
    expect(problems).toEqual([]);
    const result = simulate(model, 't.S');
    expect(measure(result, 't.Order.Done', 'count').value).toBe(9);
    expect(result.findings.map(({ code }) => code)).toEqual(['no-such-instance']);
  });

  it('say which signal they discarded, and where', async () => {
    const { result } = await run({
      before: lamp,
      lifelines: ' lifeline l: Lamp(id: "l")',
      body: 'user -> b.go() { b ->> l : Off }',
    });
    expect(result.findings[0]?.code).toBe('signal-discarded');
    expect(result.findings[0]?.message).toMatch(/^An instance of Lamp in Dark discarded Off\. \(\d+ times\)$/);
  });
});

describe('an alternative', () => {
  it('keeps its operands apart, however many there are', async () => {
    const others = Array.from({ length: 40 }, (_, i) => `else [n == 0] 2 % { a -> ${i < 30 ? 'b.go' : 'a.slow'}() }`);
    const { result, calls } = await run({
      variables: 'var n: Integer = 0',
      body: `user -> a.go() { alt [n > 0] 20 % { } ${others.join(' ')} }`,
    });
    expect(result.findings).toEqual([]);
    // The first does not apply: the rest share what there is.
    expect(calls('t.B.go') + calls('t.A.slow')).toBeCloseTo(1, 9);
    expect(calls('t.B.go')).toBeGreaterThan(calls('t.A.slow'));
  });
});

describe('a model that goes wrong in a run', () => {
  it('fails the interaction and says the line', async () => {
    const { result } = await run({
      variables: 'var n: Integer = 0',
      body: 'user -> a.go() { alt [10 / n > 1] { a -> b.go() } }',
    });
    expect(result.counters.finished).toBe(0);
    expect(result.counters.failed).toBeGreaterThan(300);
    const finding = result.findings.find(({ code }) => code === 'division-by-zero');
    expect(finding?.message).toMatch(/^Line \d+: .*\(\d+ times\)$/);
  });

  // Turns until something of probability 1/4 comes true: geometric, 4 on average; two are made before it can.
  it.each([
    ['loop { user -> a.go() { takes 1 ms }  break 25 % { } }', 4],
    ['loop 2..* { user -> a.go() { takes 1 ms }  break 25 % { } }', 4],
    ['loop 2..4 { user -> a.go() { takes 1 ms } }', 3],
  ])('without a guard, %s makes %d turns on average', async (body, turns) => {
    const { calls } = await run({ body });
    expect(calls('t.A.go')).toBeCloseTo(turns, 0);
  });

  it.each([
    ['node n * 100000 { cores 1  deploy A * 100000 }', '10 000 100 000'],
    ['node n * 9 { cores 1 }  deploy A * 100000 across n  deploy B * 100000 across n', '200 009'],
  ])('holds no more replicas than fit: %s', async (deployment, held) => {
    const { model } = await modelFrom(`package t
component A { operation go() delays 10 ms }
component B { operation go() delays 5 ms }
interaction Job { actor user  lifeline a: A  user -> a.go() }
deployment D { ${deployment} }
scenario S of D { load Job at 1/s  run 10 s }`);
    const { findings, replications } = simulate(model, 't.S');
    expect(replications).toBe(0);
    expect(findings.map(({ message }) => message.replaceAll(/\s/g, ' '))).toEqual([
      `${held} replicas and nodes cannot be simulated one by one: 200 000 are the most.`,
    ]);
  });

  it('does not hang in a loop in which no time passes', async () => {
    const { result } = await run({
      body: 'user -> a.go() { loop 0..* [true] { break [false] { } } }',
      replications: 1,
    });
    expect(result.findings.map(({ code }) => code)).toContain('endless-loop');
  });

  it('lists the values that are not known yet and runs nothing', async () => {
    const { model } = await modelFrom(`package t
component A { operation go() takes ? }
interaction Job { actor user  lifeline a: A  user -> a.go() }
scenario S { load Job at 1/s  run 10 s  seed 8 }`);
    const result = simulate(model, 't.S');
    expect(result.findings.map(({ code, element }) => [code, element])).toEqual([['missing-value', 't.A.go']]);
    expect(result).toMatchObject({ seed: 8, replications: 0 });
    expect(result.measures).toEqual([]);
  });

  it('is a finding where the scenario is not there', async () => {
    const { model } = await modelFrom('package t');
    expect(simulate(model, 't.Nothing').findings.map(({ code }) => code)).toEqual(['unknown-scenario']);
  });
});
