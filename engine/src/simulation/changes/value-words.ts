/** The value of a parameter as a person reads it in a list of what happened. */
import type { Distribution, ParameterName, Value } from '../../model/index.ts';
import { formatFigure, formatSeconds, formatShare, isDistribution, meanOf, SECOND } from '../../numeric/index.ts';

export function formatValueOf(name: ParameterName, value: Value | Distribution): string {
  const isTime = name === 'takes' || name === 'delays';
  if (isDistribution(value)) return `a law of mean ${formatSeconds(meanOf(value) / SECOND)}`;
  if (typeof value !== 'number') return String(value);
  if (isTime) return formatSeconds(value / SECOND);
  return name === 'fails' || name === 'cache' ? formatShare(value) : formatFigure(value);
}
