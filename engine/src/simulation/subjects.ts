/**
 * What a run measures, element by element: brings the figures of replications, which are kept by the program's numbers,
 * back to the elements of the model. Knows nothing of statistics across replications.
 */
import type { CompiledMachine } from '../behavior/machine/index.ts';
import type { ElementId } from '../model/index.ts';
import type { QuantileSketch } from '../numeric/index.ts';
import { activitySubjects } from './activities/activity-subjects.ts';
import { isOfDelegatedWork, referredBy } from './activities/delegated-work.ts';
import { type LawPlan, lawPlan } from './asked-laws.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { costSubject } from './costs.ts';
import type { Layout } from './layout.ts';
import { withLevels } from './levels/level-subjects.ts';
import { calledComponents } from './message-table.ts';
import type { MeasuredFigures, TimedFigures } from './run-replication.ts';
import { type LawName, lawNames, nothingOf, type Sample, type Subject, sketchOf, timedSample } from './sample.ts';
import { topicSubjects } from './topics.ts';

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
  const plan = lawPlan(compiled);
  const waitsOf = (messages: readonly number[]): readonly number[] =>
    plan.waits < 0 ? [] : messages.map((message) => plan.waits + message);
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
      laws: [],
      sample: (result) => timedSample(result, pick(result.timed, indices)),
    });
  }
  for (const [element, messages] of byOperation) {
    subjects.push({
      element,
      kind: 'operation',
      timed: messages,
      roundTrips: [],
      laws: waitsOf(messages),
      sample: (result) => ({
        ...timedSample(result, pick(result.timed, messages)),
        ...waits(result, messages),
        laws: lawsOf(result, { wait: waitsOf(messages) }),
      }),
    });
  }
  // Several where an interaction is used by others.
  for (const [element, messages] of byMessage) {
    subjects.push({
      element,
      kind: 'message',
      timed: messages,
      roundTrips: messages,
      laws: [],
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
      laws: waitsOf(messages),
      sample: (result) => ({
        ...timedSample(result, pick(result.timed, messages)),
        ...waits(result, messages),
        laws: lawsOf(result, { wait: waitsOf(messages) }),
        queue: isThreaded ? sumOf(result.threads.queue, pools) : Number.NaN,
        refused: sumOf(result.threads.refused, pools),
        turnedAway: {
          noReplica: sumOf(result.turnedAway.noReplica, messages),
          limit: sumOf(result.turnedAway.limit, messages),
          bulkhead: sumOf(result.turnedAway.bulkhead, messages),
          lost: sumOf(result.turnedAway.lost, messages),
        },
        utilization: utilizationOf(result, replicas, nodes),
        saturated: saturationOf(result, [...nodes], layout),
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
      laws: plan.nodeWaits < 0 ? [] : nodes.map((node) => plan.nodeWaits + node),
      sample: (result) => ({
        ...nothingOf(result),
        laws: plan.nodeWaits < 0 ? {} : { wait: waitsAtNodes(result, nodes, plan.nodeWaits) },
        utilization: utilizationOf(result, replicas, nodes, sumOf(result.cores.outside, nodes)),
        saturated: saturationOf(result, nodes, layout),
        queue: sumOf(result.cores.queue, nodes),
        waited: sumOf(result.cores.waited, nodes),
        served: sumOf(result.cores.served, nodes),
        growth: sumOf(result.cores.growth, nodes),
      }),
    });
  });
  const all = [
    ...subjects,
    ...machines.flatMap((machine, index) => subjectsOfMachine(machine, index, plan)),
    ...topicSubjects(compiled),
    ...activitySubjects(compiled),
    ...costSubject(compiled),
  ];
  return withLevels(all, compiled);
}

/** The machine as a whole, its states and its transitions. */
function subjectsOfMachine(machine: CompiledMachine, index: number, plan: LawPlan): readonly Subject[] {
  const { vertices, transitions } = machine;
  const first = plan.machines[index]!;
  const isAsked = first >= 0;
  const whole = first + 2 * vertices.length;
  const none = { timed: [], roundTrips: [] };
  return [
    {
      ...none,
      element: machine.id,
      kind: 'machine',
      laws: isAsked ? [whole] : [],
      sample: (result) => ({
        ...nothingOf(result),
        count: result.machines[index]!.created,
        laws: isAsked ? lawsOf(result, { time_in: [whole] }) : {},
      }),
    },
    ...vertices.flatMap((vertex, at): Subject[] => {
      if (vertex.kind !== 'state' && vertex.kind !== 'final') return [];
      const [stays, reach] = [first + at, first + vertices.length + at];
      return [
        {
          ...none,
          element: vertex.id,
          kind: 'state',
          laws: isAsked ? [stays, reach] : [],
          sample(result) {
            const { entries, sightings } = result.machines[index]!;
            const sample = { ...nothingOf(result), count: entries[at]! };
            if (!isAsked) return sample;
            const instances = { seen: sightings.seen[at]!, ended: sightings.ended, began: sightings.began };
            return { ...sample, laws: lawsOf(result, { time_in: [stays], time_to: [reach] }), instances };
          },
        },
      ];
    }),
    ...transitions.map(
      (transition, at): Subject => ({
        ...none,
        element: transition.id,
        kind: 'transition',
        laws: [],
        sample: (result) => ({ ...nothingOf(result), count: result.machines[index]!.taken[at]! }),
      }),
    ),
  ];
}

/** Those that are asked for: an empty list stands for one that is not. */
function lawsOf(
  { laws }: MeasuredFigures,
  places: Readonly<Partial<Record<LawName, readonly number[]>>>,
): Readonly<Partial<Record<LawName, QuantileSketch>>> {
  const found: Partial<Record<LawName, QuantileSketch>> = {};
  for (const name of lawNames) {
    const indices = places[name] ?? [];
    if (indices.length > 0) found[name] = sketchOf(indices.map((index) => laws[index]!));
  }
  return found;
}

/** Only who had to wait is recorded: of the others there is nothing but their number. */
function waitsAtNodes(result: MeasuredFigures, nodes: readonly number[], first: number): QuantileSketch {
  const sketch = sketchOf(nodes.map((node) => result.laws[first + node]!));
  const served = sumOf(result.cores.served, nodes) - sumOf(result.cores.growth, nodes);
  const zeros = Math.max(0, served - sketch.count);
  sketch.mergeData({ zeros, sum: 0, minimum: zeros > 0 ? 0 : sketch.minimum, maximum: 0, buckets: [], counts: [] });
  return sketch;
}

function waits(result: MeasuredFigures, messages: readonly number[]): Pick<Sample, 'waited' | 'served'> {
  return { waited: sumOf(result.waited, messages), served: sumOf(result.served, messages) };
}

/** Mean over the nodes that were there. */
function saturationOf({ cores, present }: MeasuredFigures, nodes: readonly number[], layout: Layout): number {
  const limited = nodes.filter((node) => layout.coresOfNode[node]! > 0);
  return sumOf(cores.saturated, limited) / sumOf(present.nodes, limited);
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
