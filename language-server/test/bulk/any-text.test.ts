/**
 * Laws that hold for every text, tried on very many: reading, checking and lowering never fail, never hang, and what stands around
 * a damaged declaration keeps its place in the outline. `POLLUX_FUZZ_RUNS` asks for more, `POLLUX_FUZZ_SEED` for others.
 */
import { allElements, type Model } from '@pollux/engine/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';
import { damages, pieces } from './damaged-texts.ts';

/** In all; each kind of damage gets its part. */
const runs = Number(process.env.POLLUX_FUZZ_RUNS ?? 20_000);
const seed = Number(process.env.POLLUX_FUZZ_SEED ?? 20_261_122);

/** A text of this size takes some milliseconds; a second is a hang even on a loaded machine. */
const HANG = 1000;

/** A comment that is not closed takes what follows into itself. */
function isOpen(text: string): boolean {
  const open = text.replace(/"(?:\\.|[^"\\\r\n])*"?|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, '');
  return open.includes('/*');
}

async function survives(damaged: string): Promise<void> {
  const began = performance.now();
  const { model, problems } = await modelOf(`signal Before\n${damaged}\nsignal After\n`);
  expect(performance.now() - began).toBeLessThan(HANG);
  expect(model).not.toBeNull();
  for (const { code, message, place } of problems) {
    expect(code, message).not.toBe('internal');
    expect(message).not.toMatch(/undefined|\[object|NaN/);
    expect(place.end.line).toBeGreaterThanOrEqual(place.start.line);
  }
  const ids = [...allElements(model as Model)].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const outline = model?.signals.map(({ name }) => name) ?? [];
  expect(outline).toContain('Before');
  if (!isOpen(damaged)) expect(outline).toContain('After');
}

/** The first text makes the parser, which takes longer than any text. */
beforeAll(async () => {
  await modelOf('signal First');
});

test('there are pieces of every kind of declaration to damage', () => {
  const kinds = new Set(pieces.map((piece) => piece.slice(0, piece.search(/\W/))));
  expect(kinds.size).toBe(14);
});

describe('nothing fails, hangs or hides its neighbours', () => {
  const kinds = Object.keys(damages) as (keyof typeof damages)[];
  test.each(kinds)(
    'on %s',
    async (kind) => {
      await fc.assert(fc.asyncProperty(damages[kind], survives), { numRuns: Math.ceil(runs / kinds.length), seed });
    },
    3_600_000,
  );
});
