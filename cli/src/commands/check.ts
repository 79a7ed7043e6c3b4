/** `pollux check FILES…`: what is wrong with models, without running them. */
import type { Problem } from '@pollux/language-server/language';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { readModel, shownPath } from '../read-model.ts';
import type { CheckFormat, Terminal } from '../terminal.ts';
import { paintFor } from '../text/paint.ts';
import { problemLine, problemSummary } from '../text/problems.ts';
import { sarif } from '../text/sarif.ts';

/** Raised whenever the shape of the JSON changes. */
const CHECK_SCHEMA = 1;

export async function check(paths: readonly string[], format: CheckFormat, terminal: Terminal): Promise<ExitCode> {
  const found = new Map<string, Problem>();
  for (const path of paths) {
    const { problems } = await readModel(path, terminal.folder, { withFixes: format === 'sarif' });
    for (const problem of problems) found.set(keyOf(problem), problem);
  }
  const problems = [...found.values()].sort(byPlace);
  terminal.out(printedProblems(problems, paths.length, format, terminal));
  return problems.some(({ severity }) => severity === 'error') ? exitCode.problems : exitCode.fine;
}

/** What `check` prints, also where another command finds the model in error. */
export function printedProblems(
  problems: readonly Problem[],
  files: number,
  format: CheckFormat,
  terminal: Terminal,
): string {
  switch (format) {
    case 'text':
      return checkText(problems, files, terminal);
    case 'json':
      return checkJson(problems, terminal.folder);
    case 'sarif':
      return sarif(problems, terminal.folder);
  }
}

function checkJson(problems: readonly Problem[], folder: string): string {
  const report = {
    schema: CHECK_SCHEMA,
    errors: problems.filter(({ severity }) => severity === 'error').length,
    warnings: problems.filter(({ severity }) => severity === 'warning').length,
    problems: problems.map(({ code, severity, message, place }) => ({
      file: shownPath(place.uri, folder),
      line: place.start.line + 1,
      column: place.start.character + 1,
      endLine: place.end.line + 1,
      endColumn: place.end.character + 1,
      severity,
      code,
      message,
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function checkText(problems: readonly Problem[], files: number, terminal: Terminal): string {
  const paint = paintFor(terminal.colours);
  return (
    problems.map((problem) => problemLine(problem, terminal.folder, paint)).join('') + problemSummary(problems, files)
  );
}

/** Two files may import the same one. */
function keyOf({ code, message, place }: Problem): string {
  return JSON.stringify([code, message, place.uri, place.start]);
}

function byPlace(a: Problem, b: Problem): number {
  const order = a.place.start.line - b.place.start.line || a.place.start.character - b.place.start.character;
  return a.place.uri < b.place.uri ? -1 : a.place.uri > b.place.uri ? 1 : order;
}
