import { describe, expect, it, vi } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';
import { covers, publishedCases } from './published.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Network {
  /** By station: `takes exp(2 s)`, and how many cores; 0 where none are declared. */
  readonly costs: readonly string[];
  readonly cores: readonly number[];
  /** Calls `user -> c0.go()`, `c1` and so on, with whatever stands around them. */
  readonly body: string;
  readonly load: string;
  /** Seconds; a twentieth more goes before them as warm-up. */
  readonly seconds: number;
}

/** Stations `n.C0`, `n.C1`, … each on a node `n.D.n0`, `n.D.n1`, … of its own, visited by interaction `n.Job`. */
async function run({ costs, cores, body, load, seconds }: Network) {
  const lines = [
    'package n',
    ...costs.map((cost, i) => `component C${i} { operation go() ${cost} }`),
    'interaction Job {',
    `  actor user  lifeline ${costs.map((_, i) => `c${i}: C${i}`).join(', ')}`,
    body,
    '}',
    'deployment D {',
    ...cores.map((count, i) => `  node n${i} { ${count > 0 ? `cores ${count}` : ''}  deploy C${i} }`),
    '}',
    'scenario S of D {',
    `  load Job ${load}`,
    `  run ${Math.ceil(seconds * 1.05)} s  warmup ${Math.ceil(seconds * 0.05)} s  replications 10  seed 5`,
    '}',
  ];
  const { model, problems } = await modelFrom(lines.join('\n'));
  expect(problems).toEqual([]);
  return simulate(model, 'n.S');
}

describe('published networks', () => {
  it('that are open have the response times of Jackson', async (context) => {
    const published = publishedCases<{
      gamma: number[];
      mu: number[];
      c: number[];
      lam: number[];
      rho: number[];
      W: number[];
      response_end_to_end: number;
    }>('jackson_open');
    if (published === null) return context.skip('the cases of jackson_open are not on this machine');
    // One entrance each: their routing, written as an interaction.
    const bodies = [
      'user -> c0.go()\n alt 70 % { user -> c1.go() } else { user -> c2.go() }',
      `var again: Boolean = true
       loop 1..* [again] {
         again = false
         user -> c0.go()
         user -> c1.go()
         opt 50 % { user -> c2.go()\n opt 40 % { again = true } }
       }`,
      `user -> c0.go()\n user -> c1.go()
       alt 60 % { user -> c2.go()\n user -> c4.go() } else { user -> c3.go()\n opt 50 % { user -> c4.go() } }`,
    ];
    for (const [index, body] of bodies.entries()) {
      const { gamma, mu, c, lam, rho, W, response_end_to_end } = published[index]!;
      const costs = mu.map((rate) => `takes exp(${1 / rate} s)`);
      const seconds = 15_000 / gamma[0]!;
      const result = await run({ costs, cores: c, body, load: `at ${gamma[0]}/s`, seconds });
      covers(measure(result, 'n.Job', 'mean'), response_end_to_end);
      for (const station of mu.keys()) {
        covers(measure(result, `n.C${station}.go`, 'mean'), W[station]!);
        covers(measure(result, `n.C${station}.go`, 'throughput'), lam[station]!);
        covers(measure(result, `n.D.n${station}`, 'utilization'), rho[station]!);
      }
    }
  });

  it('that are closed have the throughput of exact mean value analysis', async (context) => {
    const published = publishedCases<{
      demands: number[];
      servers: number[];
      think: number;
      N: number;
      X: number;
      R: number;
      Q_k: number[];
    }>('closed_mva_single_class');
    if (published === null) return context.skip('the cases of closed_mva_single_class are not on this machine');
    for (const { demands, servers, think, N, X, R, Q_k } of published) {
      // More users need runs too long for here.
      if (N > 200) continue;
      const costs = demands.map((demand, i) => `${servers[i] === 0 ? 'delays' : 'takes'} exp(${demand} s)`);
      const body = demands.map((_, i) => `user -> c${i}.go()`).join('\n');
      const thinking = think === 0 ? '0 s' : `exp(${think} s)`;
      const load = `by ${N} users thinking ${thinking}`;
      const result = await run({ costs, cores: servers, body, load, seconds: 4000 / X });
      covers(measure(result, 'n.Job', 'throughput'), X);
      covers(measure(result, 'n.Job', 'mean'), R);
      for (const [i, queue] of Q_k.entries()) covers(measure(result, `n.C${i}.go`, 'concurrency'), queue);
    }
  });

  it('that fork to two queues and join have the response time of Flatto and Hahn', async (context) => {
    const published = publishedCases('fork_join_mm1');
    if (published === null) return context.skip('the cases of fork_join_mm1 are not on this machine');
    for (const { lam, K2_exact } of published) {
      if (lam! > 0.85) continue;
      const result = await run({
        costs: ['takes exp(1 s)', 'takes exp(1 s)'],
        cores: [1, 1],
        body: 'par { user -> c0.go() } and { user -> c1.go() }',
        load: `at ${lam}/s`,
        seconds: 20_000 / lam!,
      });
      covers(measure(result, 'n.Job', 'mean'), K2_exact!);
    }
  });
});
