/** Opens a port on loopback only, on both address families where the machine has both. Knows nothing of what is served. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly kind: 'listening';
  readonly port: number;
  readonly servers: readonly Server[];
}

/** A port that could not be opened, with what to do about it. */
export interface PortProblem {
  readonly kind: 'port-in-use' | 'port-refused';
  readonly port: number;
  readonly message: string;
}

/** Port 0 takes a free one. */
export async function listenOnLoopback(port: number, handler: RequestListener): Promise<Listening | PortProblem> {
  const first = await open(port, '127.0.0.1', handler);
  if (!('server' in first)) return problem(port, first.code, first.message);
  const actual = (first.server.address() as AddressInfo).port;
  const second = await open(actual, '::1', handler);
  if ('server' in second) return { kind: 'listening', port: actual, servers: [first.server, second.server] };
  // Without the other family there is nobody to miss; taken by another, `localhost` would reach that one.
  if (second.code !== 'EADDRINUSE' || port === 0) return { kind: 'listening', port: actual, servers: [first.server] };
  await close(first.server);
  return problem(port, second.code, second.message);
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function open(
  port: number,
  host: string,
  handler: RequestListener,
): Promise<{ readonly server: Server } | { readonly code: string; readonly message: string }> {
  const server = createServer({ keepAlive: true, keepAliveTimeout: 75_000, requestTimeout: 30_000 }, handler);
  server.maxConnections = 256;
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? '', message: error.message }));
    server.listen({ port, host, ipv6Only: host === '::1' }, () => {
      server.removeAllListeners('error');
      resolve({ server });
    });
  });
}

function problem(port: number, code: string, message: string): PortProblem {
  if (code === 'EADDRINUSE') {
    const other = port + 1;
    return {
      kind: 'port-in-use',
      port,
      message: `Port ${port} is in use by another program. Stop that collector, or write another port: \`source otlp on ${other}\`.`,
    };
  }
  const why = code === 'EACCES' ? 'this user may not open it' : message;
  return {
    kind: 'port-refused',
    port,
    message: `Port ${port} cannot be opened: ${why}. Write another port: \`source otlp on 4318\`.`,
  };
}
