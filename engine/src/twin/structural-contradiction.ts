/** What a deviation of a trace contradicts in the text, and the sentence that says so. Knows nothing of when it counts. */
import type { ElementId } from '../model/index.ts';
import type { Contradiction } from './divergence-log.ts';
import type { ModelNames } from './model-names.ts';
import type { TraceDeviation } from './trace-judge.ts';

/** Traces in which it happens that are worth an alarm. */
const ENOUGH = 2;

export function structuralContradiction(
  deviation: TraceDeviation,
  interaction: ElementId,
  names: ModelNames,
): Contradiction {
  const traces = (count: number, of: number) => `${count} of ${of} ${names.nameOf(interaction)} traces`;
  if (deviation.kind === 'unexpected-message') {
    const called = names.nameOf(deviation.occurrence.operation);
    const isElsewhere = [...names.messages.values()].some(
      ({ message, waiting, interaction: root }) =>
        message.signature === deviation.occurrence.operation && (waiting.at(-1) ?? root) === deviation.within,
    );
    const how = isElsewhere ? ' where the model does not allow it' : ', which the model does not show';
    const caller = names.messages.get(deviation.within)?.operation ?? names.nameOf(deviation.within);
    return {
      kind: deviation.kind,
      element: deviation.within,
      detail: deviation.occurrence.operation,
      scope: chancesInside(deviation.within),
      enough: ENOUGH,
      sentence: ({ count, of }) => `${caller} calls ${called}${how}, in ${traces(count, of)}`,
    };
  }
  const label = names.messages.get(deviation.message)?.label ?? deviation.message;
  const what = deviation.kind === 'missing-message' ? 'is missing' : 'comes out of order';
  return {
    kind: deviation.kind,
    element: deviation.message,
    detail: '',
    scope: deviation.message,
    enough: ENOUGH,
    sentence: ({ count, of }) => `${label} ${what} in ${traces(count, of)}`,
  };
}

/** Scope of the chances that an execution has to call something unexpected. */
export function chancesInside(element: ElementId): string {
  return `in:${element}`;
}
