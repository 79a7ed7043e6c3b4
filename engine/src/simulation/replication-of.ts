/** What a kernel holds now, as plain data: of a run that is over, or of one that goes on. */
import { noResources } from './activities/resources.ts';
import type { KernelRun } from './kernel.ts';
import type { ReplicationResult, TimedFigures } from './run-replication.ts';
import { together } from './stations/index.ts';
import type { Tallies } from './tallies.ts';

export function replicationOf(run: KernelRun, index: number): ReplicationResult {
  return {
    index,
    finished: run.finished,
    events: run.events,
    measured: run.to - run.from,
    refused: run.refused,
    timed: [
      ...figuresOf(run.tallies, run.to),
      ...figuresOf(run.deliveries.tallies, run.to),
      ...(run.activities === null ? [] : figuresOf(run.activities.tallies, run.to)),
    ],
    roundTrips: figuresOf(run.roundTrips, run.to),
    waited: [...run.waited],
    served: [...run.served],
    cores: together(run.cores.figures(run.to), run.stations.figures(run.to)),
    threads: run.threads.figures(run.to),
    turnedAway: run.turnedAway,
    connections: run.places.connections.figures(run.to),
    bulkheads: run.places.bulkheads.figures(run.to),
    caches: run.caches,
    deliveries: run.deliveries.figures(),
    laws: run.laws.map((sketch) => sketch.data()),
    levels: run.levels,
    machines: run.populations.map((population) => population.figures()),
    resources: run.activities?.resources.figures(run.to) ?? noResources,
    present: run.presence.figures(run.to),
    incidents: run.incidents.list(),
    happenings: run.changes?.events() ?? [],
    eventCounts: run.changes?.counts() ?? [],
    series: run.series,
    windows: run.windows,
  };
}

function figuresOf(tallies: Tallies, now: number): readonly TimedFigures[] {
  const concurrency = tallies.concurrency(now);
  return tallies.latencies.map((sketch, index) => ({
    started: tallies.started(index),
    failed: tallies.failed(index),
    completed: tallies.completed(index),
    earlier: { completed: tallies.earlier(index), failed: tallies.earlierFailed(index) },
    concurrency: concurrency[index]!,
    latency: sketch.data(),
  }));
}
