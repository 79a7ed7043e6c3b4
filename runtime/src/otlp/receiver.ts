/**
 * An OTLP/HTTP receiver on loopback: takes bodies, hands on what could be read, and tells the sender what could not. Knows
 * nothing of models and twins.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Observation } from '@pollux/engine/observation';
import type { Decoded, MetricName, Signal } from './decoded.ts';
import { decodeJson, decodeJsonMetricNames } from './json-request.ts';
import { close, type Listening, listenOnLoopback, type PortProblem } from './listen.ts';
import { decodeProtobufLogs } from './protobuf-logs.ts';
import { decodeProtobufMetricNames } from './protobuf-metric-names.ts';
import { decodeProtobufTraces } from './protobuf-traces.ts';
import { type Body, type BodyLimits, readBody } from './read-body.ts';
import { contentTypes, type Encoding, exportResponse, rpcCode, statusResponse } from './responses.ts';

export type { PortProblem } from './listen.ts';

export interface OtlpReceiverOptions {
  /** All of them speak OTLP over HTTP; 0 takes a free port. */
  readonly ports: readonly number[];
  /** Called once a request with what was good in it. */
  readonly onObservations: (batch: readonly Observation[]) => void;
  /** Called once a request with metrics, with what they are called. */
  readonly onMetricNames?: (names: readonly MetricName[]) => void;
  /** Called where a request, or a part of it, was refused. */
  readonly onRefused?: (reason: string) => void;
  /** Largest body as sent, bytes; 4 MiB where not given. */
  readonly maximumBody?: number;
  /** Largest body after unpacking, bytes; four times the other where not given. */
  readonly maximumUnpacked?: number;
}

export interface ReceiverCounters {
  readonly requests: number;
  readonly spans: number;
  readonly logs: number;
  /** Requests with metrics: accepted and counted; of their content only the names are read. */
  readonly metrics: number;
  /** Spans and log records refused beside good ones. */
  readonly rejected: number;
  /** Requests refused whole. */
  readonly refused: number;
}

interface ReceiverStart {
  /** Those that are open. */
  readonly ports: readonly number[];
  /** Those that could not be opened, with what to do. */
  readonly problems: readonly PortProblem[];
}

const DEFAULT_MAXIMUM = 4 * 1024 * 1024;

type Path = Signal | 'metrics';
const paths: Readonly<Record<string, Path>> = { '/v1/traces': 'traces', '/v1/logs': 'logs', '/v1/metrics': 'metrics' };

export class OtlpReceiver {
  readonly #options: OtlpReceiverOptions;
  readonly #limits: BodyLimits;
  #listening: Listening[] = [];
  #counters: ReceiverCounters = { requests: 0, spans: 0, logs: 0, metrics: 0, rejected: 0, refused: 0 };

  constructor(options: OtlpReceiverOptions) {
    const sent = options.maximumBody ?? DEFAULT_MAXIMUM;
    this.#options = options;
    this.#limits = { sent, unpacked: options.maximumUnpacked ?? sent * 4 };
  }

  get counters(): ReceiverCounters {
    return this.#counters;
  }

