/** Figures that are known exactly, from formulas or from published cases, and how a simulated one is held against them. */
import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { MeasuredValue } from '../../src/simulation/index.ts';

/** The exact value lies within an interval that is widened to 99.9 %: with fixed seeds a failure is a defect. */
export function covers(measured: MeasuredValue, exact: number): void {
  const { value, lower, upper } = measured;
  expect(value).not.toBeNull();
  const half = ((upper! - lower!) / 2) * (4.78 / 2.26);
  const what = `${measured.measure} of ${measured.element} ${value} ± ${half}, exactly ${exact}`;
  expect(Math.abs(value! - exact), what).toBeLessThanOrEqual(half + exact * 0.005);
}

/** The cases of a file outside the repository; null where it is not there. */
export function publishedCases<Case = Record<string, number>>(name: string): Case[] | null {
  const file = new URL(`../../../../shared/conformance/queueing/${name}.json`, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).cases : null;
}
