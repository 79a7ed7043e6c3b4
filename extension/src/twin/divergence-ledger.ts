/**
 * The divergences of one attachment as a person follows them: which are new, which went away and when, and which are to be
 * listed. Knows nothing of VS Code, and not how they are found.
 */
import type { Divergence, TwinState } from '@pollux/engine/twin';

/** Resolved ones stay listed, so that a fault that came and went is not lost. */
const KEPT = 50;

interface LedgerChange {
  readonly appeared: readonly Divergence[];
  readonly resolved: readonly Divergence[];
  /** What diagnostics must show has changed: another set, or other sentences. */
  readonly shown: boolean;
}

export class DivergenceLedger {
  #open = new Map<string, Divergence>();
  #resolved: Divergence[] = [];

  open(): Divergence[] {
    return [...this.#open.values()];
  }

  /** Newest first. */
  resolved(): readonly Divergence[] {
    return this.#resolved;
  }

  take(state: TwinState): LedgerChange {
    const open = new Map(state.divergences.filter(isOpen).map((divergence) => [divergence.id, divergence]));
    const appeared = [...open.values()].filter(({ id }) => !this.#open.has(id));
    const resolved = [...this.#open.values()]
      .filter(({ id }) => !open.has(id))
      .map((last) => this.#ending(last, state));
    const reworded = [...open.values()].some(({ id, message }) => this.#open.get(id)?.message !== message);
    this.#open = open;
    const back = new Set(open.keys());
    this.#resolved = [...resolved.reverse(), ...this.#resolved].filter(({ id }) => !back.has(id)).slice(0, KEPT);
    return { appeared, resolved, shown: reworded || resolved.length > 0 };
  }

  /** Where the state has dropped it without a word, it ended with the state's newest evidence. */
  #ending(last: Divergence, state: TwinState): Divergence {
    const told = state.divergences.find(({ id }) => id === last.id);
    return told ?? { ...last, status: 'resolved', resolved: state.newest };
  }
}

function isOpen({ status, verdict }: Divergence): boolean {
  return status === 'open' && verdict !== 'retracted';
}
