import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model, Scenario } from '../../src/model/index.ts';
import { DAY, HOUR, SECOND } from '../../src/numeric/index.ts';
import { countAt, nextChange } from '../../src/simulation/activities/shifts.ts';
import { arrivalRate } from '../../src/simulation/arrival-rate.ts';
import { simulate } from '../../src/simulation/index.ts';
import { nextTimeOfDay } from '../../src/simulation/next-time-of-day.ts';
import { steppedClock, wallClock } from '../../src/simulation/wall-clock.ts';
import { modelFrom } from './models.ts';

const text = (from: string, run = '2 d', zones: readonly string[] = ['Europe/Berlin', 'America/New_York']): string => `
resource night * 0 timezone "${zones[0]}" { from "22:00" to "06:00": 1 }
resource day * 0 timezone "${zones[1]}" { from "09:00" to "17:00": 1 }
resource own * 0 { from "08:00" to "16:00": 1 }
activity Work { initial -> a  action a takes 1 min using night patience 1 s -> b -> b
  action b takes 1 min using day patience 1 s -> c -> c  action c takes 1 min using own patience 1 s -> d -> d  final d }
scenario S { load Work at { "08:00": 60/h  "12:00": 1/h } daily  run ${run} from "${from}"  replications 1 }
`;

async function scenarioOf(...given: Parameters<typeof text>): Promise<{ model: Model; scenario: Scenario }> {
  const { model, problems } = await modelFrom(text(...given));
  expect(problems).toEqual([]);
  const [scenario] = model.scenarios;
  if (scenario === undefined) throw new Error('the model has no scenario');
  return { model, scenario };
}

/** Hours since the beginning of the run at which the number of a resource changes. */
function changes(model: Model, scenario: Scenario, name: string): readonly number[] {
  const resource = model.resources.find((each) => each.name === name);
  if (resource === undefined) throw new Error(`there is no ${name}`);
  const clock = wallClock(scenario, resource.timezone);
  const found: number[] = [];
  for (let at = nextChange(resource, 0, clock); at < scenario.duration; at = nextChange(resource, at, clock)) {
    found.push(at / HOUR);
  }
  return found;
}

describe('a shift over the night in which clocks are changed', () => {
  it.each([
    // Put forward at 02:00: the night has seven hours. From 20:00: 22:00 is 2 h on, 06:00 9 h on; then nights as ever.
    ['2026-03-28 20:00 Europe/Berlin', [2, 9, 25, 33]],
    // Put back at 03:00: it has nine.
    ['2026-10-24 20:00 Europe/Berlin', [2, 11, 27, 35]],
    ['2026-06-01 20:00 Europe/Berlin', [2, 10, 26, 34]],
    // 19:00 in London is 20:00 in Berlin, whatever the run's own clock shows.
    ['2026-03-28 19:00 Europe/London', [2, 9, 25, 33]],
    ['2026-03-28 19:00', [2, 9, 25, 33]],
  ])('from %s', async (from, hours) => {
    const { model, scenario } = await scenarioOf(from);
    expect(changes(model, scenario, 'night')).toEqual(hours);
  });
});

describe('two zones in one model', () => {
  it('work in their own hours, also in the weeks in which only one of them has changed its clocks', async () => {
    // In June New York is six hours behind Berlin: 09:00 is 15:00. Between 8 and 29 March 2026 it is five.
    for (const [from, hours] of [
      ['2026-06-02 00:00 Europe/Berlin', [15, 23, 39, 47]],
      ['2026-03-10 00:00 Europe/Berlin', [14, 22, 38, 46]],
      // The night in which New York goes forward: the 8th, at 07:00 UTC.
      ['2026-03-07 00:00 Europe/Berlin', [15, 23, 38, 46].map((hour) => hour)],
    ] as const) {
      const { model, scenario } = await scenarioOf(from);
      expect([from, changes(model, scenario, 'day')]).toEqual([from, hours]);
      expect(changes(model, scenario, 'own')).toEqual([8, 16, 32, 40]);
    }
  });

  it('are told where no date says how far they are apart, and not where one does', async () => {
    for (const [from, codes] of [
      ['fri 18:00', ['time-zones']],
      ['2026-03-28 18:00 Europe/Berlin', []],
    ] as const) {
      const { model } = await scenarioOf(from, '1 h');
      const found = simulate(model, 'S').findings.filter(({ code }) => code === 'time-zones');
      expect(found.map(({ code }) => code)).toEqual(codes);
    }
  });

  it('give the same bytes each time, and other figures than without the change', async () => {
    const results = await Promise.all(
      ['2026-03-28 20:00 Europe/Berlin', '2026-03-28 20:00 Europe/Berlin', '2026-06-06 20:00 Europe/Berlin'].map(
        async (from) => JSON.stringify(simulate((await scenarioOf(from)).model, 'S')),
      ),
    );
    expect(results[0]).toBe(results[1]);
    expect(results[0]).not.toBe(results[2]);
  });
});

describe('arrivals of each day', () => {
  it('keep to the hours of the run, also in the night of the change', async () => {
    const { scenario } = await scenarioOf('2026-03-28 20:00 Europe/Berlin');
    const [load] = scenario.loads;
    if (load === undefined) throw new Error('the scenario has no load');
    const rate = arrivalRate(load.arrivals, 0, wallClock(scenario));
    // Twelve hours at 1/h would end at 08:00; the night is an hour shorter, so eleven are expected until then.
    expect((rate?.after(0, 10.999) ?? 0) / HOUR).toBeCloseTo(10.999, 6);
    expect((rate?.after(0, 11 + 60) ?? 0) / HOUR).toBeCloseTo(12, 6);
  });
});

