import type { Change } from '@pollux/engine/model';
import { LiveRun, type LiveState } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { beforeAll, describe, expect, it } from 'vitest';
import { LivePlayer } from '../../src/live/live-player.ts';

const text = `package q
component Server { operation serve() takes exp(20 ms) }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { cores 1  deploy Server } }
scenario S of D { load Job at 30/s  run 60 s  seed 7 }`;

type Model = NonNullable<Awaited<ReturnType<typeof modelOf>>['model']>;
let model: Model;
beforeAll(async () => {
  const found = (await modelOf(text)).model;
  if (found === null) throw new Error('the model is broken');
  model = found;
});

/** A player with a wall clock that only the test moves. */
function player(): { player: LivePlayer; pass(milliseconds: number): LiveState } {
  let now = 1000;
  const made = new LivePlayer({ model, scenario: 'q.S', clock: () => now });
  return {
    player: made,
    pass(milliseconds) {
      for (let passed = 0; passed < milliseconds; passed += 100) {
        now += 100;
        made.tick();
      }
      return made.state();
    },
  };
}

const crowd: Change = { kind: 'load-factor', behaviour: 'q.Job', factor: 7 };
const crash: Change = { kind: 'crash', subject: 'q.D.n' };

/** Which a run has to have a place for from its beginning. */
function moreLoad(): Change {
  const own = model.scenarios[0]?.loads[0];
  if (own === undefined) throw new Error('the scenario has no load');
  return { kind: 'load', load: { ...own, id: 'q.more', arrivals: { kind: 'poisson', rate: 200 } } };
}

