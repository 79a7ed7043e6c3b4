import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Load, Model } from '../../src/model/index.ts';
import { type LiveInput, LiveRun, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom, station } from './models.ts';

const second = 1e6;
const text = station({ takes: 'exp(20 ms)', cores: 1, rate: '30/s', run: '60 s', replications: 1 });

const changing = `package q
component Front { operation ask() takes exp(4 ms)  threads 8  requires Store { timeout 200 ms retry 1 } }
component Store { operation get() takes exp(6 ms)  threads 4 queue 20 }
interaction Job { actor client  lifeline front: Front, store: Store  client -> front.ask() { front -> store.get() } }
deployment D { node app * 2 { cores 2  deploy Front }  node db { cores 2  deploy Store * 2 }  app -- db { latency 1 ms } }
scenario S of D { load Job at 80/s  load Job by 5 users thinking exp(100 ms)  run 20 s  seed 11 }`;

/** One of each that a person can do. */
const changes: readonly Change[] = [
  { kind: 'crash', subject: 'q.D.app', index: 2, duration: 2 * second },
  { kind: 'crash', subject: 'q.Store' },
  { kind: 'slow', subject: 'q.D.db', factor: 3, duration: second },
  { kind: 'slow', subject: 'q.Front', factor: 2 },
  { kind: 'partition', from: 'q.D.app', to: 'q.D.db', duration: second },
  { kind: 'set', parameter: { element: 'q.Store', name: 'threads' }, value: 1 },
  { kind: 'set', parameter: { element: 'q.D.db', name: 'cores' }, value: 1 },
  { kind: 'scale', component: 'q.Front', replicas: 1 },
  { kind: 'scale', component: 'q.Store', replicas: 5 },
  { kind: 'load-factor', behaviour: 'q.Job', factor: 3 },
  {
    kind: 'set',
    parameter: { element: 'q.Store.get', name: 'takes' },
    value: { kind: 'exponential', mean: 0.012 * second },
  },
  { kind: 'set', parameter: { element: 'q.Front.ask', name: 'fails' }, value: 0.2 },
  { kind: 'set', parameter: { element: 'q.Store', name: 'queue' }, value: 1 },
];

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
        live.change([given]);
        live.advance(given.time);
        untouched.restart();
        untouched.advance(given.time);
        expect(live.frame().counters).toEqual(untouched.frame().counters);
        for (const step of steps.toSorted((a, b) => a - b)) live.advance(step * 1000);
        live.advance(60 * second);
        const again = new LiveRun(of, 'q.S');
        again.change([given]);
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
    expect(live.change(given)).toEqual([]);
    live.advance(15 * second);
    expect(live.frame().elements['q.D.n']?.utilization).toBeCloseTo(1, 3);
    expect(live.frame().elements['q.D.n']?.queue).toBeGreaterThan(100);
    const load = { ...(of.scenarios[0]?.loads[0] as Load), behaviour: 'q.Nothing' };
    const problems = live.change([{ time: 15 * second, change: { kind: 'load', load } }]);
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
    live.change([{ time: 10 * second, change: more(of, 2000, 40 * second) }]);
    live.advance(20 * second);
    live.advance(60 * second);
    const { started, refused, unfinished } = live.frame().counters;
    expect(refused).toBe(0);
    expect(unfinished).toBeGreaterThan(70_000);
    expect(started).toBeGreaterThan(75_000);
    expect(live.now).toBe(60 * second);
  });

  it('is up to any change what it was without it, and afterwards the same whenever it is run', async () => {
    const { model: of, problems } = await modelFrom(changing);
    expect(problems).toEqual([]);
    const untouched = new LiveRun(of, 'q.S');
    const time = fc.integer({ min: 1, max: 19_000 }).map((at) => at * 1000);
    await fc.assert(
      fc.property(time, fc.constantFrom(...changes), (at, change) => {
        untouched.restart();
        untouched.advance(at);
        const live = new LiveRun(of, 'q.S');
        expect(live.change([{ time: at, change }])).toEqual([]);
        live.advance(at);
        // A node that may change keeps its own books, with events of its own: what happens in the model is the same.
        const [seen, before] = [live.frame(), untouched.frame()];
        expect({ ...seen.counters, events: 0 }).toEqual({ ...before.counters, events: 0 });
        const p95 = (frame: typeof seen): number => frame.elements['q.Job']?.p95 ?? 0;
        expect(p95(seen)).toBeCloseTo(p95(before), 9);
        live.advance(20 * second);
        const again = new LiveRun(of, 'q.S');
        again.change([{ time: at, change }]);
        again.advance(at / 2);
        again.advance(20 * second);
        expect(again.frame().counters).toEqual(live.frame().counters);
      }),
      { numRuns: 30 },
    );
  });

  it('loses what runs on a node that crashes, and has it back', async () => {
    const { model: of } = await modelFrom(changing);
    const live = new LiveRun(of, 'q.S');
    live.change([{ time: 5 * second, change: { kind: 'crash', subject: 'q.D.db', duration: 5 * second } }]);
    live.advance(4.9 * second);
    const errors = (): number => live.frame().elements['q.Job']?.errors ?? 0;
    expect(errors()).toBeLessThan(0.1);
    live.advance(9 * second);
    expect(errors()).toBeGreaterThan(0.9);
    live.advance(15 * second);
    expect(errors()).toBeLessThan(0.1);
  });

  it('of a scenario that cannot run says why', async () => {
    const live = new LiveRun(await model(), 'q.None');
    expect(live.problems.map(({ code }) => code)).toEqual(['unknown-scenario']);
    live.advance(second);
    expect(live.frame().elements).toEqual({});
  });
});
