import type { Change } from '@pollux/engine/model';
import { type LiveInput, LiveRun, simulate } from '@pollux/engine/simulation';
import { inputTime, scaledLaw, withInput } from '@pollux/engine/simulation/live';
import { modelOf } from '@pollux/language-server/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarioText } from '../../../src/live/scenario-text.ts';

const before = `package q
component Server { operation serve() takes exp(20 ms) threads 5  requires Bank { timeout 1 s  retry 2 } }
component Bank external { operation pay() delays 1 ms }
interaction Job { actor client  lifeline server: Server, bank: Bank  client -> server.serve() { server -> bank.pay() } }
deployment D { node app * 3 { cores 1  deploy Server }  node db { cores 2 }  app -- db { latency 1 ms } }
`;
const scenario = `scenario Busy of D {
  load Job at 30/s                       // as on Monday
  run 1 h  seed 7
}`;

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('crash' as const),
    subject: fc.constantFrom('q.D.app', 'q.Server'),
    duration: fc.constantFrom(30e6, 1.5e6),
  }),
  fc.constant({ kind: 'crash' as const, subject: 'q.D.app', index: 2 }),
  fc.record({
    kind: fc.constant('slow' as const),
    subject: fc.constantFrom('q.D.db', 'q.Bank'),
    factor: fc.constantFrom(3, 1.25),
  }),
  fc.constant({ kind: 'partition' as const, from: 'q.D.app', to: 'q.D.db', duration: 60e6 }),
  fc.record({
    kind: fc.constant('set' as const),
    parameter: fc.constantFrom(
      { element: 'q.Server', name: 'threads' as const },
      { element: 'q.D.app', name: 'cores' as const },
      { element: 'q.Server/requires(Bank)', name: 'retry' as const },
    ),
    value: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    parameter: fc.constant({ element: 'q.Server.serve', name: 'takes' as const }),
    value: fc
      .constantFrom(1, 0.1, 0.75, 1.25, 3)
      .chain((factor) =>
        fc.constantFrom(
          30e3 * factor,
          scaledLaw({ kind: 'exponential', mean: 20e3 }, factor),
          scaledLaw({ kind: 'uniform', from: 12e3, to: 40e3 }, factor),
          scaledLaw({ kind: 'triangular', from: 1e3, mode: 2e3, to: 8e3 }, factor),
        ),
      ),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    parameter: fc.constant({ element: 'q.Bank.pay', name: 'fails' as const }),
    value: fc.constantFrom(0, 0.001, 0.05, 1),
  }),
  fc.record({
    kind: fc.constant('scale' as const),
    component: fc.constant('q.Server'),
    replicas: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    kind: fc.constant('load-factor' as const),
    behaviour: fc.constant('q.Job'),
    factor: fc.constantFrom(0, 0.25, 1.5, 20),
  }),
);

async function read(text: string) {
  const { model, problems } = await modelOf(text);
  if (model === null) throw new Error(problems.map(({ message }) => message).join('\n'));
  return { model, errors: problems.filter(({ severity }) => severity === 'error').map(({ message }) => message) };
}

describe('a live run as text', () => {
  it('is a scenario of its own below the one it came from, with what was done at the end', async () => {
    const { model } = await read(before + scenario);
    const [busy] = model.scenarios;
    if (busy === undefined) throw new Error('no scenario');
    const inputs = [
      { time: 120e6, change: { kind: 'crash', subject: 'q.D.app', index: 2, duration: 30e6 } },
      { time: 127.34e6, change: { kind: 'load-factor', behaviour: 'q.Job', factor: 1.5 } },
    ] as const;
    expect(scenarioText(scenario, busy, inputs, model)).toBe(`scenario BusyLive of D {
  load Job at 30/s                       // as on Monday
  run 1 h  seed 7
  at 2 min crash app[2] for 30 s
  at 127.34 s load Job * 1.5
}
`);
  });

  it('is read as exactly what was done, whatever it was and whenever', async () => {
    const { model } = await read(before + scenario);
    const [busy] = model.scenarios;
    if (busy === undefined) throw new Error('no scenario');
    const moment = fc.double({ min: 0, max: 3599, noNaN: true }).map((time_s) => inputTime(time_s * 1e6, 3600e6));
    const done = fc.array(fc.record({ time: moment, change: changes }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(done, async (inputs: readonly LiveInput[]) => {
        const text = scenarioText(scenario, busy, inputs, model);
        const again = await read(`${before}${scenario}\n${text}`);
        expect(again.errors).toEqual([]);
        const written = again.model.scenarios.find(({ name }) => name === 'BusyLive');
        expect(written?.timeline.map(({ time, change }) => ({ time, change }))).toEqual(inputs);
      }),
      { numRuns: 60 },
    );
  });

  it('runs to the same figures, byte for byte, as what was done by hand', async () => {
    const short = scenario.replace('run 1 h', 'run 30 s');
    const { model } = await read(before + short);
    const [busy] = model.scenarios;
    if (busy === undefined) throw new Error('no scenario');
    const pauses = fc.array(fc.record({ pause: fc.integer({ min: 0, max: 8e6 }), change: changes }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(pauses, async (acts) => {
        const live = new LiveRun(model, 'q.Busy');
        for (const { pause, change } of acts) {
          const time = inputTime(Math.min(live.now + pause, 29e6), live.duration);
          live.advance(time);
          live.change(withInput(live.inputs, { time, change }));
          expect(live.now).toBe(time);
        }
        const moments = live.inputs.map(({ time }) => time);
        live.advance(30e6);
        const text = scenarioText(short, busy, live.inputs, model);
        const { model: written } = await read(`${before}${short}\n${text}`);
        const saved = new LiveRun(written, 'q.BusyLive');
        for (const moment of [...moments, 30e6]) saved.advance(moment);
        expect(JSON.stringify(saved.frame())).toBe(JSON.stringify(live.frame()));
        const { started, finished, failed, refused } = simulate(written, 'q.BusyLive', { replications: 1 }).counters;
        expect(live.frame().counters).toMatchObject({ started, finished, failed, refused });
      }),
      { numRuns: 15 },
    );
  });

  it('has a name that is still free', async () => {
    const { model } = await read(`${before}${scenario}\n${scenario.replace('Busy', 'BusyLive')}`);
    const [busy] = model.scenarios;
    if (busy === undefined) throw new Error('no scenario');
    expect(scenarioText(scenario, busy, [], model)).toMatch(/^scenario BusyLive2 of D/);
  });
});
