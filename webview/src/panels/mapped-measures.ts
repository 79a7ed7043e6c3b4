/** Which figures of a sweep are worth a map: what decides whether an expectation is met. Knows nothing of drawing. */
import { isShare } from '@pollux/engine/property';
import type { JudgedExpectation, SimulationResult, SweepPoint, SweepResult } from '@pollux/engine/simulation';
import type { ElementWords } from './measure-tables.ts';
import { parted } from './verdict-strip.ts';

export interface MappedMeasure {
  /** As the text names it: `p95(Checkout)`. */
  readonly text: string;
  /** `< 400 ms`; empty where nothing is expected of it. */
  readonly bound: string;
  readonly isShare: boolean;
  /** What a run found; null where it found nothing. */
  of(result: SimulationResult): Found | null;
}

type Found = Pick<JudgedExpectation, 'value' | 'unit'> & Partial<Pick<JudgedExpectation, 'verdict'>>;

/** More maps than these tell nothing at a glance. */
const most = 4;

/**
 * Each expectation that some point does not meet; where all meet all, the first. Without an expectation the p95 of what was measured
 * first.
 */
export function mappedMeasures({ points }: SweepResult, words: ElementWords): readonly MappedMeasure[] {
  const results = points.flatMap(({ result }) => result ?? []);
  const [first] = results;
  if (first === undefined) return [];
  const at = (index: number) => (result: SimulationResult) => result.expectations[index] ?? null;
  const expected = first.expectations.map(({ text }, index): MappedMeasure => {
    const { measure, bound } = parted(text);
    return { text: measure, bound, isShare: isShare(text), of: at(index) };
  });
  const matters = expected.filter(({ of }) => results.some((result) => of(result)?.verdict !== 'met'));
  if (expected.length > 0) return (matters.length > 0 ? matters : expected.slice(0, 1)).slice(0, most);
  const measured = first.measures.find(({ measure }) => measure === 'p95') ?? first.measures[0];
  if (measured === undefined) return [];
  const { element, measure } = measured;
  return [
    {
      text: `${measure}(${words.name(element)})`,
      bound: '',
      isShare: isShare(measure),
      of: (result) => result.measures.find((one) => one.element === element && one.measure === measure) ?? null,
    },
  ];
}

export function valueAt({ result }: SweepPoint, { of }: MappedMeasure): number | null {
  return result === undefined ? null : (of(result)?.value ?? null);
}

/** Of this measure; where nothing is expected of it, or it was not run, of the whole point. */
export function verdictAt(point: SweepPoint | undefined, { of }: MappedMeasure): SweepPoint['verdict'] | null {
  if (point === undefined || point.status === 'not-run' || point.status === 'impossible') return null;
  return (point.result === undefined ? undefined : of(point.result)?.verdict) ?? point.verdict;
}

export function unitOf({ points }: SweepResult, { of }: MappedMeasure): string {
  for (const { result } of points) {
    const found = result === undefined ? null : of(result);
    if (found !== null) return found.unit;
  }
  return '1';
}
