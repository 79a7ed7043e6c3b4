#!/usr/bin/env node
/**
 * Starts the command line: the bundle where it was built and is no older than the sources, otherwise the sources. Written for
 * any Node, because its first task is to find one that is new enough.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const cli = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(cli, 'dist', 'pollux.js');
const entry = isFresh() ? bundle : join(cli, 'src', 'main.ts');
// The sources need a Node that runs TypeScript.
const [major, minor] = entry === bundle ? [22, 13] : [22, 18];

if (isNewEnough(process.versions.node)) {
  await import(pathToFileURL(entry).href);
} else {
  const node = newerNode();
  if (node === undefined) {
    console.error(
      `pollux needs Node ${major}.${minor} or newer; this is ${process.versions.node}, and npm installed none beside it.`,
    );
    process.exitCode = 3;
  } else {
    const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
    // Ctrl-C reaches the child by itself; this process stays to hear how it ended.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('exit', (code) => {
      process.exitCode = code ?? 3;
    });
  }
}

/** An edited checkout must not go on running what was built before. */
function isFresh() {
  if (!existsSync(bundle)) return false;
  const built = statSync(bundle).mtimeMs;
  const sources = ['cli', 'runtime', 'engine', 'language-server', 'webview'].map((name) =>
    join(dirname(cli), name, 'src'),
  );
  return sources.filter((folder) => existsSync(folder)).every((folder) => newest(folder) <= built);
}

function newest(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return Math.max(
    0,
    ...entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    }),
  );
}

function isNewEnough(version) {
  const [ours = 0, oursMinor = 0] = version.split('.').map(Number);
  return ours > major || (ours === major && oursMinor >= minor);
}

/** The Node that npm installs for this machine as an optional package. */
function newerNode() {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  try {
    const folder = dirname(require.resolve(`${name}/package.json`));
    return [join(folder, 'bin', 'node'), join(folder, 'bin', 'node.exe')].find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}
