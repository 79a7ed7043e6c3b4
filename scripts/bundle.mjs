/** The esbuild bundles that run under Node. Knows which files begin them and nothing of what is in them. */
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './lib/paths.mjs';

/** A bundle knows where it stands by its file name; `import.meta` is empty in CommonJS. */
const here = 'const pollux_here = require("node:url").pathToFileURL(__filename).href;';

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  sourcemap: false,
  logLevel: 'warning',
};

/** The layout engine asks for it only where it is told to use a worker, which nothing here does. */
const neverUsed = ['web-worker'];

/** What runs in the extension host and beside it. */
export async function bundleHost() {
  const outdir = path.join(root, 'extension/dist');
  fs.mkdirSync(outdir, { recursive: true });
  fs.writeFileSync(path.join(outdir, 'package.json'), '{ "type": "commonjs" }\n');
  await build({
    ...common,
    entryPoints: {
      extension: 'extension/src/extension.ts',
      server: 'language-server/src/lsp/main.ts',
      'simulation-worker': 'runtime/src/simulation/simulation-worker.ts',
    },
    outdir,
    format: 'cjs',
    external: ['vscode', ...neverUsed],
    define: { 'import.meta.url': 'pollux_here' },
    banner: { js: here },
  });
}

/** For the terminal and whatever else runs as a module. */
const asModule = {
  format: 'esm',
  external: neverUsed,
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
};

/** `pollux` for the terminal, with the same worker and the style of its reports beside it. */
export async function bundleCommandLine() {
  const outdir = path.join(root, 'cli/dist');
  fs.mkdirSync(outdir, { recursive: true });
  // The style of reports.
  await build({ ...common, entryPoints: { page: 'webview/src/panels/page.css' }, outdir, keepNames: false });
  await build({
    ...common,
    entryPoints: { pollux: 'cli/src/main.ts', 'simulation-worker': 'runtime/src/simulation/simulation-worker.ts' },
    outdir,
    ...asModule,
  });
}

/** The benchmark of the simulation in the form in which the simulation ships, with its threads beside it; returns the file that begins it. */
export async function bundleSimulationBenchmark() {
  const outdir = path.join(root, 'bench/dist');
  await build({
    ...common,
    entryPoints: {
      simulation: 'bench/simulation.ts',
      'simulation-alone': 'bench/simulation-alone.ts',
      'simulation-contest': 'bench/simulation-contest.ts',
      'simulation-worker': 'runtime/src/simulation/simulation-worker.ts',
    },
    outdir,
    ...asModule,
  });
  return path.join(outdir, 'simulation.js');
}
