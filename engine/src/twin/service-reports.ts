/**
 * How far each component has reported, so that what is missing is told from what is only not reported yet. Exporters
 * send in batches of their own rhythm; a component has reported past a time when all its processes have.
 */
import type { ElementId } from '../model/index.ts';
import type { Bindings, EpochMicroseconds, Span } from '../observation/index.ts';

const SECOND = 1_000_000;
/** A process that reported nothing for so long is not waited for. */
const SILENT = 30 * SECOND;
/** No exporter is waited for longer than this. */
const PATIENCE = 15 * SECOND;
const FORGETS = 60 * SECOND;
/** Processes that are told apart; more share one place. */
const PROCESSES = 2_000;

interface Process {
  newest: EpochMicroseconds;
}

interface Reports {
  first: EpochMicroseconds;
  readonly processes: Map<string, Process>;
  /** Largest age of a span on arrival: in this period, and in the one before. */
  age: number;
  ageBefore: number;
  since: EpochMicroseconds;
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
      reports = { first: span.end, processes: new Map(), age: 0, ageBefore: 0, since: now };
      this.#components.set(component, reports);
    }
    if (span.end < reports.first) reports.first = span.end;
    const name = reports.processes.has(span.instance) || reports.processes.size < PROCESSES ? span.instance : '';
    const process = reports.processes.get(name);
    if (process === undefined) reports.processes.set(name, { newest: span.end });
    else if (span.end > process.newest) process.newest = span.end;
    if (now - reports.since > FORGETS) {
      reports.ageBefore = reports.age;
      reports.age = 0;
      reports.since = now;
    }
    reports.age = Math.max(reports.age, Math.min(PATIENCE, now - span.end));
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

  /** How long it is worth to wait for more from a component, or from any where none is given; microseconds. */
  patience(component?: ElementId): number {
    const one = component === undefined ? [...this.#components.values()] : [this.#components.get(component)];
    let age = 0;
    for (const reports of one) age = Math.max(age, reports?.age ?? 0, reports?.ageBefore ?? 0);
    return Math.min(PATIENCE, age * 1.2);
  }
}
