/** A run that is looked at slice by slice, to see when it forgets how it began. Its figures are those of any other run. */
import type { CompiledScenario } from '../compile-scenario.ts';
import { Kernel, type RunControl } from '../kernel.ts';
import { replicationOf } from '../replication-of.ts';
import { FIRST_TOKEN_LIMIT, TOKEN_LIMIT } from '../run-limits.ts';
import type { ReplicationResult } from '../run-replication.ts';
import { subjectsOf } from '../subjects.ts';

/** MSER-5 takes five of them together. */
export const SLICES = 1000;

/** The scenario is to have no warm-up: the series begins with the run. */
export function runPilot(compiled: CompiledScenario, index: number, control: RunControl): ReplicationResult {
  return sliced(compiled, index, control, FIRST_TOKEN_LIMIT) ?? sliced(compiled, index, control, TOKEN_LIMIT)!;
}

/** Null where the space did not do. */
function sliced(
  compiled: CompiledScenario,
  index: number,
  control: RunControl,
  tokenLimit: number,
): ReplicationResult | null {
  const kernel = new Kernel(compiled, tokenLimit, tokenLimit < TOKEN_LIMIT);
  const { loads, scenario } = compiled;
  const subjects = subjectsOf(compiled);
  const timed = loads.map(({ load }) => subjects.find(({ element }) => element === load.behaviour)?.timed ?? []);
  const series = loads.map((): number[] => []);
  const areas = loads.map(() => 0);
  kernel.begin(index);
  for (let slice = 1; slice <= SLICES; slice++) {
    const isOver = kernel.runUntil((scenario.duration * slice) / SLICES, control);
    const run = kernel.soFar();
    if (run.needsMore) return null;
    // One that stands still or was given up says nothing more.
    if (isOver && slice < SLICES) break;
    const concurrency = run.tallies.concurrency(run.to);
    timed.forEach((tallied, at) => {
      const area = tallied.reduce((sum, index) => sum + concurrency[index]!, 0) * run.to;
      series[at]!.push((area - areas[at]!) / (scenario.duration / SLICES));
      areas[at] = area;
    });
  }
  return { ...replicationOf(kernel.finish(), index), pilot: series };
}
