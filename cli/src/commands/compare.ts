/** `pollux compare FILE [OTHER] --scenario A --with B`: two scenarios under the same luck, and what differs between them. */

import type { Model, Scenario } from '@pollux/engine/model';
import { type Compared, type ComparisonResult, comparison } from '@pollux/engine/simulation';
import { type ExitCode, exitCode, UsageError } from '../exit-code.ts';
import { named } from '../read-model.ts';
import type { Format, Terminal } from '../terminal.ts';
import { comparisonText } from '../text/comparison.ts';
import { paintFor } from '../text/paint.ts';
import { conduct } from './conduct.ts';
import { modelToSimulate } from './runnable-model.ts';

export interface CompareOptions {
  readonly scenario?: string;
  readonly with: readonly string[];
  readonly seed?: number;
  readonly replications?: number;
  readonly threads?: number;
  /** Where to write a report in HTML. */
  readonly report?: string;
  readonly format: Format;
}

export async function compare(
  path: string,
  otherPath: string | undefined,
  options: CompareOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const model = await modelToSimulate(path, options.format, terminal);
  if (model === null) return exitCode.problems;
  const other = otherPath === undefined ? model : await modelToSimulate(otherPath, options.format, terminal);
  if (other === null) return exitCode.problems;
  const scenario = comparedScenario(model, options.scenario);
  const baselines = baselinesOf(scenario, other, options.with, other !== model);
  const { format, seed, replications, threads } = options;
  const plan = comparison({ model, scenario: scenario.id }, baselines, { seed, replications });
  const text = (answer: ComparisonResult, isCancelled: boolean): string =>
    comparisonText(answer, model, terminal.folder, isCancelled, paintFor(terminal.colours));
  const { answer: result, cancelled } = await conduct(plan, { threads, format, text }, terminal);
  if (options.report !== undefined) {
    const { writeReport } = await import('../write-report.ts');
    await writeReport(options.report, { run: result.result, comparison: result }, model, terminal);
  }
  return judged(result, cancelled);
}

/** Without a name: the only one that says what it is compared with. */
function comparedScenario(model: Model, name: string | undefined): Scenario {
  const comparing = model.scenarios.filter(({ comparedWith }) => comparedWith.length > 0);
  return named(
    name === undefined && comparing.length === 1 ? comparing : model.scenarios,
    name,
    'scenario',
    '--scenario',
  );
}

function baselinesOf(scenario: Scenario, other: Model, names: readonly string[], isOther: boolean): Compared[] {
  if (names.length > 0)
    return names.map((name) => ({ model: other, scenario: named(other.scenarios, name, 'scenario', '--with').id }));
  // In another file the scenario of the same name is what is meant.
  if (isOther) return [{ model: other, scenario: named(other.scenarios, scenario.name, 'scenario', '--with').id }];
  if (scenario.comparedWith.length > 0) return scenario.comparedWith.map((id) => ({ model: other, scenario: id }));
  throw new UsageError(
    `${scenario.name} does not say what to compare it with. Say --with NAME, or write \`compare with NAME\` in it.`,
  );
}

/** A comparison shows; expectations are the business of `simulate`. Undecided where an expected or shown measure is. */
function judged({ result, comparisons }: ComparisonResult, cancelled: boolean): ExitCode {
  const runs = [result, ...comparisons.map(({ baseline }) => baseline)];
  if (runs.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))) return exitCode.problems;
  if (cancelled || comparisons.some(({ pairs }) => pairs < 2)) return exitCode.undecided;
  return exitCode.fine;
}
