/** The series of all replications as one: bucket by bucket the mean with its interval. Knows nothing of what is measured. */
import { meanInterval, SECOND } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import type { ElementSeries, Series } from './result.ts';
import type { ReplicationResult } from './run-replication.ts';
import { seriesPlan } from './series.ts';

export function mergeSeries(compiled: CompiledScenario, results: readonly ReplicationResult[]): Series {
  const { step, lines } = seriesPlan(compiled);
  const buckets = Math.max(0, ...results.map(({ series }) => series[0]?.length ?? 0));
  const elements = lines.map(({ element, measure, unit }, line): ElementSeries => {
    const figures = Array.from({ length: buckets }, (_, bucket) =>
      meanInterval(results.map(({ series }) => series[line]?.[bucket] ?? Number.NaN)),
    );
    const values = figures.map(({ mean }) => shown(mean));
    const hasInterval = figures.some(({ count }) => count > 1);
    if (!hasInterval) return { element, measure, unit, values };
    return {
      element,
      measure,
      unit,
      values,
      lower: figures.map(({ lower }) => shown(Math.max(0, lower))),
      upper: figures.map(({ upper }) => shown(upper)),
    };
  });
  return { step_s: step / SECOND, from_s: 0, buckets, elements };
}

/** A chart shows no more digits than these; without the others it is half as long. */
function shown(figure: number): number | null {
  return Number.isFinite(figure) ? Number(figure.toPrecision(4)) : null;
}
