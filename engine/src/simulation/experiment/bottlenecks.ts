/** Where work waits, ranked: what would help most when relieved comes first, then what is busiest. Each with its evidence in a sentence. */
import type { Model } from '../../model/index.ts';
import { formatFigure, formatShare } from '../../numeric/index.ts';
import type { Bottleneck, Goal, Sensitivity } from './answers.ts';
import type { Candidate } from './candidates.ts';
import { nameIn } from './figure-text.ts';
import type { TrialResults } from './replicate.ts';
import type { ReplicationFigures } from './replication-figures.ts';
import { effectText, mostChanged } from './sensitivities.ts';

/** Below this nothing waits that anybody would notice. */
const BUSY = 0.5;
const WAITING = 0.5;

export interface Tried {
  readonly candidate: Candidate;
  readonly sensitivity: Sensitivity;
}

export function bottlenecksOf(
  model: Model,
  { result, compiled }: TrialResults,
  figures: ReplicationFigures,
  goals: readonly Goal[],
  tried: readonly Tried[],
): readonly Bottleneck[] {
  const places = [
    ...compiled.layout.kinds,
    ...new Set(compiled.program.messages.flatMap(({ component }) => component ?? [])),
    ...model.resources.map(({ id }) => id),
  ];
  const found = places.flatMap((element) => {
    const figure = (measure: string): number | null =>
      result.measures.find((one) => one.element === element && one.measure === measure)?.value ?? null;
    const [utilization, queue, growth] = [figure('utilization'), figure('queue'), figures.growthOf(element)];
    const remedy = remedyFor(element, tried);
    const isComponent = model.components.some(({ id }) => id === element);
    // What keeps a component's cores busy is told of its node: of the component only those that wait for its threads are.
    const isBusy = !isComponent && (utilization ?? 0) >= BUSY;
    const isWaiting = (queue ?? 0) >= WAITING || growth > 0;
    if (!isBusy && !isWaiting) return [];
    return [{ element, utilization: isComponent && queue !== null ? null : utilization, queue, growth, remedy }];
  });
  const gain = (remedy: number | null): number => (remedy === null ? 0 : (tried[remedy]?.sensitivity.gain ?? 0));
  return found
    .sort(
      (a, b) =>
        Number(b.growth > 0) - Number(a.growth > 0) ||
        gain(b.remedy) - gain(a.remedy) ||
        (b.utilization ?? 0) - (a.utilization ?? 0),
    )
    .map((one, at): Bottleneck => ({ ...one, sentence: sentenceOf(model, one, at === 0, goals, tried) }));
}

/** More of what is short before less work for it, as long as it helps as much as half. */
function remedyFor(element: string, tried: readonly Tried[]): number | null {
  let best: number | null = null;
  tried.forEach(({ candidate, sensitivity }, at) => {
    if (!candidate.relieves.includes(element) || sensitivity.gain <= 0) return;
    const weight = (index: number): number => {
      const one = tried[index];
      return one === undefined ? 0 : one.sensitivity.gain * (one.candidate.isCapacity ? 2 : 1);
    };
    if (best === null || weight(at) > weight(best)) best = at;
  });
  return best;
}

function sentenceOf(
  model: Model,
  { element, utilization, queue, growth, remedy }: Omit<Bottleneck, 'sentence'>,
  isFirst: boolean,
  goals: readonly Goal[],
  tried: readonly Tried[],
): string {
  const evidence = [
    ...(utilization === null ? [] : [`${formatShare(utilization)} busy`]),
    ...(growth > 0
      ? [`its queue grows by ${formatFigure(growth)}/s`]
      : queue !== null && queue >= WAITING
        ? [`${formatFigure(queue)} waiting on average`]
        : []),
  ];
  const name = nameIn(model, element);
  const start = `${name}${isFirst ? ' is the bottleneck' : ''}: ${evidence.join(', ')}`;
  const one = remedy === null ? undefined : tried[remedy];
  const at = one === undefined ? undefined : mostChanged(goals, one.sensitivity.effects, 'better');
  const [goal, effect] = at === undefined ? [] : [goals[at], one?.sensitivity.effects[at]];
  if (one === undefined || goal === undefined || effect === undefined)
    return `${start}; nothing that was tried there on its own helps beyond chance.`;
  return `${start}; ${one.candidate.words} would bring ${effectText(goal, effect)}.`;
}
