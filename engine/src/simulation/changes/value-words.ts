/** The value of a parameter as a person reads it in a list of what happened. */
import type { Distribution, ParameterName, Value } from '../../model/index.ts';
import { formatFigure, formatSeconds, formatShare, isDistribution, meanOf, SECOND } from '../../numeric/index.ts';
import { unitOf } from '../parameter-units.ts';

export function formatValueOf(name: ParameterName, value: Value | Distribution): string {
  if (isDistribution(value)) return `a law of mean ${formatSeconds(meanOf(value) / SECOND)}`;
  if (typeof value !== 'number') return String(value);
  switch (unitOf(name)) {
    case 'time':
      return formatSeconds(value / SECOND);
    case 'share':
      return formatShare(value);
    case 'rate':
      return `${formatFigure(value)}/s`;
    case 'count':
      return formatFigure(value);
  }
}
