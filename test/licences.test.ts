/** Every package that ships with Pollux has a licence that lets it, and what is special is written down. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));

const permissive = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
]);
/** Weak copyleft or other conditions: allowed one by one, each explained in docs/licences.md. */
const recorded: Readonly<Record<string, string>> = { elkjs: 'EPL-2.0 OR GPL-3.0-or-later' };

interface LockedPackage {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly license?: string;
}

/** Name → licence of every outside package that is not only for development, as npm locked it. */
function shipped(locked: Readonly<Record<string, LockedPackage>>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [path, { dev, link, license }] of Object.entries(locked)) {
    if (!path.startsWith('node_modules/') || dev === true || link === true) continue;
    found.set(
      path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      license ?? licenceInPackage(path),
    );
  }
  return found;
}

function licenceInPackage(path: string): string {
  const manifest = join(repository, path, 'package.json');
  return existsSync(manifest)
    ? String((JSON.parse(readFileSync(manifest, 'utf8')) as LockedPackage).license)
    : 'unknown';
}

function refused(packages: Map<string, string>): string[] {
  return [...packages]
    .filter(([name, licence]) => !permissive.has(licence) && recorded[name] !== licence)
    .map(([name, licence]) => `${name}: ${licence}`);
}

describe('the licences of what ships', () => {
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };

  it('are permissive, or recorded one by one', () => {
    const packages = shipped(lock.packages);
    expect([...packages.keys()]).toEqual(
      expect.arrayContaining(['elkjs', 'langium', 'vscode-languageclient', 'protobufjs']),
    );
    expect(refused(packages)).toEqual([]);
  });

  it('are written down where they carry conditions', () => {
    const page = readFileSync(join(repository, 'docs', 'licences.md'), 'utf8');
    for (const [name, licence] of Object.entries(recorded)) expect(page).toContain(`| ${name} | ${licence} |`);
  });

  it('a strong copyleft licence would be refused', () => {
    expect(
      refused(
        shipped({
          'node_modules/some-package': { license: 'GPL-3.0' },
          'node_modules/a-tool': { license: 'GPL-3.0', dev: true },
        }),
      ),
    ).toEqual(['some-package: GPL-3.0']);
  });
});
