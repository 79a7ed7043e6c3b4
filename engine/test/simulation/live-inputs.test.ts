import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/model/index.ts';
import { type LiveInput, standingAt, withEnd, withInput } from '../../src/simulation/index.ts';
import { modelFrom, station } from './models.ts';

const crash = (subject: string, index?: number): Change => ({
  kind: 'crash',
  subject,
  ...(index === undefined ? {} : { index }),
});
const threads = (value: number): Change => ({
  kind: 'set',
  parameter: { element: 'q.Server', name: 'threads' },
  value,
});

describe('what a person does to a live run', () => {
  it('is kept in the order of time; an input in the past begins another future', () => {
    let inputs: readonly LiveInput[] = [];
    for (const time of [10, 20, 30]) inputs = withInput(inputs, { time, change: threads(time) });
    expect(inputs.map(({ time }) => time)).toEqual([10, 20, 30]);
    inputs = withInput(inputs, { time: 15, change: crash('q.D.n') });
    expect(inputs.map(({ time, change }) => [time, change.kind])).toEqual([
      [10, 'set'],
      [15, 'crash'],
    ]);
  });

  it('is what was said last of the same thing at the same moment, as a slider is dragged', () => {
    let inputs: readonly LiveInput[] = [];
    for (const value of [3, 4, 5]) inputs = withInput(inputs, { time: 10, change: threads(value) });
    expect(inputs).toEqual([{ time: 10, change: threads(5) }]);
    expect(withInput(inputs, { time: 10, change: crash('q.D.n') })).toHaveLength(2);
  });

  it('lasts until it is ended, and then has lasted so long', () => {
    const inputs = withInput([], { time: 10, change: crash('q.D.n', 2) });
    const ended = withEnd(inputs, 'crash q.D.n[2]', 40);
    expect(ended).toEqual([{ time: 10, change: { ...crash('q.D.n', 2), duration: 30 } }]);
    expect(withEnd(inputs, 'crash q.D.n[1]', 40)).toEqual(inputs);
    expect(withEnd(inputs, 'crash q.D.n[2]', 10)).toEqual([]);
  });

  it('replaces a slowness by another one: the first has then come to its end', () => {
    const slow = (factor: number): Change => ({ kind: 'slow', subject: 'q.D.n', factor });
    const inputs = withInput(withInput([], { time: 10, change: slow(2) }), { time: 30, change: slow(5) });
    expect(inputs).toEqual([
      { time: 10, change: { ...slow(2), duration: 20 } },
      { time: 30, change: slow(5) },
    ]);
  });

  it('stands beside what the scenario itself says', async () => {
    const { model } = await modelFrom(
      station({ takes: '1 ms', cores: 1, rate: '1/s', run: '60 s' }).replace(
        'run 60 s',
        'at 5 s crash n for 10 s run 60 s',
      ),
    );
    const [scenario] = model.scenarios;
    if (scenario === undefined) throw new Error('no scenario');
    const inputs = [{ time: 8e6, change: threads(2) }];
    const kinds = (time: number): string[] => standingAt(scenario, inputs, time * 1e6).map(({ change }) => change.kind);
    expect([4, 5, 9, 15].map(kinds)).toEqual([[], ['crash'], ['crash', 'set'], ['set']]);
  });
});
