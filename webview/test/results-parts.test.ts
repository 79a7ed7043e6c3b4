import type { SweepPoint, SweepResult } from '@pollux/engine/simulation';
import fc from 'fast-check';
import { html } from 'lit';
import { describe, expect, it } from 'vitest';
import { levelsOf } from '../src/panels/heat-map.ts';
import { mappedMeasures, unitOf, valueAt, verdictAt } from '../src/panels/mapped-measures.ts';
import { ratioAxis } from '../src/panels/ratio-axis.ts';
import { countsAround } from '../src/panels/run-handles.ts';
import { said } from '../src/panels/said.ts';
import { type CellVerdict, stepLines } from '../src/panels/step-lines.ts';
import { formatMoment, timeAxis } from '../src/panels/time-axis.ts';
import { eventRows, type LaneEvent } from '../src/panels/timeline-lanes.ts';
import { decidingReplications } from '../src/panels/undecided.ts';
import { valueAxis } from '../src/panels/value-axis.ts';
import { staticHtml } from '../src/report/static-html.ts';
import { shopRun } from './page/fixtures.ts';

describe('the lines of a heat map', () => {
  const read = (rows: readonly string[]): CellVerdict[][] =>
    rows.map((row) => [...row].map((sign) => (({ m: 'missed', u: 'undecided', o: 'met' }) as const)[sign] ?? null));

  it('part missed from what is not, and met from what is neither', () => {
    const { missedEnds, metBegins } = stepLines(read(['muo', 'mmu']));
    expect(missedEnds).toEqual([
      { x1: 1, y1: 0, x2: 1, y2: 1 },
      { x1: 1, y1: 1, x2: 2, y2: 1 },
      { x1: 2, y1: 1, x2: 2, y2: 2 },
    ]);
    expect(metBegins).toEqual([
      { x1: 2, y1: 0, x2: 2, y2: 1 },
      { x1: 2, y1: 1, x2: 3, y2: 1 },
    ]);
  });

  it('stand nowhere beside what is not known, and between every two that differ', () => {
    const sign = fc.constantFrom('m', 'u', 'o', '?');
    const grid = fc.integer({ min: 1, max: 6 }).chain((width) =>
      fc.array(
        fc.array(sign, { minLength: width, maxLength: width }).map((row) => row.join('')),
        { minLength: 1, maxLength: 6 },
      ),
    );
    fc.assert(
      fc.property(grid, (rows) => {
        const { missedEnds, metBegins } = stepLines(read(rows));
        let expected = 0;
        for (const [y, row] of rows.entries()) {
          for (const [x, own] of [...row].entries()) {
            const others = [row[x + 1], rows[y + 1]?.[x]].filter((other) => other !== undefined && other !== '?');
            if (own !== '?') expected += others.filter((other) => other !== own).length;
          }
        }
        expect(missedEnds.length + metBegins.length).toBe(expected);
      }),
    );
  });

  it('lie on levels that rise with the value', () => {
    const values = [0.1, 0.2, 0.5, 1, 3, 8.1];
    const level = levelsOf(values);
    expect(values.map(level)).toEqual([0, 0, 2, 3, 4, 5]);
    expect([5, 5, 5].map(levelsOf([5, 5, 5]))).toEqual([0, 0, 0]);
  });

  it('lie on one level where they read alike', () => {
    const values = [0.003162, 0.003214, 0.003239];
    expect(values.map(levelsOf(values))).toEqual([0, 0, 0]);
  });
});

