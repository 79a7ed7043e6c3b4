/** Findings of runs, one a line, with the place that they are about. */
import type { Finding } from '@pollux/engine/simulation';
import type { ElementNames } from './element-names.ts';
import type { Paint } from './paint.ts';

export function findingsText(findings: readonly Finding[], names: ElementNames, paint: Paint): string {
  return findings
    .map(({ severity, element, message, code }) => {
      const colour = severity === 'error' ? paint.bad : severity === 'warning' ? paint.doubtful : paint.quiet;
      const place = names.place(element);
      return `${place === '' ? '' : `${place} `}${colour(severity)} ${message} ${paint.quiet(`[${code}]`)}\n`;
    })
    .join('');
}