  /** Opens every port; a taken one is a problem in the answer, and the others stay open. */
  async start(): Promise<ReceiverStart> {
    const problems: PortProblem[] = [];
    for (const port of this.#options.ports) {
      const opened = await listenOnLoopback(port, (request, response) => void this.#answer(request, response));
      if (opened.kind === 'listening') this.#listening.push(opened);
      else problems.push(opened);
    }
    return { ports: this.#listening.map(({ port }) => port), problems };
  }

  async stop(): Promise<void> {
    const servers = this.#listening.flatMap((listening) => listening.servers);
    this.#listening = [];
    await Promise.all(servers.map(close));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#count({ requests: 1 });
    const encoding = encodingOf(request);
    const path = paths[(request.url ?? '').split('?')[0] ?? ''];
    if (path === undefined) {
      const known = Object.keys(paths).join(', ');
      this.#refuse(
        request,
        response,
        404,
        encoding,
        rpcCode.unimplemented,
        `There is no ${request.url}; there are ${known}.`,
      );
    } else if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      this.#refuse(
        request,
        response,
        405,
        encoding,
        rpcCode.unimplemented,
        `OTLP is sent with POST, not ${request.method}.`,
      );
    } else if (encoding === undefined) {
      const type = request.headers['content-type'] ?? 'none';
      const reason = `Content type ${type} is not OTLP; send ${contentTypes.protobuf} or ${contentTypes.json}.`;
      this.#refuse(request, response, 415, encoding, rpcCode.invalidArgument, reason);
    } else {
      await this.#receive(request, response, path, encoding);
    }
  }

  async #receive(request: IncomingMessage, response: ServerResponse, path: Path, encoding: Encoding): Promise<void> {
    const body = await readBody(request, this.#limits);
    if (body.kind === 'aborted') return;
    if (body.kind !== 'read') {
      this.#refuseBody(request, response, encoding, body);
      return;
    }
    if (path === 'metrics') {
      this.#count({ metrics: 1 });
      const { onMetricNames } = this.#options;
      const decoded = onMetricNames === undefined ? undefined : decodeMetricNames(body.bytes, encoding);
      if (decoded?.kind === 'decoded' && decoded.observations.length > 0) onMetricNames?.(decoded.observations);
      send(response, 200, encoding, exportResponse(encoding, path, 0, ''));
      return;
    }
    const decoded = decode(body.bytes, path, encoding);
    if (decoded.kind === 'not-otlp') {
      this.#refuse(request, response, 400, encoding, rpcCode.invalidArgument, decoded.reason);
      return;
    }
    const { observations, rejected, reasons } = decoded;
    this.#count({ [path === 'traces' ? 'spans' : 'logs']: observations.length, rejected });
    if (observations.length > 0) this.#options.onObservations(observations);
    const message = reasons.join('; ');
    if (rejected > 0) this.#options.onRefused?.(`${rejected} refused: ${message}`);
    send(response, 200, encoding, exportResponse(encoding, path, rejected, message));
  }

  #refuseBody(
    request: IncomingMessage,
    response: ServerResponse,
    encoding: Encoding,
    body: Exclude<Body, { kind: 'read' } | { kind: 'aborted' }>,
  ): void {
    switch (body.kind) {
      case 'too-large': {
        const reason = `The body is larger than ${body.limit} bytes${body.unpacked ? ' when unpacked' : ''}; send smaller batches.`;
        this.#refuse(request, response, 413, encoding, rpcCode.resourceExhausted, reason);
        return;
      }
      case 'unreadable':
        this.#refuse(request, response, 400, encoding, rpcCode.invalidArgument, body.reason);
        return;
      case 'unknown-encoding': {
        const reason = `Content encoding ${body.encoding} is not supported; send gzip or none.`;
        this.#refuse(request, response, 415, encoding, rpcCode.invalidArgument, reason);
      }
    }
  }

  #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    encoding: Encoding | undefined,
    code: number,
    reason: string,
  ): void {
    this.#count({ refused: 1 });
    this.#options.onRefused?.(reason);
    // What is still coming must not be taken for the next request; the time limit of requests ends a sender without end.
    request.resume();
    send(response, status, encoding ?? 'json', statusResponse(encoding ?? 'json', code, reason));
  }

  #count(more: Partial<ReceiverCounters>): void {
    const counters: Record<string, number> = { ...this.#counters };
    for (const [name, value] of Object.entries(more)) counters[name] = (counters[name] ?? 0) + value;
    this.#counters = counters as unknown as ReceiverCounters;
  }
}

function encodingOf(request: IncomingMessage): Encoding | undefined {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === contentTypes.protobuf || type === 'application/protobuf') return 'protobuf';
  return type === contentTypes.json ? 'json' : undefined;
}

function decode(bytes: Buffer, signal: Signal, encoding: Encoding): Decoded {
  if (encoding === 'json') return decodeJson(bytes.toString('utf8'), signal);
  return signal === 'traces' ? decodeProtobufTraces(bytes) : decodeProtobufLogs(bytes);
}

function decodeMetricNames(bytes: Buffer, encoding: Encoding): Decoded<MetricName> {
  return encoding === 'json' ? decodeJsonMetricNames(bytes.toString('utf8')) : decodeProtobufMetricNames(bytes);
}

function send(response: ServerResponse, status: number, encoding: Encoding, body: Uint8Array): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'Content-Type': contentTypes[encoding], 'Content-Length': body.length });
  response.end(body);
}
