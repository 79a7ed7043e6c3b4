import { modelOf } from '@pollux/language-server/language';
import { expect, test } from 'vitest';
import { meaningOf } from '../../src/twin/meaning-of.ts';

async function meaning(text: string): Promise<string> {
  const { model } = await modelOf(text);
  if (model === null) throw new Error('the fixture has no model');
  return meaningOf(model);
}

test('blanks, line breaks and comments change nothing', async () => {
  const one = await meaning('package p\nsignal Pay(ok: Boolean)');
  const other = await meaning('package p\n\n/** Paid or not. */\nsignal Pay( ok: Boolean ) // from the bank');
  expect(other).toBe(one);
});

test('a changed type changes the meaning', async () => {
  expect(await meaning('package p\nsignal Pay(ok: Boolean)')).not.toBe(
    await meaning('package p\nsignal Pay(ok: Integer)'),
  );
});
