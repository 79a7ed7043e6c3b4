/**
 * What a person did to a live run, as a list in the order of time: how one more comes to it, how a lasting one is ended, and what
 * lasts at a moment. Knows nothing of what the changes do.
 */
import type { Change, ElementId, Scenario } from '../../model/index.ts';
import type { LiveInput } from './live-run.ts';

/** One more input: what came after it was another future. Two of the same kind at one moment are the later one. */
export function withInput(inputs: readonly LiveInput[], input: LiveInput): readonly LiveInput[] {
  const target = targetOf(input.change);
  const before = inputs.filter(
    ({ time, change }) =>
      time < input.time || (time === input.time && (target === null || targetOf(change) !== target)),
  );
  return [...endedAt(before, input), input];
}

/** A crash or slowness that is over at `time`; what came later was another future. */
export function withEnd(inputs: readonly LiveInput[], target: string, time: number): readonly LiveInput[] {
  return inputs
    .filter((input) => input.time <= time)
    .flatMap((input): LiveInput[] => {
      if (targetOf(input.change) !== target || !lastsAt(input, time)) return [input];
      return input.time < time ? [lasting(input, time)] : [];
    });
}

/** What lasts at a time, of the scenario's own timeline and of the inputs. */
export function standingAt(scenario: Scenario, inputs: readonly LiveInput[], time: number): readonly LiveInput[] {
  return [...scenario.timeline, ...inputs].filter((input) => lastsAt(input, time));
}

/** What a lasting change is about: two changes with one target replace each other. Null for what happens and is over. */
export function targetOf(change: Change): string | null {
  switch (change.kind) {
    case 'crash':
    case 'slow':
      return `${change.kind} ${struckName(change.subject, change.index)}`;
    case 'partition':
      return `partition ${change.from} ${change.to}`;
    case 'set':
      return `set ${change.parameter.element} ${change.parameter.name}`;
    case 'scale':
      return `scale ${change.component}`;
    case 'load-factor':
      return `load ${change.behaviour}`;
    default:
      return null;
  }
}

function struckName(subject: ElementId, index: number | undefined): string {
  return index === undefined ? subject : `${subject}[${index}]`;
}

/** What the new input replaces was over when it came. */
function endedAt(inputs: readonly LiveInput[], { time, change }: LiveInput): readonly LiveInput[] {
  const target = targetOf(change);
  if (target === null || (change.kind !== 'crash' && change.kind !== 'slow')) return inputs;
  return inputs.map((input) =>
    targetOf(input.change) === target && lastsAt(input, time) ? lasting(input, time) : input,
  );
}

function lastsAt({ time, change }: LiveInput, at: number): boolean {
  if (time > at || targetOf(change) === null) return false;
  return at < time + (('duration' in change ? change.duration : undefined) ?? Number.POSITIVE_INFINITY);
}

function lasting({ time, change }: LiveInput, until: number): LiveInput {
  return { time, change: { ...change, duration: until - time } as Change };
}
