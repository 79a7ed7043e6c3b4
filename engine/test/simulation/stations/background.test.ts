import { describe, expect, it, vi } from 'vitest';
import { analyse } from '../../../src/simulation/analytic/index.ts';
import { simulate } from '../../../src/simulation/index.ts';
import { measure, modelFrom } from '../models.ts';
import { covers } from '../published.ts';

vi.setConfig({ testTimeout: 60_000 });

async function run(node: string, load: string, takes: string, background = 'load outside on n 20 %', time = '30 s') {
  const { model, problems } = await modelFrom(`package b
component Server { operation serve() takes ${takes} }
interaction Job { actor user lifeline s: Server  user -> s.serve() }
deployment D { node n ${node}  ${background} }
scenario S of D { load Job ${load}  run ${time}  warmup 2 s  replications 10  seed 5 }`);
  expect(problems).toEqual([]);
  return { result: simulate(model, 'b.S'), solution: analyse(model, model.scenarios[0]!) };
}

describe('a background load', () => {
  it('keeps its share of the cores busy, and what the model does waits for it', async () => {
    const { result, solution } = await run('{ cores 1 deploy Server }', 'at 500/s', 'exp(1 ms)');
    covers(measure(result, 'b.D.n', 'utilization'), 0.7);
    covers(measure(result, 'b.Server', 'utilization'), 0.5);
    // M/M/1 with all that comes.
    covers(measure(result, 'b.Job', 'mean'), 0.001 / 0.3);
    covers(measure(result, 'b.D.n', 'queue'), 0.7 ** 2 / 0.3);
    covers(measure(result, 'b.Server.serve', 'wait'), 0.0007 / 0.3);
    expect(solution.stations[0]).toMatchObject({
      form: 'M/M/c',
      exact: true,
      utilisation: { low: expect.closeTo(0.7) },
    });
    expect(solution.behaviours[0]?.response.low).toBeCloseTo(0.001 / 0.3, 9);
    expect(solution.headroom).toBeCloseTo(0.8 / 0.5, 9);
    expect(solution.stations[0]?.saturation).toBeCloseTo(800, 6);
    expect(result.findings).toEqual([]);
  });

  it('of a node of several kinds of work has the mean of it all', async () => {
    const { result, solution } = await run('{ cores 1 deploy Server }', 'at 200/s', '2 ms');
    // M/G/1: constant work of 2 ms, and exponential work of the same mean.
    const wait = (200 * 4e-6 + 100 * 8e-6) / 2 / (1 - 0.6);
    covers(measure(result, 'b.Job', 'mean'), 0.002 + wait);
    expect(solution.behaviours[0]).toMatchObject({ form: 'M/G/1', exact: true });
    expect(solution.behaviours[0]?.response.low).toBeCloseTo(0.002 + wait, 9);
    expect(result.findings).toEqual([]);
  });

  it('comes to each of the nodes, and shares cores that are shared', async () => {
    const { result } = await run('* 2 { cores 2 sharing deploy Server }', 'at 1200/s', 'uniform(0 ms, 2 ms)');
    covers(measure(result, 'b.D.n', 'utilization'), 0.5);
    const { result: alone } = await run('{ cores 1 sharing deploy Server }', 'at 500/s', 'uniform(0 ms, 2 ms)');
    covers(measure(alone, 'b.Job', 'mean'), 0.001 / 0.3);
    expect(alone.findings).toEqual([]);
  });

  it('adds up with others, and where it leaves too little the node is saturated', async () => {
    const more = 'load backups on n 20 %  load reports on n 30 %';
    const { result, solution } = await run('{ cores 1 deploy Server }', 'at 600/s', 'exp(1 ms)', more, '10 s');
    expect(result.findings.map(({ code }) => code)).toContain('saturated');
    expect(solution.stations[0]?.utilisation.low).toBeCloseTo(1.1, 9);
    expect(solution.stations[0]?.form).toBeNull();
  });

  it('is there where nothing of the model is, and takes nothing where no cores are declared', async () => {
    const { result } = await run(
      '{ cores 1 } node m { cores 1 deploy Server } node o {}',
      'at 500/s',
      'exp(1 ms)',
      'load outside on n 40 %  load other on o 40 %',
    );
    covers(measure(result, 'b.D.n', 'utilization'), 0.4);
    covers(measure(result, 'b.Job', 'mean'), 0.002);
  });

  it('leaves users who go round the rest of the cores: no formula is exact', async () => {
    const { result, solution } = await run('{ cores 1 deploy Server }', 'by 50 users thinking 10 ms', 'exp(1 ms)');
    covers(measure(result, 'b.Job', 'throughput'), 800);
    expect(solution.stations[0]).toMatchObject({ exact: false });
    expect(solution.behaviours[0]?.throughput.low).toBeCloseTo(800, 0);
    expect(solution.reasons.map(({ message }) => message)).toContainEqual(expect.stringContaining('outside the model'));
  });

  it('draws its own numbers: what else a run draws stays as it is', async () => {
    const small = await run('{ cores 1 deploy Server }', 'at 500/s', 'exp(1 ms)', 'load outside on n 0.001 %');
    const none = await run('{ cores 1 deploy Server }', 'at 500/s', 'exp(1 ms)', '');
    expect(small.result.counters.started).toBe(none.result.counters.started);
    const [own, alone] = [small, none].map(({ result }) => measure(result, 'b.Job', 'mean').value!);
    expect(own! / alone!).toBeCloseTo(1, 2);
  });
});
