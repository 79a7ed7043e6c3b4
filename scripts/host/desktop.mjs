/** The VS Code and the browser of a desktop, where there is one. Plain Node 20. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { runCommand } from '../lib/run-command.mjs';

/** `code` on the PATH, where a display exists to show it. */
export function desktopCode() {
  return hasDisplay() ? onPath('code') : null;
}

/** Installs the package and opens the folder; the window then lives on its own. */
export async function openDesktop(code, { vsix, folder }) {
  await runCommand(code, ['--force', '--install-extension', vsix], { capture: true });
  await runCommand(code, ['--disable-workspace-trust', folder], { capture: true });
}

/** Best effort: the address is printed anyway. */
export function openInBrowser(url) {
  const opener = process.platform === 'darwin' ? onPath('open') : hasDisplay() ? onPath('xdg-open') : null;
  if (opener === null) return;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === 'darwin' || process.platform === 'win32' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

function onPath(name) {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const each of names) {
      const file = path.join(folder, each);
      if (fs.existsSync(file)) return file;
    }
  }
  return null;
}
