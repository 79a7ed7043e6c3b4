/** Reads a model from files for the commands. Knows paths; leaves the language to the language server's own loader. */
import { readdir, readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Model } from '@pollux/engine/model';
import { type FileReader, type LoadOptions, loadModel, type Problem } from '@pollux/language-server/language';
import { UsageError } from './exit-code.ts';

const files: FileReader = {
  read: (uri) => readFile(new URL(uri), 'utf8'),
  list: async (uri) => {
    const entries = await readdir(new URL(uri), { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }));
  },
};

interface ReadModel {
  readonly model: Model | null;
  readonly problems: readonly Problem[];
}

/** The model of a file and of what it imports. A file that cannot be read is wrong usage. */
export async function readModel(path: string, folder: string, options: LoadOptions = {}): Promise<ReadModel> {
  const absolute = resolve(folder, path);
  try {
    await readFile(absolute);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reason(error)}`);
  }
  return loadModel(files, pathToFileURL(absolute).href, options);
}

/** As a person would name it from where they are. */
export function shownPath(uri: string, folder: string): string {
  if (!uri.startsWith('file:')) return uri;
  const path = fileURLToPath(uri);
  const short = relative(folder, path);
  return short.startsWith(`..${sep}..${sep}`) || short === '' ? path : short;
}

/** The element that a person named, by its own or its qualified name. */
export function named<T extends { readonly id: string; readonly name: string }>(
  elements: readonly T[],
  name: string | undefined,
  what: string,
  option: string,
): T {
  const known = elements.map((element) => element.name).join(', ');
  if (name === undefined) {
    const [only, ...more] = elements;
    if (only !== undefined && more.length === 0) return only;
    throw new UsageError(
      only === undefined ? `The model declares no ${what}.` : `Which ${what}? Say ${option} with one of: ${known}.`,
    );
  }
  const found = elements.find((element) => element.id === name) ?? elements.find((element) => element.name === name);
  if (found !== undefined) return found;
  throw new UsageError(`There is no ${what} ${name}${known === '' ? '' : `; there are: ${known}`}.`);
}

/** What the file system said, without its code and path. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'this user may not read it';
  return message;
}
