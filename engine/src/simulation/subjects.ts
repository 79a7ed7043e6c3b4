/**
 * What a run measures, element by element: brings the figures of replications, which are kept by the program's numbers,
 * back to the elements of the model. Knows nothing of statistics across replications.
 */
import type { ElementId } from '../model/index.ts';
import { QuantileSketch, SECOND } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { calledComponents } from './message-table.ts';
import type { MeasuredFigures, TimedFigures } from './run-replication.ts';
import type { Reason } from './turned-away.ts';

export type SubjectKind =
  | 'interaction'
  | 'operation'
  | 'message'
  | 'component'
  | 'node'
  | 'state'
  | 'transition'
  | 'machine';

export interface Subject {
  readonly element: ElementId;
  readonly kind: SubjectKind;
  /** Where its response times are recorded, as tallies number them, and round trips. */
  readonly timed: readonly number[];
  readonly roundTrips: readonly number[];
  /** What the figures of one replication, or of a window of it, say of it. */
  sample(result: MeasuredFigures): Sample;
}

/** What one replication says of an element; zero or empty where it does not apply. */
export interface Sample {
  /** Seconds that were measured. */
  readonly seconds: number;
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  readonly concurrency: number;
  readonly latency: QuantileSketch;
  /** Microseconds waited for a core, and how many wanted one. */
  readonly waited: number;
  readonly served: number;
  /** Share of the cores; NaN where there are none to share. */
  readonly utilization: number;
  /** Mean number in line for a core or a thread; NaN where there is none to wait for; and how much longer the line is at the end than at the beginning. */
  readonly queue: number;
  readonly growth: number;
  /** Calls for which there was neither a thread nor a place in the queue; and those turned away for other reasons. */
  readonly refused: number;
  readonly turnedAway: Readonly<Record<Reason, number>>;
  /** Instances, entries or uses. */
  readonly count: number;
}

/** A subject with the figures of all replications. */
export interface Measured {
  readonly subject: Subject;
  readonly samples: readonly Sample[];
  readonly pooled: QuantileSketch;
}

