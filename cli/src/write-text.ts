/** Writes a file that somebody asked for. One that cannot be written is wrong usage. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from './exit-code.ts';
import { reason } from './read-model.ts';

export async function writeText(path: string, text: string, folder: string): Promise<void> {
  try {
    await writeFile(resolve(folder, path), text);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${reason(error)}`);
  }
}
