/** Calls that components turned away, as findings: figures of response times are silent about them. */
import { formatCount, formatShare } from '../numeric/index.ts';
import type { Finding } from './result.ts';
import type { Measured } from './subjects.ts';

export function refusals(measured: readonly Measured[]): readonly Finding[] {
  return measured.flatMap(({ subject: { element, kind }, samples }): Finding[] => {
    const refused = samples.reduce((sum, sample) => sum + sample.refused, 0);
    if (kind !== 'component' || refused === 0) return [];
    const started = samples.reduce((sum, sample) => sum + sample.started, 0);
    const name = element.slice(element.lastIndexOf('.') + 1);
    const calls = refused === 1 ? 'call' : 'calls';
    const message = `${name} refused ${formatCount(refused)} ${calls}, ${formatShare(refused / started)} of all: its threads were busy and its queue was full.`;
    return [{ code: 'calls-refused', severity: 'warning', element, message }];
  });
}
