/** `pollux simulate FILE --scenario NAME`: runs a scenario and judges its expectations. */

import { formatCount } from '@pollux/engine/numeric';
import type { SimulationResult } from '@pollux/engine/simulation';
import { simulateInWorkers } from '@pollux/runtime';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { ProgressLine } from '../progress-line.ts';
import { named } from '../read-model.ts';
import type { Format, Terminal } from '../terminal.ts';
import { junitOfExpectations } from '../text/junit-of-expectations.ts';
import { paintFor } from '../text/paint.ts';
import { simulationText } from '../text/simulation.ts';
import { writeText } from '../write-text.ts';
import { modelToSimulate } from './runnable-model.ts';

export interface SimulateOptions {
  readonly scenario?: string;
  readonly seed?: number;
  readonly replications?: number;
  readonly threads?: number;
  /** Where to write a report in HTML. */
  readonly report?: string;
  /** Where to write the expectations as JUnit XML. */
  readonly junit?: string;
  readonly format: Format;
}

export async function simulate(path: string, options: SimulateOptions, terminal: Terminal): Promise<ExitCode> {
  const model = await modelToSimulate(path, options.format, terminal);
  if (model === null) return exitCode.problems;
  const scenario = named(model.scenarios, options.scenario, 'scenario', '--scenario');
  const { format, scenario: _, report, junit, ...overrides } = options;
  const line = new ProgressLine(terminal);
  const result = await simulateInWorkers(model, scenario.id, {
    ...overrides,
    signal: terminal.signal,
    onProgress: ({ share: done, replications, events }) =>
      line.show(
        `simulating ${scenario.name}: ${Math.floor(done * 100)} % of ${replications} replications, ${formatCount(events)} events`,
      ),
  });
  line.clear();
  const cancelled = terminal.signal.aborted;
  terminal.out(
    format === 'json'
      ? `${JSON.stringify(result, null, 2)}\n`
      : simulationText(result, model, terminal.folder, cancelled, paintFor(terminal.colours)),
  );
  if (junit !== undefined) await writeText(junit, junitOfExpectations(result, model, terminal.folder), terminal.folder);
  if (report !== undefined) {
    const { writeReport } = await import('../write-report.ts');
    await writeReport(report, { run: result }, model, terminal);
  }
  return judged(result, cancelled);
}

function judged({ expectations, findings }: SimulationResult, cancelled: boolean): ExitCode {
  const missed = expectations.some(({ verdict }) => verdict === 'missed');
  if (missed || findings.some(({ severity }) => severity === 'error')) return exitCode.problems;
  const undecided = cancelled || expectations.some(({ verdict }) => verdict === 'undecided');
  return undecided ? exitCode.undecided : exitCode.fine;
}
