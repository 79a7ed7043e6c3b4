/**
 * Spans arrive in any order; traces leave when event time has passed their end. Holds a bounded number of spans: past
 * it the oldest traces are dropped and counted. Knows nothing of the model.
 */
import { isRoot } from './normalise.ts';
import type { EpochMicroseconds, Span } from './observation.ts';
import { TimeQueue } from './time-queue.ts';

export interface AssemblerLimits {
  /** Spans in flight, all traces together. */
  readonly spans: number;
  /** Spans of one trace. */
  readonly spansPerTrace: number;
  /** Judged traces that are remembered, so that late spans do not look like new traces. */
  readonly remembered: number;
}

export const defaultLimits: AssemblerLimits = { spans: 200_000, spansPerTrace: 5_000, remembered: 100_000 };

/** A trace in flight: with its linked traces one unit of judgement. */
export interface PendingTrace {
  readonly ids: Set<string>;
  readonly spans: Map<string, Span>;
  start: EpochMicroseconds;
  end: EpochMicroseconds;
  /** End of the last request in it: internal work that goes on after that is not waited for. */
  settled: EpochMicroseconds;
  /** Spans were refused because the trace is too large. */
  truncated: boolean;
  due: EpochMicroseconds;
}

export class TraceAssembler {
  /** Spans dropped because too many were in flight. */
  shed = 0;
  /** Spans that came after their trace was judged. */
  late = 0;
  readonly #limits: AssemblerLimits;
  readonly #lateness: number;
  readonly #pending = new Map<string, PendingTrace>();
  readonly #queue = new TimeQueue<PendingTrace>();
  #spans = 0;
  #judged: Set<string> = new Set();
  #judgedBefore: Set<string> = new Set();

  constructor(lateness: number, limits: AssemblerLimits = defaultLimits) {
    this.#lateness = lateness;
    this.#limits = limits;
  }

  /** False where the span was dropped: late or one too many. */
  add(span: Span): boolean {
    if (this.isJudged(span.traceId)) {
      this.late++;
      return false;
    }
    let trace = this.#pending.get(span.traceId) ?? this.#open(span.traceId);
    const link = isRoot(span) ? span.links[0] : undefined;
    if (link !== undefined && !trace.ids.has(link.traceId)) trace = this.#merge(trace, link.traceId);
    if (trace.spans.size >= this.#limits.spansPerTrace) {
      trace.truncated = true;
      this.shed++;
      return false;
    }
    if (!trace.spans.has(span.spanId)) this.#spans++;
    trace.spans.set(span.spanId, span);
    if (span.start < trace.start) trace.start = span.start;
    if (span.end > trace.end) trace.end = span.end;
    const isRequest = span.spanKind !== 'internal';
    if (isRequest && span.end > trace.settled) {
      trace.settled = span.end;
      this.#schedule(trace, span.end + this.#lateness);
    } else if (trace.settled === Number.NEGATIVE_INFINITY) this.#schedule(trace, trace.end + this.#lateness);
    while (this.#spans > this.#limits.spans) this.#drop();
    return true;
  }

  /** A span of a trace in flight. */
  span(traceId: string, spanId: string): Span | undefined {
    return this.#pending.get(traceId)?.spans.get(spanId);
  }

  /** The traces that are due; each must be given back with `defer` or `finish`. */
  *take(now: EpochMicroseconds): Generator<PendingTrace> {
    for (let entry = this.#queue.take(now); entry !== undefined; entry = this.#queue.take(now)) {
      const trace = entry.item;
      if (trace.due === entry.time && this.#isPending(trace)) yield trace;
    }
  }

  /** Not judged yet: comes again at `until`, which must lie after the time at which it was taken. */
  defer(trace: PendingTrace, until: EpochMicroseconds): void {
    this.#schedule(trace, until);
  }

  /** Judged: what still comes of it is late. */
  finish(trace: PendingTrace): void {
    for (const id of trace.ids) {
      this.#pending.delete(id);
      this.#judged.add(id);
    }
    this.#spans -= trace.spans.size;
    if (this.#judged.size > this.#limits.remembered) {
      this.#judgedBefore = this.#judged;
      this.#judged = new Set();
    }
  }

  /** The trace is part of one that was judged. */
  settle(id: string): void {
    const trace = this.#pending.get(id);
    if (trace !== undefined) this.finish(trace);
    else this.#judged.add(id);
  }

  /** Everything in flight, in the order of arrival. */
  remaining(): PendingTrace[] {
    return [...new Set(this.#pending.values())];
  }

  #open(id: string): PendingTrace {
    const trace: PendingTrace = {
      ids: new Set([id]),
      spans: new Map(),
      start: Number.POSITIVE_INFINITY,
      end: Number.NEGATIVE_INFINITY,
      settled: Number.NEGATIVE_INFINITY,
      truncated: false,
      due: Number.NEGATIVE_INFINITY,
    };
    this.#pending.set(id, trace);
    return trace;
  }

  #merge(trace: PendingTrace, other: string): PendingTrace {
    if (this.isJudged(other)) return trace;
    const linked = this.#pending.get(other);
    if (linked === undefined) {
      trace.ids.add(other);
      this.#pending.set(other, trace);
      return trace;
    }
    if (linked.spans.size + trace.spans.size > this.#limits.spansPerTrace) return trace;
    for (const id of trace.ids) {
      linked.ids.add(id);
      this.#pending.set(id, linked);
    }
    for (const [id, span] of trace.spans) {
      if (linked.spans.has(id)) this.#spans--;
      linked.spans.set(id, span);
    }
    linked.start = Math.min(linked.start, trace.start);
    linked.end = Math.max(linked.end, trace.end);
    linked.settled = Math.max(linked.settled, trace.settled);
    const until = linked.settled > Number.NEGATIVE_INFINITY ? linked.settled : linked.end;
    if (until > Number.NEGATIVE_INFINITY) this.#schedule(linked, until + this.#lateness);
    return linked;
  }

  #schedule(trace: PendingTrace, due: EpochMicroseconds): void {
    trace.due = due;
    this.#queue.push(due, trace);
  }

  #isPending(trace: PendingTrace): boolean {
    for (const id of trace.ids) return this.#pending.get(id) === trace;
    return false;
  }

  isJudged(id: string): boolean {
    return this.#judged.has(id) || this.#judgedBefore.has(id);
  }

  #drop(): void {
    for (const trace of this.#pending.values()) {
      this.shed += trace.spans.size;
      this.finish(trace);
      return;
    }
  }
}
