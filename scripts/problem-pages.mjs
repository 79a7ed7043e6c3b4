/**
 * Writes `docs/problems/`: a page for each kind of finding and a table of all, out of their declarations in the language
 * server. A test holds what is checked in equal to what this gives.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problemCodes } from '../language-server/src/language/problems/problem-codes.ts';
import { problemPage } from '../language-server/src/language/problems/problem-page.ts';
import { root } from './lib/paths.mjs';

export const problemPagesFolder = join(root, 'docs/problems');

/** Name of each file → its text. */
export function problemPages() {
  const pages = { 'README.md': tableOfAll() };
  for (const [code, declaration] of Object.entries(problemCodes)) pages[`${code}.md`] = problemPage(code, declaration);
  return pages;
}

function tableOfAll() {
  const rows = Object.entries(problemCodes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { severity, meaning }]) => `| [${code}](${code}.md) | ${severity} | ${meaning} |`);
  const head = [
    '# What Pollux finds in a text',
    '',
    'Each finding has a code, shown behind its message; the editor links it to its page, and `pollux check` prints it.',
    'Errors keep a model from being run, warnings do not. This folder is written by `node scripts/problem-pages.mjs`.',
    '',
    '| code | severity | meaning |',
    '|---|---|---|',
  ];
  return `${[...head, ...rows].join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const pages = problemPages();
  mkdirSync(problemPagesFolder, { recursive: true });
  for (const name of readdirSync(problemPagesFolder)) if (!(name in pages)) rmSync(join(problemPagesFolder, name));
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(problemPagesFolder, name), text);
  console.log(`${Object.keys(pages).length} pages in docs/problems.`);
}
