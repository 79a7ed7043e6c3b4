/**
 * Drives the bundled server with Neovim, a client that shares no code with it: `node run.mjs path/to/server.js`.
 * Prints what Neovim saw; exits with 0 when all of it is as expected, 1 when not, 2 when it cannot be tried
 * (no Neovim, no bundle).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const broken = `signal Pay
machine Order {
  initial -> Created
  state Created {
    on Pay -> Piad
  }
  final Paid
}
`;

/** Runs the probe; returns the lines it printed, by key, and what is wrong with them. */
export function probe(server) {
  const folder = mkdtempSync(join(tmpdir(), 'pollux-neovim-'));
  try {
    const file = join(folder, 'broken.twin');
    writeFileSync(file, broken);
    const script = join(dirname(fileURLToPath(import.meta.url)), 'probe.lua');
    const result = spawnSync('nvim', ['--headless', '--clean', '-c', `luafile ${script}`], {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, TWIN_FILE: file, TWIN_SERVER: resolve(server), TWIN_NODE: process.execPath },
    });
    if (result.error?.code === 'ENOENT') return { missing: true, output: '', failures: ['Neovim is not installed.'] };
    const output = `${result.stdout}${result.stderr}`;
    return { missing: false, output, failures: judge(result.stdout, result.status) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judge(text, status) {
  const seen = new Map(
    text
      .split('\n')
      .filter((line) => line.includes(' '))
      .map((line) => {
        const blank = line.indexOf(' ');
        return [line.slice(0, blank), parsed(line.slice(blank + 1))];
      }),
  );
  const failures = [];
  const expectThat = (holds, words) => {
    if (!holds) failures.push(words);
  };
  expectThat(status === 0, `Neovim ended with ${status}: ${seen.get('gave-up') ?? 'no reason given'}.`);
  expectThat(seen.get('finding')?.code === 'unresolved-name', 'The unknown state was not found.');
  expectThat(String(seen.get('finding')?.message).includes('Did you mean `Paid`?'), 'The finding suggests nothing.');
  expectThat(
    String(seen.get('hover')).includes('UML') || String(seen.get('hover')).includes('initial'),
    'Hover says nothing.',
  );
  expectThat(seen.get('mended') === 0, 'The finding did not go away.');
  expectThat(seen.get('completion')?.includes?.('Paid') === true, 'Completion does not know the state.');
  expectThat(seen.get('changed') === true, 'The server did not tell that the model changed.');
  return failures;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = process.argv[2];
  if (server === undefined || !existsSync(server)) {
    console.error('Usage: node run.mjs path/to/server.js (the bundled language server)');
    process.exit(2);
  }
  const { missing, output, failures } = probe(server);
  console.log(output.trim());
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  if (failures.length === 0) console.log('Neovim sees findings, hover, completion and model changes.');
  process.exit(missing ? 2 : failures.length === 0 ? 0 : 1);
}
