import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Load, Model } from '../../src/model/index.ts';
import { type LiveInput, LiveRun, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom, station } from './models.ts';

const second = 1e6;
const text = station({ takes: 'exp(20 ms)', cores: 1, rate: '30/s', run: '60 s', replications: 1 });

async function model(): Promise<Model> {
  return (await modelFrom(text)).model;
}

/** More of the scenario's own load, for a while. */
function more(of: Model, rate: number, duration: number): Change {
  const own = of.scenarios[0]?.loads[0] as Load;
  return { kind: 'load', load: { ...own, id: `${own.id}+`, arrivals: { kind: 'poisson', rate } }, duration };
}

describe('a live run', () => {
  it('is at its end the run of its scenario: same seed, same counts', async () => {
    const of = await model();
    const live = new LiveRun(of, 'q.S');
    for (let at = 1; at <= 60; at++) live.advance(at * second);
    expect(live.isOver).toBe(true);
    const whole = simulate({ ...of, scenarios: of.scenarios.map((each) => ({ ...each, warmup: 0 })) }, 'q.S');
    const { started, finished } = live.frame().counters;
    expect({ started, finished }).toEqual({ started: whole.counters.started, finished: whole.counters.finished });
  });

  it('shows what happened within its window', async () => {
    const of = await model();
    const live = new LiveRun(of, 'q.S');
    live.advance(30 * second);
    const { elements, window_s, time_s } = live.frame();
    expect([time_s, window_s]).toEqual([30, 3]);
    expect(elements['q.Job']?.rate).toBeGreaterThan(15);
    expect(elements['q.Job']?.rate).toBeLessThan(50);
    expect(elements['q.D.n']?.utilization).toBeGreaterThan(0.2);
    expect(elements['q.D.n']?.utilization).toBeLessThanOrEqual(1.0001);
    expect(elements['q.Server.serve']?.p95).toBeGreaterThan(0.02);
  });

  it('has windows whose means make up the mean of the run', async () => {
    const of = await model();
    const live = new LiveRun(of, 'q.S');
    const shares: number[] = [];
    for (let at = 3; at <= 60; at += 3) {
      live.advance(at * second);
      shares.push(live.frame().elements['q.D.n']?.utilization ?? Number.NaN);
    }
    const whole = simulate({ ...of, scenarios: of.scenarios.map((each) => ({ ...each, warmup: 0 })) }, 'q.S');
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeCloseTo(measure(whole, 'q.D.n', 'utilization').value ?? Number.NaN, 9);
  });

  it('is the same whatever the steps, and up to an input what it was without it', async () => {
    const of = await model();
    const input = fc.record({
      time: fc.integer({ min: 1, max: 50 }).map((at) => at * second),
      change: fc.integer({ min: 1, max: 40 }).map((rate) => more(of, rate, 5 * second)),
    });
    const untouched = new LiveRun(of, 'q.S');
    fc.assert(
      fc.property(input, fc.array(fc.nat(60_000), { maxLength: 6 }), (given: LiveInput, steps) => {
        const live = new LiveRun(of, 'q.S');
        live.restart([given]);
        live.advance(given.time);
        untouched.restart([]);
        untouched.advance(given.time);
        expect(live.frame().counters).toEqual(untouched.frame().counters);
        for (const step of steps.toSorted((a, b) => a - b)) live.advance(step * 1000);
        live.advance(60 * second);
        const again = new LiveRun(of, 'q.S');
        again.restart([given]);
        again.advance(60 * second);
        expect(again.frame().counters).toEqual(live.frame().counters);
      }),
      { numRuns: 12 },
    );
  });

  it('sees more once a person adds to its load, and keeps its inputs where new ones cannot be run', async () => {
    const of = await model();
    const live = new LiveRun(of, 'q.S');
    const given = [{ time: 10 * second, change: more(of, 500, 10 * second) }];
    expect(live.restart(given)).toEqual([]);
    live.advance(15 * second);
    expect(live.frame().elements['q.D.n']?.utilization).toBeCloseTo(1, 3);
    expect(live.frame().elements['q.D.n']?.queue).toBeGreaterThan(100);
    const load = { ...(of.scenarios[0]?.loads[0] as Load), behaviour: 'q.Nothing' };
    const problems = live.restart([{ time: 15 * second, change: { kind: 'load', load } }]);
    expect(problems.map(({ code }) => code)).toEqual(['unknown-behaviour']);
    expect(live.inputs).toEqual(given);
  });

  it('counts the instances of a machine where they are', async () => {
    const { model: of } = await modelFrom(`package m
signal Go
machine Light { initial -> Off  state Off { on Go -> On }  state On { state Dim { after 1 s -> Bright }  state Bright  initial -> Dim  after 3 s -> Gone }  final Gone }
interaction Job { actor user  lifeline light: Light  user ->> light : Go }
scenario S { load Job every 1 s  run 20 s }`);
    const live = new LiveRun(of, 'm.S');
    live.advance(10.5 * second);
    const { elements } = live.frame();
    const instances = (name: string): number | undefined => elements[`m.Light${name}`]?.instances;
    expect(['', '.Off', '.On', '.On.Dim', '.On.Bright'].map(instances)).toEqual([3, 0, 3, 1, 2]);
  });

  it('goes on in a larger space where many things are in progress, as if it had been there from the beginning', async () => {
    const of = await model();
    const live = new LiveRun(of, 'q.S');
    live.restart([{ time: 10 * second, change: more(of, 2000, 40 * second) }]);
    live.advance(20 * second);
    live.advance(60 * second);
    const { started, refused, unfinished } = live.frame().counters;
    expect(refused).toBe(0);
    expect(unfinished).toBeGreaterThan(70_000);
    expect(started).toBeGreaterThan(75_000);
    expect(live.now).toBe(60 * second);
  });

  it('of a scenario that cannot run says why', async () => {
    const live = new LiveRun(await model(), 'q.None');
    expect(live.problems.map(({ code }) => code)).toEqual(['unknown-scenario']);
    live.advance(second);
    expect(live.frame().elements).toEqual({});
  });
});
