/**
 * Puts what several recordings hold into one order of event time, without holding all of it. A recording may be out of order
 * by as much as half the window; what is later than that comes late, as it would live.
 */
import type { Observation } from '@pollux/engine/observation';

interface Source {
  readonly batches: AsyncIterator<readonly Observation[]>;
  /** In order of time once it is full. */
  buffer: Observation[];
  exhausted: boolean;
}

/** Observations held back, all recordings together. */
const WINDOW = 40_000;

/** When a source would have sent it: at its end. */
export function eventTime(observation: Observation): number {
  return observation.kind === 'span' ? observation.end : observation.time;
}

export async function* inEventTime(
  recordings: readonly AsyncIterable<readonly Observation[]>[],
  window: number = WINDOW,
): AsyncGenerator<readonly Observation[]> {
  const each = Math.max(2, Math.floor(window / Math.max(1, recordings.length)));
  const sources: Source[] = recordings.map((recording) => ({
    batches: recording[Symbol.asyncIterator](),
    buffer: [],
    exhausted: false,
  }));
  while (sources.some(({ exhausted, buffer }) => !exhausted || buffer.length > 0)) {
    for (const source of sources) await fill(source, each);
    const until = Math.min(...sources.map(settled));
    const batch = sources.flatMap((source) => takeUntil(source, until));
    batch.sort(byTime);
    if (batch.length > 0) yield batch;
  }
}

async function fill(source: Source, size: number): Promise<void> {
  if (source.exhausted || source.buffer.length >= size) return;
  while (source.buffer.length < size) {
    const { done, value } = await source.batches.next();
    if (done === true) {
      source.exhausted = true;
      break;
    }
    for (const observation of value) source.buffer.push(observation);
  }
  source.buffer.sort(byTime);
}

/** Up to when nothing is expected to come any more. */
function settled({ buffer, exhausted }: Source): number {
  const middle = buffer[buffer.length >> 1];
  return exhausted || middle === undefined ? Number.POSITIVE_INFINITY : eventTime(middle);
}

function takeUntil(source: Source, until: number): readonly Observation[] {
  let count = 0;
  for (const observation of source.buffer) {
    if (eventTime(observation) > until) break;
    count++;
  }
  return source.buffer.splice(0, count);
}

function byTime(a: Observation, b: Observation): number {
  return eventTime(a) - eventTime(b);
}
