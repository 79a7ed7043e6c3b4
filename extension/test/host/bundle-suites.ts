/** In-host suites as CommonJS files, the way an extension host loads them. mocha stays outside: it is only for tests. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Answers the folder that holds `index.js`. */
export async function bundleSuites(root: string, suite: 'suite' | 'failing'): Promise<string> {
  const source = path.join(root, 'extension/test/host', suite);
  const tests = readdirSync(source).filter((name) => name.endsWith('.test.ts'));
  const outdir = path.join(root, 'extension/dist/test', suite);
  mkdirSync(outdir, { recursive: true });
  writeFileSync(path.join(outdir, 'package.json'), '{ "type": "commonjs" }\n');
  await build({
    entryPoints: [
      { in: path.join(root, 'extension/test/host/run-mocha.ts'), out: 'index' },
      ...tests.map((name) => ({ in: path.join(source, name), out: name.replace(/\.ts$/, '') })),
    ],
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outdir;
}
