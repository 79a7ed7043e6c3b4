/** What a source delivers: typed, with event time and attributes. Knows nothing of OTLP or any other wire format. */

/** Microseconds since the Unix epoch; a double holds them exactly until the year 2255. */
export type EpochMicroseconds = number;

export type AttributeValue = string | number | boolean;
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface Span {
  readonly kind: 'span';
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly spanKind: 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly start: EpochMicroseconds;
  readonly end: EpochMicroseconds;
  readonly status: 'unset' | 'ok' | 'error';
  /** `service.name` of the resource. */
  readonly service: string;
  /** Host, pod or process, where the resource says so. */
  readonly instance: string;
  readonly attributes: Attributes;
  readonly events: readonly {
    readonly name: string;
    readonly time: EpochMicroseconds;
    readonly attributes: Attributes;
  }[];
  /** Trace and span ids of linked spans. */
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

export interface LogRecord {
  readonly kind: 'log';
  readonly time: EpochMicroseconds;
  readonly service: string;
  readonly body: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

export type Observation = Span | LogRecord;
