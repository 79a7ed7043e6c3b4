/** A mistake of the program costs one file its findings, with a word about it; never a whole update. */
import { EmptyFileSystem } from 'langium';
import { parseHelper } from 'langium/test';
import { expect, test } from 'vitest';
import type { TwinFile } from '../../src/generated/ast.ts';
import { createTwinServices } from '../../src/language/services.ts';

test('where lowering fails, the file says so and has an empty model', async () => {
  const services = createTwinServices(() => EmptyFileSystem.fileSystemProvider());
  const document = await parseHelper<TwinFile>(services)('package shop\nsignal Paid');
  Object.defineProperty(document.parseResult.value, 'declarations', {
    get: () => {
      throw new Error('nothing fits');
    },
  });
  const { model, problems } = services.model.ModelBuilder.refresh(document);
  expect(model.signals).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.code).toBe('internal');
  expect(problems[0]?.message).toMatch(/mistake of Pollux: nothing fits \(internal-problem\.test\.ts:\d+\)/);
});
