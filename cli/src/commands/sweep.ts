/** `pollux sweep FILE --scenario NAME`: a scenario with every combination that its `vary` names, or `--vary`. */

import { type SweepResult, sweep as sweepOf } from '@pollux/engine/simulation';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { named } from '../read-model.ts';
import type { Format, Terminal } from '../terminal.ts';
import { paintFor } from '../text/paint.ts';
import { sweepText } from '../text/sweep.ts';
import { conduct } from './conduct.ts';
import { modelToSimulate } from './runnable-model.ts';

export interface SweepCommandOptions {
  readonly scenario?: string;
  readonly all?: boolean;
  readonly seed?: number;
  readonly replications?: number;
  readonly threads?: number;
  /** Where to write a report in HTML. */
  readonly report?: string;
  readonly format: Format;
}

export async function sweep(path: string, options: SweepCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const model = await modelToSimulate(path, options.format, terminal);
  if (model === null) return exitCode.problems;
  const varying = model.scenarios.filter(({ variations }) => variations.length > 0);
  const only = options.scenario === undefined && varying.length === 1 ? varying : model.scenarios;
  const scenario = named(only, options.scenario, 'scenario', '--scenario');
  const { format, seed, replications, threads } = options;
  const plan = sweepOf(model, scenario.id, { seed, replications, prunes: options.all !== true });
  const text = (answer: SweepResult, isCancelled: boolean): string =>
    sweepText(answer, model, terminal.folder, isCancelled, paintFor(terminal.colours));
  const { answer: result, cancelled } = await conduct(plan, { threads, format, text }, terminal);
  if (options.report !== undefined) {
    const { writeSweepReport } = await import('../write-report.ts');
    await writeSweepReport(options.report, result, model, terminal);
  }
  return judged(result, scenario.expectations.length > 0, cancelled);
}

/** A combination that meets every expectation is what a sweep looks for. */
function judged({ points, meetAll, findings }: SweepResult, isExpected: boolean, cancelled: boolean): ExitCode {
  if (findings.some(({ severity }) => severity === 'error')) return exitCode.problems;
  if (points.every(({ status }) => status === 'impossible')) return exitCode.problems;
  if (cancelled) return exitCode.undecided;
  if (!isExpected || meetAll.length > 0) return exitCode.fine;
  return points.some(({ verdict }) => verdict === 'undecided') ? exitCode.undecided : exitCode.problems;
}
