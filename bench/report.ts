/** What every benchmark hands back; `run.ts` prints it. Knows nothing of any one benchmark. */

export interface BenchReport {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** The stable keys that scripts read from the last line. */
  readonly figures: Readonly<Record<string, number>>;
  /** What a reader must know to judge the table: the machine, what was left out. */
  readonly notes?: readonly string[];
}

/** Median of the per-second figures of several runs of `work`, which returns how many items it handled. */
export function perSecond(work: () => number, runs = 5): number {
  work();
  const figures: number[] = [];
  for (let run = 0; run < runs; run++) {
    const begin = process.cpuUsage();
    const items = work();
    const used = process.cpuUsage(begin);
    figures.push(items / ((used.user + used.system) / 1e6));
  }
  return median(figures);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
