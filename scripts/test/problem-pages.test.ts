/** `docs/problems/` says what the declarations say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemPages, problemPagesFolder } from '../problem-pages.mjs';

test('the pages of docs/problems are those of the declarations (else: node scripts/problem-pages.mjs)', () => {
  const kept = readdirSync(problemPagesFolder).map((name) => [
    name,
    readFileSync(join(problemPagesFolder, name), 'utf8'),
  ]);
  expect(Object.fromEntries(kept)).toEqual(problemPages());
});
