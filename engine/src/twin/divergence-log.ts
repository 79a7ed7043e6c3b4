/**
 * The life of contradictions: when one becomes a divergence, what it rests on, when it is resolved and forgotten.
 * A divergence opens on enough evidence and is resolved only by fresh opportunities that went well, never by silence.
 * Knows nothing of how contradictions are found.
 */
import type { ElementId } from '../model/index.ts';
import { type EpochMicroseconds, SlidingCount } from '../observation/index.ts';
import { shareInterval } from '../property/index.ts';
import type { Divergence, DivergenceKind } from './state.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const LISTED = 10;

export interface LogOptions {
  /** Event time without recurrence after which fresh opportunities resolve a divergence, microseconds. */
  readonly quiet: number;
  /** How long a resolved divergence is kept, microseconds. */
  readonly kept: number;
  /** Occurrences above this share of the chances open it, even if there was only one. */
  readonly share: number;
  /**
   * The log speaks of all that was ever seen, as a report does, not of now: the first occurrence opens a divergence, counts go
   * on where it recurs, and nothing is forgotten.
   */
  readonly whole: boolean;
}

export const defaultLogOptions: LogOptions = { quiet: 5 * SECOND, kept: 10 * MINUTE, share: 0.01, whole: false };

export interface Contradiction {
  readonly kind: DivergenceKind;
  readonly element: ElementId;
  /** Tells contradictions of the same kind at the same element apart. */
  readonly detail: string;
  /** What counts its chances (see `chance`). */
  readonly scope: string;
  /** Occurrences that open it on their own. */
  readonly enough: number;
  /** Share of the chances that is no contradiction (`within 1 s for 99.9 %`); 0 where absent. */
  readonly tolerated?: number;
  /** The sentence, from what is known when it is shown. */
  readonly sentence: (seen: Seen) => string;
}

export interface Seen {
  readonly count: number;
  readonly of: number;
  readonly instances: readonly string[];
  readonly figures: readonly Figure[];
}

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export interface Witness {
  readonly time: EpochMicroseconds;
  readonly traceId?: string | undefined;
  readonly instance?: string | undefined;
  readonly figures?: readonly Figure[];
  readonly also?: readonly ElementId[];
}

interface Entry {
  contradiction: Contradiction;
  readonly id: string;
  readonly recent: SlidingCount;
  status: 'quiet' | 'open' | 'resolved';
  /** Of the present or last episode. */
  count: number;
  chancesBefore: number;
  of: number;
  first: EpochMicroseconds;
  last: EpochMicroseconds;
  resolved: EpochMicroseconds | undefined;
  readonly traceIds: Set<string>;
  readonly instances: Set<string>;
  figures: readonly Figure[];
  also: readonly ElementId[];
  /** Opened and cleared by its watch, not by counting. */
  lasting: boolean;
  /** Evidence that came late took away all that it rested on. */
  retracted: boolean;
}

export class DivergenceLog {
  readonly #options: LogOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #chances = new Map<string, SlidingCount>();

  constructor(options: LogOptions = defaultLogOptions) {
    this.#options = options;
  }

  /** Something could have gone wrong (and may have): what counts are measured against. */
  chance(scope: string, time: EpochMicroseconds): void {
    this.#chancesOf(scope).add(time);
  }

  /** How many chances there were lately, up to `time`. */
  chances(scope: string, time: EpochMicroseconds): number {
    return this.#chancesOf(scope).recent(time);
  }

