#!/usr/bin/env node
/**
 * Starts the command line: the bundle where it was built, otherwise the sources. Written for any Node, because its first
 * task is to find one that is new enough.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(cli, 'dist', 'pollux.js');
const entry = existsSync(bundle) ? bundle : join(cli, 'src', 'main.ts');
// The sources need a Node that runs TypeScript.
const [major, minor] = entry === bundle ? [22, 13] : [22, 18];

if (isNewEnough(process.versions.node)) {
  await import(new URL(`file://${entry}`).href);
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
