/** Reads the body of a request within a limit, unpacked. Knows nothing of OTLP. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

export type Body =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly limit: number; readonly unpacked: boolean }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'unknown-encoding'; readonly encoding: string }
  /** The sender went away. */
  | { readonly kind: 'aborted' };

export interface BodyLimits {
  /** Bytes as sent. */
  readonly sent: number;
  /** Bytes after unpacking: what protects against a small body that unpacks to gigabytes. */
  readonly unpacked: number;
}

const unpack = promisify(gunzip) as (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Body> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') return { kind: 'unknown-encoding', encoding };
  if (Number(request.headers['content-length'] ?? 0) > limits.sent) {
    return { kind: 'too-large', limit: limits.sent, unpacked: false };
  }
  const sent = await collect(request, limits.sent);
  if (sent === 'too-large') return { kind: 'too-large', limit: limits.sent, unpacked: false };
  if (sent === 'aborted') return { kind: 'aborted' };
  if (encoding === 'identity') return { kind: 'read', bytes: sent };
  try {
    return { kind: 'read', bytes: await unpack(sent, { maxOutputLength: limits.unpacked }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too-large', limit: limits.unpacked, unpacked: true };
    return { kind: 'unreadable', reason: `the body is not valid gzip: ${message}` };
  }
}

function collect(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      request.removeAllListeners('data');
      resolve('too-large');
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.on('error', () => resolve('aborted'));
    request.on('close', () => resolve('aborted'));
  });
}
