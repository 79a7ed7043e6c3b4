/**
 * How a run went over time: some figures of each element in buckets of equal length, from its beginning, warm-up included. Taken
 * from readings at the ends of the buckets, so that no event costs more for it. Knows nothing of replications other than its own.
 */
import type { ElementId } from '../model/index.ts';
import { handyTime, type QuantileSketch, RecentRecords, SECOND } from '../numeric/index.ts';
import { activitySeries, resourceSeries } from './activities/activity-series.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { calledComponents } from './message-table.ts';
import { AREA, COMPLETED, FAILED, meanOver, type Reading, STARTED, TIMED_SHIFT } from './reading.ts';

/** One line of the chart; NaN where there is nothing to tell. */
interface SeriesLine {
  readonly element: ElementId;
  readonly measure: string;
  readonly unit: 's' | '1/s' | '1';
  readonly figure:
    | { readonly kind: 'counted'; of(before: Reading, after: Reading): number }
    /** `indices`: where the latencies are recorded, as tallies number them. */
    | { readonly kind: 'latency'; readonly indices: readonly number[]; of(latencies: RecentRecords): number };
}

export interface SeriesPlan {
  /** Microseconds of a bucket; the last one may be cut off by the end of the run. */
  readonly step: number;
  readonly lines: readonly SeriesLine[];
}

const BUCKETS = 120;
/** Lines beyond these are left out, those of single nodes and replicas first. */
export const LINE_LIMIT = 600;

/** So that there are at most 120 buckets. */
export function bucketLength(duration: number): number {
  return handyTime(duration / BUCKETS);
}

export function seriesPlan(compiled: CompiledScenario): SeriesPlan {
  const lines = [
    ...timedLines(compiled),
    ...nodeLines(compiled),
    ...componentLines(compiled),
    ...activitySeries(compiled).flatMap(({ element, indices }) => linesOf(element, indices)),
    ...resourceLines(compiled),
    ...singleLines(compiled),
  ];
  return { step: bucketLength(compiled.scenario.duration), lines: lines.slice(0, LINE_LIMIT) };
}

function timedLines({ program }: CompiledScenario): SeriesLine[] {
  const groups = new Map<ElementId, number[]>();
  for (const { index, interaction } of program.interactions) {
    groups.set(interaction.id, [program.messages.length + index]);
  }
  for (const { index, operation } of program.messages) {
    if (operation !== null) groups.set(operation, [...(groups.get(operation) ?? []), index]);
  }
  return [...groups].flatMap(([element, indices]) => linesOf(element, indices));
}

/** Of what begins and ends, as tallies number it. */
function linesOf(element: ElementId, indices: readonly number[]): readonly SeriesLine[] {
  const grown = (before: Reading, after: Reading, field: number): number => {
    let sum = 0;
    for (const index of indices) {
      const at = (index << TIMED_SHIFT) + field;
      sum += after.timed[at]! - before.timed[at]!;
    }
    return sum;
  };
  const counted = (
    measure: string,
    unit: SeriesLine['unit'],
    of: (before: Reading, after: Reading) => number,
  ): SeriesLine => ({ element, measure, unit, figure: { kind: 'counted', of } });
  const latency = (measure: string, of: (latencies: RecentRecords) => number): SeriesLine => {
    return { element, measure, unit: 's', figure: { kind: 'latency', indices, of } };
  };
  const aSecond = (field: number) => (before: Reading, after: Reading) =>
    grown(before, after, field) / ((after.time - before.time) / SECOND);
  return [
    counted('rate', '1/s', aSecond(STARTED)),
    counted('throughput', '1/s', aSecond(COMPLETED)),
    counted('errors', '1', (before, after) => {
      const failed = grown(before, after, FAILED);
      return failed / (failed + grown(before, after, COMPLETED));
    }),
    latency('mean', (latencies) => latencies.sum / latencies.count / SECOND),
    latency('p95', (latencies) => latencies.quantile(0.95) / SECOND),
    counted(
      'concurrency',
      '1',
      (before, after) => Math.max(0, grown(before, after, AREA)) / (after.time - before.time),
    ),
  ];
}

/** Of resources: how much of what there was is in use, and how many wait. */
function resourceLines(compiled: CompiledScenario): SeriesLine[] {
  return resourceSeries(compiled).flatMap(({ element, resource, index }): SeriesLine[] => [
    {
      element,
      measure: 'utilization',
      unit: '1',
      figure: {
        kind: 'counted',
        of: (before, after) =>
          meanOver(before, after, ({ resources }) => resources.busy[resource]!) /
          meanOver(before, after, ({ resources }) => resources.present[resource]!),
      },
    },
    {
      element,
      measure: 'queue',
      unit: '1',
      figure: {
        kind: 'counted',
        of: (before, after) => {
          const at = (index << TIMED_SHIFT) + AREA;
          return Math.max(0, after.timed[at]! - before.timed[at]!) / (after.time - before.time);
        },
      },
    },
  ]);
}

function nodeLines({ layout }: CompiledScenario): SeriesLine[] {
  const placed = replicasByNode(layout);
  return layout.kinds.flatMap((element, kind) => {
    const nodes = [...layout.kindOfNode.keys()].filter((node) => layout.kindOfNode[node] === kind);
    return linesOfNodes(element, nodes, placed, layout);
  });
}

