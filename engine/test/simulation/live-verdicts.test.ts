import { describe, expect, it } from 'vitest';
import { LiveRun, simulate } from '../../src/simulation/index.ts';
import { modelFrom } from './models.ts';

const second = 1e6;

const text = (expectations: string): string => `package q
component Server { operation serve() takes exp(8 ms) fails 4 % }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { cores 1  deploy Server } }
scenario S of D {
  load Job at 60/s
  at 20 s slow n by 3 for 3 s
  run 40 s  warmup 7.3 s  replications 1  seed 5
  ${expectations}
}`;

const asked = [
  'p95(Job) < 100 ms',
  'mean(Job) < 1 s',
  'max(Job) < 5 s',
  'errors(Job) < 1 %',
  'rate(Job) > 10/s',
  'utilization(n) < 90 %',
  'wait(n) < 1 s',
  'queue(n) < 100',
  'p95(Job) < 100 ms in every 5 s',
  'utilization(n) > 5 % in every 4 s',
  'throughput(Job) > 59/s in every 10 s',
];

describe('how the expectations of a live run stand', () => {
  it('is at its end what the run itself finds, whatever was looked at on the way', async () => {
    const { model } = await modelFrom(text(asked.map((each) => `expect ${each}`).join('\n')));
    const live = new LiveRun(model, 'q.S');
    for (const at of [0.1, 3, 7.3, 7.4, 11, 29.9, 40]) live.advance(at * second);
    const found = simulate(model, 'q.S').expectations;
    const { verdicts } = live.frame();
    expect(verdicts.map(({ text: own }) => own)).toEqual(asked);
    for (const [index, { text: own, value, unit, bound }] of found.entries()) {
      const seen = verdicts[index];
      expect(seen?.unit, own).toBe(unit);
      expect((seen?.value ?? Number.NaN) / (value ?? Number.NaN), own).toBeCloseTo(1, 1);
      const isUpper = own.includes('<');
      expect(seen?.verdict, own).toBe(isUpper === (seen?.value ?? 0) < bound ? 'met' : 'missed');
    }
  });

  it('is undecided in the warm-up, before the first window ends, and where too little happened, with the reason', async () => {
    const { model } = await modelFrom(
      text('expect p95(Job) < 100 ms  expect p90(Job) < 1 s in every 10 s  expect p99(Job) < 1 s in every 10 s'),
    );
    const live = new LiveRun(model, 'q.S');
    const said = (at: number) => {
      live.advance(at * second);
      return live.frame().verdicts.map(({ verdict, reason = '' }) => `${verdict} ${reason}`);
    };
    expect(said(5)).toEqual(Array(3).fill('undecided The warm-up lasts until 7.3 s.'));
    expect(said(7.4)[0]).toMatch(/^undecided \d+ occurrences are too few yet\.$/);
    expect(said(16)).toEqual(['met ', ...Array(2).fill('undecided The first window ends at 17 s.')]);
    const [, p90, p99] = said(40);
    expect(p90).toMatch(/^(met|missed) $/);
    expect(p99).toBe('undecided In no window so far were there occurrences enough.');
  });

  it('begins anew with other inputs, and is the same again where nothing was changed', async () => {
    const { model } = await modelFrom(text(asked.map((each) => `expect ${each}`).join('\n')));
    const live = new LiveRun(model, 'q.S');
    live.advance(40 * second);
    const before = live.frame().verdicts;
    live.restart();
    live.advance(40 * second);
    expect(live.frame().verdicts).toEqual(before);
    live.change([{ time: 10 * second, change: { kind: 'load-factor', behaviour: 'q.Job', factor: 0 } }]);
    live.advance(40 * second);
    expect(live.frame().verdicts.find(({ text: own }) => own.startsWith('rate'))?.verdict).toBe('missed');
  });
});
