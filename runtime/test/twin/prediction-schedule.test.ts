import type { Model } from '@pollux/engine/model';
import type { TwinState } from '@pollux/engine/twin';
import { expect, it } from 'vitest';
import { PredictionSchedule } from '../../src/twin/prediction-schedule.ts';

const model = { interactions: [{ id: 'Checkout' }, { id: 'Rare' }] } as unknown as Model;
const SECOND = 1e6;

/** A state at a second of event time, with the rates per second of both interactions. */
function at(second: number, checkout: number, rare = 0): TwinState {
  const figures = { Checkout: { total: 1, rate: checkout }, Rare: { total: 1, rate: rare } };
  return { newest: 1e15 + second * SECOND, window_s: 60, figures } as unknown as TwinState;
}

it('waits for data, then for five seconds of it', () => {
  const schedule = new PredictionSchedule(model);
  expect([0, 100].map((second) => schedule.due(at(second, 0)))).toEqual([false, false]);
  expect([200, 204, 205].map((second) => schedule.due(at(second, 10)))).toEqual([false, false, true]);
});

it('simulates again where the load has moved, but not at once', () => {
  const schedule = new PredictionSchedule(model);
  schedule.due(at(0, 10));
  expect(schedule.due(at(5, 10))).toBe(true);
  expect(schedule.due(at(30, 11))).toBe(false);
  expect(schedule.due(at(14, 20))).toBe(false);
  expect(schedule.due(at(31, 20))).toBe(true);
  expect(schedule.due(at(60, 20))).toBe(false);
});

it('does not take chance for a move: a rare interaction doubles often', () => {
  const schedule = new PredictionSchedule(model);
  schedule.due(at(0, 10, 0.05));
  expect(schedule.due(at(5, 10, 0.05))).toBe(true);
  expect(schedule.due(at(40, 10, 0.1))).toBe(false);
});

it('simulates again every five minutes under a steady load', () => {
  const schedule = new PredictionSchedule(model);
  schedule.due(at(0, 10));
  schedule.due(at(5, 10));
  expect([304, 305].map((second) => schedule.due(at(second, 10)))).toEqual([false, true]);
});
