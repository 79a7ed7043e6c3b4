/** `pollux verify FILE`: every machine of a file in a world that may send it anything at any time; what is found, and how complete that is. */
import { type CompiledMachine, compileMachine } from '@pollux/engine/behavior';
import type { Model } from '@pollux/engine/model';
import { type Explored, exploreMachine, openEnvironment, triedArguments } from '@pollux/engine/verification';
import { type ExitCode, exitCode, UsageError } from '../exit-code.ts';
import { ProgressLine } from '../progress-line.ts';
import { named } from '../read-model.ts';
import type { CheckFormat, Terminal } from '../terminal.ts';
import { ElementNames } from '../text/element-names.ts';
import { verifiedJson, verifiedText } from '../text/exploration.ts';
import { verifiedSarif } from '../text/exploration-sarif.ts';
import { paintFor } from '../text/paint.ts';
import { runnableModel } from './runnable-model.ts';

export interface VerifyOptions {
  readonly machine?: string;
  readonly states?: number;
  /** Seconds for each machine. */
  readonly seconds: number;
  readonly format: CheckFormat;
}

export async function verify(path: string, options: VerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const model = await runnableModel(path, options.format, terminal);
  if (model === null) return exitCode.problems;
  const chosen =
    options.machine === undefined ? model.machines : [named(model.machines, options.machine, 'machine', '--machine')];
  if (chosen.length === 0) throw new UsageError(`${path} declares no machine, so there is nothing to verify.`);
  const line = new ProgressLine(terminal);
  const results = new Map<CompiledMachine, Explored>();
  for (const { id, name } of chosen) {
    if (terminal.signal.aborted) break;
    line.show(`verifying ${name}`);
    const compiled = compileMachine(model, id);
    if (compiled !== null) results.set(compiled, verified(model, compiled, options, terminal));
  }
  line.clear();
  const names = new ElementNames(model, terminal.folder);
  terminal.out(printed(results, names, options.format, terminal));
  const all = [...results.values()];
  if (all.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))) return exitCode.problems;
  return terminal.signal.aborted || all.some(({ complete }) => !complete) ? exitCode.undecided : exitCode.fine;
}

function printed(
  results: ReadonlyMap<CompiledMachine, Explored>,
  names: ElementNames,
  format: CheckFormat,
  { folder, colours }: Terminal,
): string {
  switch (format) {
    case 'text':
      return verifiedText(results, names, folder, paintFor(colours));
    case 'json':
      return verifiedJson(results, folder);
    case 'sarif':
      return verifiedSarif(results.values(), names, folder);
  }
}

function verified(model: Model, compiled: CompiledMachine, options: VerifyOptions, terminal: Terminal): Explored {
  const { all, isSampled } = triedArguments(model, compiled, new Map());
  const end = performance.now() + options.seconds * 1000;
  return exploreMachine(compiled, openEnvironment(model, compiled), {
    beginnings: all,
    isSampled,
    limits: {
      isOutOfTime: () => terminal.signal.aborted || performance.now() > end,
      ...(options.states === undefined ? {} : { states: options.states }),
    },
  });
}
