/** The model that a command is to run, or the problems that stand in the way, printed as `check` would. */
import type { Model } from '@pollux/engine/model';
import { readRecordings } from '@pollux/runtime';
import { readModel } from '../read-model.ts';
import type { CheckFormat, Terminal } from '../terminal.ts';
import { printedProblems } from './check.ts';

/** Null where the model has errors; they are printed. */
export async function runnableModel(path: string, format: CheckFormat, terminal: Terminal): Promise<Model | null> {
  const { model, problems } = await readModel(path, terminal.folder);
  const broken = problems.some(({ severity }) => severity === 'error');
  if (model !== null && !broken) return readRecordings(model);
  terminal.out(printedProblems(problems, 1, format, terminal));
  return null;
}
