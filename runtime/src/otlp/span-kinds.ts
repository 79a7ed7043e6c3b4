/** The numbers that OTLP gives to kinds and statuses of spans (opentelemetry-proto, trace.proto). */
import type { Span } from '@pollux/engine/observation';

export const spanKinds: readonly Span['spanKind'][] = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];
export const spanStatuses: readonly Span['status'][] = ['unset', 'ok', 'error'];
