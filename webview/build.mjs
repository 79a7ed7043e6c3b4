/** Builds the page: one script, one style sheet. The layout worker's program is bundled as text. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** Files like the worker's program go in as they are. */
const asText = {
  name: 'as-text',
  setup({ onLoad }) {
    onLoad({ filter: /elk-worker\.min\.js$/ }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
    }));
  },
};

/** Writes `page.js` and `page.css` into the folder `outdir`. */
export async function buildWebview({ outdir, minify = true }) {
  await build({
    entryPoints: { page: join(here, 'src/panels/main.ts') },
    outdir,
    bundle: true,
    minify,
    format: 'iife',
    platform: 'browser',
    target: 'chrome128',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    plugins: [asText],
    logLevel: 'warning',
  });
  await build({
    entryPoints: { page: join(here, 'src/panels/page.css') },
    outdir,
    bundle: true,
    minify,
    logLevel: 'warning',
  });
}
