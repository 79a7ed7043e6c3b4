import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { modelFrom } from './models.ts';

/** The cost of ten hours, of which the first is warm-up. */
async function cost(deployment: string, timeline = ''): Promise<{ value: number | null; verdict: string }> {
  const { model, problems } = await modelFrom(`package q
component Server { operation serve() takes 1 ms }
resource clerk * 2
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n * 3 { cores 1  deploy Server * 2 }  ${deployment} }
scenario S of D { load Job every 1 min  ${timeline}  run 10 h  warmup 1 h  replications 2  seed 7  expect cost < 30 }
`);
  expect(problems).toEqual([]);
  const result = simulate(model, 'q.S');
  expect(result.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  const [{ value, verdict } = { value: null, verdict: '' }] = result.expectations;
  return { value, verdict };
}

describe('the cost of a run', () => {
  it('is that of each node, replica and resource while it is there', async () => {
    expect((await cost('cost n 1/h')).value).toBeCloseTo(27, 9);
    expect((await cost('cost Server 0.5/h')).value).toBeCloseTo(27, 9);
    expect((await cost('cost clerk 0.1/h')).value).toBeCloseTo(1.8, 9);
    const all = await cost('cost n 1/h  cost Server 0.5/h  cost clerk 0.1/h');
    expect([all.value?.toFixed(6), all.verdict]).toEqual(['55.800000', 'missed']);
  });

  it('follows what comes and goes', async () => {
    expect((await cost('cost Server 1/h', 'at 4 h scale Server to 9')).value).toBeCloseTo(3 * 6 + 6 * 9, 6);
    expect((await cost('cost Server 1/h', 'at 7 h scale Server to 3')).value).toBeCloseTo(6 * 6 + 3 * 3, 6);
  });

  it('is not known where nothing has a price', async () => {
    expect(await cost('')).toEqual({ value: null, verdict: 'undecided' });
  });
});
