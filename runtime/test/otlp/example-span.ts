/** A span as a service sends it, for tests that care about one at a time. */
import type { RawSpan } from './encode-otlp.ts';

export const exampleSpan: RawSpan = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  parentSpanId: '',
  name: 'POST /orders',
  kind: 2,
  start: 1_700_000_000_123_456_789n,
  end: 1_700_000_000_223_456_789n,
  status: 0,
  attributes: {},
  events: [],
  links: [],
};
