import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Change, Model } from '../../src/model/index.ts';
import {
  compileScenario,
  type LiveInput,
  LiveRun,
  mergeReplications,
  runReplication,
} from '../../src/simulation/index.ts';
import { targetOf, withEnd, withInput } from '../../src/simulation/live/index.ts';
import { modelFrom } from './models.ts';

const second = 1e6;

/** Times that meet, users that think, machines that are scaled by themselves, breakdowns, activities: what a run may be made of. */
const parts = `package q
component Front { operation ask() takes 4 ms  threads 8  requires Store { timeout 200 ms retry 1 backoff 10 ms } }
component Store { operation get() takes exp(6 ms)  threads 4 queue 20 }
component Bank external { operation pay() delays 20 ms }
interaction Job { actor client  lifeline front: Front, store: Store, bank: Bank
  client -> front.ask() { front -> store.get()  front ->> bank.pay() } }
resource nurse * 3
activity Visit { initial -> care  action care takes exp(400 ms) using nurse -> done  final done }`;
const deployment = (further: string): string => `deployment D { node app * 2 { cores 2  deploy Front }
  node db { cores 2  deploy Store * 2 }  app -- db { latency 1 ms }  ${further} }`;
const loads = [
  'load Job at 80/s',
  'load Job every 10 ms',
  'load Job by 5 users thinking 20 ms',
  'load Visit every 200 ms',
  'load Job ramp 20/s -> 120/s over 8 s',
];
const timelines = [
  '',
  'at 3 s crash app[1] for 1 s',
  'at 2 s load Job * 2 for 4 s',
  'at 4 s set Store.threads = 2 for 2 s',
];
const furthers = ['', 'autoscale Front 2..6 cpu 50 % every 1 s startup 500 ms'];

const changes: readonly Change[] = [
  { kind: 'crash', subject: 'q.D.app', index: 2 },
  { kind: 'crash', subject: 'q.D.db', duration: second / 2 },
  { kind: 'crash', subject: 'q.Store' },
  { kind: 'crash', subject: 'q.Bank' },
  { kind: 'crash', subject: 'q.nurse', index: 1 },
  { kind: 'slow', subject: 'q.D.db', factor: 3 },
  { kind: 'slow', subject: 'q.Front', factor: 2, duration: second },
  { kind: 'partition', from: 'q.D.app', to: 'q.D.db' },
  { kind: 'set', parameter: { element: 'q.Store', name: 'threads' }, value: 1 },
  { kind: 'set', parameter: { element: 'q.Store', name: 'queue' }, value: 1 },
  { kind: 'set', parameter: { element: 'q.D.db', name: 'cores' }, value: 1 },
  { kind: 'set', parameter: { element: 'q.nurse', name: 'count' }, value: 5 },
  { kind: 'set', parameter: { element: 'q.Store.get', name: 'takes' }, value: { kind: 'exponential', mean: 12_000 } },
  { kind: 'set', parameter: { element: 'q.Front.ask', name: 'fails' }, value: 0.2 },
  { kind: 'set', parameter: { element: 'q.Bank.pay', name: 'delays' }, value: 100_000, duration: second },
  { kind: 'set', parameter: { element: 'q.Front/requires(Store)', name: 'timeout' }, value: 20_000 },
  { kind: 'set', parameter: { element: 'q.Front/requires(Store)', name: 'retry' }, value: 4, duration: second },
  { kind: 'scale', component: 'q.Front', replicas: 1 },
  { kind: 'scale', component: 'q.Store', replicas: 5 },
  { kind: 'load-factor', behaviour: 'q.Job', factor: 3 },
  { kind: 'load-factor', behaviour: 'q.Job', factor: 0, duration: second },
  { kind: 'load-factor', behaviour: 'q.Job', factor: 0.5 },
];

interface Act {
  /** Microseconds after the one before. */
  readonly after: number;
  readonly change: Change;
  /** It ends what such a change began, where there is something. */
  readonly ends: boolean;
}

const act: fc.Arbitrary<Act> = fc.record({
  // Often at a moment at which something else happens.
  after: fc.oneof(fc.constantFrom(0, 10_000, 200_000, second, 3 * second), fc.integer({ min: 0, max: 3 * second })),
  change: fc.constantFrom(...changes),
  ends: fc.boolean(),
});

const models = new Map<string, Model>();
beforeAll(async () => {
  for (const load of loads)
    for (const timeline of timelines)
      for (const further of furthers) {
        const text = `${parts}\n${deployment(further)}\nscenario S of D { ${load}  load Job at 5/s\n run 10 s  seed 11  ${timeline} }`;
        const { model, problems } = await modelFrom(text);
        expect(problems).toEqual([]);
        models.set(`${load}, ${timeline}, ${further}`, model);
      }
});

/** What a person does, one thing after the other, each at the moment at which the run stands; the inputs that have come of it. */
function played(live: LiveRun, acts: readonly Act[]): readonly number[] {
  const moments: number[] = [];
  for (const { after, change, ends } of acts) {
    live.advance(Math.min(live.now + after, 9.9 * second));
    const target = ends ? targetOf(change) : null;
    const inputs =
      target === null ? withInput(live.inputs, { time: live.now, change }) : withEnd(live.inputs, target, live.now);
    const before = live.now;
    expect(live.change(inputs)).toEqual([]);
    expect(live.now).toBe(before);
    moments.push(before);
  }
  live.advance(10 * second);
  return moments;
}

function written(model: Model, inputs: readonly LiveInput[]): Model {
  const [first] = model.scenarios;
  if (first === undefined) throw new Error('no scenario');
  const timeline = inputs.map((input, index) => ({
    ...first,
    id: `x${index}`,
    kind: 'timeline-event' as const,
    ...input,
  }));
  return { ...model, scenarios: [{ ...first, timeline: [...first.timeline, ...timeline] }] };
}

function measuresOf(model: Model, takesInputs: boolean): unknown {
  const { value } = compileScenario(model, 'q.S', { replications: 1, takesInputs });
  if (value === null) throw new Error('it cannot be run');
  const { measures, counters, events } = mergeReplications(value, [runReplication(value, 0)]);
  return { measures, counters, events };
}

describe('an input to a live run', () => {
  it('takes effect from the moment it comes, and the run is byte for byte that of a scenario that says so from its beginning', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.array(act, { minLength: 1, maxLength: 7 }), (which, acts) => {
        const model = [...models.values()][which % models.size]!;
        const live = new LiveRun(model, 'q.S');
        const moments = played(live, acts);
        const fresh = new LiveRun(model, 'q.S');
        expect(fresh.change(live.inputs)).toEqual([]);
        for (const moment of [...moments, 10 * second]) fresh.advance(moment);
        expect(JSON.stringify(live.frame())).toBe(JSON.stringify(fresh.frame()));
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a run that is written down with the figures of a run that nobody has in hand', () => {
    const crash: LiveInput = { time: 9 * second, change: { kind: 'crash', subject: 'q.Bank', duration: second / 2 } };
    fc.assert(
      fc.property(fc.nat(1e6), fc.array(act, { minLength: 1, maxLength: 7 }), (which, acts) => {
        const model = [...models.values()][which % models.size]!;
        const live = new LiveRun(model, 'q.S');
        played(live, acts);
        // With a fault in it a run that nobody has in hand keeps its books in the same way, and counts the same events.
        const scenario = written(model, [...live.inputs, crash]);
        expect(measuresOf(scenario, false)).toEqual(measuresOf(scenario, true));
      }),
      { numRuns: 30 },
    );
  });
});
