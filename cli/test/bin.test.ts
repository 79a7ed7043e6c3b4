import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 });

const cli = dirname(dirname(fileURLToPath(import.meta.url)));
const shop = join(dirname(cli), 'samples/shop/shop.twin');

function run(...argv: string[]): Promise<{ code: number | null; out: string; error: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(cli, 'bin/pollux.mjs'), ...argv], {
      env: { ...process.env, FORCE_COLOR: undefined },
    });
    let out = '';
    let error = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      error += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, error }));
  });
}

it('runs as a program, without colours or progress where nobody watches', async () => {
  const { code, out, error } = await run('check', shop);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  // The sample's Black Friday asks for more than its store has.
  expect(out).toMatch(/shop\.twin:\d+:\d+ warning The cores of `store` would be used to 108 %/);
  expect(out).toMatch(/^0 errors, 1 warning in 1 file\n$/m);
});

it('hands its exit code to the shell', async () => {
  const { code, out, error } = await run('check', 'nowhere.twin');
  expect({ code, out, error }).toEqual({
    code: 3,
    out: '',
    error: 'pollux: nowhere.twin cannot be read: there is no such file\n',
  });
});
