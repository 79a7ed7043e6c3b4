/** Says in words which transitions an endless step goes round in. */
import type { ElementId, Transition } from '../../model/index.ts';

/** `Paid → Risk → Paid`, from the last transitions taken; where none repeats, as side by side, all that have a part: `Paid, Risk`. */
export function nameCycle(recent: readonly Transition[]): string {
  const period = shortestPeriod(recent);
  if (period === recent.length) return [...new Set(recent.map(({ source }) => shortName(source)))].join(', ');
  const round = recent.slice(recent.length - period);
  const names = round.map((transition) => shortName(transition.source));
  const back = round[0];
  return [...names, back === undefined ? '' : shortName(back.source)].join(' → ');
}

/** The way into the circle, in the first half, need not repeat. */
function shortestPeriod(items: readonly Transition[]): number {
  for (let period = 1; period <= items.length / 2; period++) {
    let repeats = true;
    for (let i = Math.max(period, items.length >> 1); i < items.length && repeats; i++)
      repeats = items[i] === items[i - period];
    if (repeats) return period;
  }
  return items.length;
}

function shortName(id: ElementId): string {
  return id.slice(id.lastIndexOf('.') + 1);
}
