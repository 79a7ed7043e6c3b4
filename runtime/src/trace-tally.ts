/** Counts what became of the traces of a replay, by interaction, and what the model does not describe. Bounded in memory. */
import type { ElementId, Model } from '@pollux/engine/model';
import { QuantileSketch } from '@pollux/engine/numeric';
import type { TraceOutcome } from '@pollux/engine/twin';
import type { ReplayedInteraction } from './replay-report.ts';

/** Names of root spans that are counted apart. */
const ROOTS = 1000;
const OTHERS = '(others)';
const NAMELESS = '(no name)';

interface Tally {
  matched: number;
  divergent: number;
  undecided: number;
  readonly durations: QuantileSketch;
}

export class TraceTally {
  readonly #interactions = new Map<ElementId, Tally>();
  readonly #roots = new Map<string, number>();

  hear({ verdict, before, interaction, duration, root }: TraceOutcome): void {
    if (verdict === 'unmodelled') {
      const name = root === undefined || root === '' ? NAMELESS : root;
      const key = this.#roots.has(name) || this.#roots.size < ROOTS ? name : OTHERS;
      this.#roots.set(key, (this.#roots.get(key) ?? 0) + 1);
      return;
    }
    if (interaction === undefined) return;
    const tally = this.#interactions.get(interaction) ?? {
      matched: 0,
      divergent: 0,
      undecided: 0,
      durations: new QuantileSketch(),
    };
    this.#interactions.set(interaction, tally);
    tally[verdict]++;
    if (before !== undefined) tally[before]--;
    if (duration !== undefined) tally.durations.record(duration);
  }

  /** In the order of the text; those that were not seen are left out. */
  interactions(model: Model): ReplayedInteraction[] {
    return model.interactions.flatMap(({ id }) => {
      const tally = this.#interactions.get(id);
      if (tally === undefined) return [];
      const { matched, divergent, undecided, durations } = tally;
      return [
        {
          element: id,
          matched,
          divergent,
          undecided,
          p50_s: quantile(durations, 0.5),
          p95_s: quantile(durations, 0.95),
        },
      ];
    });
  }

  unmodelled(): { readonly root: string; readonly count: number }[] {
    return [...this.#roots]
      .map(([root, count]) => ({ root, count }))
      .sort((a, b) => b.count - a.count || (a.root < b.root ? -1 : 1));
  }
}

function quantile(durations: QuantileSketch, share: number): number | null {
  return durations.count === 0 ? null : durations.quantile(share) / 1e6;
}
