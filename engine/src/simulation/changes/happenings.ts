/** What happened in one replication that is no work of the model: listed up to a limit, and counted. */
import type { ElementId } from '../../model/index.ts';
import { SECOND } from '../../numeric/index.ts';
import type { RunEvent, RunEventCount, RunEventKind } from '../result.ts';

/** So many are listed: more than a timeline can show. */
const LIMIT = 1000;

export class Happenings {
  readonly #clock: Float64Array;
  readonly #events: RunEvent[] = [];
  readonly #counts = new Map<string, { element: ElementId; kind: RunEventKind; count: number }>();

  /** Holds the time now. */
  constructor(clock: Float64Array) {
    this.#clock = clock;
  }

  clear(): void {
    this.#events.length = 0;
    this.#counts.clear();
  }

  add(kind: RunEventKind, element: ElementId, text: string): void {
    if (this.#events.length < LIMIT) this.#events.push({ time_s: this.#clock[0]! / SECOND, element, kind, text });
    const key = `${kind} ${element}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { element, kind, count: 1 });
    else known.count++;
  }

  list(): readonly RunEvent[] {
    return [...this.#events];
  }

  counts(): readonly RunEventCount[] {
    return [...this.#counts.values()].map((one) => ({ ...one }));
  }
}