function replicasByNode({ kindOfNode, nodeOfReplica }: CompiledScenario['layout']): readonly (readonly number[])[] {
  const placed = Array.from(kindOfNode, (): number[] => []);
  nodeOfReplica.forEach((node, replica) => {
    placed[node]?.push(replica);
  });
  return placed;
}

function linesOfNodes(
  element: ElementId,
  nodes: readonly number[],
  placed: ReturnType<typeof replicasByNode>,
  layout: CompiledScenario['layout'],
): SeriesLine[] {
  const replicas = nodes.flatMap((node) => placed[node]!).sort((a, b) => a - b);
  if (!nodes.some((node) => layout.coresOfNode[node]! > 0)) return [];
  return [
    utilization(element, replicas, nodes, nodes),
    gauge(element, 'queue', ({ cores: { queue } }) => sumOf(queue, nodes)),
  ];
}

function componentLines({ program, layout }: CompiledScenario): SeriesLine[] {
  const called = calledComponents(program.messages);
  return called.flatMap((element, at): SeriesLine[] => {
    const messages = program.messages.filter(({ component, operation }) => component === element && operation !== null);
    if (element === null || messages.length === 0) return [];
    const replicas = [...(layout.replicasOf.get(element) ?? [])];
    const pools = replicas.length > 0 ? replicas : [layout.nodeOfReplica.length + at];
    const nodes = [...new Set(replicas.map((replica) => layout.nodeOfReplica[replica]!))];
    const isThreaded = messages.some(({ needsThread }) => needsThread);
    return [
      ...(nodes.some((node) => layout.coresOfNode[node]! > 0) ? [utilization(element, replicas, nodes)] : []),
      ...(isThreaded ? [gauge(element, 'queue', ({ threads: { queue } }) => sumOf(queue, pools))] : []),
    ];
  });
}

/** Each of several nodes alike, and each of several replicas: `shop.Production.app[2]`. */
function singleLines({ layout }: CompiledScenario): SeriesLine[] {
  const placed = replicasByNode(layout);
  const ofNodes = layout.kinds.flatMap((element, kind) => {
    const nodes = [...layout.kindOfNode.keys()].filter((node) => layout.kindOfNode[node] === kind);
    return nodes.length < 2
      ? []
      : nodes.flatMap((node, i) => linesOfNodes(`${element}[${i + 1}]`, [node], placed, layout));
  });
  const ofReplicas = [...layout.replicasOf].flatMap(([element, replicas]) =>
    replicas.length < 2
      ? []
      : [...replicas].flatMap((replica, i) => {
          const node = layout.nodeOfReplica[replica]!;
          return layout.coresOfNode[node]! > 0 ? [utilization(`${element}[${i + 1}]`, [replica], [node])] : [];
        }),
  );
  return [...ofNodes, ...ofReplicas];
}

/** Of the cores that were there; of a node also by traffic from outside the model. */
function utilization(
  element: ElementId,
  replicas: readonly number[],
  nodes: readonly number[],
  outside: readonly number[] = [],
): SeriesLine {
  const of = (before: Reading, after: Reading): number =>
    meanOver(before, after, ({ cores }) => sumOf(cores.busyCores, replicas) + sumOf(cores.outside, outside)) /
    meanOver(before, after, ({ cores }) => sumOf(cores.cores, nodes));
  return { element, measure: 'utilization', unit: '1', figure: { kind: 'counted', of } };
}

/** A mean over time. */
function gauge(element: ElementId, measure: string, mean: (reading: Reading) => number): SeriesLine {
  const of = (before: Reading, after: Reading): number => meanOver(before, after, mean);
  return { element, measure, unit: '1', figure: { kind: 'counted', of } };
}

function sumOf(figures: readonly number[], indices: readonly number[]): number {
  let sum = 0;
  for (const index of indices) sum += figures[index] ?? 0;
  return sum;
}

/** Writes the lines of one replication. */
export class SeriesWriter {
  /** By line, then by bucket. */
  readonly values: number[][];
  readonly #plan: SeriesPlan;
  readonly #latencies: readonly (RecentRecords | undefined)[];
  #before: Reading;

  constructor(plan: SeriesPlan, sketches: readonly QuantileSketch[], begin: Reading) {
    this.#plan = plan;
    this.#before = begin;
    this.values = plan.lines.map(() => []);
    const byPlaces = new Map<readonly number[], RecentRecords>();
    this.#latencies = plan.lines.map(({ figure }) => {
      if (figure.kind !== 'latency') return undefined;
      const records = byPlaces.get(figure.indices) ?? new RecentRecords(figure.indices.map((at) => sketches[at]!));
      byPlaces.set(figure.indices, records);
      return records;
    });
  }

  /** A bucket ends. */
  write(reading: Reading): void {
    const { lines } = this.#plan;
    for (let i = 0; i < lines.length; i++) {
      const { figure } = lines[i]!;
      const value = figure.kind === 'counted' ? figure.of(this.#before, reading) : figure.of(this.#latencies[i]!);
      this.values[i]!.push(value);
    }
    this.restart(reading);
  }

  /** Also where the counting begins anew, when the warm-up ends. */
  restart(reading: Reading): void {
    this.#before = reading;
    for (const records of new Set(this.#latencies)) records?.restart();
  }
}
