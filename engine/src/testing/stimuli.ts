/** What can happen to a machine from outside, each with the step of a test that makes it happen. */
import type { CompiledMachine, MachineStepper, Occurrence } from '../behavior/index.ts';
import { durationText } from '../expressions/index.ts';
import type { ElementId, Model, Value } from '../model/index.ts';
import type { Candidates } from './value-candidates.ts';

export type Stimulus =
  | { readonly kind: 'send'; readonly signal: ElementId; readonly values: readonly Value[]; readonly text: string }
  | { readonly kind: 'call'; readonly operation: ElementId; readonly values: readonly Value[]; readonly text: string }
  | { readonly kind: 'after'; readonly delay: number; readonly text: string };

/** Signals and calls that a trigger names; for `any`, the first signal that none names. */
export function stimuliOf(
  model: Model,
  { transitions, operations }: CompiledMachine,
  candidates: Candidates,
): readonly Stimulus[] {
  const named = new Set<ElementId>();
  let takesAny = false;
  for (const { trigger } of transitions) {
    if (trigger.kind === 'signal') for (const signal of trigger.signals) named.add(signal);
    if (trigger.kind === 'call') named.add(trigger.operation);
    if (trigger.kind === 'any') takesAny = true;
  }
  const other = takesAny ? model.signals.find(({ id }) => !named.has(id)) : undefined;
  const signals = model.signals.filter((signal) => named.has(signal.id) || signal === other);
  return [
    ...signals.flatMap(({ id, name, attributes }) =>
      candidates.together(attributes).map(
        ({ values, text }): Stimulus => ({
          kind: 'send',
          signal: id,
          values,
          text: `send ${name}${text === '' ? '' : `(${text})`}`,
        }),
      ),
    ),
    ...operations
      .filter(({ id }) => named.has(id))
      .flatMap(({ id, name, parameters }) =>
        candidates
          .together(parameters)
          .map(
            ({ values, text }): Stimulus => ({ kind: 'call', operation: id, values, text: `call ${name}(${text})` }),
          ),
      ),
  ];
}

/** Time until the next thing that is due; undefined where nothing is. */
export function untilNext(stepper: MachineStepper): Stimulus | undefined {
  const due = stepper.pending()[0]?.due ?? null;
  if (due === null) return undefined;
  const delay = Math.max(1, Math.ceil(due - stepper.now));
  return { kind: 'after', delay, text: `after ${durationText(delay)}` };
}

export function stimulate(stepper: MachineStepper, stimulus: Stimulus): readonly Occurrence[] {
  switch (stimulus.kind) {
    case 'send':
      return stepper.dispatch(stimulus.signal, stimulus.values);
    case 'call':
      return stepper.call(stimulus.operation, stimulus.values);
    case 'after':
      return stepper.advance(stepper.now + stimulus.delay);
  }
}
