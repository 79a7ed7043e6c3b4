/** `npm ci`, when the lockfile is not what was installed last. Plain Node 20, needs nothing that is installed. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { runCommand } from './run-command.mjs';

const stamp = path.join(root, 'node_modules/.pollux-installed');

/** Answers whether it had to install. */
export async function installDependencies(say = console.log) {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) return false;
  say('npm ci: half a minute or more, once.');
  await runCommand('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, capture: true });
  fs.writeFileSync(stamp, hash);
  return true;
}
