/** Problems of a model, one a line, in the form that editors and CI know how to jump from. */
import type { Problem } from '@pollux/language-server/language';
import { shownPath } from '../read-model.ts';
import { counted } from './figures.ts';
import type { Paint } from './paint.ts';

/** `file:line:col severity message [code]` */
export function problemLine(problem: Problem, folder: string, paint: Paint): string {
  const { uri, start } = problem.place;
  const place = `${shownPath(uri, folder)}:${start.line + 1}:${start.character + 1}`;
  const colour =
    problem.severity === 'error' ? paint.bad : problem.severity === 'warning' ? paint.doubtful : paint.quiet;
  return `${place} ${colour(problem.severity)} ${problem.message} ${paint.quiet(`[${problem.code}]`)}\n`;
}

export function problemSummary(problems: readonly Problem[], files: number): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  const inFiles = counted(files, 'file');
  return `${counted(errors, 'error')}, ${counted(warnings, 'warning')} in ${inFiles}\n`;
}
