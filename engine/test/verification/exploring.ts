/** From a machine's text to everything it can do: the kit of the tests in this folder. */
import { type CompiledMachine, compileMachine, MachineStepper } from '@pollux/engine/behavior';
import type { Model, Value } from '@pollux/engine/model';
import {
  type Explored,
  type ExploreOptions,
  exploreMachine,
  type Finding,
  openEnvironment,
  type ScriptStep,
} from '@pollux/engine/verification';
import { modelOf } from '@pollux/language-server/language';

export async function machineOf(text: string): Promise<{ readonly model: Model; readonly compiled: CompiledMachine }> {
  const { model, problems } = await modelOf(text);
  const machine = model?.machines.at(0);
  const compiled = model && machine ? compileMachine(model, machine.id) : null;
  if (model === null || compiled === null) throw new Error(problems.map(({ message }) => message).join('\n'));
  return { model, compiled };
}

/** `Pay`, `Pay(true, 3)`, `5 s`, `ask()`: events one after the other. */
export function script(compiled: CompiledMachine, events: readonly string[]): readonly ScriptStep[] {
  return events.map((event): ScriptStep => {
    const wait = /^(\d+) s$/.exec(event);
    if (wait !== null) return { kind: 'wait', time: Number(wait[1]) * 1_000_000 };
    const [, name = '', values = ''] = /^(\w+)(?:\((.*)\))?$/.exec(event) ?? [];
    const signal = compiled.signals.findIndex((candidate) => candidate.name === name);
    const operation = compiled.operations.findIndex((candidate) => candidate.name === name);
    const index = signal >= 0 ? signal : compiled.signals.length + operation;
    if (signal < 0 && operation < 0) throw new Error(`no signal or operation ${name}`);
    return { kind: 'event', event: index, values: values === '' ? [] : (JSON.parse(`[${values}]`) as Value[]) };
  });
}

export async function everyTrace(
  text: string,
  events: readonly string[],
  options: Partial<ExploreOptions> = {},
): Promise<Explored> {
  const { compiled } = await machineOf(text);
  return exploreMachine(
    compiled,
    { kind: 'script', steps: script(compiled, events) },
    { beginnings: [[]], ...options },
  );
}

/** Whatever is sent, whenever. */
export async function everything(text: string, options: Partial<ExploreOptions> = {}): Promise<Explored> {
  const { model, compiled } = await machineOf(text);
  return exploreMachine(compiled, openEnvironment(model, compiled), { beginnings: [[]], ...options });
}

/** What a stepper logs with the same script. */
export function stepped(
  compiled: CompiledMachine,
  steps: readonly ScriptStep[],
  values: readonly Value[],
  seed: number,
) {
  const stepper = new MachineStepper(compiled, { seed, stepBudget: 300 });
  const occurrences = [...stepper.createInstance(values)];
  const elements = [...compiled.signals, ...compiled.operations];
  for (const step of steps) {
    occurrences.push(
      ...(step.kind === 'wait'
        ? stepper.advance(stepper.now + step.time)
        : stepper.dispatch(elements[step.event]?.id ?? '', step.values)),
    );
  }
  const logs = occurrences.flatMap((occurrence) => (occurrence.kind === 'log' ? [occurrence.text] : []));
  return { logs, stepper };
}

export function texts({ traces }: Explored): string[] {
  return traces.map((trace) => trace.join(' ')).sort();
}

/** `deadlock B`: kinds and the plain names of elements. */
export function found(findings: readonly Finding[], ...kinds: Finding['kind'][]): string[] {
  return findings
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map(({ kind, element }) => `${kind} ${element.slice(element.lastIndexOf('.') + 1)}`);
}

/** How a finding comes about: `create Go timer`. */
export function way({ trace }: Finding): string {
  return trace.map((step) => (step.kind === 'signal' || step.kind === 'call' ? step.element : step.kind)).join(' ');
}