describe('what a sweep is drawn for', () => {
  const point = (...found: readonly (readonly [string, 'met' | 'missed', number])[]): SweepPoint => {
    const expectations = found.map(([text, verdict, value]) => ({ text, verdict, value, unit: 's' }));
    const measures = [{ element: 'q.Cut', measure: 'p95', value: 7, unit: 's' }];
    const verdict = found.every(([, each]) => each === 'met') ? 'met' : 'missed';
    return { at: [0], text: '', status: 'simulated', verdict, cost: null, result: { expectations, measures } } as never;
  };
  const sweepOf = (...points: readonly SweepPoint[]): SweepResult => ({ points }) as never;
  const words = { index: new Map(), name: (id: string) => id.slice(2), link: () => html`` };

  it('is each expectation that is not met everywhere, with its own figures and verdicts', () => {
    const sweep = sweepOf(
      point(['p95(time_to(Cut)) < 2 h', 'met', 6800], ['p95(wait(bed)) < 6 h', 'missed', 180_000]),
      point(['p95(time_to(Cut)) < 2 h', 'met', 6900], ['p95(wait(bed)) < 6 h', 'met', 400]),
    );
    const shown = mappedMeasures(sweep, words);
    expect(shown.map(({ text, bound }) => `${text} ${bound}`)).toEqual(['p95(wait(bed)) < 6 h']);
    const [beds] = shown;
    if (beds === undefined) throw new Error('nothing is shown');
    expect(sweep.points.map((each) => [valueAt(each, beds), verdictAt(each, beds)])).toEqual([
      [180_000, 'missed'],
      [400, 'met'],
    ]);
    expect(unitOf(sweep, beds)).toBe('s');
  });

  it('is the first expectation where all are met, and what was measured where nothing is expected', () => {
    const met = sweepOf(point(['mean(Cut) < 2 h', 'met', 6800], ['mean(Bed) < 6 h', 'met', 1]));
    expect(mappedMeasures(met, words).map(({ text }) => text)).toEqual(['mean(Cut)']);
    const bare = sweepOf(point());
    expect(mappedMeasures(bare, words).map(({ text }) => text)).toEqual(['p95(Cut)']);
    expect(mappedMeasures(bare, words).map((shown) => bare.points.map((each) => valueAt(each, shown)))).toEqual([[7]]);
    expect(mappedMeasures(sweepOf(), words)).toEqual([]);
  });
});

describe('the axis of ratios', () => {
  it('has 1 on it, holds every ratio, and no two texts meet', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.02, max: 500, noNaN: true })), (ratios) => {
        const { x, ticks } = ratioAxis(ratios, 150);
        expect(ticks.some(({ ratio }) => ratio === 1)).toBe(true);
        for (const ratio of ratios) {
          expect(x(ratio)).toBeGreaterThanOrEqual(6 - 1e-9);
          expect(x(ratio)).toBeLessThanOrEqual(144 + 1e-9);
        }
        const places = ticks.map(({ ratio }) => x(ratio));
        for (let i = 1; i < places.length; i++)
          expect((places[i] ?? 0) - (places[i - 1] ?? 0)).toBeGreaterThanOrEqual(24);
      }),
    );
  });
});

