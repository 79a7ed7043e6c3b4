/** Figures in the words of a finding: as a person would write them into the model, without digits that say nothing. */
import { formatFigure, formatRate, formatSeconds, formatShare } from '@pollux/engine/numeric';

const SECOND = 1e6;

/** Microseconds → `2 s`. */
export function timeText(time: number): string {
  return plain(formatSeconds(time / SECOND));
}

/** A second → `2/h`. */
export function rateText(perSecond: number): string {
  return plain(formatRate(perSecond));
}

export function countText(count: number): string {
  return plain(formatFigure(count));
}

/** A fraction → `3 %`. */
export function shareText(fraction: number): string {
  return plain(formatShare(fraction));
}

function plain(text: string): string {
  return text.replace(/\.0(?= |\/|$)/, '');
}
