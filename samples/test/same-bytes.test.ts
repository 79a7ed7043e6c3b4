/**
 * The same model, scenario and seed give the same bytes on any number of threads, and the bytes they gave before. Where a
 * change of meaning is intended, `POLLUX_WRITE_HASHES=1 npx vitest run samples/test/same-bytes.test.ts` writes them anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { simulate } from '@pollux/engine/simulation';
import { simulateInWorkers } from '@pollux/runtime';
import { describe, expect, it } from 'vitest';
import { hashOf } from './same-bytes/hash-of.ts';
import { shortRuns } from './same-bytes/short-runs.ts';

const file = new URL('./same-bytes/hashes.json', import.meta.url);
const runs = await shortRuns();
const golden: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};

describe('a short run of', () => {
  for (const { name, model, scenario } of runs) {
    it(`${name} gives the same bytes on 1, 2 and 8 threads, and those of before`, async () => {
      const results = [simulate(model, scenario)];
      for (const threads of [2, 8]) results.push(await simulateInWorkers(model, scenario, { threads }));
      const [hash, ...others] = results.map(hashOf);
      expect(results[0]?.counters.finished).toBeGreaterThan(0);
      expect(others).toEqual([hash, hash]);
      if (process.env.POLLUX_WRITE_HASHES === '1') golden[name] = `${hash}`;
      expect(hash).toBe(golden[name]);
    });
  }

  it('every scenario that has a hash', () => {
    expect(runs.map(({ name }) => name).sort()).toEqual(Object.keys(golden).sort());
    if (process.env.POLLUX_WRITE_HASHES === '1') writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
  });
});
