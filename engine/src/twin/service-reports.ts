/**
 * How far each component has reported, so that what is missing is told from what is only not reported yet. Exporters
 * send in batches of their own rhythm; a component has reported past a time when all its processes have.
 */
import type { ElementId } from '../model/index.ts';
import { type Bindings, type EpochMicroseconds, SlidingWindow, type Span } from '../observation/index.ts';

const SECOND = 1_000_000;
/** A process that reported nothing for so long is not waited for. */
const SILENT = 30 * SECOND;
/** No exporter is waited for longer than this. */
const PATIENCE = 15 * SECOND;
/** How long the ages of spans on arrival are remembered, seconds; which of them counts, and with what margin. */
const AGES = { seconds: 60, quantile: 0.99, margin: 1.2 };
/** Processes that are told apart; more share one place. */
const PROCESSES = 2_000;

interface Process {
  newest: EpochMicroseconds;
}

interface Reports {
  first: EpochMicroseconds;
  readonly processes: Map<string, Process>;
  /** Ages of spans on arrival. */
  readonly ages: SlidingWindow;
}

export class ServiceReports {
  readonly #bindings: Bindings;
  readonly #components = new Map<ElementId, Reports>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  reported(span: Span, now: EpochMicroseconds): void {
    const component = this.#bindings.componentOf(span.service);
    if (component === undefined) return;
    let reports = this.#components.get(component);
    if (reports === undefined) {
      reports = { first: span.end, processes: new Map(), ages: new SlidingWindow(AGES.seconds) };
      this.#components.set(component, reports);
    }
    if (span.end < reports.first) reports.first = span.end;
    const name = reports.processes.has(span.instance) || reports.processes.size < PROCESSES ? span.instance : '';
    const exporter = reports.processes.get(name);
    if (exporter === undefined) reports.processes.set(name, { newest: span.end });
    else if (span.end > exporter.newest) exporter.newest = span.end;
    reports.ages.add(now, Math.min(PATIENCE, now - span.end));
  }

  /** An execution of it was seen by its caller, who reports for it where it does not report itself. */
  seenByCaller(component: ElementId, end: EpochMicroseconds): void {
    if (this.#components.has(component)) return;
    this.#components.set(component, { first: end, processes: new Map(), ages: new SlidingWindow(AGES.seconds) });
  }

  /** Whether anything was ever received from it. */
  isKnown(component: ElementId): boolean {
    return this.#components.has(component);
  }

  /** End of the first span that was received from it. */
  first(component: ElementId): EpochMicroseconds {
    return this.#components.get(component)?.first ?? Number.POSITIVE_INFINITY;
  }

  hasReportedPast(component: ElementId, time: EpochMicroseconds, now: EpochMicroseconds): boolean {
    const reports = this.#components.get(component);
    if (reports === undefined) return false;
    for (const { newest } of reports.processes.values()) {
      if (newest < time && newest > now - SILENT) return false;
    }
    return true;
  }

  /**
   * How late spans are, microseconds: as the slowest component's exporter usually sends them. Rare stragglers do not
   * count, so that one of them does not make everything wait.
   */
  lag(now: EpochMicroseconds): number {
    let lag = 0;
    for (const { ages } of this.#components.values()) {
      ages.advance(now);
      const sample = ages.last();
      if (sample.count > 0) lag = Math.max(lag, sample.quantile(AGES.quantile));
    }
    return Math.min(PATIENCE, lag * AGES.margin);
  }
}
