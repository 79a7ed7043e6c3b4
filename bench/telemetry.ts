/**
 * OTLP/protobuf → spans → recognised, on the shop's recorded minute. Beside it the same bytes decoded by protobufjs from a
 * descriptor, and a pass by hand that only finds the fields of every span: the limit of what any decoder can reach.
 */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Model } from '@pollux/engine/model';
import type { Observation, Span } from '@pollux/engine/observation';
import { TwinSession } from '@pollux/engine/twin';
import { loadModel } from '@pollux/language-server/language';
import { decodeJson, decodeProtobufTraces } from '@pollux/runtime';
import protobuf from 'protobufjs';
import { type BenchReport, perSecond } from './report.ts';

const recording = new URL('../samples/shop/recordings/healthy.otlp.jsonl.gz', import.meta.url);
const shop = new URL('../samples/shop/shop.twin', import.meta.url);

/** The public field numbers of opentelemetry-proto, as far as traces need them. */
const descriptor = `
syntax = "proto3";
message Request { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { repeated Span spans = 2; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
  fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9;
  repeated Event events = 11; repeated Link links = 13; Status status = 15;
}
message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; }
message Link { bytes trace_id = 1; bytes span_id = 2; }
message Status { string message = 2; int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
`;

export async function bench(): Promise<BenchReport> {
  const Request = protobuf.parse(descriptor).root.lookupType('Request');
  const lines = gunzipSync(await readFile(recording))
    .toString()
    .trim()
    .split('\n');
  const bodies = lines.map((line) => Buffer.from(Request.encode(Request.fromObject(withBinaryIds(line))).finish()));
  const spans = bodies.flatMap((body) => decoded(body)).filter((observation) => observation.kind === 'span');
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
  const model = await shopModel();

  const limit = perSecond(() => repeat(10, () => bodies.reduce((sum, body) => sum + walk(body, 0, body.length, 0), 0)));
  const protobufjs = perSecond(() => repeat(10, () => generic(Request, bodies, spans.length)));
  const ours = perSecond(() => repeat(10, () => bodies.reduce((sum, body) => sum + decoded(body).length, 0)));
  const json = perSecond(() => lines.reduce((sum, line) => sum + decodedJson(line).length, 0));
  const minutes = Array.from({ length: 10 }, (_, minute) =>
    batches(
      bodies.flatMap((body) => decoded(body)),
      minute,
    ),
  );
  const recognise = perSecond(() => recognised(model, minutes), 3);
  const together = 1 / (1 / ours + 1 / recognise);

  return {
    title: `OTLP telemetry: ${spans.length} spans of the shop in ${bodies.length} requests, ${Math.round(bytes / spans.length)} bytes a span`,
    columns: ['what', 'spans/s', 'of the limit'],
    rows: [
      ['finding the fields by hand (limit)', limit, 1],
      ['protobuf → spans, Pollux', ours, ours / limit],
      ['protobuf → generic objects, protobufjs', protobufjs, protobufjs / limit],
      ['JSON → spans, Pollux', json, json / limit],
      ['spans → recognised (10 recorded minutes)', recognise, recognise / limit],
      ['protobuf → spans → recognised', together, together / limit],
    ],
    figures: {
      'decode.limit': limit,
      'decode.pollux': ours,
      'decode.protobufjs': protobufjs,
      'decode.json': json,
      'recognise.pollux': recognise,
      'telemetry.pollux': together,
    },
    notes: [
      'Figures are per second of processor time, one thread. protobufjs leaves ids, times and attributes as they are on the wire.',
    ],
  };
}

/** OTLP/JSON writes ids in hexadecimal, protobufjs wants bytes. */
function withBinaryIds(line: string): { [key: string]: unknown } {
  return JSON.parse(line, (key, value: unknown) =>
    /^(traceId|spanId|parentSpanId)$/.test(key) && typeof value === 'string' ? Buffer.from(value, 'hex') : value,
  );
}

function decoded(body: Uint8Array): readonly Observation[] {
  const outcome = decodeProtobufTraces(body);
  if (outcome.kind === 'not-otlp' || outcome.rejected > 0) throw new Error('the recording does not decode');
  return outcome.observations;
}

function decodedJson(line: string): readonly Observation[] {
  const outcome = decodeJson(line, 'traces');
  return outcome.kind === 'decoded' ? outcome.observations : [];
}

/** Counts spans by going from field to field; request, resource and scope hold their records in fields 1, 2 and 2. */
function walk(body: Uint8Array, from: number, to: number, depth: number): number {
  let spans = 0;
  let at = from;
  while (at < to) {
    const tag = body[at++] ?? 0;
    if ((tag & 7) === 2) {
      let length = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = body[at++] ?? 0;
        length |= (byte & 127) << shift;
        if (byte < 128) break;
      }
      if (depth < 3 && tag === (depth === 0 ? 10 : 18)) {
        spans += depth === 2 ? 1 : 0;
        spans += walk(body, at, at + length, depth + 1);
      }
      at += length;
    } else if ((tag & 7) === 1) at += 8;
    else while ((body[at++] ?? 0) >= 128);
  }
  return spans;
}

/** The recorded minute, so many minutes later: other traces and other orders. */
function batches(observations: readonly Observation[], minute: number): Span[][] {
  const later = observations
    .filter((observation) => observation.kind === 'span')
    .map((span): Span => {
      const key = span.attributes['order.id'];
      return {
        ...span,
        traceId: `${minute.toString(16).padStart(4, '0')}${span.traceId.slice(4)}`,
        start: span.start + minute * 60e6,
        end: span.end + minute * 60e6,
        attributes: key === undefined ? span.attributes : { ...span.attributes, 'order.id': `${key}/${minute}` },
      };
    })
    .sort((a, b) => a.end - b.end);
  return Array.from({ length: Math.ceil(later.length / 256) }, (_, index) =>
    later.slice(index * 256, index * 256 + 256),
  );
}

function recognised(model: Model, minutes: readonly Span[][][]): number {
  const twin = model.twins[0];
  if (twin === undefined) throw new Error('the shop has no twin');
  const session = new TwinSession(model, twin.id);
  let spans = 0;
  for (const batch of minutes.flat()) {
    session.observe(batch);
    session.advance(batch.at(-1)?.end ?? 0);
    spans += batch.length;
  }
  session.close();
  const { traces } = session.snapshot();
  if (traces.matched < traces.seen * 0.9)
    throw new Error(`only ${traces.matched} of ${traces.seen} traces are recognised`);
  return spans;
}

async function shopModel(): Promise<Model> {
  const { model, problems } = await loadModel({ read: (uri) => readFile(new URL(uri), 'utf8') }, shop.href);
  if (model === null) throw new Error(`the shop does not load: ${problems[0]?.message}`);
  return model;
}

function repeat(times: number, work: () => number): number {
  let items = 0;
  for (let time = 0; time < times; time++) items += work();
  return items;
}

function generic(type: protobuf.Type, bodies: readonly Buffer[], spans: number): number {
  for (const body of bodies) type.decode(body);
  return spans;
}
