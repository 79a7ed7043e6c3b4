import { describe, expect, it, vi } from 'vitest';
import { metastableVariants, metastableVerdict } from '../accuracy/metastable.ts';

vi.setConfig({ testTimeout: 120_000 });

const cases = metastableVariants().map((one) => [one.case, one] as const);

describe('a service whose servers are slow for a while', () => {
  it('is held against the published cases', (context) => {
    if (cases.length === 0) context.skip('the cases of metastable are not on this machine');
    expect(cases.length).toBeGreaterThan(10);
  });

  it.each(cases)('%s', async (_, one) => {
    const { published, rate, collapsed, goodput, offered } = await metastableVerdict(one);
    expect(collapsed).toBe(published.collapsed);
    expect(Math.abs(goodput - published.goodput) / rate).toBeLessThan(0.05);
    expect(offered / published.offered).toBeCloseTo(1, 1);
  });
});
