/** `pollux step FILE --machine NAME --events EVENTS.json`: one machine, a script, and everything that happens; or every way it can. */
import { type CompiledMachine, compileMachine, MachineStepper, type Occurrence } from '@pollux/engine/behavior';
import type { Model, Value } from '@pollux/engine/model';
import { exploreMachine, type ScriptStep } from '@pollux/engine/verification';
import { givenNames, readEvents } from '../events/events-file.ts';
import { readTextValue } from '../events/value-reader.ts';
import { type ExitCode, exitCode, UsageError } from '../exit-code.ts';
import { named } from '../read-model.ts';
import type { Format, Terminal } from '../terminal.ts';
import { ElementNames } from '../text/element-names.ts';
import { exploredJson, exploredText } from '../text/exploration.ts';
import { occurrenceJson, occurrenceText } from '../text/occurrences.ts';
import { paintFor } from '../text/paint.ts';
import { runnableModel } from './runnable-model.ts';

export interface StepOptions {
  readonly machine?: string;
  readonly events?: string;
  readonly arg: readonly string[];
  readonly seed?: number;
  readonly explore?: boolean;
  readonly states?: number;
  /** Transitions of one run-to-completion step. */
  readonly budget?: number;
  readonly format: Format;
}

export async function step(path: string, options: StepOptions, terminal: Terminal): Promise<ExitCode> {
  const model = await runnableModel(path, options.format, terminal);
  if (model === null) return exitCode.problems;
  const { id } = named(model.machines, options.machine, 'machine', '--machine');
  const compiled = compileMachine(model, id);
  if (compiled === null) throw new UsageError(`${options.machine ?? id} cannot be run.`);
  const beginning = readBeginning(model, compiled, options.arg);
  const script = options.events === undefined ? [] : await readEvents(options.events, terminal.folder, model, compiled);
  return options.explore === true
    ? explored(model, compiled, script, beginning, options, terminal)
    : stepped(model, compiled, script, beginning, options, terminal);
}

function stepped(
  model: Model,
  compiled: CompiledMachine,
  script: readonly ScriptStep[],
  beginning: readonly Value[],
  { format, seed, budget }: StepOptions,
  terminal: Terminal,
): ExitCode {
  const names = new ElementNames(model, terminal.folder);
  const paint = paintFor(terminal.colours);
  const print = (occurrences: readonly Occurrence[]): void => {
    const lines = occurrences.map((occurrence) =>
      format === 'json'
        ? occurrenceJson(occurrence, terminal.folder)
        : occurrenceText(occurrence, names, terminal.folder, paint),
    );
    if (lines.length > 0) terminal.out(`${lines.join('\n')}\n`);
  };
  const stepper = new MachineStepper(compiled, {
    ...(seed === undefined ? {} : { seed }),
    ...(budget === undefined ? {} : { stepBudget: budget }),
  });
  print(stepper.createInstance(beginning));
  for (const event of script) {
    if (terminal.signal.aborted) return exitCode.undecided;
    if (event.kind === 'wait') print(stepper.advance(stepper.now + event.time));
    else print(stepper.dispatch(elementOf(compiled, event.event), event.values));
  }
  if (format === 'text') {
    const where = stepper.states().map((state) => names.of(state));
    terminal.out(`${paint.quiet(`${stepper.status}${where.length === 0 ? '' : `: ${where.join(', ')}`}`)}\n`);
  }
  return stepper.status === 'failed' ? exitCode.problems : exitCode.fine;
}

function explored(
  model: Model,
  compiled: CompiledMachine,
  steps: readonly ScriptStep[],
  beginning: readonly Value[],
  { format, states }: StepOptions,
  terminal: Terminal,
): ExitCode {
  const result = exploreMachine(
    compiled,
    { kind: 'script', steps },
    {
      beginnings: [beginning],
      limits: { isOutOfTime: () => terminal.signal.aborted, ...(states === undefined ? {} : { states }) },
    },
  );
  const names = new ElementNames(model, terminal.folder);
  terminal.out(
    format === 'json'
      ? exploredJson(result, terminal.folder)
      : exploredText(result, names, terminal.folder, paintFor(terminal.colours)),
  );
  if (result.findings.some(({ severity }) => severity === 'error')) return exitCode.problems;
  return result.complete ? exitCode.fine : exitCode.undecided;
}

function elementOf({ signals, operations }: CompiledMachine, event: number): string {
  return (signals[event] ?? operations[event - signals.length])?.id ?? '';
}

/** What is not given is absent. */
function readBeginning(model: Model, compiled: CompiledMachine, pairs: readonly string[]): readonly Value[] {
  const given = givenNames(pairs);
  const declared = compiled.variables.slice(0, compiled.parameterCount);
  for (const name of given.keys()) {
    if (declared.some((parameter) => parameter.name === name)) continue;
    const known = declared.map((parameter) => parameter.name).join(', ');
    throw new UsageError(
      `--arg ${name}: ${compiled.machine.name} has no such parameter${known === '' ? '; it has none' : `; it has: ${known}`}.`,
    );
  }
  return declared.map(({ name, type }) => {
    const text = given.get(name);
    return text === undefined ? null : readTextValue(model, text, type, `--arg ${name}`);
  });
}
