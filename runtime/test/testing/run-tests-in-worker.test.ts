import { generateTests, runTest, type TestResult } from '@pollux/engine/testing';
import { modelOf } from '@pollux/language-server/language';
import { generateTestsInWorker, runTestsInWorker } from '@pollux/runtime';
import { expect, test, vi } from 'vitest';

// Threads that begin from sources take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const text = `signal Go
machine M { var n: Integer = 0  initial -> A  state A { on Go / n += 1 -> B }  state B }
test good of M { send Go expect in(B) }
test bad of M { expect in(B) }
`;

async function fixture() {
  const { model } = await modelOf(text);
  if (model === null) throw new Error('the fixture does not load');
  return model;
}

test('tests run in a thread as they do here, one after the other', async () => {
  const model = await fixture();
  const told: string[] = [];
  const results: TestResult[] = [];
  await runTestsInWorker(model, ['good', 'missing', 'bad'], {
    onStart: (id) => told.push(`start ${id}`),
    onResult: (result) => {
      told.push(`${result.verdict} ${result.test}`);
      results.push(result);
    },
  });
  expect(told).toEqual(['start good', 'pass good', 'start missing', 'start bad', 'fail bad']);
  expect(results).toEqual([runTest(model, 'good'), runTest(model, 'bad')]);
});

test('tests are proposed in a thread as they are here', async () => {
  const model = await fixture();
  expect(await generateTestsInWorker(model, 'M')).toEqual(generateTests(model, 'M'));
  expect(await generateTestsInWorker(model, 'Nothing')).toBeNull();
});

test('a run that is cancelled ends, whatever it is doing', async () => {
  const model = await fixture();
  const cancel = new AbortController();
  const told: string[] = [];
  await runTestsInWorker(
    model,
    Array.from({ length: 100_000 }, () => 'good'),
    {
      signal: cancel.signal,
      onResult: ({ verdict }) => {
        told.push(verdict);
        cancel.abort();
      },
    },
  );
  expect(told).toEqual(['pass']);
  await runTestsInWorker(model, ['good'], { signal: cancel.signal, onResult: () => told.push('late') });
  expect(told).toEqual(['pass']);
});
