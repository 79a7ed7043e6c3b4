/** Calls that components turned away, as findings: figures of response times are silent about them. */
import { formatCount, formatShare } from '../numeric/index.ts';
import type { Finding } from './result.ts';
import type { Measured, Sample } from './subjects.ts';

export function refusals(measured: readonly Measured[]): readonly Finding[] {
  return measured.flatMap(({ subject: { element, kind }, samples }): Finding[] => {
    if (kind !== 'component') return [];
    const name = element.slice(element.lastIndexOf('.') + 1);
    const started = sum(samples, (sample) => sample.started);
    const finding = (code: string, count: number, text: (calls: string, share: string) => string): Finding[] => {
      if (count === 0) return [];
      const calls = `${formatCount(count)} ${count === 1 ? 'call' : 'calls'}`;
      const share = started === 0 ? '' : `, ${formatShare(count / started)} of all`;
      return [{ code, severity: 'warning', element, message: text(calls, share) }];
    };
    const isFull = (calls: string, share: string): string =>
      `${name} refused ${calls}${share}: its threads were busy and its queue was full.`;
    const isLimited = (calls: string, share: string): string =>
      `${name} refused ${calls}${share}: they came faster than its \`limit\` lets them in.`;
    const isGone = (calls: string, share: string): string =>
      `${calls} to ${name}${share} failed at once: no replica took calls.`;
    const isKeptBack = (calls: string): string =>
      `${calls} to ${name} failed at once at the caller: its \`bulkhead\` was full.`;
    const isLost = (calls: string): string => `The requests or replies of ${calls} to ${name} were lost on a link.`;
    return [
      ...finding(
        'messages-lost',
        sum(samples, ({ turnedAway }) => turnedAway.lost),
        isLost,
      ),
      ...finding(
        'calls-refused',
        sum(samples, (sample) => sample.refused),
        isFull,
      ),
      ...finding(
        'calls-limited',
        sum(samples, ({ turnedAway }) => turnedAway.limit),
        isLimited,
      ),
      ...finding(
        'no-replica',
        sum(samples, ({ turnedAway }) => turnedAway.noReplica),
        isGone,
      ),
      ...finding(
        'calls-kept-back',
        sum(samples, ({ turnedAway }) => turnedAway.bulkhead),
        isKeptBack,
      ),
    ];
  });
}

function sum(samples: readonly Sample[], of: (sample: Sample) => number): number {
  return samples.reduce((total, sample) => total + of(sample), 0);
}