describe('virtual time', () => {
  it.each([
    [0, '0 s'],
    [0.05, '0.05 s'],
    [7.25, '7.3 s'],
    [400, '6 min 40 s'],
    [3600, '1 h'],
    [97_320, '1 d 3 h'],
  ])('%d s reads %s', (seconds, text) => expect(formatMoment(seconds)).toBe(text));

  it('has ticks in units a reader counts in, at their places', () => {
    expect(timeAxis(300, 0, 600).ticks.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4', '5 min']);
    expect(timeAxis(45, 0, 600).ticks.map(({ text }) => text)).toEqual([
      '0',
      '5',
      '10',
      '15',
      '20',
      '25',
      '30',
      '35',
      '40',
      '45 s',
    ]);
    expect(timeAxis(30 * 86_400, 0, 600).ticks.at(-1)?.text).toBe('28 d');
  });

  it('has room for the texts of its events: none meets the next in its row', () => {
    const event = fc.record({
      from_s: fc.integer({ min: 0, max: 100 }),
      until_s: fc.integer({ min: 0, max: 60 }),
      text: fc.constantFrom('crash app[2]', 'load Checkout * 2', 'x'),
      kind: fc.constant('fault' as const),
    });
    const measure = (text: string): number => text.length * 6;
    fc.assert(
      fc.property(fc.array(event), (all) => {
        const events: readonly LaneEvent[] = all.map((one) => ({
          ...one,
          until_s: Math.min(100, one.from_s + one.until_s),
        }));
        const rows = eventRows(events, (seconds) => 60 + seconds * 5, measure, [60, 600]);
        expect(rows.flat()).toHaveLength(events.length);
        for (const row of rows) {
          for (const { event: own, textX, anchor, begins, ends, isOn } of row) {
            const left = anchor === 'start' ? textX : textX - measure(own.text);
            expect(left).toBeGreaterThanOrEqual(Math.max(begins, 60));
            expect(left + measure(own.text)).toBeLessThanOrEqual(isOn ? ends : 600);
          }
          for (const [index, next] of row.slice(1).entries())
            expect(next.begins).toBeGreaterThan(row[index]?.ends ?? 0);
        }
      }),
    );
  });
});

it('a slider goes over every count as long as there are few, and always over the one that is written', () => {
  expect(countsAround(2)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(countsAround(200)).toContain(200);
  expect(countsAround(200).length).toBeLessThan(45);
});

describe('what would decide', () => {
  const judged = (value: number, half: number, bound: number, replications = 10): number | null => {
    const run = shopRun();
    const [first] = run.expectations;
    if (first === undefined) throw new Error('no expectation');
    const open = { ...first, verdict: 'undecided' as const, value, lower: value - half, upper: value + half, bound };
    return decidingReplications({ ...run, replications, expectations: [open] });
  };
  it('is a few runs more where the interval is a little too wide', () => {
    expect(judged(79, 3, 80, 10)).toBe(101);
    expect(judged(79, 1.2, 80, 10)).toBe(17);
  });
  it('is not said where it would be too many, or where the bound is not within', () => {
    expect(judged(79.99, 3, 80)).toBeNull();
    expect(judged(70, 3, 80)).toBeNull();
  });
});

describe('an axis of values', () => {
  const written = (greatest: number, unit: string, isShare = false, whole = false) =>
    valueAxis(greatest, unit, isShare, whole, 100, 0).ticks.map(({ text }) => text.replaceAll('\u202f', ' '));

  it('has round figures in the unit that is read', () => {
    expect(written(580_000, 's')).toEqual(['0', '2 d', '4 d', '6 d', '8 d']);
    expect(written(0.0027, '1/s')).toEqual(['0', '5/h', '10/h']);
    expect(written(0.018, 's')).toEqual(['0', '5 ms', '10 ms', '15 ms', '20 ms']);
    expect(written(7600, '1')).toEqual(['0', '2 000', '4 000', '6 000', '8 000']);
    expect(written(0.93, '1', true, true)).toEqual(['0 %', '50 %', '100 %']);
  });

  it('places a value between the ticks around it', () => {
    const { y, ticks } = valueAxis(580_000, 's', false, false, 100, 0);
    expect(y(0)).toBe(100);
    expect(y(2 * 86_400)).toBeCloseTo(ticks[1]?.y ?? Number.NaN, 9);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e7, noNaN: true }), (greatest) => {
        const axis = valueAxis(greatest, 's', false, false, 100, 0);
        expect(axis.y(greatest)).toBeGreaterThanOrEqual(-1e-9);
        expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});

it('what a sentence quotes of the text is set as code, and a lone backtick stays one', () => {
  expect(staticHtml(said('faster than its `limit` lets')).replace(/<!--.*?-->/g, '')).toBe(
    'faster than its <span class="code">limit</span> lets',
  );
  expect(staticHtml(said('a ` alone')).replace(/<!--.*?-->/g, '')).toBe('a ` alone');
});
