import { describe, expect, it, vi } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';
import { covers, publishedCases } from './published.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Server {
  /** What stands in its braces beside the operation. */
  readonly limits: string;
  readonly work?: string;
  readonly load: string;
  readonly run?: string;
  readonly deploy?: string;
}

/** `t.Server`, called once by each `t.Job`. */
async function run({ limits, work = 'delays exp(1 s)', load, run: time = '400 s', deploy = '' }: Server) {
  const { model, problems } = await modelFrom(`package t
component Server { operation serve() ${work}
  ${limits} }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { node n { deploy Server ${deploy} } }
scenario S of D { load Job ${load}  run ${time}  warmup 20 s  replications 10  seed 3 }
`);
  expect(problems).toEqual([]);
  return simulate(model, 't.S');
}

describe('threads of a component', () => {
  it('limit how many calls work at a time, and the others wait in its queue', async () => {
    const result = await run({ limits: 'threads 2', work: 'delays 1 s', load: 'by 5 users thinking 0 s' });
    covers(measure(result, 't.Job', 'throughput'), 2);
    covers(measure(result, 't.Server', 'queue'), 3);
    covers(measure(result, 't.Server.serve', 'wait'), 1.5);
    covers(measure(result, 't.Server.serve', 'mean'), 2.5);
  });

  it('are those that the deployment gives, for each replica', async () => {
    const limits = { limits: 'threads 2', work: 'delays 1 s', load: 'by 12 users thinking 0 s' };
    covers(measure(await run({ ...limits, deploy: '{ threads 3 }' }), 't.Job', 'throughput'), 3);
    covers(measure(await run({ ...limits, deploy: '* 2' }), 't.Job', 'throughput'), 4);
  });

  it('are held while a nested call waits, and wait for nobody in a call to itself', async () => {
    const { model } = await modelFrom(`package t
component Front { operation ask() delays 1 s  operation note() delays 1 s  threads 3 }
component Back { operation find() delays 2 s }
interaction Job { actor user  lifeline front: Front, back: Back
  user -> front.ask() { front -> back.find()  front -> front.note() } }
scenario S { load Job by 10 users thinking 0 s  run 400 s  warmup 20 s  replications 4  seed 3 }
`);
    covers(measure(simulate(model, 't.S'), 't.Job', 'throughput'), 3 / 4);
  });

  it('are given back by calls that fail', async () => {
    const work = 'delays 1 s fails 50 %';
    const result = await run({ limits: 'threads 2', work, load: 'by 5 users thinking 0 s' });
    covers(measure(result, 't.Job', 'rate'), 2);
    covers(measure(result, 't.Job', 'errors'), 0.5);
  });

  it('and the cores of the node are both waited for', async () => {
    const { model } = await modelFrom(`package t
component Server { operation serve() takes 1 s  threads 2 }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { node n { cores 1 deploy Server } }
scenario S of D { load Job by 4 users thinking 0 s  run 400 s  warmup 20 s  replications 4  seed 3 }
`);
    const result = simulate(model, 't.S');
    covers(measure(result, 't.Server', 'queue'), 2);
    covers(measure(result, 't.D.n', 'queue'), 1);
    covers(measure(result, 't.Server.serve', 'wait'), 3);
  });

  it('that wait for each other end nothing, and the run ends all the same', async () => {
    const { model } = await modelFrom(`package t
component A { operation go() delays 1 s  threads 1 }
component B { operation go()  threads 1 }
interaction Job { actor user  lifeline a: A, b: B  user -> a.go() { a -> b.go() { b -> a.go() } } }
scenario S { load Job at 1/s  run 100 s  replications 2  seed 3 }
`);
    const { counters, findings } = simulate(model, 't.S');
    expect(counters.finished).toBe(0);
    expect(counters.unfinished).toBe(counters.started);
    const found = findings.find(({ code }) => code === 'deadlock');
    expect(found?.element).toBe('t.A');
    expect(found?.message).toMatch(/^Deadlock at A\.threads: .*nothing there goes on/);
  });

  it.each([
    ['a timeout, which lets them go on', 'timeout 5 s'],
    ['threads enough', ''],
  ])('are no deadlock with %s', async (_, policy) => {
    const { model } = await modelFrom(`package t
component A { operation go() delays 1 ms  threads ${policy === '' ? 50 : 1}  requires B { ${policy} } }
component B { operation go() delays 1 s  threads 1 }
interaction Job { actor user  lifeline a: A, b: B  user -> a.go() { a -> b.go() { b -> a.go() } } }
scenario S { load Job every 4 s  run 100 s  replications 2  seed 3 }
`);
    const { findings } = simulate(model, 't.S');
    expect(findings.map(({ code }) => code)).not.toContain('deadlock');
  });

  it('that wait for connections of each other are a deadlock too', async () => {
    const { model } = await modelFrom(`package t
component A { operation go() delays 1 s  connections 1 }
component B { operation go()  connections 1 }
interaction Job { actor user  lifeline a: A, b: B  user -> a.go() { a -> b.go() { b -> a.go() { a -> b.go() } } } }
scenario S { load Job every 1 s  run 50 s  replications 1  seed 3 }
`);
    const { findings } = simulate(model, 't.S');
    const found = findings.find(({ code }) => code === 'deadlock');
    expect(found?.message).toMatch(/^Deadlock at A\.connections: /);
  });
});

