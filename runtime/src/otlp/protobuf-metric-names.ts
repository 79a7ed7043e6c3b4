/** OTLP/protobuf metrics → their names (opentelemetry-proto, metrics.proto). Reads no figure. */
import type { Resource } from './attribute-bag.ts';
import type { Decoded, MetricName } from './decoded.ts';
import { decodeProtobuf } from './protobuf-request.ts';
import { names } from './protobuf-values.ts';
import { nextTag, skip, type WireReader, wrongType } from './wire.ts';

export function decodeProtobufMetricNames(body: Uint8Array): Decoded<MetricName> {
  return decodeProtobuf(body, { request: 'ExportMetricsServiceRequest', record: 'metric', read: readMetricName });
}

function readMetricName(reader: WireReader, { service }: Resource): MetricName {
  let name = '';
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 10) name = names.read(reader);
    else if (tag >>> 3 === 1) throw wrongType(reader, tag, 'name');
    else skip(reader, tag);
  }
  return { service, name };
}
