/** `pollux explain FILE --scenario NAME`: what limits a scenario, what would help, and the smallest change that meets every expectation. */

import { type Answers, explain as explainScenario } from '@pollux/engine/simulation';
import { conductInWorkers } from '@pollux/runtime';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { experimentLine, ProgressLine } from '../progress-line.ts';
import { named } from '../read-model.ts';
import type { Format, Terminal } from '../terminal.ts';
import { answersText } from '../text/answers.ts';
import { paintFor } from '../text/paint.ts';
import { runnableModel } from './runnable-model.ts';

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
  const model = await runnableModel(path, options.format, terminal);
  if (model === null) return exitCode.problems;
  const scenario = named(model.scenarios, options.scenario, 'scenario', '--scenario');
  const { format, seed, replications, threads, budget } = options;
  const line = new ProgressLine(terminal);
  const search = options.search ? (budget ?? true) : false;
  const answers = await conductInWorkers(explainScenario(model, scenario.id, { seed, replications, search }), {
    ...(threads === undefined ? {} : { threads }),
    signal: terminal.signal,
    onProgress: (progress) => line.show(experimentLine(progress)),
  });
  line.clear();
  const cancelled = terminal.signal.aborted;
  terminal.out(
    format === 'json'
      ? `${JSON.stringify(answers, null, 2)}\n`
      : answersText(answers, model, terminal.folder, cancelled, paintFor(terminal.colours)),
  );
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
