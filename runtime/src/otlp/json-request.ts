/**
 * OTLP/JSON → observations. A record that is broken is refused and its neighbours are kept; a body that is not JSON, or
 * not of this shape, is refused whole. Every reason carries the JSON path.
 */
import type { LogRecord, Observation, Span } from '@pollux/engine/observation';
import { noResource, type Resource, resourceOf } from './attribute-bag.ts';
import { type Decoded, limits, type MetricName, type NotOtlp, outcome, Rejections, type Signal } from './decoded.ts';
import {
  anyValue,
  attributes,
  enumeration,
  identifier,
  JsonError,
  type JsonObject,
  list,
  microseconds,
  object,
  text,
} from './json-values.ts';
import { spanKinds, spanStatuses } from './span-kinds.ts';

interface Shape<T> {
  readonly request: string;
  readonly resources: string;
  readonly scopes: string;
  readonly records: string;
  readonly read: (record: JsonObject, resource: Resource) => T | string;
}

const shapes = {
  traces: {
    request: 'ExportTraceServiceRequest',
    resources: 'resourceSpans',
    scopes: 'scopeSpans',
    records: 'spans',
    read: readSpan,
  },
  logs: {
    request: 'ExportLogsServiceRequest',
    resources: 'resourceLogs',
    scopes: 'scopeLogs',
    records: 'logRecords',
    read: readLogRecord,
  },
  metrics: {
    request: 'ExportMetricsServiceRequest',
    resources: 'resourceMetrics',
    scopes: 'scopeMetrics',
    records: 'metrics',
    read: readMetricName,
  },
} satisfies Record<Signal, Shape<Observation>> & { metrics: Shape<MetricName> };

/** Decodes a whole body. Never throws on any text. */
export function decodeJson(body: string, signal: Signal): Decoded {
  return decodeText<Observation>(body, shapes[signal]);
}

/** The same for a body that was parsed already. */
export function decodeParsed(parsed: unknown, signal: Signal): Decoded {
  return decodeShape<Observation>(parsed, shapes[signal]);
}

/** What of metrics is read. */
export function decodeJsonMetricNames(body: string): Decoded<MetricName> {
  return decodeText(body, shapes.metrics);
}

function decodeText<T extends object>(body: string, shape: Shape<T>): Decoded<T> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    return notOtlp(shape, `it is not JSON: ${(error as SyntaxError).message}`);
  }
  return decodeShape(parsed, shape);
}

function decodeShape<T extends object>(parsed: unknown, shape: Shape<T>): Decoded<T> {
  const observations: T[] = [];
  const rejections = new Rejections();
  try {
    const request = object(parsed, '$');
    if (request[shape.resources] === undefined && Object.keys(request).length > 0) {
      return notOtlp(shape, `it has no "${shape.resources}"`);
    }
    for (const [index, entry] of list(request[shape.resources], `$.${shape.resources}`).entries()) {
      const at = `$.${shape.resources}[${index}]`;
      const group = object(entry, at);
      const resource = readResource(group.resource, `${at}.resource`);
      for (const [scopeIndex, scopeEntry] of list(group[shape.scopes], `${at}.${shape.scopes}`).entries()) {
        const scopeAt = `${at}.${shape.scopes}[${scopeIndex}]`;
        const scope = object(scopeEntry, scopeAt);
        const records = list(scope[shape.records], `${scopeAt}.${shape.records}`);
        for (let number = 0; number < records.length; number++) {
          const recordAt = `${scopeAt}.${shape.records}[${number}]`;
          const record = guarded(() => shape.read(object(records[number], ''), resource));
          if (typeof record === 'string') rejections.add(`${recordAt}${record}`);
          else observations.push(record);
        }
      }
    }
  } catch (error) {
    if (error instanceof JsonError) return notOtlp(shape, `${error.path} ${error.message}`);
    throw error;
  }
  return outcome(observations, rejections);
}

function notOtlp({ request }: Shape<unknown>, reason: string): NotOtlp {
  return { kind: 'not-otlp', reason: `not an ${request}: ${reason}` };
}

/** The record, or the rest of the path and what is wrong there. */
function guarded<T extends object>(read: () => T | string): T | string {
  try {
    const record = read();
    return typeof record === 'string' ? ` ${record}` : record;
  } catch (error) {
    if (error instanceof JsonError) return `${error.path} ${error.message}`;
    throw error;
  }
}

function readResource(value: unknown, path: string): Resource {
  if (value === undefined || value === null) return noResource;
  return resourceOf(attributes(object(value, path).attributes, `${path}.attributes`));
}

function readSpan(span: JsonObject, resource: Resource): Span | string {
  const start = microseconds(span.startTimeUnixNano, '.startTimeUnixNano');
  const end = microseconds(span.endTimeUnixNano, '.endTimeUnixNano');
  const traceId = identifier(span.traceId, 16, '.traceId');
  const spanId = identifier(span.spanId, 8, '.spanId');
  if (traceId === '') return 'has no trace id';
  if (spanId === '') return 'has no span id';
  if (start === 0 || end === 0) return `has no ${start === 0 ? 'start' : 'end'} time`;
  const status = span.status === undefined || span.status === null ? {} : object(span.status, '.status');
  return {
    kind: 'span',
    traceId,
    spanId,
    parentSpanId: identifier(span.parentSpanId, 8, '.parentSpanId'),
    name: text(span.name, '.name'),
    spanKind: enumeration(span.kind, spanKinds, 'SPAN_KIND_', '.kind'),
    start,
    // A clock that was set back between the two must not yield a negative duration.
    end: Math.max(start, end),
    status: enumeration(status.code, spanStatuses, 'STATUS_CODE_', '.status.code'),
    service: resource.service,
    instance: resource.instance,
    attributes: attributes(span.attributes, '.attributes'),
    events: list(span.events, '.events')
      .slice(0, limits.events)
      .map((entry, index) => {
        const at = `.events[${index}]`;
        const event = object(entry, at);
        return {
          name: text(event.name, `${at}.name`),
          time: microseconds(event.timeUnixNano, `${at}.timeUnixNano`),
          attributes: attributes(event.attributes, `${at}.attributes`),
        };
      }),
    links: list(span.links, '.links')
      .slice(0, limits.links)
      .map((entry, index) => {
        const at = `.links[${index}]`;
        const link = object(entry, at);
        return {
          traceId: identifier(link.traceId, 16, `${at}.traceId`),
          spanId: identifier(link.spanId, 8, `${at}.spanId`),
        };
      }),
  };
}

function readLogRecord(record: JsonObject, resource: Resource): LogRecord | string {
  const time = microseconds(record.timeUnixNano, '.timeUnixNano');
  const observed = microseconds(record.observedTimeUnixNano, '.observedTimeUnixNano');
  if (time === 0 && observed === 0) return 'has no time';
  const body = String(anyValue(record.body, '.body') ?? '');
  return {
    kind: 'log',
    time: time === 0 ? observed : time,
    service: resource.service,
    // An event is told by its name where it says nothing else.
    body: body === '' ? text(record.eventName, '.eventName') : body,
    traceId: identifier(record.traceId, 16, '.traceId'),
    spanId: identifier(record.spanId, 8, '.spanId'),
    attributes: attributes(record.attributes, '.attributes'),
  };
}

function readMetricName(metric: JsonObject, { service }: Resource): MetricName {
  return { service, name: text(metric.name, '.name') };
}
