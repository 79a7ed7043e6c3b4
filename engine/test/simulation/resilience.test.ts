import { describe, expect, it, vi } from 'vitest';
import { type SimulationResult, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';
import { covers } from './published.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Pair {
  /** What the front requires of the back, in braces. */
  readonly policy?: string;
  /** What the back's operation costs, and what limits the back. */
  readonly back: string;
  readonly limits?: string;
  /** In the execution of the front's operation. */
  readonly call?: string;
  readonly load?: string;
  readonly run?: string;
  readonly top?: string;
}

/** `r.Front.ask` calls `r.Back.find` in each `r.Job`. */
async function run(pair: Pair): Promise<SimulationResult> {
  const { policy = '', back, limits = '', call = 'front -> back.find()', load = 'at 20/s', top = '' } = pair;
  const { model, problems } = await modelFrom(`package r
component Front { operation ask()  ${policy === '' ? '' : `requires Back { ${policy} }`} }
component Back { operation find() ${back}
  operation more() delays 1 s
  ${limits} }
interaction Job { actor user  lifeline front: Front, back: Back  user -> front.ask() { ${call} } }
scenario S { load Job ${load}  run ${pair.run ?? '420 s'}  warmup 20 s  replications 10  seed 11 }
${top}
`);
  expect(problems).toEqual([]);
  return simulate(model, 'r.S');
}

describe('a timeout', () => {
  it('ends the waiting, not the work of the callee', async () => {
    const result = await run({ policy: 'timeout 1 s', back: 'delays exp(1 s)' });
    covers(measure(result, 'r.Job', 'errors'), Math.exp(-1));
    // The mean of an exponential below its own mean.
    covers(measure(result, 'r.Job', 'mean'), 1 - 1 / (Math.E - 1));
    covers(measure(result, 'r.Back.find', 'mean'), 1);
    covers(measure(result, 'r.Back.find', 'throughput'), 20);
    expect(measure(result, 'r.Job', 'p99').value).toBeLessThan(1.01);
  });

  it('of a message goes before that of the component', async () => {
    const result = await run({
      policy: 'timeout 1 s',
      back: 'delays 0.8 s',
      call: 'front -> back.find() timeout 0.5 s',
      run: '60 s',
    });
    covers(measure(result, 'r.Job', 'errors'), 1);
  });

  it('lets the fallback begin at once', async () => {
    const call = 'front -> back.find() timeout 0.5 s fallback { delays 0.1 s }';
    const result = await run({ back: 'delays 2 s', call, run: '60 s' });
    covers(measure(result, 'r.Job', 'errors'), 0);
    covers(measure(result, 'r.Job', 'mean'), 0.6);
  });

  it('of a call across a link begins with the sending', async () => {
    const { model } = await modelFrom(`package r
component Front { operation ask()  requires Back { timeout 40 ms } }
component Back { operation find() delays 5 ms }
interaction Job { actor user  lifeline front: Front, back: Back  user -> front.ask() { front -> back.find() } }
deployment D { node a { deploy Front }  node b { deploy Back }  a -- b { latency 20 ms } }
scenario S of D { load Job at 20/s  run 20 s  replications 4  seed 11 }
`);
    covers(measure(simulate(model, 'r.S'), 'r.Job', 'errors'), 1);
  });

  it('that cancels takes the call out of the queue, and nobody works in vain', async () => {
    const impatient = { policy: 'timeout 1 s cancels', back: 'delays exp(0.5 s)', limits: 'threads 1', run: '420 s' };
    const result = await run({ ...impatient, load: 'at 8/s' });
    // Nobody is in line for longer than a second.
    expect(measure(result, 'r.Back', 'queue').value).toBeLessThan(8);
    expect(measure(result, 'r.Back.find', 'p99').value).toBeLessThan(1.02);
    expect(measure(result, 'r.Job', 'throughput').value).toBeGreaterThan(1);
  });

  it.each([
    ['without a core', 'delays 3 s', ''],
    ['with a core', 'takes 3 s', ''],
    ['down to whom the callee calls', '', 'back -> deep.dig()'],
    ['in a loop', '', 'loop 5 { takes 2 s }'],
    ['between the attempts of another call', '', 'back -> deep.fail() retry 5 backoff 3 s'],
  ])('that cancels ends the work that is being done %s', async (_, cost, inside) => {
    const { model, problems } = await modelFrom(`package r
component Back { operation find() ${cost}  threads 1 }
component Deep { operation dig() takes 3 s  operation fail() fails 100 % }
interaction Job { actor user  lifeline back: Back, deep: Deep
  user -> back.find() timeout 1 s cancels { ${inside} } }
deployment D { node n { cores 1  deploy Back  deploy Deep } }
scenario S of D { load Job by 1 users thinking 1 s  run 101 s  warmup 1 s  replications 2  seed 11 }
`);
    expect(problems).toEqual([]);
    const result = simulate(model, 'r.S');
    covers(measure(result, 'r.Back.find', 'rate'), 0.5);
    covers(measure(result, 'r.Back.find', 'concurrency'), 0.5);
    covers(measure(result, 'r.Back.find', 'errors'), 1);
    covers(measure(result, 'r.Back', 'queue'), 0);
  });
});

