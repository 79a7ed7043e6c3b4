/**
 * Judges traces as they become due: waits for what may still come, counts each trace once, and hands on what it shows
 * (figures, chances, contradictions). A trace that may be cut off is undecided, never divergent.
 */
import type { ElementId } from '../model/index.ts';
import {
  type Bindings,
  type EpochMicroseconds,
  normalise,
  type ObservedTrace,
  type Occurrence,
  type PendingTrace,
  type Span,
  type TraceAssembler,
} from '../observation/index.ts';
import type { CallTimes } from './call-times.ts';
import { watchConstraint } from './constraint-watch.ts';
import type { DivergenceLog } from './divergence-log.ts';
import type { FigureBook } from './figure-book.ts';
import type { LatencyWatch } from './latency-watch.ts';
import type { ModelNames } from './model-names.ts';
import type { ServiceReports } from './service-reports.ts';
import type { SpanLoss } from './span-loss.ts';
import { chancesInside, structuralContradiction } from './structural-contradiction.ts';
import type { Judgement, TraceDeviation, TraceJudge } from './trace-judge.ts';

/** Event time until a trace that waits is looked at again. */
const AGAIN = 250_000;
/** A trace that ends this much after all else has a broken clock. */
const AHEAD = 600_000_000;
/** Distinct reasons that are counted apart. */
const REASONS = 50;
/** Divergent traces that late spans can still acquit. */
const ACCUSED = 5_000;

interface TraceWatchParts {
  readonly assembler: TraceAssembler;
  readonly bindings: Bindings;
  readonly judge: TraceJudge;
  readonly names: ModelNames;
  readonly services: ServiceReports;
  readonly book: FigureBook;
  readonly latencies: LatencyWatch;
  readonly callTimes: CallTimes;
  readonly log: DivergenceLog;
  readonly loss: SpanLoss;
  readonly lateness: number;
  readonly onTrace?: ((outcome: TraceOutcome) => void) | undefined;
}

/** What became of one trace: said when it is decided, and again where late spans acquit it. */
export interface TraceOutcome {
  readonly traceId: string;
  readonly verdict: 'matched' | 'divergent' | 'undecided' | 'unmodelled';
  /** What was said of it before. */
  readonly before?: 'divergent';
  /** The interaction that explains it best. */
  readonly interaction?: ElementId | undefined;
  /** Microseconds, as who started the interaction saw it. */
  readonly duration?: number | undefined;
  /** The name of its root span, where that was seen. */
  readonly root: string | undefined;
  /** The interactions that it holds, and when each began. */
  readonly begun: readonly { readonly interaction: ElementId; readonly time: EpochMicroseconds }[];
  readonly ended: EpochMicroseconds;
}

export class TraceWatch {
  readonly counts = { seen: 0, matched: 0, divergent: 0, undecided: 0, unmodelled: 0 };
  /** Why traces are undecided, and how many each. */
  readonly reasons = new Map<string, number>();
  unmodelledSpans = 0;
  /** Traces that only missing messages speak against, for what comes late. */
  readonly #accused = new Map<string, Accused>();
  readonly #parts: TraceWatchParts;

  constructor(parts: TraceWatchParts) {
    this.#parts = parts;
  }

