import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordingsOf, simulate, withRecordings } from '../../src/simulation/index.ts';
import { readNumbers } from '../../src/simulation/recordings/read-numbers.ts';
import { measure, modelFrom } from './models.ts';

describe('the numbers of a recording', () => {
  it.each([
    ['with their units', '12 ms\n1.5 s\n\n# note\n2min', [12_000, 1_500_000, 120_000_000]],
    ['under a heading that names it', 'latency_ms;id\n"12";a\n3.5;b', [12_000, 3_500]],
    ['under one in brackets', 'waiting (min)\r\n2\r\n', [120_000_000]],
  ])('are read %s', (_, text, numbers) => expect(readNumbers(text, 'time')).toEqual(numbers));

  it('are plain where no time is wanted', () => expect(readNumbers('total\n80\n1e2', 'number')).toEqual([80, 100]));

  it('are moments since 1970 where dates stand', () => {
    for (const text of ['2026-08-01T12:00:00.25Z', '2000-02-29 23:59:59+02:00', '1970-01-01T00:00:00']) {
      const zoned = /Z|\+/.test(text) ? text.replace(' ', 'T') : `${text}Z`;
      expect(readNumbers(text, 'moment')).toEqual([Date.parse(zoned) * 1000]);
    }
  });

  it.each([
    ['12\n13', 'time', 'line 1 has no unit: begin the file with a line that names it'],
    ['id\n12', 'time', 'line 2 has no unit'],
    ['ms\n1\nfast', 'time', 'line 3 is no number: "fast"'],
    ['12 kg', 'time', 'line 1 has a unit that is no time: "kg"'],
    ['ms\n-3', 'time', 'line 2 is below 0'],
    ['12 ms', 'number', 'line 1 has a unit, but plain numbers are wanted'],
    ['# nothing\n\n', 'time', 'it holds no values'],
  ] as const)('%j as %s says what is wrong', (text, wanted, reason) => {
    expect(readNumbers(text, wanted)).toContain(reason);
  });

  it('never make it throw', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('number' as const, 'time' as const, 'moment' as const),
        (text, wanted) => {
          const read = readNumbers(text, wanted);
          if (typeof read !== 'string') expect(read.every(Number.isFinite)).toBe(true);
        },
      ),
    );
  });
});

describe('a model with recordings', () => {
  const text = (load: string, takes = 'empirical("latency.csv")'): string => `package q
component Server { operation serve() delays ${takes} }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { deploy Server } }
scenario S of D { load Job ${load}  run 10 s  replications 2  seed 7 }
`;

  it('draws each value alike', async () => {
    const { model } = await modelFrom(text('at 500/s'));
    expect(recordingsOf(model)).toEqual([{ file: 'latency.csv', uri: model.uri }]);
    const read = withRecordings(model, () => ({ text: 'ms\n10\n20\n60' }));
    const result = simulate(read, 'q.S');
    expect(measure(result, 'q.Job', 'mean').value).toBeCloseTo(0.03, 3);
    expect(measure(result, 'q.Job', 'p50').value).toBeCloseTo(0.02, 3);
  });

  it('replays arrivals as they were, in every replication', async () => {
    const { model } = await modelFrom(text('replay "peak.csv"', '1 ms'));
    const read = withRecordings(model, () => ({ text: 's\n0.5\n3\n2\n2\n2\n7.25\n99' }));
    const result = simulate(read, 'q.S');
    expect([result.counters.started, result.counters.finished]).toEqual([12, 12]);
    const rate = result.series.elements.find(({ element, measure: what }) => element === 'q.Job' && what === 'rate')!;
    const busy = rate.values.flatMap((value, bucket) => (value! > 0 ? [bucket * result.series.step_s] : []));
    expect(busy).toEqual([0.5, 2, 3, 7.2]);
    const dated = withRecordings(model, () => ({ text: '2026-08-01T10:00:00Z\n2026-08-01T10:00:04Z' }));
    expect(simulate(dated, 'q.S').counters.started).toBe(4);
  });

  it('that cannot be read does not run, and says why', async () => {
    const { model } = await modelFrom(text('replay "peak.csv"'));
    const missing = withRecordings(model, ({ file }) => ({
      problem: file === 'peak.csv' ? 'there is no such file' : 'no',
    }));
    const { findings, replications } = simulate(missing, 'q.S');
    expect(replications).toBe(0);
    expect(findings.map(({ message }) => message).join('\n')).toMatch(
      /"peak\.csv" was not read: there is no such file/,
    );
    expect(simulate(model, 'q.S').findings.some(({ code }) => code === 'not-executable')).toBe(true);
    const wrong = withRecordings(model, () => ({ text: '12\n13' }));
    expect(
      simulate(wrong, 'q.S')
        .findings.map(({ message }) => message)
        .join('\n'),
    ).toContain('line 1 has no unit');
  });

  it('keeps all else as it is', async () => {
    const { model } = await modelFrom(text('at 5/s', '1 ms'));
    expect(withRecordings(model, () => ({ problem: 'never asked' }))).toBe(model);
  });
});
