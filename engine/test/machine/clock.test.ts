import { expect, test } from 'vitest';
import { created, logs, SECOND } from './stepping.ts';

const HOUR = 3600 * SECOND;

const text = `
  machine M() {
    initial -> Open
    state Open { at "18:00" / log "close" -> Closed }
    state Closed { at "08:30" -> Open }
  }`;

test('`at` waits for the next such time of day', async () => {
  const { stepper } = await created(text);
  expect(logs(stepper.advance(18 * HOUR - 1))).toEqual([]);
  expect(logs(stepper.advance(18 * HOUR))).toEqual(['close']);
  stepper.advance(32 * HOUR);
  expect(stepper.isIn('M.Closed')).toBe(true);
  stepper.advance(32.5 * HOUR);
  expect(stepper.isIn('M.Open')).toBe(true);
});

test('time 0 is midnight unless the run says otherwise', async () => {
  const { stepper } = await created(text, [], { midnight: -12 * HOUR });
  expect(logs(stepper.advance(6 * HOUR))).toEqual(['close']);
});

test('where the state is not left, the time comes again the next day', async () => {
  const { stepper } = await created('machine M() { initial -> A  state A { at "06:00" / log "morning" } }');
  expect(logs(stepper.advance(24 * 3 * HOUR))).toEqual(['morning', 'morning', 'morning']);
});
