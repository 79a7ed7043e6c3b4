/**
 * What a run measures, element by element: brings the figures of replications, which are kept by the program's numbers,
 * back to the elements of the model. Knows nothing of statistics across replications.
 */
import type { ElementId } from '../model/index.ts';
import type { QuantileSketch } from '../numeric/index.ts';
import { activitySubjects } from './activities/activity-subjects.ts';
import { isOfDelegatedWork, referredBy } from './activities/delegated-work.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { calledComponents } from './message-table.ts';
import type { MeasuredFigures, TimedFigures } from './run-replication.ts';
import { nothingOf, type Sample, type Subject, type SubjectKind, timedSample } from './sample.ts';

export type { Sample, Subject, SubjectKind } from './sample.ts';

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
    if (!isOfDelegatedWork(message.compiled.id)) addTo(byMessage, message.compiled.id, message.index);
    addTo(byOperation, message.operation, message.index);
    if (message.operation !== null) addTo(byComponent, message.component, message.index);
  }
  // Of one that activities refer to as well, both.
  const byInteraction = new Map<ElementId, number[]>();
  for (const { index, interaction } of program.interactions) {
    const element = index < compiled.loaded ? interaction.id : referredBy(interaction);
    addTo(byInteraction, element, program.messages.length + index);
  }
  for (const [element, indices] of byInteraction) {
    subjects.push({
      element,
      kind: 'interaction',
      timed: indices,
      roundTrips: [],
      sample: (result) => timedSample(result, pick(result.timed, indices)),
    });
  }
  for (const [element, messages] of byOperation) {
    subjects.push({
      element,
      kind: 'operation',
      timed: messages,
      roundTrips: [],
      sample: (result) => ({ ...timedSample(result, pick(result.timed, messages)), ...waits(result, messages) }),
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
        return { ...timedSample(result, seen), ...waits(result, messages) };
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
        ...timedSample(result, pick(result.timed, messages)),
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
        ...nothingOf(result),
        utilization: utilizationOf(result, replicas, nodes, sumOf(result.cores.outside, nodes)),
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
        sample: (result) => ({ ...nothingOf(result), count: count(result) }),
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
  subjects.push(...activitySubjects(compiled));
  return subjects;
}

function waits(result: MeasuredFigures, messages: readonly number[]): Pick<Sample, 'waited' | 'served'> {
  return { waited: sumOf(result.waited, messages), served: sumOf(result.served, messages) };
}

/** Of cores that came or went: of all the time that there was on them. `outside`: those that are busy with other work. */
function utilizationOf(
  { cores }: MeasuredFigures,
  replicas: Iterable<number>,
  nodes: Iterable<number>,
  outside = 0,
): number {
  const there = sumOf(cores.cores, nodes);
  return there > 0 ? (sumOf(cores.busyCores, replicas) + outside) / there : Number.NaN;
}

function pick(figures: readonly TimedFigures[], indices: readonly number[]): readonly TimedFigures[] {
  return indices.map((index) => figures[index]!);
}

function sumOf(figures: readonly number[], indices: Iterable<number>): number {
  let sum = 0;
  for (const index of indices) sum += figures[index] ?? 0;
  return sum;
}
