/** How the last run of each scenario went; the overlay has the figures of one run a document. Knows nothing of VS Code. */
import type { ElementId } from '@pollux/engine/model';
import type { Overlay } from './diagram/overlay.ts';
import { type LastRun, summaryOf } from './lenses.ts';

export class LastRuns {
  readonly #overlay: Overlay;
  readonly #summaries = new Map<string, Map<ElementId, Omit<LastRun, 'isShown'>>>();

  constructor(overlay: Overlay) {
    this.#overlay = overlay;
  }

  /** Keeps how the run went that the overlay of the document has now. */
  note(uri: string): void {
    const { result } = this.#overlay.of(uri);
    if (result === null) return;
    const summaries = this.#summaries.get(uri) ?? new Map<ElementId, Omit<LastRun, 'isShown'>>();
    const fellShort = result.expectations.some(({ verdict }) => verdict === 'missed');
    this.#summaries.set(uri, summaries.set(result.scenario, { summary: summaryOf(result), fellShort }));
  }

  /** Of each scenario that was run, by its id. */
  of(uri: string): ReadonlyMap<ElementId, LastRun> {
    const shown = this.#overlay.of(uri).result?.scenario;
    const summaries = [...(this.#summaries.get(uri) ?? [])];
    return new Map(summaries.map(([scenario, run]) => [scenario, { ...run, isShown: scenario === shown }]));
  }
}
