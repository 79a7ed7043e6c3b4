import { expect, it } from 'vitest';
import { callsOf } from '../src/diagram/calls.ts';
import { sampleModel } from './page/fixtures.ts';

it('calls, publications and what follows them run between components, those of actors and machines do not', async () => {
  const model = await sampleModel('trading/trading.twin');
  const short = (id: string): string => id.slice(id.lastIndexOf('.') + 1);
  const told = callsOf(model).map(({ from, to, operation }) => `${short(from)} to ${short(to)}: ${short(operation)}`);
  expect(told).toEqual([
    'Gateway to Risk: check',
    'Gateway to Matching: match',
    'Matching to Prices: tick',
    'Prices to Feed: publish',
  ]);
});
