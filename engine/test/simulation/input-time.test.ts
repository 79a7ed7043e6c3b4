import { describe, expect, it } from 'vitest';
import { inputTime } from '../../src/simulation/live/index.ts';

describe('what is done to a live run', () => {
  it.each([
    [0, 3600, 0],
    [12.3456789, 3600, 12.35],
    [12.35, 3600, 12.35],
    [86_409.5, 30 * 86_400, 86_410],
    [3599.999, 3600, 3600],
    [0.0123, 1, 0.0123],
  ])('at %d s of %d s takes effect at %d s', (time_s, duration_s, at) => {
    expect(inputTime(time_s * 1e6, duration_s * 1e6) / 1e6).toBeCloseTo(at, 9);
  });
});