describe('a queue in front of threads', () => {
  it('refuses what has no place in it, at once, and says so', async () => {
    const result = await run({ limits: 'threads 1  queue 0', load: 'at 1/s' });
    // Erlang's loss formula for one server.
    covers(measure(result, 't.Job', 'errors'), 0.5);
    covers(measure(result, 't.Job', 'mean'), 1);
    expect(result.findings).toEqual([
      {
        code: 'calls-refused',
        severity: 'warning',
        element: 't.Server',
        message: expect.stringMatching(/^Server refused [\d\s]+ calls, [\d.]+ % of all: its threads were busy/),
      },
    ]);
  });

  it('takes the last first where it is lifo: the same mean, more variation', async () => {
    const load = { work: 'delays exp(0.1 s)', load: 'at 8/s', run: '1000 s' };
    const fifo = await run({ ...load, limits: 'threads 1' });
    const lifo = await run({ ...load, limits: 'threads 1  queue lifo' });
    covers(measure(fifo, 't.Job', 'mean'), 0.5);
    covers(measure(lifo, 't.Job', 'mean'), 0.5);
    expect(measure(lifo, 't.Job', 'p50').value).toBeLessThan(measure(fifo, 't.Job', 'p50').value! / 1.5);
    expect(measure(lifo, 't.Job', 'p99').value).toBeGreaterThan(measure(fifo, 't.Job', 'p99').value! * 1.5);
  });

  it('lets the greatest priority go first, as the formula of Cobham says', async () => {
    const { model, problems } = await modelFrom(`package t
component Server { operation serve(level: Integer) delays exp(1 ms)  operation other() delays exp(1 ms)
  threads 1  queue priority level }
interaction Low { actor user lifeline s: Server  user -> s.serve(1) }
interaction High { actor user lifeline s: Server  user -> s.serve(2) }
interaction None { actor user lifeline s: Server  user -> s.other() }
deployment D { node n { deploy Server } }
scenario S of D {
  load None at 200/s  load Low at 300/s  load High at 300/s  run 30 s  warmup 2 s  replications 10  seed 5 }
`);
    expect(problems).toEqual([]);
    const result = simulate(model, 't.S');
    const residual = 0.0008;
    covers(measure(result, 't.High', 'mean'), 0.001 + residual / 0.7);
    covers(measure(result, 't.Low', 'mean'), 0.001 + residual / (0.7 * 0.4));
    // It carries no level: it goes last.
    covers(measure(result, 't.None', 'mean'), 0.001 + residual / (0.4 * 0.2));
  });

  it('by priority has places too, and those who gave up leave it', async () => {
    const limits = 'threads 1  queue 3 priority 1';
    const { model } = await modelFrom(`package t
component Server { operation serve() delays exp(20 ms)  ${limits} }
interaction Job { actor user  lifeline server: Server  user -> server.serve() timeout 30 ms cancels }
deployment D { node n { deploy Server } }
scenario S of D { load Job at 80/s  run 200 s  warmup 20 s  replications 4  seed 3 }
`);
    const byPriority = simulate(model, 't.S');
    const { model: plain } = await modelFrom(`package t
component Server { operation serve() delays exp(20 ms)  threads 1 queue 3 }
interaction Job { actor user  lifeline server: Server  user -> server.serve() timeout 30 ms cancels }
deployment D { node n { deploy Server } }
scenario S of D { load Job at 80/s  run 200 s  warmup 20 s  replications 4  seed 3 }
`);
    // All alike: it is a queue by the order of coming.
    expect(byPriority.measures).toEqual(simulate(plain, 't.S').measures);
    expect(byPriority.counters.failed).toBeGreaterThan(0);
  });

  it('loses what the published cases of M/M/c/K lose', async (context) => {
    const published = publishedCases('mmcK_erlangB');
    if (published === null) return context.skip('the cases of mmcK_erlangB are not on this machine');
    let compared = 0;
    for (const { lam, mu, c, K, P_block, throughput, Lq, W_accepted, Wq_accepted } of published) {
      if (lam! > 10) continue;
      const result = await run({
        limits: `threads ${c}  queue ${K! - c!}`,
        work: `delays exp(${1000 / mu!} ms)`,
        load: `at ${lam}/s`,
        run: `${Math.ceil(40_000 / lam!)} s`,
      });
      covers(measure(result, 't.Server.serve', 'errors'), P_block!);
      covers(measure(result, 't.Job', 'throughput'), throughput!);
      covers(measure(result, 't.Job', 'mean'), W_accepted!);
      covers(measure(result, 't.Server', 'queue'), Lq!);
      covers(measure(result, 't.Server.serve', 'wait'), Wq_accepted!);
      compared++;
    }
    expect(compared).toBeGreaterThan(3);
  });
});

