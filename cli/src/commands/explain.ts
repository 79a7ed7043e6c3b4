/** `pollux explain FILE --scenario NAME`: what limits a scenario, what would help, and the smallest change that meets every expectation. */

import { type Answers, explain as explainScenario } from '@pollux/engine/simulation';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { named } from '../read-model.ts';
import type { Format, Terminal } from '../terminal.ts';
import { answersText } from '../text/answers.ts';
import { paintFor } from '../text/paint.ts';
import { conduct } from './conduct.ts';
import { modelToSimulate } from './runnable-model.ts';

export interface ExplainCommandOptions {
  readonly scenario?: string;
  /** False: only what limits it. */
  readonly search: boolean;
  readonly budget?: number;
  readonly seed?: number;
  readonly replications?: number;
  readonly threads?: number;
  /** Where to write a report in HTML. */
  readonly report?: string;
  readonly format: Format;
}

export async function explain(path: string, options: ExplainCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const model = await modelToSimulate(path, options.format, terminal);
  if (model === null) return exitCode.problems;
  const scenario = named(model.scenarios, options.scenario, 'scenario', '--scenario');
  const { format, seed, replications, threads, budget } = options;
  const search = options.search ? (budget ?? true) : false;
  const plan = explainScenario(model, scenario.id, { seed, replications, search });
  const text = (answer: Answers, isCancelled: boolean): string =>
    answersText(answer, model, terminal.folder, isCancelled, paintFor(terminal.colours));
  const { answer: answers, cancelled } = await conduct(plan, { threads, format, text }, terminal);
  if (options.report !== undefined) {
    const { writeReport } = await import('../write-report.ts');
    await writeReport(options.report, { run: answers.result, answers }, model, terminal);
  }
  return judged(answers, cancelled);
}

/** What cannot be met by anything that was searched is a problem; what was not searched to its end is undecided. */
function judged({ result, change }: Answers, cancelled: boolean): ExitCode {
  if (result.findings.some(({ severity }) => severity === 'error')) return exitCode.problems;
  if (cancelled || change?.status === 'out-of-budget' || change?.status === 'cancelled') return exitCode.undecided;
  return change?.status === 'none' ? exitCode.problems : exitCode.fine;
}
