/**
 * Waiting for a fraction of a millisecond more exactly than a timer can: what one wait was too long, the next ones are
 * too short, so that means and medians come out right. Knows nothing of who waits.
 */

/** A stall of the machine is not made up for: the error that is carried on stays within this, milliseconds. */
const LONGEST_DEBT = 4;

let debt = 0;

export async function pause(milliseconds: number): Promise<void> {
  const wanted = milliseconds - debt;
  const began = performance.now();
  if (wanted >= 0.5) await new Promise((done) => setTimeout(done, Math.max(1, Math.floor(wanted))));
  const late = performance.now() - began - wanted;
  debt = Math.max(-LONGEST_DEBT, Math.min(LONGEST_DEBT, late));
}
