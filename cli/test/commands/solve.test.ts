import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace } from './run-pollux.ts';

const model = (load: string, takes = 'exp(20 ms)', more = '') => `package queue
component Server { operation work() takes ${takes}  ${more} }
interaction Job { actor user  lifeline server: Server  user -> server.work() }
deployment One { node machine { cores 1  deploy Server } }
scenario Calm of One { load Job ${load}  run 1 min }
`;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({
    'open.twin': model('at 25/s'),
    'closed.twin': model('by 5 users thinking exp(1 s)'),
    'overloaded.twin': model('at 80/s'),
    'ramp.twin': model('ramp 1/s -> 20/s over 1 min'),
    'loss.twin': model('at 25/s', 'exp(20 ms)', 'threads 1  queue 0'),
    'two.twin': `${model('at 25/s')}scenario Storm of One { load Job at 40/s  run 1 min }\n`,
    'broken.twin': model('at 25/s').replace('server: Server', 'server: Sever'),
  });
});
afterAll(() => workspace.remove());

describe('pollux solve', () => {
  it('says what is exact, and by which formula', async () => {
    const { code, out } = await workspace.run('solve', 'open.twin', 'Calm');
    expect(code).toBe(0);
    expect(out).toMatch(/^Calm · bottleneck One\.machine · saturated at 2\.0 times the load\n/);
    expect(out).toMatch(/Job +25\/s +40 ms +120 ms +184 ms +50\/s +M\/M\/c, exact/);
    expect(out).toMatch(/One\.machine +1 +50 % +20 ms +40 ms +0\.50 +50\/s +M\/M\/c, exact/);
    expect(out).not.toContain('Why');
  });

  it('solves what users do who wait for each other', async () => {
    const { code, out } = await workspace.run('solve', 'closed.twin');
    expect(code).toBe(0);
    expect(out).toMatch(/Job +4\.9\/s +22 ms +50\/s +mean value analysis, exact/);
  });

  it('shows how many are turned away', async () => {
    const { out } = await workspace.run('solve', 'loss.twin');
    expect(out).toMatch(/Server \(threads\) .* 33 % +0 % +M\/G\/c\/c, exact/);
  });

  it('ends with 1 where more is asked for than there is', async () => {
    const { code, out } = await workspace.run('solve', 'overloaded.twin');
    expect(code).toBe(1);
    expect(out).toContain('overloaded: 63 % of the load is the most it can do');
    expect(out).toContain('It is asked for more than there is: queues grow without an end.');
  });

  it('ends with 2 where no formula applies, and says why', async () => {
    const { code, out } = await workspace.run('solve', 'ramp.twin');
    expect(code).toBe(2);
    expect(out).toContain('Why no formula applies:');
    expect(out).toMatch(/ramp\.twin:5:\d+ This load changes, comes in batches, or nobody knows it before the run\./);
  });

  it('prints everything as JSON', async () => {
    const { code, out } = await workspace.run('solve', 'open.twin', '--format', 'json');
    expect(code).toBe(0);
    const solution = JSON.parse(out);
    expect(solution).toMatchObject({ schema: 2, scenario: 'queue.Calm', bottleneck: 'queue.One.machine', reasons: [] });
    expect(solution.stations[0]).toMatchObject({ element: 'queue.One.machine', form: 'M/M/c', exact: true });
    expect(solution.behaviours[0].response.low).toBeCloseTo(0.04, 9);
  });

  it('asks for the scenario where there are several, and says where there is none of that name', async () => {
    const unsaid = await workspace.run('solve', 'two.twin');
    expect([unsaid.code, unsaid.error]).toEqual([3, expect.stringContaining('Say SCENARIO with one of: Calm, Storm.')]);
    const unknown = await workspace.run('solve', 'two.twin', 'Rain');
    expect([unknown.code, unknown.error]).toEqual([
      3,
      expect.stringContaining('There is no scenario Rain; there are: Calm, Storm.'),
    ]);
  });

  it('prints the problems of a model that has errors', async () => {
    const { code, out } = await workspace.run('solve', 'broken.twin');
    expect([code, out]).toEqual([1, expect.stringContaining('[unresolved-name]')]);
  });
});
