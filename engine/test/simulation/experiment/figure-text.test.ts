import { expect, test } from 'vitest';
import { measureText } from '../../../src/simulation/experiment/figure-text.ts';
import { modelFrom } from '../models.ts';

test.each([
  ['mean', 'mean(Visit)'],
  ['p95(time_to)', 'p95(time_to(Visit))'],
  ['p95(wait)', 'p95(wait(Visit))'],
])('%s is written as an expectation writes it', async (measure, written) => {
  const { model } = await modelFrom('package t\nactivity Visit { initial -> done  final done }');
  expect(measureText(model, 't.Visit', measure)).toBe(written);
});
