import { describe, expect, it } from 'vitest';
import { erlangC } from '../../../src/simulation/analytic/closed-forms/erlang.ts';
import { conduct, POINT_LIMIT, simulate, sweep, withSettings } from '../../../src/simulation/index.ts';
import { modelFrom, station } from '../models.ts';

const busy = { takes: 'exp(1 ms)', cores: 1, rate: '700/s', run: '6 s', replications: 3 };
const sweepOf = async (
  vary: string,
  more: { rate?: string; run?: string; replications?: number } = {},
  options = {},
) => {
  const { model, problems } = await modelFrom(station({ ...busy, ...more, expect: vary }));
  expect(problems).toEqual([]);
  return { base: model, ...conduct(sweep(model, 'q.S', options)) };
};

describe('a sweep', () => {
  it('has a point for every combination, the last axis the fastest', async () => {
    const { axes, points } = await sweepOf('vary n.cores in 1..3, Server.serve.takes in [1 ms, exp(1.2 ms)]');
    expect(axes.map(({ text, values }) => [text, values.map((value) => value.text)])).toEqual([
      ['n.cores', ['1', '2', '3']],
      ['Server.serve.takes', ['1 ms', 'exp(1.2 ms)']],
    ]);
    expect(points.map(({ at }) => at.join())).toEqual(['0,0', '0,1', '1,0', '1,1', '2,0', '2,1']);
    expect(points[3]?.text).toBe('n.cores = 2, Server.serve.takes = exp(1.2 ms)');
  });

  it('has at each point the bytes of a single run of the changed model', async () => {
    const { base, points } = await sweepOf('vary n.cores in 1..2, Server.replicas in [1, 3]');
    expect(points.length).toBe(4);
    for (const { at, result } of points) {
      const changed = withSettings(base, 'q.S', [
        { element: 'q.D.n', name: 'cores', value: at[0]! + 1 },
        { element: 'q.Server', name: 'replicas', value: [1, 3][at[1]!]! },
      ]);
      expect(JSON.stringify(result)).toBe(JSON.stringify(simulate(changed, 'q.S')));
    }
  });

  it('finds the same at each point in whatever order they are asked for', async () => {
    const one = await sweepOf('vary n.cores in [1, 2, 4]');
    const two = await sweepOf('vary n.cores in [4, 1, 2]');
    const byText = (points: typeof one.points) =>
      Object.fromEntries(points.map(({ text, result }) => [text, JSON.stringify(result)]));
    expect(byText(two.points)).toEqual(byText(one.points));
  });

  it('does not simulate what formulas show to be hopeless, and says why', async () => {
    const { points, sentences } = await sweepOf('expect wait(n) < 0.2 ms  vary n.cores in 1..5', { rate: '2500/s' });
    expect(points.map(({ status }) => status)).toEqual(['pruned', 'pruned', 'pruned', 'simulated', 'simulated']);
    expect(points[0]?.reason).toBe(
      'n is asked for 250 % of what it can do: its queue grows without an end (utilisation law).',
    );
    expect(points[2]?.reason).toMatch(
      /^wait\(n\) is 1\.4 ms in the long run \(M\/M\/c\), which the expectation does not allow\.$/,
    );
    expect(
      points.every(
        ({ status, verdict, result }) => status === 'simulated' || (verdict === 'missed' && result === undefined),
      ),
    ).toBe(true);
    expect(sentences[0]).toBe('Of 5 combinations of n.cores 2 were simulated, 3 are hopeless by formula.');
    const all = await sweepOf(
      'expect wait(n) < 0.2 ms  vary n.cores in 1..3',
      { rate: '2500/s', run: '8 s', replications: 5 },
      { prunes: false },
    );
    expect(all.points.map(({ status, verdict }) => [status, verdict])).toEqual([
      ['simulated', 'missed'],
      ['simulated', 'missed'],
      ['simulated', 'missed'],
    ]);
  });

  it('finds the fewest servers that Erlang C asks for', async () => {
    // Erlang C with a = 2.5: the mean wait for c servers is C(c, a) / (c − a) ms.
    const waits = [3, 4, 5, 6].map((c) => erlangC(c, 2.5) / (c - 2.5));
    const bound = Math.sqrt(waits[1]! * waits[2]!);
    const { points, meetAll } = await sweepOf(`expect wait(n) < ${bound.toFixed(4)} ms  vary n.cores in 1..6`, {
      rate: '2500/s',
      run: '20 s',
      replications: 5,
    });
    expect(points[meetAll[0]!]?.text).toBe('n.cores = 5');
    expect(meetAll).toEqual([4, 5]);
  });

  it('keeps what was done when it is cancelled', async () => {
    const { model } = await modelFrom(station({ ...busy, expect: 'vary n.cores in 1..40' }));
    let done = 0;
    const found = conduct(sweep(model, 'q.S'), {
      progress: (progress) => {
        done = progress.done;
      },
      cancelled: () => done >= 70,
    });
    const finished = found.points.filter(({ status }) => status === 'simulated');
    expect(finished.length).toBeGreaterThanOrEqual(21);
    expect(finished.length).toBeLessThan(40);
    expect(finished.every(({ result }) => result?.replications === 3)).toBe(true);
    expect(found.findings.map(({ code }) => code)).toEqual(['incomplete']);
  });

  it('refuses what is too much, nothing at all, and what is unknown, and says how to mend it', async () => {
    const { findings, points } = await sweepOf(`vary n.cores in 1..${POINT_LIMIT + 1}`);
    expect([findings[0]?.code, points]).toEqual(['too-many-points', []]);
    expect(findings[0]?.message).toContain('take fewer values');
    expect((await sweepOf('')).findings[0]?.code).toBe('nothing-varied');
    const { model } = await modelFrom(station(busy));
    expect(conduct(sweep(model, 'q.T')).findings[0]?.code).toBe('unknown-scenario');
    const unknown = await modelFrom(station({ ...busy, takes: '?', expect: 'vary n.cores in 1..9' }));
    const cannot = conduct(sweep(unknown.model, 'q.S'));
    expect([cannot.points, cannot.findings[0]?.severity]).toEqual([[], 'error']);
  });
});