describe('a queue for threads', () => {
  const grown = async (rate: number) => {
    const { model } = await modelFrom(`package g
component Orders { operation take() delays exp(10 ms)  threads 2 }
interaction Buy { actor u  lifeline o: Orders  u -> o.take() }
deployment D { node n { deploy Orders } }
scenario S of D { load Buy at ${rate}/s  run 60 s  warmup 5 s  replications 2  seed 3 }`);
    return simulate(model, 'g.S').findings.filter(({ code }) => code === 'line-grows');
  };

  it('that only grows is a finding, with how fast', async () => {
    const [finding] = await grown(260);
    expect(finding?.element).toBe('g.Orders');
    expect(finding?.message).toMatch(/^The line at Orders\.threads grows by [56]\d(\.\d)?\/s/);
  });

  it('that only wanders is none', async () => {
    expect(await grown(170)).toEqual([]);
  });
});

describe('a queue that drops what has expired', () => {
  const served = async (queue: string, policy: string): Promise<readonly (number | null)[]> => {
    const { model, problems } = await modelFrom(`package t
component Server { operation serve() delays 100 ms  threads 1  queue ${queue} }
interaction Job { actor user  lifeline server: Server  user -> server.serve() ${policy} }
scenario S { load Job every 10 s batch 9  run 1005 s  warmup 5 s  replications 2  seed 3 }
`);
    expect(problems).toEqual([]);
    const result = simulate(model, 't.S');
    expect(result.counters.unfinished).toBe(0);
    return [measure(result, 't.Server.serve', 'throughput').value, measure(result, 't.Job', 'throughput').value].map(
      (rate) => Math.round((rate ?? 0) * 1000) / 100,
    );
  };

  // Nine come at once, and give up after 450 ms: four are answered in time, the fifth one 50 ms too late.
  it.each([
    ['fifo', 'timeout 450 ms', [9, 4]],
    ['drop expired', 'timeout 450 ms', [5, 4]],
    ['drop expired', 'timeout 450 ms deadline propagates', [5, 4]],
    ['drop expired within 50 ms', 'timeout 450 ms deadline propagates', [4, 4]],
    ['drop expired within 49 ms', 'timeout 450 ms deadline propagates', [5, 4]],
    ['drop expired within 100 ms', 'timeout 450 ms deadline propagates', [4, 4]],
    ['drop expired within 460 ms', 'timeout 450 ms deadline propagates', [0, 0]],
    // Nobody has told it how much time is left.
    ['drop expired within 100 ms', 'timeout 450 ms', [5, 4]],
  ])('%s, with %s', async (queue, policy, expected) => {
    expect(await served(queue, policy)).toEqual(expected);
  });

  it.each([
    ['drop expired within 5', 'unit'],
    ['drop expired within 0 ms', 'above 0'],
    ['drop expired within exp(5 ms)', 'known before the run'],
    ['drop expired within', ''],
  ])('does not take %s', async (queue, message) => {
    const { problems } = await modelFrom(
      `component Server { operation serve() delays 1 s  threads 1  queue ${queue} }`,
    );
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join()).toContain(message);
  });
});
