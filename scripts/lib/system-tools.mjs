/** Programs that the tests drive and npm does not have. Installs what is missing where it may. Plain Node 20, Debian. */
import fs from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command.mjs';

/** What is looked for, and the package that has it. The last three build the native modules of the browser-hosted VS Code. */
const wanted = { chromium: 'chromium', nvim: 'neovim', python3: 'python3', make: 'make', 'g++': 'g++' };

/** Answers the packages that it installed. */
export async function installSystemTools() {
  const missing = Object.entries(wanted).flatMap(([program, name]) => (onPath(program) ? [] : [name]));
  if (missing.length === 0) return [];
  const sudo = await privilege();
  if (sudo === null) {
    throw new Error(
      `Missing: ${missing.join(', ')}. Install them (as root: apt-get install ${missing.join(' ')}) and run again.`,
    );
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...parameters) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...parameters];
    return runCommand(command, rest, { env, capture: true });
  };
  await apt('update', '-qq');
  await apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
  return missing;
}

/** The words in front of a command that needs root; null where there is no way. */
async function privilege() {
  if (!onPath('apt-get')) return null;
  if (process.getuid?.() === 0) return [];
  if (!onPath('sudo')) return null;
  const { code } = await runCommand('sudo', ['-n', 'true'], { check: false, capture: true });
  return code === 0 ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : null;
}

function onPath(name) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, name)));
}
