/**
 * `npm start`: from a fresh clone to VS Code with the extension, on a model whose system runs beside it. Sets up what is
 * missing, and ends what it started. Plain Node 20: everything newer runs under the pinned Node that it installs.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startCodeServer } from './host/code-server.mjs';
import { desktopCode, openDesktop, openInBrowser } from './host/desktop.mjs';
import { freePort, isFree } from './host/free-port.mjs';
import { quietSettings } from './host/quiet-settings.mjs';
import { installDependencies } from './lib/dependencies.mjs';
import { cache, root, vsix } from './lib/paths.mjs';
import { nodeBinary, projectEnvironment } from './lib/pinned-node.mjs';
import { step } from './lib/progress.mjs';
import { runCommand, startCommand, stopAll, stopAllOnSignal } from './lib/run-command.mjs';

const HELP = `Sets everything up, starts the sample shop and opens VS Code on samples/ with the Pollux extension.

  npm start -- [options]

  --port N      port of the browser-hosted VS Code (default: 8080, or a free one where that is taken)
  --browser     the browser-hosted VS Code also where a desktop one is there
  --no-system   do not start the sample shop
  --no-open     do not open a browser; only print the address
  --help        this text

Ctrl-C ends everything that was started. While it runs, in another terminal:
  npm run fault -- illegal-refund | slow-bank | skip-stock | off`;

const options = {
  port: { type: 'string' },
  browser: { type: 'boolean', default: false },
  'no-system': { type: 'boolean', default: false },
  'no-open': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

process.exitCode = await main();

async function main() {
  const chosen = read();
  if (typeof chosen === 'string') {
    console.error(`${chosen}\n\n${HELP}`);
    return 3;
  }
  if (chosen.help) {
    console.log(HELP);
    return 0;
  }
  stopAllOnSignal((signal) => console.log(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal}: ending what was started.`));
  try {
    await step('packages of npm', async (say) => ((await installDependencies(say)) ? undefined : 'installed'));
    await build();
    if (!chosen['no-system']) await step('sample shop', startShop);
    const { ended } = await openEditor(chosen);
    console.log('Ctrl-C ends everything.');
    await ended;
    return 0;
  } catch (error) {
    console.error(`\n${error.message}`);
    return 1;
  } finally {
    await stopAll();
  }
}

function read() {
  try {
    const { values } = parseArgs({ options });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
      return `--port takes 1 to 65535, not ${values.port}.`;
    return { ...values, port };
  } catch (error) {
    return error.message;
  }
}

async function build() {
  await runCommand(nodeBinary(), [path.join(root, 'scripts/build.mjs')], { cwd: root, env: projectEnvironment() });
}

/** Answers what it says of itself when it runs. */
function startShop() {
  fs.mkdirSync(cache, { recursive: true });
  const log = path.join(cache, 'sample-shop.log');
  fs.writeFileSync(log, '');
  const child = startCommand(nodeBinary(), ['--no-warnings', path.join(root, 'samples/shop/system/start.ts')], {
    cwd: root,
    log,
  });
  return new Promise((resolve, reject) => {
    const poll = setInterval(() => {
      const text = fs.readFileSync(log, 'utf8');
      if (text.includes('shop is running')) resolve(text.trim().split('\n').pop());
      else if (child.exitCode !== null)
        reject(new Error(`The sample shop did not start:\n${text}\n(--no-system goes on without it.)`));
      else return;
      clearInterval(poll);
    }, 100);
  });
}

/** `ended` resolves when nothing is left to wait for; a desktop's window lives on its own. */
async function openEditor({ port, browser, 'no-open': noOpen }) {
  const samples = path.join(root, 'samples');
  const code = browser || port !== undefined ? null : desktopCode();
  if (code !== null) {
    await step('VS Code', () => openDesktop(code, { vsix, folder: samples }));
    console.log('\nOpen shop/shop.twin, then F1 and "Pollux: Open Live Diagram".');
    return { ended: new Promise(() => {}) };
  }
  const host = await step('browser-hosted VS Code', async (say) => startBrowserHosted(await portFor(port), say));
  const url = host.url(samples);
  console.log(`\nVS Code: ${url}\nOpen shop/shop.twin, then F1 and "Pollux: Open Live Diagram".`);
  if (!noOpen) openInBrowser(url);
  return { ended: new Promise((resolve) => host.child.once('close', resolve)) };
}

/** Settings and open editors stay from one start to the next. */
function startBrowserHosted(port, say) {
  const clone = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const folder = path.join(cache, `start-${clone}`);
  return startCodeServer({ folder, vsix, settings: quietSettings, port, offline: false, say });
}

async function portFor(port) {
  return port ?? ((await isFree(8080)) ? 8080 : freePort());
}
