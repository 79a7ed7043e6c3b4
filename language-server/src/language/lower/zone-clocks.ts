/**
 * What the clocks of time zones show during a run that begins at a date: the rules of the zones are those of the machine that reads the
 * text (IANA's, as `Intl` has them), and stand in the model from then on. So a run needs none, and gives the same wherever it runs.
 */
import type { ClockStep, Model, RunDate, Scenario, ZoneClock } from '@pollux/engine/model';

const SECOND = 1000;
const WEEK = 7 * 24 * 3600 * SECOND;
const DAY = 24 * 3600 * SECOND;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Fills in the clocks of all zones that the model names, in the scenarios that say at which date they begin. */
export function withClocks(model: Model): Model {
  if (model.scenarios.every(({ date }) => date === undefined)) return model;
  const zones = new Set(model.resources.flatMap(({ timezone }) => timezone ?? []));
  const scenarios = model.scenarios.map((scenario): Scenario => {
    const { date, duration } = scenario;
    if (date === undefined) return scenario;
    const names = [...new Set([date.timezone, ...zones])].sort();
    return { ...scenario, date: { ...date, clocks: names.map((name) => clockOf(name, date, duration)) } };
  });
  return { ...model, scenarios };
}

/** Microseconds since 1970 at which the zone's clock first shows that time, itself written as if it were UTC; undefined where it never does. */
export function instantAt(shown: number, timezone: string): number | undefined {
  const local = shown / 1000;
  const offsets = [local - DAY, local, local + DAY].map((instant) => offsetAt(timezone, instant));
  const found = offsets.map((offset) => local - offset).filter((at) => at + offsetAt(timezone, at) === local);
  return found.length === 0 ? undefined : Math.min(...found) * 1000;
}

function clockOf(timezone: string, { instant, timezone: own }: RunDate, duration: number): ZoneClock {
  const begin = instant / 1000;
  const end = begin + duration / 1000;
  const base = offsetAt(own, begin);
  const steps: ClockStep[] = [{ time: 0, ahead: (offsetAt(timezone, begin) - base) * 1000 }];
  for (let from = begin; from < end; from += WEEK) {
    const to = Math.min(end, from + WEEK);
    const [before, after] = [offsetAt(timezone, from), offsetAt(timezone, to)];
    if (before === after) continue;
    const at = firstAt(from, to, (instantAt) => offsetAt(timezone, instantAt) === after);
    steps.push({ time: (at - begin) * 1000, ahead: (after - base) * 1000 });
  }
  return { timezone, steps };
}

/** To the second: clocks are put forward and back at full ones. */
function firstAt(from: number, to: number, holds: (instant: number) => boolean): number {
  let low = Math.floor(from / SECOND);
  let high = Math.ceil(to / SECOND);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle * SECOND)) high = middle;
    else low = middle;
  }
  return high * SECOND;
}

/** By how much the zone's clock is ahead of UTC, milliseconds. */
function offsetAt(timezone: string, instant: number): number {
  let format = formats.get(timezone);
  if (format === undefined) {
    const figure = 'numeric';
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: figure,
      month: figure,
      day: figure,
      hour: figure,
      minute: figure,
      second: figure,
    });
    formats.set(timezone, format);
  }
  const second = Math.floor(instant / SECOND) * SECOND;
  const parts = new Map(format.formatToParts(second).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - second;
}
