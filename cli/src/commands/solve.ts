/** `pollux solve FILE SCENARIO`: what formulas say of a scenario, in milliseconds, without running it. */
import { analyse, type Solution } from '@pollux/engine/simulation/analytic';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { named } from '../read-model.ts';
import type { Format, Terminal } from '../terminal.ts';
import { paintFor } from '../text/paint.ts';
import { solutionText } from '../text/solution.ts';
import { modelToSimulate } from './runnable-model.ts';

export interface SolveOptions {
  readonly format: Format;
}

export async function solve(
  path: string,
  name: string | undefined,
  { format }: SolveOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const model = await modelToSimulate(path, format, terminal);
  if (model === null) return exitCode.problems;
  const scenario = named(model.scenarios, name, 'scenario', 'SCENARIO');
  const solution = analyse(model, scenario);
  terminal.out(
    format === 'json'
      ? `${JSON.stringify(solution, null, 2)}\n`
      : solutionText(solution, model, terminal.folder, paintFor(terminal.colours)),
  );
  return judged(solution);
}

/** An overload is a problem; where no form applies to anything, nothing is decided. */
function judged({ stations, behaviours }: Solution): ExitCode {
  const isOpen = behaviours.some(({ form }) => form !== 'mean value analysis' && form !== 'Bard-Schweitzer');
  if (isOpen && stations.some(({ utilisation, form }) => utilisation.low >= 1 && form === null))
    return exitCode.problems;
  return [...stations, ...behaviours].some(({ form }) => form !== null) ? exitCode.fine : exitCode.undecided;
}
