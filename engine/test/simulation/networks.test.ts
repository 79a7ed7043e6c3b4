import { describe, expect, it, vi } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';
import { covers } from './published.ts';
import { closedNetworks, forkedNetworks, jacksonNetworks, type Network, networkText } from './published-networks.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A twentieth more than these seconds goes before them as warm-up. */
async function run(network: Network, seconds: number) {
  const time = `run ${Math.ceil(seconds * 1.05)} s  warmup ${Math.ceil(seconds * 0.05)} s  replications 10  seed 5`;
  const { model, problems } = await modelFrom(networkText(network, time));
  expect(problems).toEqual([]);
  return simulate(model, 'n.S');
}

describe('published networks', () => {
  it('that are open have the response times of Jackson', async (context) => {
    const networks = jacksonNetworks();
    if (networks === null) return context.skip('the cases of jackson_open are not on this machine');
    for (const { published, network } of networks) {
      const { gamma, mu, lam, rho, W, response_end_to_end } = published;
      const result = await run(network, 15_000 / gamma[0]!);
      covers(measure(result, 'n.Job', 'mean'), response_end_to_end);
      for (const station of mu.keys()) {
        covers(measure(result, `n.C${station}.go`, 'mean'), W[station]!);
        covers(measure(result, `n.C${station}.go`, 'throughput'), lam[station]!);
        covers(measure(result, `n.D.n${station}`, 'utilization'), rho[station]!);
      }
    }
  });

  it('that are closed have the throughput of exact mean value analysis', async (context) => {
    const networks = closedNetworks();
    if (networks === null) return context.skip('the cases of closed_mva_single_class are not on this machine');
    for (const { published, network } of networks) {
      const { N, X, R, Q_k } = published;
      // More users need runs too long for here.
      if (N > 200) continue;
      const result = await run(network, 4000 / X);
      covers(measure(result, 'n.Job', 'throughput'), X);
      covers(measure(result, 'n.Job', 'mean'), R);
      for (const [i, queue] of Q_k.entries()) covers(measure(result, `n.C${i}.go`, 'concurrency'), queue);
    }
  });

  it('that fork to two queues and join have the response time of Flatto and Hahn', async (context) => {
    const networks = forkedNetworks();
    if (networks === null) return context.skip('the cases of fork_join_mm1 are not on this machine');
    for (const { arrivals, response, network } of networks) {
      if (arrivals > 0.85) continue;
      covers(measure(await run(network, 20_000 / arrivals), 'n.Job', 'mean'), response);
    }
  });
});
