/** The lines of a file, packed with gzip or not, one at a time and within a limit. Knows nothing of what is in them. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

export type Line =
  | { readonly number: number; readonly text: string }
  /** The line, or from there on the file, cannot be read. */
  | { readonly number: number; readonly problem: string };

const NEWLINE = 10;

/** Longest line that is read, bytes. */
const LONGEST_LINE = 32 * 1024 * 1024;

/** Throws what the file system says where the file cannot be opened at all. */
export async function* readLines(path: string, longest: number = LONGEST_LINE): AsyncGenerator<Line> {
  let number = 1;
  let pending: Buffer[] = [];
  let size = 0;
  const line = (): Line => {
    const bytes = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending);
    const read: Line =
      size > longest
        ? { number, problem: `the line has more than ${longest} bytes` }
        : { number, text: (number === 1 ? withoutMark(bytes) : bytes).toString('utf8') };
    pending = [];
    size = 0;
    number++;
    return read;
  };
  const take = (part: Buffer): void => {
    size += part.length;
    if (size > longest) pending = [];
    else pending.push(part);
  };
  try {
    for await (const chunk of await byteStream(path)) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        take(chunk.subarray(start, end));
        yield line();
        start = end + 1;
      }
      if (start < chunk.length) take(chunk.subarray(start));
    }
  } catch (error) {
    if (!(error instanceof Error) || !String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    yield { number, problem: `the gzip data break off: ${error.message}` };
    return;
  }
  if (size > 0) yield line();
}

/** Some editors and exporters begin a file with a byte-order mark. */
function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Told by its first bytes, not by its name. */
async function byteStream(path: string): Promise<AsyncIterable<Buffer>> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  await file.close();
  const bytes = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (bytesRead < 2 || buffer[0] !== 0x1f || buffer[1] !== 0x8b) return bytes;
  const unpacked = createGunzip();
  bytes.on('error', (error) => unpacked.destroy(error));
  return bytes.pipe(unpacked);
}