  /** It went wrong. The chance itself must be counted, too, before. */
  occurred(contradiction: Contradiction, witness: Witness): void {
    const id = idOf(contradiction);
    const entry = this.#entries.get(id) ?? this.#newEntry(id, contradiction);
    const { time, traceId, instance } = witness;
    entry.contradiction = contradiction;
    const afresh = !this.#options.whole && entry.status !== 'open' && time > entry.last + this.#options.quiet;
    if (entry.count === 0 || afresh) {
      entry.count = 0;
      entry.first = time;
      entry.chancesBefore = Math.max(0, this.#chancesOf(contradiction.scope).total - 1);
      entry.traceIds.clear();
      entry.instances.clear();
    }
    entry.retracted = false;
    entry.count++;
    entry.of = Math.max(entry.count, this.#chancesOf(contradiction.scope).total - entry.chancesBefore);
    entry.recent.add(time);
    if (time < entry.first) entry.first = time;
    if (time > entry.last) entry.last = time;
    if (traceId !== undefined && entry.traceIds.size < LISTED) entry.traceIds.add(traceId);
    if (instance !== undefined && entry.instances.size < LISTED) entry.instances.add(instance);
    if (witness.figures !== undefined) entry.figures = witness.figures;
    if (witness.also !== undefined) entry.also = witness.also;
    if (entry.status === 'open') return;
    if (this.#isEnough(entry)) {
      entry.status = 'open';
      entry.resolved = undefined;
    }
  }

  #isEnough({ contradiction, recent, last }: Entry): boolean {
    const hits = recent.recent(last);
    const chances = this.#chancesOf(contradiction.scope).recent(last);
    if (contradiction.tolerated) return shareInterval(hits, Math.max(hits, chances)).lower > contradiction.tolerated;
    return this.#options.whole || hits >= contradiction.enough || hits > this.#options.share * chances;
  }

  /** A condition, not a happening, that lasts: opens it, or brings its figures up to date. */
  lasts(contradiction: Contradiction, witness: Witness, count: number, of: number): void {
    const id = idOf(contradiction);
    const entry = this.#entries.get(id) ?? this.#newEntry(id, contradiction);
    entry.contradiction = contradiction;
    entry.lasting = true;
    if (entry.status !== 'open') {
      entry.first = witness.time;
      entry.traceIds.clear();
    }
    entry.status = 'open';
    entry.resolved = undefined;
    entry.last = witness.time;
    entry.count = count;
    entry.of = of;
    entry.figures = witness.figures ?? [];
    entry.also = witness.also ?? [];
    if (witness.traceId !== undefined && entry.traceIds.size < LISTED) entry.traceIds.add(witness.traceId);
  }

  /** The condition is over. */
  clear(contradiction: Pick<Contradiction, 'kind' | 'element' | 'detail'>, now: EpochMicroseconds): void {
    const entry = this.#entries.get(idOf(contradiction));
    if (entry?.status !== 'open') return;
    entry.status = 'resolved';
    entry.resolved = now;
  }

  /** One occurrence turned out to be none: what was missing came late. */
  withdraw(contradiction: Pick<Contradiction, 'kind' | 'element' | 'detail'>, traceId: string): void {
    const entry = this.#entries.get(idOf(contradiction));
    if (entry === undefined || entry.count === 0) return;
    entry.count--;
    entry.traceIds.delete(traceId);
    if (entry.count > 0) return;
    entry.retracted = true;
    if (entry.status !== 'open') return;
    entry.status = 'resolved';
    entry.resolved = entry.last;
  }

  /** It turned out to be explained by something else: as if it had never been. */
  retract(contradiction: Pick<Contradiction, 'kind' | 'element' | 'detail'>): void {
    this.#entries.delete(idOf(contradiction));
  }

  /** Event time has come to `now`: resolves what had fresh chances without recurrence, forgets what is long past. */
  advance(now: EpochMicroseconds): void {
    for (const [id, entry] of this.#entries) {
      const chances = this.#chancesOf(entry.contradiction.scope);
      if (entry.status === 'open') {
        if (entry.lasting) continue;
        if (chances.last > entry.last && now - entry.last >= this.#options.quiet) {
          entry.status = 'resolved';
          entry.resolved = now;
        }
      } else if (!this.#options.whole && now - (entry.resolved ?? entry.last) > this.#options.kept) {
        this.#entries.delete(id);
      }
    }
  }

  /** Open first, then resolved, newest first. */
  divergences(isFinal: (last: EpochMicroseconds) => boolean): Divergence[] {
    const shown = [...this.#entries.values()].filter((entry) => entry.status !== 'quiet');
    shown.sort((a, b) => rank(a) - rank(b) || b.last - a.last || (a.id < b.id ? -1 : 1));
    return shown.map((entry) => this.#shown(entry, isFinal));
  }

  #shown(entry: Entry, isFinal: (last: EpochMicroseconds) => boolean): Divergence {
    const { contradiction, count, first, last, figures, also } = entry;
    const instances = [...entry.instances];
    return {
      id: entry.id,
      kind: contradiction.kind,
      element: contradiction.element,
      message: contradiction.sentence({ count, of: entry.of, instances, figures }),
      status: entry.status === 'open' ? 'open' : 'resolved',
      verdict: entry.retracted ? 'retracted' : isFinal(last) ? 'final' : 'pending',
      count,
      of: entry.of,
      first,
      last,
      ...(entry.resolved === undefined ? {} : { resolved: entry.resolved }),
      evidence: { traceIds: [...entry.traceIds], instances, figures, also },
    };
  }

  #newEntry(id: string, contradiction: Contradiction): Entry {
    const entry: Entry = {
      contradiction,
      id,
      recent: new SlidingCount(60),
      status: 'quiet',
      count: 0,
      chancesBefore: 0,
      of: 0,
      first: Number.POSITIVE_INFINITY,
      last: Number.NEGATIVE_INFINITY,
      resolved: undefined,
      traceIds: new Set(),
      instances: new Set(),
      figures: [],
      also: [],
      lasting: false,
      retracted: false,
    };
    this.#entries.set(id, entry);
    return entry;
  }

  #chancesOf(scope: string): SlidingCount {
    let chances = this.#chances.get(scope);
    if (chances === undefined) {
      chances = new SlidingCount(60);
      this.#chances.set(scope, chances);
    }
    return chances;
  }
}

function idOf({ kind, element, detail }: Pick<Contradiction, 'kind' | 'element' | 'detail'>): string {
  return detail === '' ? `${kind}:${element}` : `${kind}:${element}:${detail}`;
}

function rank(entry: Entry): number {
  return entry.status === 'open' ? 0 : 1;
}
