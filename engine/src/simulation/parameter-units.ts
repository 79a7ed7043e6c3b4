/** What the numbers of parameters are: the one home of their units. Knows neither models nor runs. */
import type { ParameterName } from '../model/index.ts';

/** `time` in microseconds, which may be a law; `share` a fraction; `rate` a second; `count` a whole number. */
export type ParameterUnit = 'time' | 'share' | 'rate' | 'count';

const units: Readonly<Record<ParameterName, ParameterUnit>> = {
  replicas: 'count',
  threads: 'count',
  queue: 'count',
  'queue.within': 'time',
  connections: 'count',
  cache: 'share',
  'cache.entries': 'count',
  'cache.ttl': 'time',
  cores: 'count',
  count: 'count',
  takes: 'time',
  delays: 'time',
  fails: 'share',
  limit: 'rate',
  'limit.burst': 'count',
  timeout: 'time',
  retry: 'count',
  backoff: 'time',
  budget: 'share',
  breaker: 'share',
  'breaker.calls': 'count',
  'breaker.open': 'time',
  bulkhead: 'count',
  'bulkhead.queue': 'count',
  hedge: 'time',
};

export function unitOf(name: ParameterName): ParameterUnit {
  return units[name];
}
