/** Calls another service inside a client span and hands the trace context on in W3C headers. */
import { Agent, request } from 'node:http';
import { context, propagation, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_PORT,
} from '@opentelemetry/semantic-conventions';
import { type Body, Refusal, type Reply } from './http-server.ts';
import { spanTime } from './span-clock.ts';

/** Idle connections end before the server would end them. */
const agent = new Agent({ keepAlive: true, maxSockets: 512, timeout: 30_000 });

export type Client = (method: 'GET' | 'POST', path: string, body: Body) => Promise<Body>;

/** Throws a `Refusal` where the other service answers 4xx, and an error where it fails or cannot be reached. */
export function clientOf(tracer: Tracer, port: number): Client {
  return async (method, path, body) => {
    const span = tracer.startSpan(method, {
      kind: SpanKind.CLIENT,
      startTime: spanTime(),
      attributes: { [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_SERVER_PORT]: port },
    });
    const headers: Record<string, string> = {};
    propagation.inject(trace.setSpan(context.active(), span), headers);
    try {
      const reply = await exchange(port, method, path, body, headers);
      span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, reply.status);
      if (reply.status >= 500) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.body.error}`);
      if (reply.status >= 400) throw new Refusal(reply.status, String(reply.body.error));
      return reply.body;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
      throw error;
    } finally {
      span.end(spanTime());
    }
  };
}

/** One HTTP exchange, untraced: the customers of the load generator use it as it is. */
export function exchange(
  port: number,
  method: 'GET' | 'POST',
  path: string,
  body: Body,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const query = method === 'GET' ? `?${queryOf(body)}` : '';
  const text = method === 'GET' ? '' : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method,
        path: path + query,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
      },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          try {
            resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString('utf8')) });
          } catch {
            reject(new Error(`${method} ${path} did not answer with JSON`));
          }
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}

function queryOf(body: Body): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) query.set(name, String(value));
  return query;
}
