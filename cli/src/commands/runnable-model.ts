/** The model that a command is to run, or the problems that stand in the way, printed as `check` would. */
import type { Model } from '@pollux/engine/model';
import { readForRun, readRecordings } from '@pollux/runtime';
import { readModel } from '../read-model.ts';
import type { CheckFormat, Terminal } from '../terminal.ts';
import { printedProblems } from './check.ts';

/** Null where the model has errors; they are printed. */
export async function runnableModel(path: string, format: CheckFormat, terminal: Terminal): Promise<Model | null> {
  const model = await soundModel(path, format, terminal);
  return model === null ? null : readRecordings(model);
}

/** With what its twins observed, where a scenario asks for it. */
export async function modelToSimulate(path: string, format: CheckFormat, terminal: Terminal): Promise<Model | null> {
  const model = await soundModel(path, format, terminal);
  return model === null ? null : readForRun(model);
}

async function soundModel(path: string, format: CheckFormat, terminal: Terminal): Promise<Model | null> {
  const { model, problems } = await readModel(path, terminal.folder);
  const broken = problems.some(({ severity }) => severity === 'error');
  if (model !== null && !broken) return model;
  terminal.out(printedProblems(problems, 1, format, terminal));
  return null;
}
