/**
 * How a behaviour of a state gets its arguments (PSSM 1.0, 8.5: event data is passed to entries, exits and do-activities whose
 * parameters conform to the event). An event conforms where it carries at least as many values, each of a type that the
 * parameter at its position takes; of any other, of time, change and completion, a parameter gets its default, or nothing.
 */
import type { Behaviour, EvaluatePartly } from '../../expressions/index.ts';
import { isAssignable, type Operation, type Signal, type ValueType, type Variable } from '../../model/index.ts';

/** By event: the types of what it carries. */
export type Carried = readonly (readonly ValueType[])[];

export function carriedBy(signals: readonly Signal[], operations: readonly Operation[]): Carried {
  return [
    ...signals.map(({ attributes }) => attributes.map(({ type }) => type)),
    ...operations.map(({ parameters }) => parameters.map(({ type }) => type)),
  ];
}

export function conforms(carried: readonly ValueType[], parameters: readonly Variable[]): boolean {
  return parameters.every(({ type }, i) => {
    const value = carried[i];
    return value !== undefined && isAssignable(value, type);
  });
}

/**
 * Puts the arguments that the event being handled brings into the slots of a behaviour's parameters. `defaults`: of those that have
 * one.
 */
export function takeArguments(
  parameters: readonly Variable[],
  slots: readonly number[],
  defaults: readonly (EvaluatePartly | undefined)[],
  carried: Carried,
): Behaviour {
  const brings = Uint8Array.from(carried, (types) => (conforms(types, parameters) ? 1 : 0));
  return (frame) => {
    const isBrought = brings[frame.handled] === 1;
    slots.forEach((slot, i) => {
      const byDefault = defaults[i];
      // What the event was sent without is absent here too, as it is for the transition that it triggers.
      if (isBrought) frame.slots[slot] = i < frame.event.length ? frame.event[i] : null;
      else frame.slots[slot] = byDefault === undefined ? null : byDefault(frame);
    });
  };
}

/** Nothing of them is left behind the behaviour. */
export function dropArguments(slots: readonly number[]): Behaviour {
  return (frame) => {
    for (const slot of slots) frame.slots[slot] = null;
  };
}

/** One behind the other; what is null does nothing. */
export function inOrder(parts: readonly (Behaviour | null)[]): Behaviour | null {
  const [first, second, ...others] = parts.filter((part) => part !== null);
  if (first === undefined || second === undefined) return first ?? null;
  const rest = inOrder([second, ...others])!;
  return (frame) => {
    first(frame);
    rest(frame);
  };
}
