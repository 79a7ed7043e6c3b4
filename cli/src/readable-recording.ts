/** Whether a recording that somebody named can be read at all, told before anything else is done. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from './exit-code.ts';
import { reason } from './read-model.ts';

export async function readableRecording(recording: string, folder: string): Promise<void> {
  try {
    const file = await open(resolve(folder, recording));
    const isFolder = (await file.stat()).isDirectory();
    await file.close();
    if (isFolder) throw new Error('it is a folder');
  } catch (error) {
    throw new UsageError(`${recording} cannot be read: ${reason(error)}`);
  }
}