  /** Event time has come to `now`. */
  advance(now: EpochMicroseconds): void {
    for (const trace of this.#parts.assembler.take(now)) this.#judge(trace, now, false);
  }

  /** Nothing more will come: whatever is still open is decided as it is. */
  close(now: EpochMicroseconds): void {
    for (const trace of this.#parts.assembler.remaining()) this.#judge(trace, now, true);
  }

  #judge(pending: PendingTrace, now: EpochMicroseconds, closing: boolean): void {
    const { assembler, bindings, judge } = this.#parts;
    const traceId = pending.ids.values().next().value ?? '';
    const trace = normalise(traceId, [...pending.spans.values()], bindings);
    const judgements = judge.judge(trace);
    const settled = Number.isFinite(pending.settled) ? pending.settled : pending.end;
    if (!closing && this.#isWorthWaiting(trace, judgements, settled, now)) {
      assembler.defer(pending, now + AGAIN);
      return;
    }
    assembler.finish(pending);
    this.counts.seen++;
    this.unmodelledSpans += trace.unmodelled;
    this.#parts.loss.judged(trace);
    const doubt = doubtOf(pending, trace, now);
    // Times that lie ahead would end every window.
    if (trace.end <= now + AHEAD) for (const root of trace.roots) this.#count(root);
    const isComplete = now >= settled + this.#parts.lateness;
    const decisions = judgements.map((judgement): Decision => {
      const { interaction } = judgement;
      if (doubt !== undefined) return { interaction, verdict: 'undecided', reason: doubt };
      const duration = this.#figures(judgement, trace.traceId);
      return { interaction, duration, ...this.#decide(trace, judgement, isComplete) };
    });
    // One trace has one verdict: the worst of what it holds.
    const decision =
      decisions.find(({ verdict }) => verdict === 'divergent') ??
      decisions.find(({ verdict }) => verdict === 'undecided') ??
      decisions[0] ??
      (doubt === undefined ? { verdict: 'unmodelled' as const } : { verdict: 'undecided' as const, reason: doubt });
    if (decision.reason !== undefined) this.#undecided(decision.reason);
    const { verdict, interaction, duration } = decision;
    this.counts[verdict]++;
    const { onTrace } = this.#parts;
    if (onTrace === undefined) return;
    const begun = trace.end <= now + AHEAD ? judgements.flatMap(beginningOf) : [];
    onTrace({ traceId, verdict, interaction, duration, root: trace.rootSpan, begun, ended: trace.end });
  }

  #decide(trace: ObservedTrace, judgement: Judgement, isComplete: boolean): Decision {
    if (judgement.verdict === 'conforms') return { verdict: 'matched' };
    if (judgement.verdict === 'undecided') return undecided(judgement.reason ?? 'no run could be compared');
    if (!isComplete) return undecided('the recording ends during it');
    const visible = judgement.deviations.filter((deviation) => !this.#isHidden(deviation));
    if (visible.length === 0) return { verdict: 'matched' };
    const excuses = visible.map((deviation) => this.#excuse(deviation, trace));
    const contradicted = visible.filter((_, index) => excuses[index] === undefined);
    // However often it happens in a trace, it is one trace in which it happens.
    const once = new Map(contradicted.map((deviation) => [keyOf(deviation), deviation]));
    for (const deviation of once.values()) this.#contradict(deviation, judgement, trace);
    const missing = [...once.values()].flatMap((deviation) =>
      deviation.kind === 'missing-message' ? [deviation.message] : [],
    );
    if (missing.length > 0) {
      const isAll = missing.length === once.size;
      this.#accuse(trace.traceId, { missing, isAll, interaction: judgement.interaction, root: trace.rootSpan });
    }
    return contradicted.length > 0 ? { verdict: 'divergent' } : undecided(excuses[0] ?? 'nothing speaks against it');
  }

  /**
   * A span came after its trace was judged. Where it is what was said to be missing, that is taken back, and the trace is
   * undecided. Whether it was that.
   */
  late(span: Span, traceId: string = span.traceId): boolean {
    const accused = this.#accused.get(traceId);
    const operation = accused === undefined ? undefined : this.#parts.bindings.operationOf(span);
    if (accused === undefined || operation === undefined) return false;
    const { missing, isAll, interaction, root } = accused;
    const index = missing.findIndex(
      (message) => this.#parts.names.messages.get(message)?.message.signature === operation,
    );
    const [message] = index < 0 ? [] : missing.splice(index, 1);
    if (message === undefined) return false;
    this.#parts.log.withdraw({ kind: 'missing-message', element: message, detail: '' }, traceId);
    if (missing.length > 0) return true;
    this.#accused.delete(traceId);
    if (!isAll) return true;
    this.counts.divergent--;
    const verdict = this.#undecided('its spans came too late');
    this.counts[verdict]++;
    this.#parts.onTrace?.({ traceId, verdict, before: 'divergent', interaction, root, begun: [], ended: span.end });
    return true;
  }

  /** Spans that it lacks may only not have been reported yet. */
  #isWorthWaiting(
    trace: ObservedTrace,
    judgements: readonly Judgement[],
    settled: EpochMicroseconds,
    now: EpochMicroseconds,
  ): boolean {
    if (trace.cut !== undefined && trace.cut !== 'too-deep') {
      const waited = now - settled - this.#parts.lateness;
      return waited < 2 * this.#parts.lateness;
    }
    return judgements.some(
      ({ verdict, deviations }) =>
        verdict === 'violates' && deviations.some((deviation) => this.#mayStillCome(deviation, settled, now)),
    );
  }

  /** A missing message's component may not have reported as far yet. */
  #mayStillCome(deviation: TraceDeviation, end: EpochMicroseconds, now: EpochMicroseconds): boolean {
    if (deviation.kind !== 'missing-message') return false;
    const { names, services, lateness } = this.#parts;
    const component = names.messages.get(deviation.message)?.component;
    if (component === undefined || !services.isKnown(component)) return false;
    if (services.hasReportedPast(component, end, now)) return false;
    return now - end - lateness < 2 * lateness;
  }

  /** Somebody else's component that nobody reports on: its calls cannot be seen, so they are not missed. */
  #isHidden(deviation: TraceDeviation): boolean {
    if (deviation.kind !== 'missing-message') return false;
    const { names, services } = this.#parts;
    const component = names.messages.get(deviation.message)?.component;
    return component !== undefined && names.external.has(component) && !services.isKnown(component);
  }

  /** Why a deviation may be the observer's fault; undefined where nothing speaks for it. */
  #excuse(deviation: TraceDeviation, { start, end }: ObservedTrace): string | undefined {
    if (deviation.kind !== 'missing-message') return undefined;
    const { names, services, log, loss } = this.#parts;
    const component = names.messages.get(deviation.message)?.component;
    if (component === undefined) return undefined;
    if (!services.isKnown(component)) return `nothing was ever received from ${names.nameOf(component)}`;
    if (start < services.first(component)) return 'the recording begins during it';
    const time = deviation.caller?.end ?? end;
    log.chance(deviation.message, time);
    const isLost = loss.explains(deviation.message, log.chances(deviation.message, time), time);
    return isLost ? 'many spans are lost' : undefined;
  }

