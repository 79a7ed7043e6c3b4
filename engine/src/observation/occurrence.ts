/** What the normaliser makes of spans: one message occurrence for each execution of a modelled operation. */
import type { ElementId } from '../model/index.ts';
import type { EpochMicroseconds, Span } from './observation.ts';

export interface Occurrence {
  readonly operation: ElementId;
  /** The span of the execution; the caller's where the callee itself is not observed. */
  readonly span: Span;
  /** The caller's side of the call, where it was reported. */
  readonly client: Span | undefined;
  /** As the caller saw it where its side was reported, else as the callee did. */
  readonly start: EpochMicroseconds;
  readonly end: EpochMicroseconds;
  readonly failed: boolean;
  /** Another execution that the same caller called began at the same instant: their order is not known. */
  readonly tied: boolean;
  /** Executions that this one called, in the order in which they began. */
  readonly children: readonly Occurrence[];
}

/** A trace as message occurrences. */
export interface ObservedTrace {
  readonly traceId: string;
  readonly start: EpochMicroseconds;
  readonly end: EpochMicroseconds;
  /** Executions that no modelled execution called. */
  readonly roots: readonly Occurrence[];
  /** The name of the trace's own root span; undefined where it was not seen. */
  readonly rootSpan: string | undefined;
  /** Indices of the trace bindings (`Bindings.traces`) that hold. */
  readonly bound: readonly number[];
  /** Requests that some service received and that the model knows no operation for. */
  readonly unmodelled: number;
  /** Why the trace proves nothing: it may lack spans, or nests without end; undefined where nothing says so. */
  readonly cut: 'root-missing' | 'parent-missing' | 'too-deep' | undefined;
  /** Spans whose parent was not seen, of all that were. */
  readonly orphans: number;
  readonly spans: number;
}
