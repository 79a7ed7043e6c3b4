/**
 * Expressions of a twin over what was observed: attributes and status of a span or a log record. What was not
 * reported is not known. Knows nothing of bindings.
 */
import { attempt, compileExpression, compilePartly, Frame, type Known, slotScope } from '../expressions/index.ts';
import type { Expression, ValueType } from '../model/index.ts';
import type { Attributes, Observation } from './observation.ts';

/** What one happening reported of itself. */
export interface Reported {
  readonly attributes: Attributes;
  readonly status: 'ok' | 'error' | 'unset';
}

/** A value that was reported; not known where it was not. */
function compileObserved(expression: Expression): (observed: Reported) => Known {
  const evaluate = compilePartly(expression, slotScope([]));
  const frame = new Frame();
  return (observed) => {
    frame.occurrence = observed;
    return evaluate(frame);
  };
}

/** A condition on what was reported; an absent attribute equals nothing, and what cannot be decided does not hold. */
export function compileObservedCondition(expression: Expression): (observed: Reported) => boolean {
  const evaluate = compileExpression(expression, slotScope([]));
  const frame = new Frame();
  return (observed) => {
    frame.occurrence = observed;
    const outcome = attempt(() => evaluate(frame));
    return 'value' in outcome && outcome.value === true;
  };
}

/** Like `compileObserved` for a value that goes to a parameter: exporters report numbers and truths as text, too. */
export function compileObservedFor(expression: Expression, type: ValueType): (observed: Reported) => Known {
  const evaluate = compileObserved(expression);
  return (observed) => converted(evaluate(observed), type);
}

/** A log record has no status. */
export function reportedBy(observation: Observation): Reported {
  return observation.kind === 'span' ? observation : { attributes: observation.attributes, status: 'unset' };
}

/** The value as the type wants it; not known where it cannot be that. */
function converted(value: Known, type: ValueType): Known {
  if (value === undefined || value === null || type.kind === 'unknown') return value;
  if (type.kind === 'optional') return converted(value, type.of);
  // Telemetry reports single values: neither records nor lists of them have a form that everybody agrees on.
  if (type.kind === 'data' || type.kind === 'list') return undefined;
  if (type.kind === 'enumeration' || type.name === 'String') return String(value);
  if (type.name === 'Boolean') {
    if (typeof value === 'boolean') return value;
    return value === 'true' ? true : value === 'false' ? false : undefined;
  }
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
