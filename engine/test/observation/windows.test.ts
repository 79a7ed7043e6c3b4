import { EventClock, SlidingCount, SlidingWindow, TimeQueue } from '@pollux/engine/observation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const SECOND = 1_000_000;

describe('a sliding window', () => {
  it('gives quantiles within 0.8 %, whatever the durations', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (durations, q) => {
          const window = new SlidingWindow(60);
          for (const duration of durations) window.add(5 * SECOND, duration);
          const sorted = durations.toSorted((a, b) => a - b);
          const exact = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] as number;
          expect(Math.abs(window.last().quantile(q) / exact - 1)).toBeLessThan(0.008);
        },
      ),
      { seed: 1 },
    );
  });

  it('holds what a list of the last seconds would hold', () => {
    const events = fc.array(fc.tuple(fc.nat(30 * SECOND), fc.nat(1000), fc.boolean()), { maxLength: 100 });
    fc.assert(
      fc.property(events, (list) => {
        const window = new SlidingWindow(10);
        for (const [time, duration, failed] of list) window.add(time, duration, failed);
        const newest = Math.floor(Math.max(0, ...list.map(([time]) => time)) / SECOND);
        const arrivedInTime = list.filter(([time], index) => {
          const before = Math.floor(Math.max(...list.slice(0, index + 1).map(([t]) => t)) / SECOND);
          return Math.floor(time / SECOND) > before - 10;
        });
        const held = arrivedInTime.filter(([time]) => Math.floor(time / SECOND) > newest - 10);
        const sample = window.last();
        expect(sample.count).toBe(held.length);
        expect(sample.failed).toBe(held.filter(([, , failed]) => failed).length);
        expect(window.total).toBe(list.length);
      }),
      { seed: 2 },
    );
  });

  it('looks at a shorter stretch, too', () => {
    const window = new SlidingWindow(60);
    for (let second = 0; second < 60; second++) window.add(second * SECOND, second * 1000);
    expect(window.last(5).count).toBe(5);
    expect(window.last(5).quantile(0.01)).toBeGreaterThan(54_000);
    expect(window.last(5).above(56_500)).toBe(3);
  });

  it('empties while event time goes on without occurrences', () => {
    const window = new SlidingWindow(10);
    window.add(0, 1);
    window.advance(20 * SECOND);
    expect(window.last().count).toBe(0);
    expect(Number.isNaN(window.last().quantile(0.5))).toBe(true);
  });

  it('keeps counts only of the last seconds', () => {
    const count = new SlidingCount(10);
    for (let second = 0; second < 30; second++) count.add(second * SECOND);
    expect(count.recent(29 * SECOND)).toBe(10);
    expect(count.recent(35 * SECOND)).toBe(4);
    expect(count.total).toBe(30);
  });
});

describe('event time', () => {
  it('is the newest that was reported', () => {
    const clock = new EventClock();
    clock.report(5 * SECOND, 'a');
    clock.report(3 * SECOND, 'b');
    expect(clock.now).toBe(5 * SECOND);
  });

  it('needs a second witness to leap', () => {
    const clock = new EventClock();
    clock.report(SECOND, 'a');
    clock.report(10_000 * SECOND, 'b');
    clock.report(10_000 * SECOND, 'b');
    expect(clock.now).toBe(SECOND);
    clock.report(10_001 * SECOND, 'c');
    expect(clock.now).toBe(10_001 * SECOND);
  });

  it('goes on by the progress of the observer’s clock while nothing arrives', () => {
    const clock = new EventClock();
    clock.report(100 * SECOND, 'a');
    clock.advance(7);
    expect(clock.now).toBe(100 * SECOND);
    clock.advance(7 + 2 * SECOND);
    expect(clock.now).toBe(102 * SECOND);
    clock.report(101 * SECOND, 'a');
    expect(clock.now).toBe(102 * SECOND);
  });

  it('takes no nonsense', () => {
    const clock = new EventClock();
    clock.report(Number.NaN, 'a');
    clock.report(Number.POSITIVE_INFINITY, 'a');
    expect(clock.now).toBe(0);
  });
});

describe('a queue by time', () => {
  it('gives things in the order of their times, equal ones as they came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const queue = new TimeQueue<number>();
        times.forEach((time, index) => {
          queue.push(time, index);
        });
        const taken: [number, number][] = [];
        for (let next = queue.take(10); next !== undefined; next = queue.take(10)) taken.push([next.time, next.item]);
        const expected = times
          .map((time, index): [number, number] => [time, index])
          .filter(([time]) => time <= 10)
          .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(taken).toEqual(expected);
        expect(queue.size).toBe(times.length - expected.length);
      }),
      { seed: 3 },
    );
  });
});
