/** What a run measures of activities, their nodes and the resources that they share. */
import { QuantileSketch } from '../../numeric/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import type { MeasuredFigures } from '../run-replication.ts';
import { nothingOf, type Sample, type Subject, timedSample } from '../sample.ts';
import { topicTallies } from '../topics.ts';
import { NodeTable } from './node-table.ts';

/** Nodes that carry a name and a meaning of their own; through others a token only passes. */
const shown: ReadonlySet<string> = new Set([
  'action',
  'structured',
  'acquire',
  'accept',
  'send',
  'flow-final',
  'activity-final',
]);

export function activitySubjects({ activities, model, program }: CompiledScenario): readonly Subject[] {
  if (activities.activities.length === 0) return [];
  const table = new NodeTable(activities, model.resources.length);
  const first = firstActivityTally(program);
  const subjects: Subject[] = [];
  // What runs in states of machines has no name of its own.
  const named = activities.activities.filter(({ id }) => model.activities.some((each) => each.id === id));
  for (const { index, id } of named) {
    const timed = [first + table.invoked(index), first + table.loaded(index)];
    subjects.push({
      element: id,
      kind: 'activity',
      timed,
      roundTrips: [],
      laws: [],
      sample: (result) =>
        timedSample(
          result,
          timed.map((at) => result.timed[at]!),
        ),
    });
  }
  for (const { index, nodes } of named) {
    nodes.forEach(({ id, kind }, position) => {
      if (!shown.has(kind)) return;
      const node = table.node(index, position);
      const visit = first + table.visit(node);
      const wait = first + table.wait(node);
      const reach = first + table.reach(node);
      const ended = [first + table.invoked(index), first + table.loaded(index)];
      subjects.push({
        element: id,
        kind: kind === 'activity-final' || kind === 'flow-final' ? 'end' : 'action',
        timed: [visit, wait, reach, ...ended],
        roundTrips: [],
        laws: [],
        sample: (result) => ({
          ...timedSample(result, [result.timed[visit]!]),
          ...waitOf(result, wait),
          laws: { wait: sketchOf(result, wait), time_to: sketchOf(result, reach) },
          instances: {
            began: ended.reduce((sum, at) => sum + result.timed[at]!.started, 0),
            seen: result.timed[first + table.seen(node)]!.completed,
            ended: ended.reduce((sum, at) => sum + endedOf(result, at), 0),
          },
        }),
      });
    });
  }
  const used = new Set(activities.claims.flatMap(({ uses }) => uses.map(({ resource }) => resource)));
  model.resources.forEach(({ id }, resource) => {
    if (!used.has(resource)) return;
    const at = first + table.resource(resource);
    subjects.push({
      element: id,
      kind: 'resource',
      timed: [at],
      roundTrips: [],
      laws: [],
      sample(result) {
        const { busy, present, growth, saturated } = result.resources;
        return {
          ...nothingOf(result),
          ...waitOf(result, at),
          laws: { wait: sketchOf(result, at) },
          saturated: saturated[resource]!,
          queue: result.timed[at]!.concurrency,
          utilization: present[resource]! > 0 ? busy[resource]! / present[resource]! : Number.NaN,
          growth: growth[resource]!,
        };
      },
    });
  });
  return subjects;
}

/** Where tallies of activities begin among those of a replication. */
export function firstActivityTally(program: CompiledScenario['program']): number {
  return program.messages.length + program.interactions.length + topicTallies(program);
}

/** Of the invocations that loads began, by activity. */
export function loadedTallies({ activities, model, program }: CompiledScenario): readonly number[] {
  const table = new NodeTable(activities, model.resources.length);
  return activities.activities.map(({ index }) => firstActivityTally(program) + table.loaded(index));
}

/** In a window nobody asked the times of, what was waited is known from how many waited. */
function waitOf(result: MeasuredFigures, at: number): Pick<Sample, 'waited' | 'served'> {
  const { latency, concurrency, completed } = result.timed[at]!;
  const { count } = sketchOf(result, at);
  if (count === 0) return { waited: concurrency * result.measured, served: completed };
  return { waited: latency.sum, served: count };
}

function sketchOf(result: MeasuredFigures, at: number): QuantileSketch {
  const sketch = new QuantileSketch();
  sketch.mergeData(result.timed[at]!.latency);
  return sketch;
}

function endedOf(result: MeasuredFigures, at: number): number {
  return result.timed[at]!.failed + sketchOf(result, at).count;
}
