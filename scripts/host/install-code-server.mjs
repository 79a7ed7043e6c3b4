/**
 * Puts the browser-hosted VS Code into the cache, once. Its own install scripts want to download things, so they stay off
 * and only the two native modules that the log and the extension host need are built, against the pinned Node's headers.
 * Plain Node 20.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache } from '../lib/paths.mjs';
import { nodeBinary, pinnedNodeFolder, projectEnvironment } from '../lib/pinned-node.mjs';
import { runCommand } from '../lib/run-command.mjs';

const CODE_SERVER = '4.139.1';

const folder = path.join(cache, `code-server-${CODE_SERVER}-${process.platform}-${process.arch}`);
const entry = path.join(folder, 'node_modules/code-server/out/node/entry.js');
const stamp = path.join(folder, 'ready.json');

/** Answers the script to start it with. `say` gets a line for each step that takes a while. */
export async function installCodeServer(say = () => {}) {
  if (fs.existsSync(stamp) && fs.existsSync(entry)) return entry;
  say(`Installing the browser-hosted VS Code (code-server ${CODE_SERVER}) into ${folder}: a minute or two, once.`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const env = projectEnvironment();
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runCommand('npm', ['install', '--no-save', ...quiet, `code-server@${CODE_SERVER}`], {
    cwd: folder,
    env,
    capture: true,
  });
  say('Installing the modules of its workbench.');
  const workbench = path.join(folder, 'node_modules/code-server/lib/vscode');
  await runCommand('npm', ['install', '--omit=dev', ...quiet], { cwd: workbench, env, capture: true });
  say('Building its two native modules.');
  const natives = await buildNatives(workbench, env, say);
  fs.writeFileSync(stamp, `${JSON.stringify({ version: CODE_SERVER, node: nodeBinary(), natives })}\n`);
  return entry;
}

/** Without a compiler everything works but the Output panel, which stays empty. */
async function buildNatives(workbench, env, say) {
  const modules = ['@vscode/spdlog', '@vscode/native-watchdog'];
  const headers = fs.existsSync(path.join(pinnedNodeFolder(), 'include'))
    ? { npm_config_nodedir: pinnedNodeFolder() }
    : {};
  try {
    await runCommand('npm', ['rebuild', '--loglevel=error', ...modules], {
      cwd: workbench,
      env: { ...env, JOBS: 'max', ...headers },
      capture: true,
    });
    return true;
  } catch (error) {
    say(
      `They could not be built (python3, make and g++ are needed); the Output panel will stay empty. ${error.message}`,
    );
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await installCodeServer(console.log));
