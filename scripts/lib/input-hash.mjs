/** Whether what a step was made from has changed since it was made. Knows nothing of the steps. Plain Node 20. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const never = new Set(['node_modules', 'out', 'dist', 'generated', 'recordings', 'coverage', '.git']);

/** Of the contents of files and folders, named from the repository's root. */
function hashOf(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const file of inputs.flatMap((input) => [...filesOf(path.join(root, input))]).sort()) {
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** Runs `make` unless the stamp says that it was made from the same inputs and all outputs are there. True where it ran. */
export async function whenChanged(stamp, inputs, outputs, make) {
  const hash = hashOf(inputs);
  const complete = outputs.every((output) => fs.existsSync(path.join(root, output)));
  if (complete && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) return false;
  fs.rmSync(stamp, { force: true });
  await make();
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, hash);
  return true;
}

function* filesOf(place) {
  const found = fs.statSync(place, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) {
    yield place;
    return;
  }
  for (const name of fs.readdirSync(place)) if (!never.has(name)) yield* filesOf(path.join(place, name));
}
