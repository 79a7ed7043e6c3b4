/**
 * When a run is read off besides at its end: at the ends of the buckets of its series and of the windows of its expectations. The
 * kernel asks only for the next such time, so that events cost nothing more.
 */
import type { QuantileSketch } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import type { Reading } from './reading.ts';
import type { ReplicationResult } from './run-replication.ts';
import { type SeriesPlan, SeriesWriter, seriesPlan } from './series.ts';
import { type WindowPlan, WindowWriter, windowPlans } from './windows.ts';

/** What can be read off. */
export interface Readable {
  reading(now: number): Reading;
  readonly latencies: readonly QuantileSketch[];
  readonly roundTripLatencies: readonly QuantileSketch[];
  /** As the law plan numbers them. */
  readonly laws: readonly QuantileSketch[];
}

interface Plan {
  readonly series: SeriesPlan;
  readonly windows: readonly WindowPlan[];
}

const plans = new WeakMap<CompiledScenario, Plan>();

function planOf(compiled: CompiledScenario): Plan {
  const plan = plans.get(compiled) ?? { series: seriesPlan(compiled), windows: windowPlans(compiled) };
  plans.set(compiled, plan);
  return plan;
}

export class Recorder {
  readonly #plan: Plan;
  readonly #end: number;
  #series: SeriesWriter | null = null;
  #windows: readonly WindowWriter[] = [];
  /** Buckets written, and windows of each length. */
  #buckets = 0;
  #written: number[] = [];
  #measuredFrom = Number.POSITIVE_INFINITY;
  /** When to read next, microseconds; Infinity: not before the end. */
  next: number;

  constructor(compiled: CompiledScenario) {
    this.#plan = planOf(compiled);
    this.#end = compiled.scenario.duration;
    this.next = this.#nextTime();
  }

  begin(run: Readable): void {
    this.#series = new SeriesWriter(this.#plan.series, run.latencies, run.reading(0));
  }

  /** The warm-up ends: to be called while what was counted in it is still there. */
  endWarmup(now: number, run: Readable): void {
    if (now === this.#bucketEnd()) this.#endBucket(run.reading(now));
  }

  /** What was counted until now is cleared, and counting begins anew. */
  mark(now: number, run: Readable): void {
    const reading = run.reading(now);
    this.#series?.restart(reading);
    this.#measuredFrom = now;
    const { windows } = this.#plan;
    this.#windows = windows.map((plan) => new WindowWriter(plan, run, reading));
    this.#written = windows.map(() => 0);
    this.next = this.#nextTime();
  }

  read(now: number, run: Readable): void {
    const reading = run.reading(now);
    if (now === this.#bucketEnd()) this.#endBucket(reading);
    this.#windows.forEach((window, i) => {
      if (now !== this.#windowEnd(i)) return;
      window.write(reading);
      this.#written[i]!++;
    });
    this.next = this.#nextTime();
  }

  /** The run is over: what it leaves of a last bucket counts too. */
  finish(now: number, run: Readable): void {
    if (now <= this.#buckets * this.#plan.series.step || now <= this.#measuredFrom) return;
    const reading = run.reading(now);
    this.#endBucket(reading);
    this.#windows.forEach((window, i) => {
      if (now === this.#windowEnd(i)) window.write(reading);
    });
  }

  get series(): ReplicationResult['series'] {
    return this.#series?.values ?? [];
  }

  get windows(): ReplicationResult['windows'] {
    return this.#windows.map(({ figures }) => figures);
  }

  #endBucket(reading: Reading): void {
    this.#series?.write(reading);
    this.#buckets++;
  }

  #bucketEnd(): number {
    return (this.#buckets + 1) * this.#plan.series.step;
  }

  #windowEnd(i: number): number {
    return this.#measuredFrom + (this.#written[i]! + 1) * this.#plan.windows[i]!.length;
  }

  #nextTime(): number {
    const next = Math.min(this.#bucketEnd(), ...this.#windows.map((_, i) => this.#windowEnd(i)));
    return next < this.#end ? next : Number.POSITIVE_INFINITY;
  }
}
