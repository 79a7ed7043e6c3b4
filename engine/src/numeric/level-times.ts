/**
 * For how long something stood at each of its levels: how many waited, which share was busy. In bounded space: beyond some thousand
 * different levels a new one counts as the next lower with eleven leading bits, 0.1 % below it at most. Knows nothing of what it is
 * that has levels.
 */

/** Plain data that survives a message between threads. */
export interface LevelData {
  /** Rising, and for how long each stood. */
  readonly levels: readonly number[];
  readonly times: readonly number[];
  /** Each level times how long it stood, in all. */
  readonly area: number;
}

export const noLevels: LevelData = { levels: [], times: [], area: 0 };

const EXACT_LIMIT = 4096;
const LEADING_BITS = 11;
/** What is left of sums of times by rounding. */
const ROUNDING = 1e-12;

export class LevelTimes {
  /** Levels are kept apart where they differ by one part in so many: 1 for whole numbers. */
  readonly #parts: number;
  /** Where the time of each level stands: keys are levels counted in those parts, small integers. */
  readonly #places = new Map<number, number>();
  #times = new Float64Array(16);
  #area = 0;
  #key = -1;
  #place = -1;

  constructor(parts: number) {
    this.#parts = parts;
  }

  clear(): void {
    this.#places.clear();
    this.#times.fill(0);
    this.#area = 0;
    this.#key = -1;
  }

  /** It stood at a level, from 0 on, for a time; below 0 it had none. */
  pass(level: number, time: number): void {
    if (level < 0) return;
    this.#area += level * time;
    const key = Math.round(level * this.#parts);
    if (key !== this.#key) {
      this.#key = key;
      this.#place = this.#placeOf(key);
    }
    this.#times[this.#place]! += time;
  }

  data(): LevelData {
    const found = [...this.#places]
      .filter(([, place]) => this.#times[place]! > 0)
      .sort(([one], [other]) => one - other);
    return {
      levels: found.map(([key]) => key / this.#parts),
      times: found.map(([, place]) => this.#times[place]!),
      area: this.#area,
    };
  }

  #placeOf(exact: number): number {
    const known = this.#places.get(exact);
    if (known !== undefined) return known;
    const key = this.#places.size < EXACT_LIMIT ? exact : coarse(exact);
    const place = this.#places.get(key) ?? this.#places.size;
    this.#places.set(key, place);
    if (place === this.#times.length) {
      const larger = new Float64Array(place * 2);
      larger.set(this.#times);
      this.#times = larger;
    }
    return place;
  }
}

function coarse(key: number): number {
  let step = 1;
  while (key / step >= 1 << LEADING_BITS) step *= 2;
  return Math.floor(key / step) * step;
}

/** Of several runs together. */
export function allLevels(parts: readonly LevelData[]): LevelData {
  const times = new Map<number, number>();
  let area = 0;
  for (const part of parts) {
    area += part.area;
    part.levels.forEach((level, i) => {
      times.set(level, (times.get(level) ?? 0) + part.times[i]!);
    });
  }
  const levels = [...times.keys()].sort((one, other) => one - other);
  return { levels, times: levels.map((level) => times.get(level)!), area };
}

/** What came to what was there `before`. */
export function levelsSince(before: LevelData, after: LevelData): LevelData {
  const earlier = new Map(before.levels.map((level, i) => [level, before.times[i]!]));
  const grown = after.times.map((time, i) => time - (earlier.get(after.levels[i]!) ?? 0));
  const stood = [...after.levels.keys()].filter((i) => grown[i]! > ROUNDING * after.times[i]!);
  return {
    levels: stood.map((i) => after.levels[i]!),
    times: stood.map((i) => grown[i]!),
    area: after.area - before.area,
  };
}

/** The least level at or below which it stood for a share `q` of the time; NaN where no time passed. */
export function levelAt({ levels, times }: LevelData, q: number): number {
  const wanted = q * totalOf(times) * (1 - ROUNDING);
  let passed = 0;
  for (let i = 0; i < levels.length; i++) {
    passed += times[i]!;
    if (passed >= wanted) return levels[i]!;
  }
  return levels.at(-1) ?? Number.NaN;
}

/** For which share of the time it stood at or below a level; NaN where no time passed. */
export function shareUpToLevel({ levels, times }: LevelData, level: number): number {
  let below = 0;
  for (let i = 0; i < levels.length && levels[i]! <= level; i++) below += times[i]!;
  return below / totalOf(times);
}

/** Over time; NaN where none passed. */
export function meanLevel({ times, area }: LevelData): number {
  return Math.max(0, area) / totalOf(times);
}

function totalOf(times: readonly number[]): number {
  return times.reduce((sum, time) => sum + time, 0);
}
