/** Loads a sample's model from its folder, for tests. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Model } from '@pollux/engine/model';
import { loadModel, type Problem } from '@pollux/language-server/language';

export async function sampleModel(path: string): Promise<{ model: Model; problems: readonly Problem[] }> {
  const file = join(import.meta.dirname, '..', path);
  const { model, problems } = await loadModel(
    { read: (uri) => readFile(fileURLToPath(uri), 'utf8') },
    pathToFileURL(file).href,
  );
  if (!model) throw new Error(`${path} cannot be read`);
  return { model, problems };
}
