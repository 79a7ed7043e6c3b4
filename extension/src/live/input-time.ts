/** When what a person does to a live run takes effect: at once, at a time that a text can say in a few digits. */
import type { LiveState } from '@pollux/engine/simulation';

const SECOND = 1e6;

/** Microseconds: the last round moment, so that it shows at once. A hundred thousand of them make up the run. */
export function inputTime({
  frame,
  duration_s,
}: Pick<LiveState, 'duration_s'> & { readonly frame: { readonly time_s: number } }): number {
  const grain = 10 ** Math.max(0, Math.floor(Math.log10((duration_s * SECOND) / 100_000)));
  return Math.floor(Math.round(frame.time_s * SECOND) / grain) * grain;
}
