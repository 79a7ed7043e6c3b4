/** The derived parts of `docs/language.md` say what the declarations say. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { languagePage, languageReference } from '../language-reference.mjs';

test('the derived parts of docs/language.md are those of the declarations (else: node scripts/language-reference.mjs)', async () => {
  const page = readFileSync(languagePage, 'utf8');
  expect(page).toBe(await languageReference(page));
});
