/** One line on the error stream that says how far a long command is; silent where nobody watches. */
import { formatCount } from '@pollux/engine/numeric';
import type { ExperimentProgress } from '@pollux/engine/simulation';
import type { Terminal } from './terminal.ts';

const EVERY_MS = 100;

export class ProgressLine {
  readonly #terminal: Terminal;
  #shown = false;
  #last = Number.NEGATIVE_INFINITY;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(text: string): void {
    const now = performance.now();
    if (!this.#terminal.progress || now - this.#last < EVERY_MS) return;
    this.#last = now;
    this.#shown = true;
    this.#terminal.error(`\r\x1b[2K${text}`);
  }

  clear(): void {
    if (this.#shown) this.#terminal.error('\r\x1b[2K');
    this.#shown = false;
  }
}

export function experimentLine({ label, done, planned, share, events }: ExperimentProgress): string {
  const runs = `run ${formatCount(done)} of ${formatCount(planned)}`;
  return `${label === '' ? '' : `${label}, `}${runs}: ${Math.floor(share * 100)} %, ${formatCount(events)} events`;
}
