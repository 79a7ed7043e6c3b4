/** The import rules of docs/architecture.md hold, and a breach of any of them would be caught. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ICruiseResult } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a configuration file without types
import { options, packages } from '../.dependency-cruiser.mjs';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = ['engine/src', 'language-server/src', 'runtime/src', 'webview/src', 'extension/src', 'cli/src'];

async function violations(folders: readonly string[], root: string): Promise<{ modules: number; found: string[] }> {
  const result = await cruise([...folders], options(root));
  const output = result.output as ICruiseResult;
  return {
    modules: output.summary.totalCruised,
    found: output.summary.violations.map((one) => `${one.rule.name}: ${one.from} -> ${one.to}`),
  };
}

describe('the layers', () => {
  it('no source imports what its folder may not know', { timeout: 120_000 }, async () => {
    const { modules, found } = await violations(sources, '');
    expect(found).toEqual([]);
    expect(modules, 'the tool must have seen the sources').toBeGreaterThan(100);
  });
});

describe('a breach is caught', () => {
  mkdirSync(join(repository, 'test', 'fixtures'), { recursive: true });
  const fixture = mkdtempSync(join(repository, 'test', 'fixtures', '.layers-'));
  const root = `${relative(repository, fixture)}/`;

  const breaches: readonly [rule: string, file: string, text: string][] = [
    ['engine-imports', 'engine/src/model/a.ts', "import { b } from '../../../runtime/src/b.ts'; export const a = b;"],
    ['engine-outside', 'engine/src/model/c.ts', "import { select } from 'd3-selection'; export const c = select;"],
    ['no-node', 'engine/src/model/d.ts', "import { readFileSync } from 'node:fs'; export const d = readFileSync;"],
    ['engine-model-order', 'engine/src/model/e.ts', "import { f } from '../twin/f.ts'; export const e = f;"],
    ['webview-imports', 'webview/src/g.ts', "import { b } from '../../runtime/src/b.ts'; export const g = b;"],
    ['webview-outside', 'webview/src/h.ts', "import * as langium from 'langium'; export const h = langium;"],
    ['runtime-outside', 'runtime/src/i.ts', "import * as vscode from 'vscode'; export const i = vscode;"],
    ['cli-imports', 'cli/src/j.ts', "import { k } from '../../extension/src/k.ts'; export const j = k;"],
    [
      'language-server/src/language-outside',
      'language-server/src/language/l.ts',
      "import * as lsp from 'vscode-languageserver/node'; export const l = lsp;",
    ],
    ['no-cycles', 'runtime/src/otlp/m.ts', "import { n } from '../twin/n.ts'; export const m = () => n;"],
  ];
  const innocent: readonly [file: string, text: string][] = [
    ['runtime/src/b.ts', "import { f } from '../../engine/src/twin/f.ts'; export const b = f;"],
    ['runtime/src/twin/n.ts', "import { m } from '../otlp/m.ts'; export const n = () => m;"],
    ['engine/src/model/o.ts', "import { p } from './p.ts'; export const o = () => p;"],
    ['engine/src/model/p.ts', "import { o } from './o.ts'; export const p = () => o;"],
    ['engine/src/twin/f.ts', 'export const f = 1;'],
    ['extension/src/k.ts', 'export const k = 1;'],
  ];

  let found: string[] = [];
  beforeAll(async () => {
    symlinkSync(join(repository, 'node_modules'), join(fixture, 'node_modules'));
    for (const [file, text] of [...breaches.map(([, file, text]) => [file, text] as const), ...innocent]) {
      mkdirSync(dirname(join(fixture, file)), { recursive: true });
      writeFileSync(join(fixture, file), `${text}\n`);
    }
    found = (
      await violations(
        sources
          .map((folder) => root + folder)
          .filter((folder) => breaches.some(([, file]) => (root + file).startsWith(folder))),
        root,
      )
    ).found;
  }, 120_000);
  afterAll(() => rmSync(fixture, { recursive: true, force: true }));

  it.each(breaches)('of %s', (rule, file) => {
    expect(found.filter((one) => one.startsWith(`${rule}: ${root}${file} -> `))).not.toEqual([]);
  });

  it('and an allowed import is not', () => {
    expect(found.filter((one) => one.includes('/b.ts -> ') || one.includes('/o.ts -> '))).toEqual([]);
  });

  it('every workspace with sources has its rules', () => {
    const named = new Set(Object.keys(packages).map((folder) => folder.split('/')[0]));
    expect([...named].sort()).toEqual(sources.map((folder) => folder.split('/')[0]).sort());
  });
});
