/**
 * Times of calls as soon as both of their sides were reported, before their trace is complete: what is slow is then known
 * seconds sooner. Only of messages that are told by their operation alone and wait for no other message, so that nothing that
 * comes later could explain their time.
 */
import type { ElementId } from '../model/index.ts';
import type { Bindings, Span, TraceAssembler } from '../observation/index.ts';
import type { LatencyWatch } from './latency-watch.ts';
import type { ModelNames } from './model-names.ts';
import { RecentlySeen } from './recently-seen.ts';

/** Callees that wait for their caller's side. */
const WAITING = 10_000;

export class CallTimes {
  readonly #bindings: Bindings;
  readonly #assembler: TraceAssembler;
  readonly #latencies: LatencyWatch;
  readonly #messages: ReadonlyMap<ElementId, ElementId>;
  readonly #taken = new RecentlySeen(100_000);
  readonly #waiting = new Map<string, { readonly callee: Span; readonly message: ElementId }>();

  constructor(names: ModelNames, bindings: Bindings, assembler: TraceAssembler, latencies: LatencyWatch) {
    this.#bindings = bindings;
    this.#assembler = assembler;
    this.#latencies = latencies;
    this.#messages = innermost(names);
  }

  /** `span` has just been added to its trace. */
  observe(span: Span): void {
    if (span.spanKind === 'client') {
      const key = keyOf(span.traceId, span.spanId);
      const waiting = this.#waiting.get(key);
      this.#waiting.delete(key);
      if (waiting !== undefined) this.#pair(span, waiting.callee, waiting.message);
      return;
    }
    if (span.parentSpanId === '') return;
    const message = this.#messages.get(this.#bindings.operationOf(span) ?? '');
    if (message === undefined) return;
    const caller = this.#assembler.span(span.traceId, span.parentSpanId);
    if (caller?.spanKind === 'client') this.#pair(caller, span, message);
    else if (caller === undefined) {
      this.#waiting.set(keyOf(span.traceId, span.parentSpanId), { callee: span, message });
      if (this.#waiting.size > WAITING) this.#waiting.delete(this.#waiting.keys().next().value ?? '');
    }
  }

  /** Whether the call that `callee` answers has not been timed before; from now on it has. */
  isNew(callee: Span): boolean {
    return this.#taken.isNew(keyOf(callee.traceId, callee.spanId));
  }

  #pair(caller: Span, callee: Span, message: ElementId): void {
    // One that is bound itself is the call, not a side of it.
    if (this.#bindings.operationOf(caller) !== undefined || !this.isNew(callee)) return;
    this.#latencies.observe(message, caller.end, caller.end - caller.start, callee.traceId);
  }
}

/** Operation → its message, where that is the only one in the model and no other call is inside of it. */
function innermost({ messages }: ModelNames): ReadonlyMap<ElementId, ElementId> {
  const all = [...messages.values()];
  const found = new Map<ElementId, ElementId>();
  for (const { message } of all) {
    if (message.sort !== 'synchronous-call') continue;
    const isOnly = all.every(({ message: other }) => other === message || other.signature !== message.signature);
    const isInnermost = all.every(
      ({ waiting, message: other }) => other.sort !== 'synchronous-call' || !waiting.includes(message.id),
    );
    if (isOnly && isInnermost) found.set(message.signature, message.id);
  }
  return found;
}

function keyOf(traceId: string, spanId: string): string {
  return `${traceId}/${spanId}`;
}
