/** After any edits, an editor's session knows what one that opens the newest text knows: the same findings, the same model. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EditingSession } from '../../src/lsp/editing-session.ts';
import { shopText } from '../shop-text.ts';

const ticket = readFileSync(new URL('../../../samples/train-ticket/train-ticket.twin', import.meta.url), 'utf8');
const texts = [shopText, ticket];
const words = [...new Set(shopText.match(/\w+|[^\s\w]+/g) ?? [])];

const typed = fc.record({
  text: fc.constantFrom(...texts),
  near: fc.nat(1_000_000),
  edits: fc.array(
    fc.record({
      by: fc.integer({ min: -60, max: 60 }),
      removed: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(12)),
      inserted: fc.oneof(fc.constantFrom('', 'x', '\n', ' ', '\n\n'), fc.constantFrom(...words)),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

async function known(session: EditingSession): Promise<unknown> {
  return { findings: await session.checked(), model: await session.model() };
}

describe('edit after edit', () => {
  const runs = Number(process.env.EDIT_RUNS ?? 25);
  test('the session knows what it would know of the newest text alone', async () => {
    await fc.assert(
      fc.asyncProperty(typed, async ({ text: start, near, edits }) => {
        const session = await EditingSession.open(start);
        let text = start;
        let at = near % (text.length + 1);
        for (const { by, removed, inserted } of edits) {
          at = Math.min(text.length, Math.max(0, at + by));
          const length = Math.min(removed, text.length - at);
          text = text.slice(0, at) + inserted + text.slice(at + length);
          session.edit(at, length, inserted);
          await session.checked();
        }
        expect(await known(session)).toEqual(await known(await EditingSession.open(text)));
      }),
      { numRuns: runs },
    );
  }, 300_000);

  test('a line more at the top moves every finding and every place', async () => {
    const text = shopText.replaceAll(/-> Paid\b/g, '-> Payd');
    const session = await EditingSession.open(text);
    const behind = text.indexOf('\n', text.indexOf('signal')) + 1;
    session.edit(behind, 0, '\n\n');
    await session.checked();
    const fresh = await EditingSession.open(`${text.slice(0, behind)}\n\n${text.slice(behind)}`);
    expect(await known(session)).toEqual(await known(fresh));
    expect((await session.checked()).length).toBeGreaterThan(0);
  });
});
