/** Generated tests of machines that nobody would write: they are read, they hold, and a run of them gives the same bytes again. */
import { generateTests, runTest } from '@pollux/engine/testing';
import { modelOf } from '@pollux/language-server/language';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { randomMachine } from '../machine/random-machine.ts';

vi.setConfig({ testTimeout: 60_000 });

test('generated tests of any machine are read, hold and take what they say they take', async () => {
  let ran = 0;
  await fc.assert(
    fc.asyncProperty(randomMachine, async (text) => {
      const { model, problems } = await modelOf(text);
      const machine = model?.machines[0];
      if (model === null || machine === undefined) return;
      const before = problems.filter(({ severity }) => severity === 'error').length;
      const proposal = generateTests(model, machine.id, { bound: 100 });
      const proposed = proposal?.tests ?? [];
      const whole = await modelOf(`${text}\n${proposed.map((each) => each.text).join('\n')}`);
      const messages = whole.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
      expect(messages).toHaveLength(before);
      for (const { name, covers } of proposed) {
        const again = whole.model;
        const id = again?.tests.find((each) => each.name === name)?.id ?? '';
        const result = again === null || again === undefined ? null : runTest(again, id, { limit: 100 });
        expect(`${result?.verdict} ${result?.message}`).toBe('pass ');
        const taken = result?.coverage[0]?.transitions.filter(({ count }) => count > 0).map(({ element }) => element);
        if (result?.complete === true && result.verdict === 'pass')
          expect(taken).toEqual(expect.arrayContaining([...covers]));
        expect(JSON.stringify(again ? runTest(again, id, { limit: 100 }) : null)).toBe(JSON.stringify(result));
        ran++;
      }
    }),
    { numRuns: 26, seed: 5, endOnFailure: true },
  );
  expect(ran).toBeGreaterThan(20);
});
