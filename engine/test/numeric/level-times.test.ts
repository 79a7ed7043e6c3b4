import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allLevels, LevelTimes, levelAt, levelsSince, meanLevel } from '../../src/numeric/index.ts';

const stays = fc.array(fc.record({ level: fc.nat(20), time: fc.integer({ min: 1, max: 1000 }) }), { minLength: 1 });

function dataOf(all: readonly { readonly level: number; readonly time: number }[], parts = 1) {
  const times = new LevelTimes(parts);
  for (const { level, time } of all) times.pass(level, time);
  return times.data();
}

describe('the times that something stood at its levels', () => {
  it('have the percentiles of so many equal moments', () => {
    fc.assert(
      fc.property(stays, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (all, q) => {
        const moments = all
          .flatMap(({ level, time }) => Array<number>(time).fill(level))
          .sort((one, other) => one - other);
        const found = levelAt(dataOf(all), q);
        const share = (level: number): number => moments.filter((each) => each <= level).length / moments.length;
        expect(share(found)).toBeGreaterThanOrEqual(q - 1e-9);
        if (found > 0) expect(share(found - 1)).toBeLessThan(q + 1e-9);
        const mean = moments.reduce((sum, each) => sum + each, 0) / moments.length;
        expect(meanLevel(dataOf(all))).toBeCloseTo(mean, 9);
      }),
    );
  });

  it('come apart and together again', () => {
    fc.assert(
      fc.property(stays, stays, (first, then) => {
        const [before, after] = [dataOf(first), dataOf([...first, ...then])];
        expect(levelsSince(before, after)).toEqual(dataOf(then));
        expect(allLevels([before, dataOf(then)])).toEqual(after);
      }),
    );
  });

  it('leave out the time in which there was none', () => {
    expect(
      dataOf(
        [
          { level: -1, time: 5 },
          { level: 0.25, time: 3 },
        ],
        1_000_000,
      ),
    ).toEqual({
      levels: [0.25],
      times: [3],
      area: 0.75,
    });
  });

  it('need bounded space, and are then off by less than 0.1 %', () => {
    const all = Array.from({ length: 200_000 }, (_, level) => ({ level, time: 1 }));
    const data = dataOf(all);
    expect(data.levels.length).toBeLessThan(20_000);
    for (const q of [0.02, 0.3, 0.5, 0.99]) {
      expect(levelAt(data, q) / (200_000 * q)).toBeGreaterThan(0.998);
      expect(levelAt(data, q)).toBeLessThanOrEqual(200_000 * q);
    }
  });
});
