/**
 * Windows of equal length after the warm-up, for expectations `in every d`: what each says of the elements that are asked for. A
 * last shorter one is left out. Knows nothing of verdicts.
 */
import type { ElementId } from '../model/index.ts';
import { type QuantileSketch, RecentRecords, type SketchData } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { figuresBetween, type Reading } from './reading.ts';
import { type Sample, type Subject, subjectsOf } from './subjects.ts';

/** Windows of one length in a run; a run with more of them is not cut up. */
export const WINDOW_LIMIT = 2000;
/** Entries of histograms that the windows of one replication may keep; later windows then have no response times. */
export const ENTRY_LIMIT = 1_000_000;

export interface WindowPlan {
  /** Microseconds. */
  readonly length: number;
  readonly count: number;
  /** Whose figures are wanted. */
  readonly subjects: readonly Subject[];
}

/** As `Sample`, and plain data. */
export type WindowSample = Omit<Sample, 'latency'> & { readonly latency: SketchData };

/** By subject of the plan. */
export interface WindowFigures {
  readonly length: number;
  /** False where the response times of later windows were too many to be kept. */
  readonly isComplete: boolean;
  /** By window. */
  readonly samples: readonly (readonly WindowSample[])[];
}

/** How many whole windows fit into what is measured. */
export function windowCount({ duration, warmup }: CompiledScenario['scenario'], length: number): number {
  return length > 0 ? Math.floor((duration - Math.max(0, warmup)) / length) : 0;
}

export function windowPlans(compiled: CompiledScenario): readonly WindowPlan[] {
  const wanted = new Map<number, Set<ElementId>>();
  for (const { inEvery, measure } of compiled.scenario.expectations) {
    if (inEvery === undefined) continue;
    const elements = wanted.get(inEvery) ?? new Set();
    wanted.set(inEvery, elements.add(measure.element));
  }
  if (wanted.size === 0) return [];
  const subjects = subjectsOf(compiled);
  return [...wanted].flatMap(([length, elements]): WindowPlan[] => {
    const count = windowCount(compiled.scenario, length);
    if (count < 1 || count > WINDOW_LIMIT) return [];
    return [{ length, count, subjects: subjects.filter(({ element }) => elements.has(element)) }];
  });
}

/** Writes the windows of one length in one replication. */
export class WindowWriter {
  readonly #plan: WindowPlan;
  readonly #samples: WindowSample[][] = [];
  readonly #timed: ReadonlyMap<number, RecentRecords>;
  readonly #roundTrips: ReadonlyMap<number, RecentRecords>;
  #before: Reading;
  #entries = 0;

  /** Where the warm-up ends. */
  constructor(
    plan: WindowPlan,
    timed: readonly QuantileSketch[],
    roundTrips: readonly QuantileSketch[],
    begin: Reading,
  ) {
    const recent = (
      indices: readonly number[],
      sketches: readonly QuantileSketch[],
    ): ReadonlyMap<number, RecentRecords> =>
      new Map(
        indices.flatMap((index) => {
          const sketch = sketches[index];
          return sketch === undefined ? [] : [[index, new RecentRecords([sketch])]];
        }),
      );
    this.#plan = plan;
    this.#before = begin;
    this.#timed = recent([...new Set(plan.subjects.flatMap((subject) => subject.timed))], timed);
    this.#roundTrips = recent([...new Set(plan.subjects.flatMap((subject) => subject.roundTrips))], roundTrips);
  }

  /** A window ends. */
  write(reading: Reading): void {
    if (this.#samples.length >= this.#plan.count) return;
    const figures = figuresBetween(this.#before, reading, (index, isRoundTrip) => {
      if (this.#entries >= ENTRY_LIMIT) return undefined;
      const data = (isRoundTrip ? this.#roundTrips : this.#timed).get(index)?.data();
      this.#entries += data?.buckets.length ?? 0;
      return data;
    });
    this.#samples.push(
      this.#plan.subjects.map((subject) => {
        const sample = subject.sample(figures);
        return { ...sample, latency: sample.latency.data() };
      }),
    );
    this.#before = reading;
    for (const records of [...this.#timed.values(), ...this.#roundTrips.values()]) records.restart();
  }

  get figures(): WindowFigures {
    return { length: this.#plan.length, isComplete: this.#entries < ENTRY_LIMIT, samples: this.#samples };
  }
}