export function subjectsOf(compiled: CompiledScenario): readonly Subject[] {
  const { program, layout, machines } = compiled;
  const called = calledComponents(program.messages);
  const subjects: Subject[] = [];
  const byMessage = new Map<ElementId, number[]>();
  const byOperation = new Map<ElementId, number[]>();
  const byComponent = new Map<ElementId, number[]>();
  const addTo = (groups: Map<ElementId, number[]>, key: ElementId | null, index: number): void => {
    if (key === null) return;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  };
  for (const message of program.messages) {
    addTo(byMessage, message.compiled.id, message.index);
    addTo(byOperation, message.operation, message.index);
    if (message.operation !== null) addTo(byComponent, message.component, message.index);
  }
  for (const { index, interaction } of program.interactions) {
    const at = program.messages.length + index;
    subjects.push({
      element: interaction.id,
      kind: 'interaction',
      timed: [at],
      roundTrips: [],
      sample: (result) => timed(result, [result.timed[at]!]),
    });
  }
  for (const [element, messages] of byOperation) {
    subjects.push({
      element,
      kind: 'operation',
      timed: messages,
      roundTrips: [],
      sample: (result) => ({ ...timed(result, pick(result.timed, messages)), ...waits(result, messages) }),
    });
  }
  // Several where an interaction is used by others.
  for (const [element, messages] of byMessage) {
    subjects.push({
      element,
      kind: 'message',
      timed: messages,
      roundTrips: messages,
      sample(result) {
        const seen = messages.map((index) => {
          const roundTrip = result.roundTrips[index];
          return roundTrip !== undefined && roundTrip.started > 0 ? roundTrip : result.timed[index]!;
        });
        return { ...timed(result, seen), ...waits(result, messages) };
      },
    });
  }
  for (const [element, messages] of byComponent) {
    const replicas = layout.replicasOf.get(element) ?? new Int32Array(0);
    const homeless = layout.nodeOfReplica.length + called.indexOf(element);
    const pools = replicas.length > 0 ? replicas : [homeless];
    const isThreaded = messages.some((index) => program.messages[index]!.needsThread);
    const nodes = new Set([...replicas].map((replica) => layout.nodeOfReplica[replica]!));
    subjects.push({
      element,
      kind: 'component',
      timed: messages,
      roundTrips: [],
      sample: (result) => ({
        ...timed(result, pick(result.timed, messages)),
        ...waits(result, messages),
        queue: isThreaded ? sumOf(result.threads.queue, pools) : Number.NaN,
        refused: sumOf(result.threads.refused, pools),
        turnedAway: {
          noReplica: sumOf(result.turnedAway.noReplica, messages),
          limit: sumOf(result.turnedAway.limit, messages),
          bulkhead: sumOf(result.turnedAway.bulkhead, messages),
        },
        utilization: utilizationOf(result, replicas, nodes),
      }),
    });
  }
  layout.kinds.forEach((element, kind) => {
    const nodes = [...layout.kindOfNode.keys()].filter((node) => layout.kindOfNode[node] === kind);
    const replicas = [...layout.nodeOfReplica.keys()].filter((at) => nodes.includes(layout.nodeOfReplica[at]!));
    subjects.push({
      element,
      kind: 'node',
      timed: [],
      roundTrips: [],
      sample: (result) => ({
        ...nothing(result),
        utilization: utilizationOf(result, replicas, nodes),
        queue: sumOf(result.cores.queue, nodes),
        waited: sumOf(result.cores.waited, nodes),
        served: sumOf(result.cores.served, nodes),
        growth: sumOf(result.cores.growth, nodes),
      }),
    });
  });
  machines.forEach((machine, index) => {
    const counted = (element: ElementId, kind: SubjectKind, count: (result: MeasuredFigures) => number): void => {
      subjects.push({
        element,
        kind,
        timed: [],
        roundTrips: [],
        sample: (result) => ({ ...nothing(result), count: count(result) }),
      });
    };
    counted(machine.id, 'machine', (result) => result.machines[index]!.created);
    machine.vertices.forEach((vertex, at) => {
      if (vertex.kind !== 'state' && vertex.kind !== 'final') return;
      counted(vertex.id, 'state', (result) => result.machines[index]!.entries[at]!);
    });
    machine.transitions.forEach((transition, at) => {
      counted(transition.id, 'transition', (result) => result.machines[index]!.taken[at]!);
    });
  });
  return subjects;
}

function timed(result: MeasuredFigures, figures: readonly TimedFigures[]): Sample {
  const latency = new QuantileSketch();
  let started = 0;
  let completed = 0;
  let failed = 0;
  let concurrency = 0;
  for (const one of figures) {
    latency.mergeData(one.latency);
    started += one.started;
    completed += one.completed;
    failed += one.failed;
    concurrency += one.concurrency;
  }
  return { ...nothing(result), started, completed, failed, concurrency, latency, count: started };
}

function waits(result: MeasuredFigures, messages: readonly number[]): Pick<Sample, 'waited' | 'served'> {
  return { waited: sumOf(result.waited, messages), served: sumOf(result.served, messages) };
}

/** Of cores that came or went: of all the time that there was on them. */
function utilizationOf({ cores }: MeasuredFigures, replicas: Iterable<number>, nodes: Iterable<number>): number {
  const there = sumOf(cores.cores, nodes);
  return there > 0 ? sumOf(cores.busyCores, replicas) / there : Number.NaN;
}

function nothing(result: MeasuredFigures): Sample {
  return {
    seconds: result.measured / SECOND,
    started: 0,
    completed: 0,
    failed: 0,
    concurrency: 0,
    latency: new QuantileSketch(),
    waited: 0,
    served: 0,
    utilization: Number.NaN,
    queue: 0,
    growth: 0,
    refused: 0,
    turnedAway: { noReplica: 0, limit: 0, bulkhead: 0 },
    count: 0,
  };
}

function pick(figures: readonly TimedFigures[], indices: readonly number[]): readonly TimedFigures[] {
  return indices.map((index) => figures[index]!);
}

function sumOf(figures: readonly number[], indices: Iterable<number>): number {
  let sum = 0;
  for (const index of indices) sum += figures[index] ?? 0;
  return sum;
}
