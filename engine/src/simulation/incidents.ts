/** What went wrong or is worth knowing in a run, counted rather than listed: memory does not grow with a run's length. */
import type { Finding } from './result.ts';
import { ENDLESS_LIMIT } from './run-limits.ts';

export interface Incident extends Finding {
  readonly count: number;
}

/** So many different ones are kept; a model with more has more than enough to look at. */
const LIMIT = 200;

export class Incidents {
  readonly #incidents = new Map<string, { finding: Finding; count: number }>();

  readonly #giveUp: () => void;
  #endless = 0;

  /** `giveUp` is called when behaviours were ended again and again that would not have ended: each takes as long as thousands of others. */
  constructor(giveUp: () => void = () => {}) {
    this.#giveUp = giveUp;
  }

  add(finding: Finding): void {
    if (finding.code === 'step-budget' && ++this.#endless === ENDLESS_LIMIT) this.#giveUp();
    const key = `${finding.code}\n${finding.element}\n${finding.message}`;
    const known = this.#incidents.get(key);
    if (known !== undefined) known.count++;
    else if (this.#incidents.size < LIMIT) this.#incidents.set(key, { finding, count: 1 });
  }

  list(): readonly Incident[] {
    return [...this.#incidents.values()].map(({ finding, count }) => ({ ...finding, count }));
  }
}
