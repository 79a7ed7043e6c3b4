/**
 * Windows of equal length after the warm-up, for expectations `in every d`: what each says of the elements that are asked for. A
 * last shorter one is left out. Knows nothing of verdicts.
 */
import type { ElementId } from '../model/index.ts';
import { type QuantileSketch, RecentRecords, type SketchData } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { figuresBetween, type Reading, type Recorded } from './reading.ts';
import type { Readable } from './recorder.ts';
import { type LawName, lawNames, type Sample, type Subject, sketchOf } from './sample.ts';
import { subjectsOf } from './subjects.ts';

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
export type WindowSample = Omit<Sample, 'latency' | 'laws'> & {
  readonly latency: SketchData;
  readonly laws: Readonly<Partial<Record<LawName, SketchData>>>;
};

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
  readonly #recent: Readonly<Record<Recorded, ReadonlyMap<number, RecentRecords>>>;
  readonly #laws: number;
  #before: Reading;
  #entries = 0;

  /** Where the warm-up ends. */
  constructor(plan: WindowPlan, run: Readable, begin: Reading) {
    const recent = (
      indicesOf: (subject: Subject) => readonly number[],
      sketches: readonly QuantileSketch[],
    ): ReadonlyMap<number, RecentRecords> =>
      new Map(
        plan.subjects.flatMap(indicesOf).flatMap((index) => {
          const sketch = sketches[index];
          return sketch === undefined ? [] : [[index, new RecentRecords([sketch])]];
        }),
      );
    this.#plan = plan;
    this.#before = begin;
    this.#laws = run.laws.length;
    this.#recent = {
      timed: recent((subject) => subject.timed, run.latencies),
      roundTrips: recent((subject) => subject.roundTrips, run.roundTripLatencies),
      laws: recent((subject) => subject.laws, run.laws),
    };
  }

  /** A window ends. */
  write(reading: Reading): void {
    if (this.#samples.length >= this.#plan.count) return;
    const figures = figuresBetween(this.#before, reading, this.#laws, (what, index) => {
      if (this.#entries >= ENTRY_LIMIT) return undefined;
      const data = this.#recent[what].get(index)?.data();
      this.#entries += data?.buckets.length ?? 0;
      return data;
    });
    this.#samples.push(this.#plan.subjects.map((subject) => plain(subject.sample(figures))));
    this.#before = reading;
    for (const records of Object.values(this.#recent)) for (const one of records.values()) one.restart();
  }

  get figures(): WindowFigures {
    return { length: this.#plan.length, isComplete: this.#entries < ENTRY_LIMIT, samples: this.#samples };
  }
}

function plain(sample: Sample): WindowSample {
  const laws: Partial<Record<LawName, SketchData>> = {};
  for (const name of lawNames) {
    const law = sample.laws[name];
    if (law !== undefined) laws[name] = law.data();
  }
  return { ...sample, latency: sample.latency.data(), laws };
}

/** As it was before it was made plain. */
export function sampleOf(window: WindowSample): Sample {
  const laws: Partial<Record<LawName, QuantileSketch>> = {};
  for (const name of lawNames) {
    const law = window.laws[name];
    if (law !== undefined) laws[name] = sketchOf([law]);
  }
  return { ...window, latency: sketchOf([window.latency]), laws };
}