describe('a clock that is changed', () => {
  it('finds every change of a shift that looking at each minute finds', () => {
    const minute = 60 * SECOND;
    const hours = fc.integer({ min: 0, max: 23 });
    const shift = fc.record({
      days: fc.subarray([0, 1, 2, 3, 4, 5, 6]),
      from: hours.map((hour) => hour * HOUR),
      to: fc.integer({ min: 1, max: 24 }).map((hour) => hour * HOUR),
      count: fc.integer({ min: 0, max: 3 }),
    });
    const step = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.constantFrom(-1, 0, 1, 0.5));
    fc.assert(
      fc.property(
        fc.array(shift, { maxLength: 3 }),
        fc.array(step, { maxLength: 3 }),
        hours,
        (shifts, steps, begin) => {
          const rising = steps
            .toSorted(([a], [b]) => a - b)
            .map(([hour, ahead]) => ({ time: hour * HOUR, ahead: ahead * HOUR }));
          const clock = steppedClock(begin * HOUR, rising);
          const resource = { count: 1, shifts };
          const end = 3 * DAY;
          const looked: number[] = [];
          for (let at = 30 * minute; at < end; at += 30 * minute) {
            if (countAt(resource, at, clock) !== countAt(resource, at - 30 * minute, clock)) looked.push(at);
          }
          const found: number[] = [];
          for (let at = nextChange(resource, 0, clock); at < end; at = nextChange(resource, at, clock)) found.push(at);
          expect(found).toEqual(looked);
        },
      ),
    );
  });
});

describe('a beginning that cannot be is told', () => {
  it.each([
    ['2026-03-29 02:30 Europe/Berlin', /No clock of Europe\/Berlin shows that time/],
    ['2026-02-30 10:00 Europe/Berlin', /The beginning of a run is a day and a time/],
    ['2026-03-28 25:00', /The beginning of a run is a day and a time/],
    ['2026-03-28 20:00 Europe/Nowhere', /`Europe\/Nowhere` is no time zone/],
  ])('%s', async (from, message) => {
    const { problems } = await modelFrom(text(from));
    expect(problems.join('\n')).toMatch(message);
  });
});

describe('a time of day comes once on each day of the calendar', () => {
  const hours = (from: string, timeOfDay: number, count: number): Promise<readonly number[]> =>
    scenarioOf(from, '4 d', ['Europe/Berlin', 'Europe/Berlin']).then(({ scenario }) => {
      const found: number[] = [];
      for (let at = 0; found.length < count; found.push(at / HOUR)) {
        at = nextTimeOfDay(wallClock(scenario), timeOfDay * HOUR, at);
      }
      return found;
    });

  it.each([
    // Put forward from 02:00 to 03:00, six hours after 20:00: that day has 23 hours.
    ['2026-03-28 20:00 Europe/Berlin', 8, [11, 35]],
    ['2026-03-28 20:00 Europe/Berlin', 2.5, [6, 29.5]],
    // Put back from 03:00 to 02:00: 25 hours, and 02:30 is shown twice.
    ['2026-10-24 20:00 Europe/Berlin', 8, [13, 37]],
    ['2026-10-24 20:00 Europe/Berlin', 2.5, [6.5, 31.5]],
    ['2026-06-01 20:00 Europe/Berlin', 8, [12, 36]],
    ['2026-06-01 20:00 Europe/Berlin', 20, [24, 48]],
  ] as const)('from %s, %d h', async (from, timeOfDay, expected) => {
    expect(await hours(from, timeOfDay, expected.length)).toEqual(expected);
  });

  it.each([
    ['2026-03-28 20:00 Europe/Berlin', 11],
    ['2026-10-24 20:00 Europe/Berlin', 13],
    ['2026-06-01 20:00 Europe/Berlin', 12],
  ])('for activities and machines alike: from %s', async (from, expected) => {
    const { model, problems } = await modelFrom(`package z
component Desk { operation go() }
machine Night { initial -> asleep  state asleep { at "08:00" -> done }  final done }
activity Shift { initial -> start  fork start -> rest, watch  accept rest at "08:00" -> gone  flow final gone
  action watch ref Night -> over  flow final over }
scenario S { load Shift every 1 s batch 1  run 14 h from "${from}"  replications 1  expect max(Shift) < 1 d and min(time_in(Night.asleep)) < 1 d }`);
    expect(problems).toEqual([]);
    const result = await simulate(model, 'z.S');
    const longest = result.measures.find(({ element, measure }) => element === 'z.Shift' && measure === 'max')?.value;
    expect(Math.ceil((longest ?? 0) / 3600)).toBe(expected);
  });

  it('after any moment, of any clock that is put forward and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 * 24 }),
        fc.array(fc.record({ time: fc.integer({ min: 1, max: 96 }), ahead: fc.constantFrom(0, 1, -1, 2) }), {
          maxLength: 3,
        }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 96 }),
        (beginning, steps, timeOfDay, after) => {
          const rising = [...new Map(steps.map((step) => [step.time, step])).values()].sort((a, b) => a.time - b.time);
          const clock = steppedClock(
            beginning * HOUR,
            rising.map(({ time, ahead }) => ({ time: time * HOUR, ahead: ahead * HOUR })),
          );
          const next = nextTimeOfDay(clock, timeOfDay * HOUR, after * HOUR);
          expect(next).toBeGreaterThan(after * HOUR);
          // A day has 22 to 26 hours here, and clocks are put forward by three hours at most at once.
          expect(next - after * HOUR).toBeLessThanOrEqual(30 * HOUR);
          const shown = clock.at(next) % DAY;
          const isMoved = rising.some(({ time }) => time * HOUR === next);
          expect(shown === timeOfDay * HOUR || isMoved).toBe(true);
        },
      ),
    );
  });
});
