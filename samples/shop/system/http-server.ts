/** An HTTP server whose every request is a server span named "METHOD /route". Knows nothing of what the routes do. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import { spanTime } from './span-clock.ts';

export type Body = Readonly<Record<string, string | number | boolean>>;

export interface Reply {
  readonly status: number;
  readonly body: Body;
}

/** Gets the JSON body of a POST, or the query of a GET. */
type Handler = (body: Body) => Promise<Reply>;

/** Keyed by "METHOD /route". */
export type Routes = Readonly<Record<string, Handler>>;

/** Thrown by a handler whose answer is "no": it is the caller's trouble (4xx), not an error of the service. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const LARGEST_BODY = 64 * 1024;

export function listen(routes: Routes, tracer: Tracer, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => void answer(routes, tracer, request, response));
  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
}

async function answer(routes: Routes, tracer: Tracer, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://shop');
  const name = `${request.method} ${url.pathname}`;
  const handler = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!handler) {
    send(response, { status: 404, body: { error: `nothing at ${name}` } });
    return;
  }
  const parent = propagation.extract(ROOT_CONTEXT, request.headers);
  const span = tracer.startSpan(
    name,
    {
      kind: SpanKind.SERVER,
      startTime: spanTime(),
      attributes: { [ATTR_HTTP_REQUEST_METHOD]: request.method ?? '', [ATTR_HTTP_ROUTE]: url.pathname },
    },
    parent,
  );
  const reply = await context.with(trace.setSpan(parent, span), () => replyOf(handler, request, url));
  span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, reply.status);
  if (reply.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR, message: String(reply.body.error) });
  span.end(spanTime());
  send(response, reply);
}

async function replyOf(handler: Handler, request: IncomingMessage, url: URL): Promise<Reply> {
  try {
    const body = request.method === 'GET' ? Object.fromEntries(url.searchParams) : await readJson(request);
    if (!body) return { status: 400, body: { error: 'the body is not a JSON object' } };
    return await handler(body);
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    return { status, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

/** Null where the body is no JSON object or too large. */
export async function readJson(request: IncomingMessage): Promise<Body | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) return null;
    parts.push(part);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : null;
  } catch {
    return null;
  }
}

export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(reply.body));
}