describe('a live run under a person’s hand', () => {
  it('goes as fast as was said, stands still when paused, and one step further when stepped', () => {
    const { player: live, pass } = player();
    live.hear({ kind: 'speed', speed: 7 });
    expect(live.state()).toMatchObject({ status: 'paused', now_s: 0, duration_s: 60, step_s: 0.1, seed: 7, speed: 7 });
    live.hear({ kind: 'speed', speed: 1 });
    live.hear({ kind: 'play' });
    expect(pass(1000)).toMatchObject({ status: 'playing', speed: 1 });
    expect(live.state().now_s).toBeCloseTo(1, 9);
    expect(live.state().reached).toBeCloseTo(1, 6);
    live.hear({ kind: 'speed', speed: 20 });
    live.hear({ kind: 'play' });
    expect(pass(500).now_s).toBeCloseTo(11, 9);
    live.hear({ kind: 'pause' });
    expect(pass(500)).toMatchObject({ status: 'paused' });
    expect(live.state().now_s).toBeCloseTo(11, 9);
    live.hear({ kind: 'step' });
    expect(pass(100).now_s).toBeCloseTo(11.1, 9);
    live.hear({ kind: 'speed', speed: 1e9 });
    live.hear({ kind: 'play' });
    expect(live.state().speed).toBe(10_000);
    expect(pass(300)).toMatchObject({ status: 'over', now_s: 60 });
  });

  it('shows the past from what was kept, and goes on from there as it did before', () => {
    const { player: live, pass } = player();
    live.hear({ kind: 'speed', speed: 100 });
    live.hear({ kind: 'play' });
    const first = pass(300);
    expect(first.now_s).toBeCloseTo(30, 9);
    live.hear({ kind: 'seek', time_s: 12.3 });
    const back = live.state();
    expect(back).toMatchObject({ status: 'looking-back', now_s: first.now_s });
    expect(back.frame.time_s).toBeGreaterThan(11.9);
    expect(back.frame.time_s).toBeLessThanOrEqual(12.3);
    live.hear({ kind: 'seek', time_s: 30 });
    const again = pass(100);
    expect(again).toMatchObject({ status: 'paused' });
    expect(again.frame.counters).toEqual(first.frame.counters);
    live.hear({ kind: 'seek', time_s: 10 });
    live.hear({ kind: 'speed', speed: 100 });
    live.hear({ kind: 'play' });
    expect(pass(100).now_s).toBeLessThan(25);
    live.hear({ kind: 'seek', time_s: 30 });
    expect(pass(100).frame.counters).toEqual(first.frame.counters);
  });

  it.each([
    ['from that moment on, without running anything again', (): Change => crowd, 'paused'],
    ['after catching up, where a run has to know of it from its beginning', moreLoad, 'catching-up'],
  ] as const)('takes an input at the moment that is shown %s', (_, change, status) => {
    const { player: live, pass } = player();
    live.hear({ kind: 'seek', time_s: 20 });
    const before = pass(100);
    expect(before).toMatchObject({ status: 'paused', now_s: 20 });
    live.hear({ kind: 'change', change: change() });
    expect(live.state()).toMatchObject({ status, goal_s: status === 'paused' ? null : 20 });
    const after = pass(200);
    expect(after).toMatchObject({ status: 'paused', now_s: 20, inputs: [{ time: 20e6 }] });
    expect(after.frame.counters).toEqual(before.frame.counters);
    live.hear({ kind: 'seek', time_s: 30 });
    expect(pass(100).frame.elements['q.D.n']?.queue).toBeGreaterThan(100);
  });

  it('goes on playing while a node crashes and comes back', () => {
    const { player: live, pass } = player();
    live.hear({ kind: 'speed', speed: 10 });
    live.hear({ kind: 'play' });
    pass(1000);
    live.hear({ kind: 'change', change: crash });
    expect(live.state()).toMatchObject({ status: 'playing', inputs: [{ time: 10e6, change: crash }] });
    const down = pass(1000);
    expect(down).toMatchObject({ status: 'playing' });
    expect(down.now_s).toBeCloseTo(20, 9);
    expect(down.frame.counters.failed).toBeGreaterThan(100);
    live.hear({ kind: 'end', target: 'crash q.D.n' });
    const up = pass(1000);
    expect(up.inputs).toEqual([{ time: 10e6, change: { ...crash, duration: 10e6 } }]);
    expect(up.frame.counters.failed).toBe(down.frame.counters.failed);
  });

  it('takes an input in the past by going back there, and can be stopped on the way', () => {
    const { player: live, pass } = player();
    live.hear({ kind: 'seek', time_s: 40 });
    pass(100);
    live.hear({ kind: 'seek', time_s: 20 });
    const shown = live.state().frame.time_s;
    live.hear({ kind: 'change', change: crash });
    const state = live.state();
    expect(state).toMatchObject({ status: 'catching-up', now_s: 0 });
    const [input] = state.inputs;
    expect(input?.time).toBeGreaterThanOrEqual(shown * 1e6);
    expect(input?.time).toBeLessThan(shown * 1e6 + 1000);
    // What is done on the way is done where it leads.
    live.hear({ kind: 'change', change: crowd });
    expect(live.state().inputs.map(({ time }) => time)).toEqual([input?.time, input?.time]);
    live.hear({ kind: 'pause' });
    expect(live.state()).toMatchObject({ status: 'paused', goal_s: null });
    live.hear({ kind: 'seek', time_s: 20 });
    expect(pass(100)).toMatchObject({ status: 'paused', now_s: 20 });
  });

  it('keeps a bounded number of frames, and tells the history of what is loaded', () => {
    const { player: live, pass } = player();
    live.hear({ kind: 'speed', speed: 0.1 });
    live.hear({ kind: 'play' });
    pass(20_000);
    live.hear({ kind: 'speed', speed: 3 });
    live.hear({ kind: 'play' });
    const { history } = pass(22_000);
    expect(history.times_s.length).toBeGreaterThan(100);
    expect(history.times_s.length).toBeLessThanOrEqual(242);
    expect(history.times_s).toEqual(history.times_s.toSorted((a, b) => a - b));
    expect(history.rows.map(({ element, measure }) => [element, measure])).toEqual([
      ['q.Job', 'rate'],
      ['q.Job', 'p95'],
      ['q.Job', 'errors'],
    ]);
    for (const { values } of history.rows) expect(values).toHaveLength(history.times_s.length);
  });

  it('catches up in slices where a crowd outgrew the space it began with, and keeps what was shown', async () => {
    const flood = (await modelOf(text.replace('at 30/s', 'at 4000/s').replace('run 60 s', 'run 20 s'))).model;
    if (flood === null) throw new Error('the model is broken');
    let now = 0;
    const live = new LivePlayer({ model: flood, scenario: 'q.S', clock: () => (now += 4) });
    live.hear({ kind: 'speed', speed: 10 });
    live.hear({ kind: 'play' });
    const seen: LiveState[] = [];
    while (live.isBusy && seen.length < 1000) {
      live.tick();
      seen.push(live.state());
    }
    const again = seen.findIndex(({ now_s }, index) => now_s < (seen[index - 1]?.now_s ?? 0));
    expect(again).toBeGreaterThan(0);
    expect(seen[again]).toMatchObject({ status: 'catching-up' });
    expect(seen[again]?.goal_s).toBeGreaterThanOrEqual(seen[again - 1]?.now_s ?? Number.NaN);
    expect(seen[again]?.history.times_s.length).toBeGreaterThanOrEqual(seen[again - 1]?.history.times_s.length ?? 0);
    expect(seen.some(({ status }, index) => index > again && status === 'playing')).toBe(true);
    const last = seen.at(-1);
    expect(last).toMatchObject({ status: 'over', now_s: 20 });
    const whole = new LiveRun(flood, 'q.S', {});
    whole.advance(20e6);
    expect(last?.frame.counters).toEqual(whole.frame().counters);
    expect(last?.frame.counters.started).toBeGreaterThan(1 << 15);
  });

  it('says why a scenario cannot run, and then hears no command', () => {
    const live = new LivePlayer({ model, scenario: 'q.None', clock: () => 0 });
    live.hear({ kind: 'speed', speed: 1 });
    live.hear({ kind: 'play' });
    expect(live.isBusy).toBe(false);
    expect(live.state()).toMatchObject({ status: 'impossible', problems: [{ code: 'unknown-scenario' }] });
  });
});