describe('a retry', () => {
  it('follows a failure until one attempt succeeds or none is left', async () => {
    const result = await run({ policy: 'retry 2', back: 'delays 10 ms fails 50 %', load: 'at 200/s', run: '120 s' });
    covers(measure(result, 'r.Job', 'errors'), 1 / 8);
    covers(measure(result, 'r.Back.find', 'rate'), 200 * 1.75);
    covers(measure(result, 'r.Back.find', 'errors'), 0.5);
    // One, two or three attempts, of those that succeed.
    covers(measure(result, 'r.Job', 'mean'), (0.01 * (0.5 + 2 * 0.25 + 3 * 0.125)) / 0.875);
  });

  it('is part of the call that the caller sees', async () => {
    const result = await run({ policy: 'retry 9', back: 'delays 10 ms fails 50 %', load: 'at 200/s', run: '60 s' });
    covers(measure(result, 'r.Job/user->front.ask/front->back.find', 'mean'), 0.02 - (10 * 0.01) / 1023);
  });

  it('waits for its backoff, twice as long each time where that is exponential', async () => {
    const steady = await run({
      policy: 'retry 3 backoff 1 s',
      back: 'fails 100 %',
      load: 'every 20 s',
      call: 'front -> back.find() fallback {}',
    });
    covers(measure(steady, 'r.Job', 'mean'), 3);
    const doubling = await run({
      policy: 'retry 3 backoff 1 s exponential',
      back: 'fails 100 %',
      load: 'every 20 s',
      call: 'front -> back.find() fallback {}',
    });
    covers(measure(doubling, 'r.Job', 'mean'), 7);
  });

  it('with jitter waits anything up to that', async () => {
    const call = 'front -> back.find() fallback {}';
    const result = await run({ policy: 'retry 1 backoff 2 s jitter', back: 'fails 100 %', call });
    covers(measure(result, 'r.Job', 'mean'), 1);
    covers(measure(result, 'r.Job', 'p95'), 1.9);
  });

  it('follows a timeout and a refusal too', async () => {
    const timeouts = await run({ policy: 'timeout 1 s retry 1', back: 'delays exp(1 s)' });
    covers(measure(timeouts, 'r.Job', 'errors'), Math.exp(-2));
    const refusals = await run({
      policy: 'retry 4',
      back: 'delays 1 s',
      limits: 'threads 1 queue 0',
      load: 'at 0.5/s',
    });
    expect(measure(refusals, 'r.Back.find', 'rate').value).toBeGreaterThan(0.9);
  });

  it('of an asynchronous call is made too, and nobody waits for it', async () => {
    const result = await run({
      policy: 'retry 2',
      back: 'delays 10 ms fails 50 %',
      call: 'front ->> back.find()',
      load: 'at 200/s',
      run: '60 s',
    });
    covers(measure(result, 'r.Job', 'errors'), 0);
    covers(measure(result, 'r.Back.find', 'rate'), 200 * 1.75);
  });
});

