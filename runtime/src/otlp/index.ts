export type * from './decoded.ts';
export { decodeJson } from './json-request.ts';
export { decodeProtobufLogs } from './protobuf-logs.ts';
export { decodeProtobufTraces } from './protobuf-traces.ts';
export * from './receiver.ts';
