/** What a run measures of levels: the pools that are asked for, and what else has more of a level asked for than its mean. */
import { type LevelData, meanLevel } from '../../numeric/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import type { MeasuredFigures } from '../run-replication.ts';
import { type LevelName, nothingOf, type Sample, type Subject } from '../sample.ts';
import { levelPlan } from './level-plan.ts';
import type { Pool } from './pools.ts';

/** The subjects with the levels that are asked for, and then the pools. */
export function withLevels(subjects: readonly Subject[], compiled: CompiledScenario): readonly Subject[] {
  const plan = levelPlan(compiled);
  if (plan.length === 0) return subjects;
  const pools = new Map(plan.flatMap(({ element, pool }) => (pool === undefined ? [] : [[element, pool]])));
  const all = [...subjects, ...[...pools].map(([element, pool]) => poolSubject(element, pool, compiled))];
  return all.map((subject) => {
    const asked = plan.flatMap(({ element, name }, index) => (element === subject.element ? [{ name, index }] : []));
    if (asked.length === 0 || subject.kind === 'message') return subject;
    return {
      ...subject,
      sample(result) {
        const sample = subject.sample(result);
        const levels: Partial<Record<LevelName, LevelData>> = {};
        for (const { name, index } of asked) levels[name] = result.levels[index]!;
        return subject.kind === 'pool' ? meansOf({ ...sample, levels }) : { ...sample, levels };
      },
    };
  });
}

function poolSubject(element: string, { component: { id }, name }: Pool, { program }: CompiledScenario): Subject {
  const calls = program.messages.filter((message) =>
    name === 'threads' ? message.component === id && message.needsThread : message.caller === id,
  );
  const served = (result: MeasuredFigures): number =>
    calls.reduce(
      (sum, { index }) => sum + (name === 'threads' ? result.served[index]! : (result.roundTrips[index]?.started ?? 0)),
      0,
    );
  return {
    element,
    kind: 'pool',
    timed: [],
    roundTrips: [],
    laws: [],
    sample: (result) => ({ ...nothingOf(result), queue: Number.NaN, served: served(result) }),
  };
}

function meansOf(sample: Sample): Sample {
  const { queue, utilization, saturation } = sample.levels;
  const mean = (data: LevelData | undefined): number => (data === undefined ? Number.NaN : meanLevel(data));
  return { ...sample, queue: mean(queue), utilization: mean(utilization), saturated: mean(saturation) };
}
