import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AT, Calendar, UNTIL } from '../../src/simulation/calendar.ts';

describe('the calendar', () => {
  it('gives events back in the order of time, then of scheduling, from heap and lanes alike, and says before when the next one comes', () => {
    const delays = [0, 3];
    const action = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('push' as const), ahead: fc.nat(6) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('lane' as const), lane: fc.nat(1) }) },
      { weight: 3, arbitrary: fc.constant({ kind: 'pop' as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'peek' as const }) },
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 300 }), fc.boolean(), (actions, withLanes) => {
        const calendar = new Calendar(2);
        if (withLanes) for (const _ of delays) calendar.addLane();
        const model: { time: number; event: number }[] = [];
        let next = 0;
        let now = 0;
        const popBoth = (): void => {
          const event = calendar.next();
          if (event >= 0) now = calendar.moments[AT]!;
          if (model.length === 0) {
            expect(event).toBe(-1);
            return;
          }
          const least = model.reduce((a, b) => (b.time < a.time ? b : a));
          model.splice(model.indexOf(least), 1);
          expect([now, event]).toEqual([least.time, least.event]);
        };
        for (const step of actions) {
          if (step.kind === 'pop') popBoth();
          else if (step.kind === 'peek') {
            expect(calendar.peek()).toBe(Math.min(Number.POSITIVE_INFINITY, ...model.map(({ time }) => time)));
          } else {
            const ahead = step.kind === 'push' ? step.ahead : delays[step.lane]!;
            const time = now + ahead;
            const event = next++;
            if (step.kind === 'push' || !withLanes) calendar.push(time, event);
            else calendar.pushLane(step.lane, time, event);
            model.push({ time, event });
          }
          expect(calendar.pending).toBe(model.length);
        }
        while (model.length > 0) popBoth();
        expect(calendar.next()).toBe(-1);
      }),
      { numRuns: 300 },
    );
  });

  it('is empty again after clear', () => {
    const calendar = new Calendar();
    const lane = calendar.addLane();
    calendar.push(5, 1);
    calendar.pushLane(lane, 7, 2);
    calendar.next();
    calendar.clear();
    expect([calendar.pending, calendar.next()]).toEqual([0, -1]);
  });

  it('keeps what does not come before the time until when it is asked, from heap and lane alike', () => {
    const calendar = new Calendar();
    const lane = calendar.addLane();
    calendar.push(5, 1);
    calendar.pushLane(lane, 7, 2);
    const before = (until: number): number[] => {
      calendar.moments[UNTIL] = until;
      const event = calendar.next();
      return event < 0 ? [] : [event, calendar.moments[AT]!];
    };
    expect([before(5), before(6), before(7), before(8), before(9)]).toEqual([[], [1, 5], [], [2, 7], []]);
  });

  it('takes events in where their order was reserved, and gives up those that are not to come', () => {
    const pushed = fc.record({ time: fc.nat(5), isLate: fc.boolean(), isGone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(pushed, { maxLength: 60 }), (events) => {
        const calendar = new Calendar(2);
        const orders = events.map(({ time, isLate }, event) => {
          if (isLate) return calendar.reserve(1);
          calendar.push(time, event);
          return calendar.order;
        });
        events.forEach(({ time, isLate }, event) => {
          if (isLate) calendar.insert(time, event, orders[event]!);
        });
        events.forEach(({ time, isGone }, event) => {
          if (isGone) expect(calendar.remove(time, event)).toBe(true);
        });
        expect(calendar.remove(6, 0)).toBe(false);
        const expected = events
          .map(({ time, isGone }, event) => ({ time, isGone, event }))
          .filter(({ isGone }) => !isGone)
          .toSorted((a, b) => a.time - b.time || a.event - b.event);
        expect(expected.map(() => calendar.next())).toEqual(expected.map(({ event }) => event));
        expect(calendar.next()).toBe(-1);
      }),
    );
  });
});
