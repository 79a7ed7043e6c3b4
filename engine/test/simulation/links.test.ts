import { describe, expect, it, vi } from 'vitest';
import { compileScenario, type SimulationResult, simulate } from '../../src/simulation/index.ts';
import { Kernel } from '../../src/simulation/kernel.ts';
import { measure, modelFrom } from './models.ts';
import { covers } from './published.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Crossing {
  /** What the link is. */
  readonly link: string;
  readonly size?: string;
  readonly policy?: string;
  readonly call?: string;
  readonly load?: string;
  readonly nodes?: number;
  readonly run?: string;
}

/** `l.Front.ask` calls `l.Back.find` over a link in each `l.Job`. */
async function run({ link, size = '', policy = '', load = 'at 5/s', nodes = 1, ...rest }: Crossing) {
  const { call = 'front -> back.find()' } = rest;
  const { model, problems } = await modelFrom(`package l
component Front { operation ask()  requires Back { ${policy} } }
component Back { operation find() ${size} }
interaction Job { actor user  lifeline front: Front, back: Back  user -> front.ask() { ${call} } }
deployment D { node a * ${nodes} { deploy Front }  node b { deploy Back }  a -- b { ${link} } }
scenario S of D { load Job ${load}  run ${rest.run ?? '1020 s'}  warmup 20 s  replications 6  seed 4 }
`);
  expect(problems).toEqual([]);
  return simulate(model, 'l.S');
}

const codes = ({ findings }: SimulationResult): string[] => findings.map(({ code }) => code);

describe('a link with a bandwidth', () => {
  it('takes its time for what requests and replies carry, and then the latency', async () => {
    const size = 'size 1 kB reply 2 kB';
    const result = await run({ link: 'latency 10 ms bandwidth 80 kbps', size, load: 'every 1 s', run: '60 s' });
    covers(measure(result, 'l.Job', 'mean'), 0.1 + 0.2 + 0.02);
  });

  it('lets the reply be as large as the request where nothing else is said, and nothing pass at once', async () => {
    const same = await run({ link: 'bandwidth 80 kbps', size: 'size 1 kB', load: 'every 1 s', run: '60 s' });
    covers(measure(same, 'l.Job', 'mean'), 0.2);
    const none = await run({ link: 'bandwidth 80 kbps', load: 'every 1 s', run: '60 s' });
    covers(measure(none, 'l.Job', 'mean'), 0);
    expect(codes(none)).toContain('no-sizes');
    expect(codes(same)).toEqual([]);
  });

  it('sends one message after the other, as M/D/1', async () => {
    const result = await run({ link: 'bandwidth 80 kbps', size: 'size 1 kB reply 0 B' });
    covers(measure(result, 'l.Job', 'mean'), 0.1 + 0.05);
  });

  it('sends messages of any size, as M/M/1', async () => {
    const result = await run({ link: 'bandwidth 80 kbps', size: 'size exp(1 kB) reply 0 B' });
    covers(measure(result, 'l.Job', 'mean'), 0.2);
  });

  it('is one line for each direction between two nodes', async () => {
    // Half of the load over each of two lines.
    const two = await run({
      link: 'bandwidth 80 kbps',
      size: 'size 1 kB reply 0 B',
      nodes: 2,
      load: 'every 0.1 s',
      run: '60 s',
    });
    covers(measure(two, 'l.Job', 'mean'), 0.1);
    const both = await run({
      link: 'bandwidth 80 kbps',
      size: 'size 1 kB reply 1 kB',
      load: 'every 0.1 s',
      run: '60 s',
    });
    covers(measure(both, 'l.Job', 'mean'), 0.2);
  });
});

describe('a link that loses messages', () => {
  it('loses requests and replies, and the caller learns of it by its timeout', async () => {
    const result = await run({ link: 'loss 10 %', policy: 'timeout 0.5 s', load: 'at 20/s' });
    covers(measure(result, 'l.Job', 'errors'), 1 - 0.9 * 0.9);
    covers(measure(result, 'l.Back.find', 'rate'), 20 * 0.9);
    expect(codes(result)).toEqual(['messages-lost']);
  });

  it('is made up for by a retry or a hedge', async () => {
    const retried = await run({ link: 'loss 10 %', policy: 'timeout 0.5 s retry 1', load: 'at 20/s' });
    covers(measure(retried, 'l.Job', 'errors'), 0.19 * 0.19);
    const hedged = await run({ link: 'loss 10 %', policy: 'timeout 5 s hedge 0.1 s', load: 'at 20/s', run: '220 s' });
    covers(measure(hedged, 'l.Job', 'errors'), 0.19 * 0.19);
    covers(measure(hedged, 'l.Job', 'mean'), (0.1 * 0.19 * 0.81) / (1 - 0.19 * 0.19));
  });

  it('leaves who waits without a timeout waiting, and the run says so', async () => {
    const result = await run({ link: 'loss 10 %', load: 'at 20/s', run: '120 s' });
    const { started, finished, failed, unfinished } = result.counters;
    expect([failed, finished + unfinished]).toEqual([0, started]);
    expect(unfinished / started).toBeGreaterThan(0.17);
    expect(unfinished / started).toBeLessThan(0.21);
    expect(codes(result)).toEqual(['messages-lost', 'lost-for-ever']);
  });

  it('that lose everything fill what a run can hold, and no more', async () => {
    const { model } = await modelFrom(`package l
component Front { operation ask() }
component Back { operation find() }
interaction Job { actor user  lifeline front: Front, back: Back  user -> front.ask() { front -> back.find() } }
deployment D { node a { deploy Front }  node b { deploy Back }  a -- b { loss 100 % } }
scenario S of D { load Job at 100/s  run 60 s  seed 4 }
`);
    const run = new Kernel(compileScenario(model, 'l.S').value!, 1000).run(0, {});
    expect(run.finished).toBe(true);
    expect(run.refused).toBeGreaterThan(4000);
    expect(run.liveTokens).toBeLessThanOrEqual(1000);
  });

  it('does not keep an asynchronous call alive', async () => {
    const result = await run({ link: 'loss 50 %', call: 'front ->> back.find()', load: 'at 20/s', run: '120 s' });
    covers(measure(result, 'l.Back.find', 'rate'), 10);
    expect(result.counters.unfinished).toBe(0);
  });

  it('leaves a wait that is cancelled from above', async () => {
    const { model } = await modelFrom(`package l
component Front { operation ask() threads 1 }
component Back { operation find() }
interaction Job { actor user  lifeline front: Front, back: Back
  user -> front.ask() timeout 0.5 s cancels { front -> back.find() } }
deployment D { node a { deploy Front }  node b { deploy Back }  a -- b { loss 100 % } }
scenario S of D { load Job every 1 s  run 61 s  warmup 1 s  replications 2  seed 4 }
`);
    const result = simulate(model, 'l.S');
    covers(measure(result, 'l.Front.ask', 'concurrency'), 0.5);
    covers(measure(result, 'l.Front', 'queue'), 0);
  });
});
