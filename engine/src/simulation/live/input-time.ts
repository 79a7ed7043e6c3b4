/** When what a person does to a live run takes effect: at once, at a time that a text can say in a few digits. */

/** Microseconds: the next round moment, in a run of that duration. A hundred thousand of them make up the run. */
export function inputTime(now: number, duration: number): number {
  const grain = powerOfTenBelow(duration / 100_000);
  return Math.min(Math.ceil(now / grain) * grain, Math.max(now, duration));
}

/** At least 1. */
function powerOfTenBelow(most: number): number {
  let power = 1;
  while (power * 10 <= most) power *= 10;
  return power;
}
