/** From a machine's text to what it does, in words: the kit of the tests in this folder. */
import {
  type CompiledMachine,
  compileMachine,
  MachineStepper,
  type Occurrence,
  type StepperOptions,
} from '@pollux/engine/behavior';
import type { Value } from '@pollux/engine/model';
import { modelOf } from '@pollux/language-server/language';

/** What the editor refuses and a run must survive all the same. */
const survived = ['no-exit', 'missing-initial', 'wrong-fork', 'machine-cycle'];

/** The first machine of a text. */
export async function compiled(text: string): Promise<CompiledMachine> {
  const { model, problems } = await modelOf(text);
  const errors = problems.filter(({ severity, code }) => severity === 'error' && !survived.includes(code));
  if (errors.length > 0) throw new Error(errors.map((p) => `line ${p.place.start.line + 1}: ${p.message}`).join('\n'));
  const id = model?.machines[0]?.id;
  const machine = model && id !== undefined ? compileMachine(model, id) : null;
  if (machine === null) throw new Error('no machine in the text');
  return machine;
}

export async function created(text: string, values: readonly Value[] = [], options: StepperOptions = {}) {
  const stepper = new MachineStepper(await compiled(text), options);
  const beginning = stepper.createInstance(values);
  return { stepper, beginning };
}

/** `enter A`, `exit A`, `log text`, `send Ping`, `error code`, …, without transitions. */
export function trace(occurrences: readonly Occurrence[]): string[] {
  return occurrences.flatMap((occurrence) => {
    switch (occurrence.kind) {
      case 'transition':
        return [];
      case 'log':
        return [`log ${occurrence.text}`];
      case 'error':
        return [`error ${occurrence.problem.code}`];
      case 'complete':
        return ['complete'];
      default:
        return [`${occurrence.kind} ${plainName(occurrence.element)}`];
    }
  });
}

export function logs(occurrences: readonly Occurrence[]): string[] {
  return occurrences.flatMap((occurrence) => (occurrence.kind === 'log' ? [occurrence.text] : []));
}

export function plainName(id: string): string {
  return id.slice(Math.max(id.lastIndexOf('.'), id.lastIndexOf('/')) + 1);
}

export function plainNames(ids: readonly string[]): string[] {
  return ids.map(plainName);
}

export const SECOND = 1_000_000;
