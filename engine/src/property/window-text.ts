/** Which window of an expectation `in every d` is the worst one, in words: the same in the terminal, in the editor and on pages. */
import { durationText } from '../expressions/index.ts';
import { formatCount, SECOND } from '../numeric/index.ts';

/** Seconds since the beginning of the run, and of how many windows it is the worst. */
export interface JudgedWindow {
  readonly from_s: number;
  readonly length_s: number;
  readonly windows: number;
}

/** `from 40 min to 45 min`. */
export function windowText({ from_s, length_s }: JudgedWindow): string {
  const [from, to] = [from_s, from_s + length_s].map((seconds) => durationText(Math.round(seconds * SECOND)));
  return `from ${from} to ${to}`;
}

/** With of how many it is the worst; empty for what is judged over the whole run. */
export function worstWindowText({ window }: { readonly window?: JudgedWindow }): string {
  if (window === undefined) return '';
  return window.windows === 1
    ? windowText(window)
    : `${windowText(window)}, the worst of ${formatCount(window.windows)} windows`;
}
