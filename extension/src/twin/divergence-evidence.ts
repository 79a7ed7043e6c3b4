/** What a divergence rests on, as short lines for the Problems view and the tree. Knows nothing of VS Code. */

import { formatFigure, formatSeconds } from '@pollux/engine/numeric';
import type { Divergence } from '@pollux/engine/twin';

export function evidenceLines({ count, of, evidence }: Divergence): string[] {
  const lines = [of > 0 ? `seen ${count} of ${of} times` : `seen ${count} times`];
  for (const { name, value, unit } of evidence.figures) lines.push(`${name} ${measured(value, unit)}`);
  if (evidence.traceIds.length > 0) lines.push(`trace ${evidence.traceIds.join(', ')}`);
  if (evidence.instances.length > 0) lines.push(`instance ${evidence.instances.join(', ')}`);
  return lines;
}

function measured(value: number, unit: string): string {
  if (unit === 's') return formatSeconds(value);
  return unit === '' || unit === '1' ? formatFigure(value) : `${formatFigure(value)} ${unit}`;
}
