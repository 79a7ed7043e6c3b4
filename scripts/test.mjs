/**
 * `npm test`: sets up what is missing, runs every kind of test, and ends with the sum. A step that cannot run has failed.
 * Plain Node 20: everything newer runs under the pinned Node. Names of steps as parameters run only those.
 */
import fs from 'node:fs';
import path from 'node:path';
import { installCodeServer } from './host/install-code-server.mjs';
import { installDependencies } from './lib/dependencies.mjs';
import { root, screenshots } from './lib/paths.mjs';
import { projectEnvironment } from './lib/pinned-node.mjs';
import { runCommand, stopAllOnSignal } from './lib/run-command.mjs';
import { installSystemTools } from './lib/system-tools.mjs';
import { vitestCounts } from './lib/vitest-counts.mjs';

const only = process.argv.slice(2);
const report = path.join(root, 'node_modules/.cache/pollux/vitest.json');

/** In this order: what is quick and what the others need comes first. */
const setUp = {
  packages: () => installDependencies(),
  programs: installSystemTools,
  'browser-hosted VS Code': () => installCodeServer(console.log),
  build: () => runCommand('node', ['scripts/build.mjs'], inProject()),
};

const steps = {
  'format and lint': () => counted('biome', ['ci', '--colors=off', '--error-on-warnings', '.']),
  types: () => counted('tsc', ['-b']),
  unit: unitTests,
  'in-host': () => counted('node', ['--no-warnings', 'extension/test/host/run.ts']),
  ui: () => counted('node', ['--no-warnings', 'extension/test/ui/run.ts']),
  neovim: () => counted('node', ['--no-warnings', 'language-server/test/neovim/run.mjs', 'extension/dist/server.js']),
};

stopAllOnSignal();
process.exitCode = await main();

async function main() {
  const unknown = only.filter((name) => !Object.hasOwn(steps, name));
  if (unknown.length > 0) {
    console.error(`There is no step ${unknown.join(', ')}; there are: ${Object.keys(steps).join(', ')}.`);
    return 3;
  }
  const began = Date.now();
  fs.mkdirSync(screenshots, { recursive: true });
  const rows = [];
  let ready = true;
  for (const [name, action] of Object.entries(setUp)) {
    ready &&= await timed(rows, name, async () => {
      await action();
      return null;
    });
  }
  for (const [name, action] of Object.entries(steps)) {
    if (only.length > 0 && !only.includes(name)) continue;
    await timed(rows, name, ready || name === 'format and lint' ? action : notReady);
  }
  return summary(rows, Date.now() - began);
}

/** Adds a row; true where nothing failed. */
async function timed(rows, name, action) {
  console.log(`\n── ${name} ──`);
  const began = Date.now();
  let counts;
  try {
    counts = await action();
  } catch (error) {
    console.error(error.message);
    counts = { passed: 0, failed: 1 };
  }
  rows.push({ name, seconds: (Date.now() - began) / 1000, counts });
  return (counts?.failed ?? 0) === 0;
}

function summary(rows, took) {
  console.log(`\n── ${(took / 1000).toFixed(0)} s in all ──`);
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, seconds, counts } of rows) {
    const result = counts === null ? '' : `${counts.passed} passed, ${counts.failed} failed${skipNote(counts)}`;
    console.log(`${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${result}`);
  }
  const sum = (key) => rows.reduce((total, { counts }) => total + (counts?.[key] ?? 0), 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

function skipNote({ skipped = 0 }) {
  return skipped === 0 ? '' : `, ${skipped} skipped (see above why)`;
}

async function notReady() {
  throw new Error('Not run: the set-up failed.');
}

function inProject() {
  return { cwd: root, env: { ...projectEnvironment(), NO_COLOR: '1' } };
}

/** The last line `N passed, M failed` counts; a tool that prints none is one test. */
async function counted(command, parameters) {
  let counts = null;
  const onLine = (line) => {
    console.log(line);
    const found = /^(\d+) passed, (\d+) failed/.exec(line);
    if (found !== null) counts = { passed: Number(found[1]), failed: Number(found[2]) };
  };
  const { code } = await runCommand(command, parameters, { ...inProject(), check: false, onLine });
  counts ??= { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function unitTests() {
  fs.rmSync(report, { force: true });
  const parameters = [
    'run',
    '--reporter=default',
    '--reporter=json',
    '--reporter=./scripts/lib/watch-test-files.mjs',
    `--outputFile.json=${report}`,
  ];
  const { code } = await runCommand('vitest', parameters, { ...inProject(), check: false });
  if (!fs.existsSync(report)) throw new Error('The unit tests did not come to an end; see above.');
  const counts = vitestCounts(JSON.parse(fs.readFileSync(report, 'utf8')));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
