/** What an element did between two moments of a run, from what was counted of it until each. Knows nothing of runs. */
import { lowerEdge, QuantileSketch, type SketchData } from '../../numeric/index.ts';
import { lawNames, type Sample } from '../sample.ts';

export function sampleBetween(from: Sample, to: Sample): Sample {
  const seconds = to.seconds - from.seconds;
  // Means since the beginning become areas, and their difference the mean of the time between.
  const mean = (field: 'concurrency' | 'utilization' | 'queue' | 'saturated' | 'cost'): number => {
    const area = to[field] * to.seconds - (from.seconds > 0 ? from[field] * from.seconds : 0);
    return seconds > 0 ? Math.max(0, area / seconds) : Number.NaN;
  };
  const grown = (field: 'started' | 'completed' | 'failed' | 'waited' | 'served' | 'refused' | 'count'): number =>
    to[field] - from[field];
  const laws = lawNames.flatMap((name) => {
    const law = to.laws[name];
    return law === undefined ? [] : [[name, sketchBetween(from.laws[name]?.data(), law.data())] as const];
  });
  return {
    ...to,
    seconds,
    started: grown('started'),
    completed: grown('completed'),
    failed: grown('failed'),
    waited: grown('waited'),
    served: grown('served'),
    refused: grown('refused'),
    count: grown('count'),
    concurrency: mean('concurrency'),
    utilization: mean('utilization'),
    queue: mean('queue'),
    saturated: mean('saturated'),
    cost: mean('cost'),
    latency: sketchBetween(from.latency.data(), to.latency.data()),
    laws: Object.fromEntries(laws),
    ...instancesBetween(from, to),
  };
}

function instancesBetween({ instances: from }: Sample, { instances: to }: Sample): Pick<Sample, 'instances'> {
  if (from === undefined || to === undefined) return {};
  const { seen, ended, began } = to;
  return { instances: { seen: seen - from.seen, ended: ended - from.ended, began: began - from.began } };
}

/** What was recorded after the first of two states of one sketch; its extremes are known as well as buckets are narrow. */
function sketchBetween(before: SketchData | undefined, now: SketchData): QuantileSketch {
  const counted = new Map(before?.buckets.map((bucket, index) => [bucket, before.counts[index] ?? 0]));
  const counts = now.counts.map((count, index) => count - (counted.get(now.buckets[index] ?? -1) ?? 0));
  const used = now.buckets.filter((_, index) => (counts[index] ?? 0) > 0);
  const [lowest, highest] = [used[0], used[used.length - 1]];
  const zeros = now.zeros - (before?.zeros ?? 0);
  const sketch = new QuantileSketch();
  sketch.mergeData({
    ...now,
    counts,
    zeros,
    sum: now.sum - (before?.sum ?? 0),
    minimum: zeros > 0 ? 0 : lowest === undefined ? Number.POSITIVE_INFINITY : Math.max(now.minimum, lowerEdge(lowest)),
    maximum:
      highest !== undefined ? Math.min(now.maximum, lowerEdge(highest + 1)) : zeros > 0 ? 0 : Number.NEGATIVE_INFINITY,
  });
  return sketch;
}
