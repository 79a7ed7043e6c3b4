/** Calls that took longer, or shorter, than the `within` of their message allows. */

import { formatSeconds } from '../numeric/index.ts';
import type { Occurrence } from '../observation/index.ts';
import type { DivergenceLog } from './divergence-log.ts';
import type { MessageInfo } from './model-names.ts';

const SECOND = 1_000_000;

export function watchConstraint(info: MessageInfo, occurrence: Occurrence, traceId: string, log: DivergenceLog): void {
  const within = info.message.within;
  if (within === undefined) return;
  const scope = `within:${info.message.id}`;
  const time = occurrence.end;
  log.chance(scope, time);
  const duration = occurrence.end - occurrence.start;
  const isSlow = duration > within.maximum;
  if (!isSlow && duration >= (within.minimum ?? 0)) return;
  const bound = (isSlow ? within.maximum : (within.minimum ?? 0)) / SECOND;
  log.occurred(
    {
      kind: 'constraint-violated',
      element: info.message.id,
      detail: isSlow ? '' : 'minimum',
      scope,
      enough: 2,
      ...(within.share === undefined ? {} : { tolerated: 1 - within.share }),
      sentence: ({ count, of, figures }) =>
        `${info.operation} takes ${isSlow ? 'more' : 'less'} than ${formatSeconds(bound)} in ${count} of ${of} calls, ` +
        `last ${formatSeconds(figures[0]?.value ?? 0)}`,
    },
    {
      time,
      traceId,
      figures: [
        { name: 'last', value: duration / SECOND, unit: 's' },
        { name: 'allowed', value: bound, unit: 's' },
      ],
    },
  );
}
