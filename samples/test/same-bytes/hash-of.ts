/** The hash of a result as the bytes that are written to a file. */
import { createHash } from 'node:crypto';

export function hashOf(result: unknown): string {
  return createHash('sha256').update(JSON.stringify(result)).digest('hex');
}
