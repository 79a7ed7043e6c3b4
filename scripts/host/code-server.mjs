/**
 * Starts the browser-hosted VS Code on a loopback port, with a folder of its own for settings and extensions, and the packaged
 * extension installed. Knows nothing of browsers. Plain Node 20.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { nodeBinary } from '../lib/pinned-node.mjs';
import { runCommand, startCommand, stopCommand } from '../lib/run-command.mjs';
import { freePort } from './free-port.mjs';
import { installCodeServer } from './install-code-server.mjs';

export async function startCodeServer({
  folder,
  vsix,
  settings,
  port,
  trust = false,
  offline = true,
  options = [],
  env: extra,
  say,
}) {
  const entry = await installCodeServer(say);
  const data = path.join(folder, 'data');
  const extensions = path.join(folder, 'extensions');
  fs.mkdirSync(path.join(data, 'User'), { recursive: true });
  fs.mkdirSync(extensions, { recursive: true });
  const settingsFile = path.join(data, 'User/settings.json');
  // A folder that is kept belongs to the person: their settings stay.
  if (!fs.existsSync(settingsFile)) fs.writeFileSync(settingsFile, `${JSON.stringify(settings, null, 2)}\n`);
  const config = path.join(folder, 'config.yaml');
  fs.writeFileSync(config, 'auth: none\ncert: false\n');
  const base = [
    ...['--config', config, '--user-data-dir', data, '--extensions-dir', extensions],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(trust ? [] : ['--disable-workspace-trust']),
  ];
  const env = {
    PATH: `${path.dirname(nodeBinary())}${path.delimiter}${process.env.PATH}`,
    ...(offline ? { EXTENSIONS_GALLERY: '{}', HOME: folder } : {}),
    ...extra,
  };
  await installExtension(entry, base, vsix, folder, env);
  const log = path.join(folder, 'code-server.log');
  const chosen = port ?? (await freePort());
  const parameters = [
    ...base,
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${chosen}`,
    '--ignore-last-opened',
    ...options,
  ];
  const child = startCommand(nodeBinary(), [entry, ...parameters], { env, log });
  const base_url = `http://127.0.0.1:${chosen}`;
  await waitUntilUp(child, base_url, log);
  return {
    url: (workspace, payload) => {
      const query = new URLSearchParams({ folder: workspace });
      if (payload !== undefined) query.set('payload', JSON.stringify(payload));
      return `${base_url}/?${query}`;
    },
    authority: `127.0.0.1:${chosen}`,
    child,
    log,
    stop: () => stopCommand(child),
  };
}

/** Skipped where exactly this package is installed already. */
async function installExtension(entry, base, vsix, folder, env) {
  const stamp = path.join(folder, 'installed');
  const hash = createHash('sha256').update(fs.readFileSync(vsix)).digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) return;
  await runCommand(nodeBinary(), [entry, ...base, '--force', '--install-extension', vsix], { env, capture: true });
  fs.writeFileSync(stamp, hash);
}

async function waitUntilUp(child, url, log) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) break;
    try {
      if ((await fetch(`${url}/healthz`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stopCommand(child);
  throw new Error(`The browser-hosted VS Code did not come up:\n${fs.readFileSync(log, 'utf8').slice(-2000)}`);
}