  #undecided(reason: string): 'undecided' {
    if (this.reasons.has(reason) || this.reasons.size < REASONS) {
      this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
    }
    return 'undecided';
  }

  /** Executions count for their operation and component, whatever becomes of the trace. */
  #count(occurrence: Occurrence): void {
    const { book, names, services } = this.#parts;
    const { span, operation, failed } = occurrence;
    const component = names.componentOfOperation.get(operation);
    if (component !== undefined) services.seenByCaller(component, span.end);
    book.timed(operation, span.end, span.end - span.start, failed);
    if (component !== undefined) book.timed(component, span.end, span.end - span.start, failed);
    for (const child of occurrence.children) this.#count(child);
  }

  /** How long the interaction took, where that can be told. */
  #figures(judgement: Judgement, traceId: string): number | undefined {
    const { book, log, latencies, callTimes, names } = this.#parts;
    let start = Number.POSITIVE_INFINITY;
    let end = Number.NEGATIVE_INFINITY;
    let failed = false;
    for (const { message, occurrence } of judgement.matches) {
      const info = names.messages.get(message);
      const isWaitedFor = info?.message.sort === 'synchronous-call';
      const timed = isWaitedFor ? occurrence : occurrence.span;
      const duration = timed.end - timed.start;
      book.timed(message, occurrence.end, duration, occurrence.failed);
      if (callTimes.isNew(occurrence.span)) latencies.observe(message, occurrence.end, duration, traceId);
      log.chance(message, occurrence.end);
      log.chance(chancesInside(message), occurrence.end);
      if (info === undefined) continue;
      watchConstraint(info, occurrence, traceId, log);
      if (info.waiting.length > 0 || !isWaitedFor) continue;
      start = Math.min(start, occurrence.start);
      end = Math.max(end, occurrence.end);
      failed ||= occurrence.failed;
    }
    if (end < start) return undefined;
    book.timed(judgement.interaction, end, end - start, failed);
    log.chance(chancesInside(judgement.interaction), end);
    for (const fragment of judgement.fragments) book.decided(fragment, end);
    for (const operand of judgement.operands) {
      const fragment = names.fragmentOfOperand.get(operand);
      if (fragment !== undefined) book.taken(operand, fragment, end);
    }
    return end - start;
  }

  #contradict(deviation: TraceDeviation, judgement: Judgement, { traceId, end }: ObservedTrace): void {
    const { log } = this.#parts;
    const time = deviation.kind === 'missing-message' ? (deviation.caller?.end ?? end) : deviation.occurrence.end;
    log.occurred(structuralContradiction(deviation, judgement.interaction, this.#parts.names), { time, traceId });
  }

  #accuse(traceId: string, accused: Accused): void {
    this.#accused.set(traceId, accused);
    if (this.#accused.size > ACCUSED) this.#accused.delete(this.#accused.keys().next().value ?? '');
  }
}

interface Decision extends Pick<TraceOutcome, 'verdict' | 'interaction' | 'duration'> {
  /** Why it is undecided. */
  readonly reason?: string;
}

function undecided(reason: string): Decision {
  return { verdict: 'undecided', reason };
}

interface Accused {
  readonly missing: ElementId[];
  /** Nothing else speaks against it. */
  readonly isAll: boolean;
  readonly interaction: ElementId;
  readonly root: string | undefined;
}

function keyOf(deviation: TraceDeviation): string {
  return deviation.kind === 'unexpected-message'
    ? `${deviation.within} ${deviation.occurrence.operation}`
    : `${deviation.kind} ${deviation.message}`;
}

/** Why the trace as a whole proves nothing. */
function doubtOf(pending: PendingTrace, trace: ObservedTrace, now: EpochMicroseconds): string | undefined {
  if (pending.truncated) return 'it has too many spans';
  if (trace.end > now + AHEAD) return 'its clock runs ahead of all others';
  switch (trace.cut) {
    case undefined:
      return undefined;
    case 'root-missing':
      return 'its root span is missing';
    case 'parent-missing':
      return 'a parent span is missing';
    case 'too-deep':
      return 'it is nested too deeply';
  }
}

/** When the first of its messages was sent, as its sender saw it. */
function beginningOf({ interaction, matches }: Judgement): TraceOutcome['begun'] {
  const time = matches.reduce((first, { occurrence }) => Math.min(first, occurrence.start), Number.POSITIVE_INFINITY);
  return time < Number.POSITIVE_INFINITY ? [{ interaction, time }] : [];
}
