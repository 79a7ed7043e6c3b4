/** What OTLP wants a receiver to answer, in the encoding of the request. Knows nothing of HTTP. */
import { Writer } from 'protobufjs/minimal.js';

export type Encoding = 'protobuf' | 'json';

export const contentTypes: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** The field of the partial success that counts what was refused. */
const rejectedFields = { traces: 'rejectedSpans', logs: 'rejectedLogRecords', metrics: 'rejectedDataPoints' } as const;

/** `Export…ServiceResponse`; with a partial success where something was refused. */
export function exportResponse(
  encoding: Encoding,
  signal: keyof typeof rejectedFields,
  rejected: number,
  message: string,
): Uint8Array {
  if (encoding === 'json') {
    const partialSuccess = { [rejectedFields[signal]]: String(rejected), errorMessage: message };
    return Buffer.from(JSON.stringify(rejected === 0 && message === '' ? {} : { partialSuccess }));
  }
  const writer = Writer.create();
  if (rejected > 0 || message !== '') {
    writer.uint32(10).fork();
    if (rejected > 0) writer.uint32(8).int64(rejected);
    writer.uint32(18).string(message).ldelim();
  }
  return writer.finish();
}

/** Codes of google.rpc.Code that a receiver needs. */
export const rpcCode = { invalidArgument: 3, resourceExhausted: 8, unimplemented: 12, internal: 13 } as const;

/** `google.rpc.Status` (status.proto: code = 1, message = 2). */
export function statusResponse(encoding: Encoding, code: number, message: string): Uint8Array {
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }));
  return Writer.create().uint32(8).int32(code).uint32(18).string(message).finish();
}
