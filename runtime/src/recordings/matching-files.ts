/** The files that a `source file "…"` means: a pattern relative to the model's own folder. */
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute paths in the order of their names; a file that is not there is simply not among them. */
export async function matchingFiles(modelUri: string, pattern: string): Promise<string[]> {
  const base = dirname(fileURLToPath(modelUri));
  // The folders before the first wildcard need no search.
  const segments = pattern.split('/');
  const wild = segments.findIndex((segment) => /[*?]/.test(segment));
  if (wild === -1) return filesIn(dirname(join(base, pattern)), false, (path) => path === join(base, pattern));
  const root = join(base, ...segments.slice(0, wild));
  const rest = segments.slice(wild).join('/');
  const matcher = patternMatcher(rest);
  return filesIn(root, rest.includes('/') || rest.includes('**'), (path) =>
    matcher.test(relative(root, path).split(sep).join('/')),
  );
}

/** `?` is one character, `*` any within a name, `**` any number of folders. */
function patternMatcher(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    return token === '?' ? '[^/]' : `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}

async function filesIn(folder: string, recursive: boolean, wanted: (path: string) => boolean): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter(wanted)
      .sort();
  } catch {
    return [];
  }
}
