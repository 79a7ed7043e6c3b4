/** What a rollout is judged by: measures of one step, of the new version where they are of the component that is rolled out. */
import type { Comparison, ElementId } from '../../model/index.ts';
import { formatValue, QuantileSketch, SECOND } from '../../numeric/index.ts';
import { measureNamed } from '../../property/index.ts';
import { quantileOf } from '../estimate.ts';

/** What ended, and where it can be counted: an operation, its component, the message, an interaction. */
interface Ended {
  readonly elements: readonly (ElementId | null)[];
  /** Of the component that is rolled out, in its new version; of others always. */
  readonly isNew: boolean;
  /** Microseconds. */
  readonly time: number;
  readonly hasFailed: boolean;
}

interface Counted {
  readonly comparison: Comparison;
  readonly latency: QuantileSketch;
  failed: number;
}

export class RolloutWatch {
  readonly #counted: readonly Counted[];

  constructor(comparisons: readonly Comparison[]) {
    this.#counted = comparisons.map((comparison) => ({ comparison, latency: new QuantileSketch(), failed: 0 }));
  }

  /** A step begins. */
  clear(): void {
    for (const counted of this.#counted) {
      counted.latency.clear();
      counted.failed = 0;
    }
  }

  note({ elements, isNew, time, hasFailed }: Ended): void {
    if (!isNew) return;
    for (const counted of this.#counted) {
      if (!elements.includes(counted.comparison.measure.element)) continue;
      if (hasFailed) counted.failed++;
      else counted.latency.record(time);
    }
  }

  /** Why the step is to be undone: all conditions hold. Null where one does not, or nothing was seen that it could be judged by. */
  verdict(duration: number): string | null {
    const reasons = this.#counted.map((counted) => reason(counted, duration));
    const holding = reasons.filter((one) => one !== null);
    return reasons.length > 0 && holding.length === reasons.length ? holding.join(' and ') : null;
  }
}

/** Measures that a step can be judged by. */
export function isJudged(statistic: string): boolean {
  return quantileOf(statistic) !== null || judged.has(statistic);
}

const judged = new Set(['errors', 'availability', 'mean', 'min', 'max', 'rate', 'throughput', 'count']);

/** `errors 4.1 % > 2 %`; null where it does not hold. */
function reason({ comparison, latency, failed }: Counted, duration: number): string | null {
  const { measure, operator, bound } = comparison;
  const value = figure(measure.statistic, latency, failed, duration);
  if (!Number.isFinite(value) || !holds(value, operator, bound)) return null;
  const unit = measureNamed(measure.statistic)?.unit ?? 's';
  const isShare = measure.statistic === 'errors' || measure.statistic === 'availability';
  const words = (figure: number): string => formatValue(unit === 's' ? figure / SECOND : figure, unit, isShare);
  return `${measure.statistic} ${words(value)} ${operator} ${words(bound)}`;
}

function figure(statistic: string, latency: QuantileSketch, failed: number, duration: number): number {
  const ended = latency.count + failed;
  const q = quantileOf(statistic);
  if (q !== null) return latency.count === 0 ? Number.NaN : latency.quantile(q);
  switch (statistic) {
    case 'errors':
      return failed / ended;
    case 'availability':
      return latency.count / ended;
    case 'mean':
      return latency.mean;
    case 'min':
      return latency.count === 0 ? Number.NaN : latency.minimum;
    case 'max':
      return latency.count === 0 ? Number.NaN : latency.maximum;
    case 'rate':
      return (ended / duration) * SECOND;
    case 'throughput':
      return (latency.count / duration) * SECOND;
    case 'count':
      return ended;
    default:
      return Number.NaN;
  }
}

function holds(value: number, operator: Comparison['operator'], bound: number): boolean {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
  }
}