describe('a budget of retries', () => {
  it('bounds them to a share of the calls', async () => {
    const result = await run({
      policy: 'retry 3 budget 10 %',
      back: 'delays 10 ms fails 100 %',
      load: 'at 200/s',
      run: '60 s',
    });
    covers(measure(result, 'r.Back.find', 'rate'), 220);
  });
});

describe('a breaker', () => {
  it('opens when enough calls have failed, and lets one through after its time', async () => {
    const result = await run({ policy: 'breaker 50 % of 20 for 10 s', back: 'fails 100 %', load: 'at 50/s' });
    // One probe every 10 s and a gap between arrivals.
    covers(measure(result, 'r.Back.find', 'rate'), 1 / (10 + 1 / 50));
    covers(measure(result, 'r.Job', 'errors'), 1);
    expect(result.findings).toEqual([
      {
        code: 'breaker-opened',
        severity: 'information',
        element: 'r.Back',
        message: 'A breaker in front of Back opened. (10 times)',
      },
    ]);
  });

  it('stays closed below its share', async () => {
    const result = await run({
      policy: 'breaker 50 % of 200 for 10 s',
      back: 'fails 20 %',
      load: 'at 50/s',
      run: '60 s',
    });
    covers(measure(result, 'r.Back.find', 'rate'), 50);
  });

  it('closes when the probe succeeds', async () => {
    const result = await run({ policy: 'breaker 100 % of 2 for 1 s', back: 'fails 50 %', load: 'at 50/s' });
    const calls = measure(result, 'r.Back.find', 'rate').value!;
    expect(calls).toBeGreaterThan(1.5);
    expect(calls).toBeLessThan(25);
  });
});

describe('a deadline', () => {
  const text = (words: string) => `package r
component Front { operation ask()  requires Middle { timeout 1 s ${words} } }
component Middle { operation pass() delays 0.4 s }
component Back { operation find() delays 2 s }
interaction Job { actor user  lifeline front: Front, middle: Middle, back: Back
  user -> front.ask() { front -> middle.pass() { middle -> back.find() fallback {} } } }
scenario S { load Job every 5 s  run 420 s  warmup 20 s  replications 2  seed 11 }
`;

  it('that propagates bounds the calls of the callee by the time that is left', async () => {
    const { model } = await modelFrom(text('deadline propagates'));
    const result = simulate(model, 'r.S');
    covers(measure(result, 'r.Middle.pass', 'mean'), 1);
  });

  it('that propagates goes all the way down', async () => {
    const { model } = await modelFrom(`package r
component Front { operation ask()  requires Middle { timeout 1 s deadline propagates } }
component Middle { operation pass() }
component Back { operation find() delays 0.4 s }
component Store { operation read() delays 2 s }
interaction Job { actor user  lifeline front: Front, middle: Middle, back: Back, store: Store
  user -> front.ask() { front -> middle.pass() { middle -> back.find() { back -> store.read() fallback {} } } } }
scenario S { load Job every 5 s  run 420 s  warmup 20 s  replications 2  seed 11 }
`);
    const result = simulate(model, 'r.S');
    covers(measure(result, 'r.Back.find', 'mean'), 1);
    covers(measure(result, 'r.Store.read', 'mean'), 2);
  });

  it('does not concern them otherwise', async () => {
    const { model } = await modelFrom(text(''));
    covers(measure(simulate(model, 'r.S'), 'r.Middle.pass', 'mean'), 2.4);
  });
});
