/** Reads the recordings that a model names, from beside the document that names them. Knows nothing of what is in them. */
import { readFile, stat } from 'node:fs/promises';
import type { Model } from '@pollux/engine/model';
import { type RecordingName, type RecordingText, recordingsOf, withRecordings } from '@pollux/engine/simulation';

/** Larger files are not read: a run holds all their numbers. */
const LARGEST = 64 * 1024 * 1024;

/** The same model where it names none; what cannot be read says so in the model, and keeps it from running. */
export async function readRecordings(model: Model): Promise<Model> {
  const names = recordingsOf(model);
  if (names.length === 0) return model;
  const texts = new Map<string, RecordingText>();
  for (const name of names) texts.set(keyOf(name), await textOf(name));
  return withRecordings(model, (name) => texts.get(keyOf(name)) ?? { problem: 'it was not read' });
}

function keyOf({ file, uri }: RecordingName): string {
  return `${uri}\n${file}`;
}

async function textOf({ file, uri }: RecordingName): Promise<RecordingText> {
  if (/^[a-z][a-z0-9+.-]*:/i.test(file) || file.startsWith('/') || file.includes('\\')) {
    return { problem: 'its path must lead from the folder of this text, with `/` between folders' };
  }
  if (!uri.startsWith('file:')) return { problem: 'this text is no file on the disk, so nothing is beside it' };
  try {
    const url = new URL(encodeURI(file), uri);
    const { size } = await stat(url);
    if (size > LARGEST) return { problem: `it is larger than ${LARGEST / 1024 / 1024} MiB` };
    return { text: await readFile(url, 'utf8') };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { problem: isMissing ? 'there is no such file' : 'it cannot be read' };
  }
}
