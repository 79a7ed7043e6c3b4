import type { LiveState } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { describe, expect, it } from 'vitest';
import { startLiveRun } from '../../src/live/start-live-run.ts';

const text = `package q
component Server { operation serve() takes exp(20 ms) }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { cores 1  deploy Server } }
scenario S of D { load Job at 30/s  run 60 s  seed 7 }
scenario Long of D { load Job at 40/s  run 300 d }`;

async function start(
  scenario: string,
): Promise<{ until(what: (state: LiveState) => boolean): Promise<LiveState>; run: ReturnType<typeof startLiveRun> }> {
  const { model } = await modelOf(text);
  if (model === null) throw new Error('the model is broken');
  let latest: LiveState | null = null;
  let hear: () => void = () => {};
  let failure: Error | null = null;
  const run = startLiveRun(
    { model, scenario, seed: undefined },
    {
      onState: (state) => {
        latest = state;
        hear();
      },
      onFailure: (error) => {
        failure = error;
        hear();
      },
    },
  );
  const until = (what: (state: LiveState) => boolean): Promise<LiveState> =>
    new Promise((resolve, reject) => {
      hear = () => {
        if (failure !== null) reject(failure);
        else if (latest !== null && what(latest)) resolve(latest);
      };
      hear();
    });
  return { until, run };
}

describe('a live run in its thread', () => {
  it('says how things stand, plays to its end, and is the same again', async () => {
    const { until, run } = await start('q.S');
    try {
      expect(await until(({ status }) => status === 'paused')).toMatchObject({ now_s: 0 });
      run.send({ kind: 'speed', speed: 10_000 });
      run.send({ kind: 'play' });
      const end = await until(({ status }) => status === 'over');
      run.send({ kind: 'seek', time_s: 5 });
      await until(({ status }) => status === 'looking-back');
      run.send({ kind: 'speed', speed: 10_000 });
      run.send({ kind: 'play' });
      await until(({ now_s }) => now_s < 60);
      const again = await until(({ status }) => status === 'over');
      expect(again.frame.counters).toEqual(end.frame.counters);
    } finally {
      run.dispose();
    }
  });

  it('hears a pause while it is on a way of months', async () => {
    const { until, run } = await start('q.Long');
    try {
      run.send({ kind: 'seek', time_s: 250 * 86_400 });
      await until(({ status, now_s }) => status === 'catching-up' && now_s > 0);
      const asked = performance.now();
      run.send({ kind: 'pause' });
      await until(({ status }) => status === 'paused');
      expect(performance.now() - asked).toBeLessThan(2000);
    } finally {
      run.dispose();
    }
  });
});
