/**
 * From sources to what is run: the parser, the bundles of extension, server, workers, pages and command line, and the `.vsix`,
 * which works without node_modules. Skips what was made from the same inputs. `--force` makes everything.
 */
import fs from 'node:fs';
import path from 'node:path';
import { bundleCommandLine, bundleHost } from './bundle.mjs';
import { generate } from './generate.mjs';
import { whenChanged } from './lib/input-hash.mjs';
import { root } from './lib/paths.mjs';
import { projectEnvironment } from './lib/pinned-node.mjs';
import { step } from './lib/progress.mjs';
import { runCommand } from './lib/run-command.mjs';
import { packageExtension } from './package-extension.mjs';

const force = process.argv.includes('--force');
const stamps = path.join(root, 'node_modules/.cache/pollux');
const env = projectEnvironment();
const always = ['package-lock.json', 'scripts/build.mjs', 'scripts/bundle.mjs', 'scripts/package-extension.mjs'];
const engine = ['engine/src', 'engine/package.json'];
const generators = ['generate', 'snippets', 'textmate-grammar'].map((name) => `scripts/${name}.mjs`);
const language = ['grammars', 'language-server/src', ...generators];
const webview = ['webview/src', 'webview/build.mjs'];
const host = ['extension/src', 'extension/package.json', 'extension/media', 'runtime/src', ...engine, ...language];

async function make(name, inputs, outputs, action) {
  await step(name, async () => {
    if (force) fs.rmSync(path.join(stamps, name), { force: true });
    const ran = await whenChanged(path.join(stamps, name), [...always, ...inputs], outputs, action);
    return ran ? undefined : 'unchanged';
  });
}

await step('parser', async () => ((await generate({ force })) ? undefined : 'unchanged'));
await make('manifest', ['extension/src', 'extension/scripts'], ['extension/package.json'], () =>
  runCommand('node', ['extension/scripts/write-manifest.ts'], { cwd: root, env, capture: true }),
);
await make(
  'host bundles',
  [...host, ...webview],
  ['extension/dist/extension.js', 'extension/dist/server.js'],
  bundleHost,
);
await make('page bundle', [...webview, ...engine], ['extension/dist/page/page.js'], async () => {
  const { buildWebview } = await import('../webview/build.mjs');
  await buildWebview({ outdir: path.join(root, 'extension/dist/page'), minify: true });
});
await make('command line', ['cli/src', ...host, ...webview], ['cli/dist/pollux.js'], bundleCommandLine);
await make(
  'pollux.vsix',
  [...host, ...webview, 'docs/problems', 'LICENSE', 'README.md'],
  ['extension/dist/pollux.vsix'],
  () => packageExtension(env),
);
