/** One replication as plain data that survives a message between threads. Whoever merges has the compiled scenario too. */
import type { LevelData, SketchData } from '../numeric/index.ts';
import type { ResourceFigures } from './activities/resources.ts';
import type { CacheFigures } from './caches.ts';
import type { LineFigures } from './call-lines.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import type { DeliveryFigures } from './deliveries.ts';
import type { Incident } from './incidents.ts';
import { Kernel, type RunControl } from './kernel.ts';
import type { MachineFigures } from './population.ts';
import type { PresenceFigures } from './presence.ts';
import { Recorder } from './recorder.ts';
import { replicationOf } from './replication-of.ts';
import type { RunEvent, RunEventCount } from './result.ts';
import { FIRST_TOKEN_LIMIT, TOKEN_LIMIT } from './run-limits.ts';
import type { CoreFigures } from './stations/index.ts';
import type { ThreadFigures } from './threads.ts';
import type { TurnedAwayFigures } from './turned-away.ts';
import type { WindowFigures } from './windows.ts';

/** What was counted in some time: after the warm-up, or in one window of it. */
export interface MeasuredFigures {
  /** Microseconds that were measured. */
  readonly measured: number;
  /** By message of the program, then by interaction, then as activities number theirs. */
  readonly timed: readonly TimedFigures[];
  /** By message, as its caller sees it, links included; empty where the deployment has no latencies. */
  readonly roundTrips: readonly TimedFigures[];
  /** By message: microseconds waited for a core, and how many wanted one. */
  readonly waited: readonly number[];
  readonly served: readonly number[];
  readonly cores: CoreFigures;
  readonly threads: ThreadFigures;
  readonly turnedAway: TurnedAwayFigures;
  /** As the law plan numbers them. */
  readonly laws: readonly SketchData[];
  /** As the level plan numbers them. */
  readonly levels: readonly LevelData[];
  /** By compiled machine. */
  readonly machines: readonly MachineFigures[];
  readonly resources: ResourceFigures;
  readonly present: PresenceFigures;
}

export interface ReplicationResult extends MeasuredFigures {
  readonly index: number;
  /** False where it was cancelled: its figures do not count. */
  readonly finished: boolean;
  /** Simulated events, warm-up included. */
  readonly events: number;
  readonly refused: number;
  /** Of connections, by calling replica and then by calling component. */
  readonly connections: LineFigures;
  /** By pair of a calling replica and a called component. */
  readonly bulkheads: LineFigures;
  readonly caches: CacheFigures;
  readonly deliveries: DeliveryFigures;
  readonly incidents: readonly Incident[];
  /** What changed, and how often. */
  readonly happenings: readonly RunEvent[];
  readonly eventCounts: readonly RunEventCount[];
  /** By line of the series plan, then by bucket; NaN where there is nothing to tell. */
  readonly series: readonly (readonly number[])[];
  /** By window of the window plan. */
  readonly windows: readonly WindowFigures[];
  /** Only of a pilot run: by load, the mean number in progress in each of its equal slices. */
  readonly pilot?: readonly (readonly number[])[];
}

export interface TimedFigures {
  /** Begun in the measured time. */
  readonly started: number;
  /** Ended in the measured time, whenever begun. */
  readonly failed: number;
  readonly completed: number;
  /** Of those: begun before. Absent of a window, which nobody asks it of. */
  readonly earlier?: { readonly completed: number; readonly failed: number };
  /** Mean number in progress. */
  readonly concurrency: number;
  /** Microseconds, of those that ended well in the measured time. */
  readonly latency: SketchData;
}

const kernels = new WeakMap<CompiledScenario, Kernel>();

/** Runs the replication with the given index: same model, scenario, seed and index, same result. */
export function runReplication(compiled: CompiledScenario, index: number, control: RunControl = {}): ReplicationResult {
  let kernel = kernels.get(compiled) ?? new Kernel(compiled, FIRST_TOKEN_LIMIT, true);
  let run = kernel.run(index, control, new Recorder(compiled));
  if (run.needsMore) {
    // From the beginning: the same numbers, in a larger space.
    kernel = new Kernel(compiled, TOKEN_LIMIT);
    run = kernel.run(index, control, new Recorder(compiled));
  }
  kernels.set(compiled, kernel);
  return replicationOf(run, index);
}
