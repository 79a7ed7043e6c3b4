/** What is said where the program itself fails on a text: a finding at the head of the file instead of silence. */
import type { Problem } from './problem.ts';
import { problemCodes } from './problem-codes.ts';

export function internalProblem(uri: string, error: unknown): Problem {
  const reason = error instanceof Error ? `${error.message}${whereIn(error)}` : String(error);
  const start = { line: 0, character: 0 };
  const message = `Part of this file could not be checked, by a mistake of Pollux: ${reason}. The other findings stand; please report it.`;
  return { code: 'internal', severity: problemCodes.internal.severity, message, place: { uri, start, end: start } };
}

/** The file and line of the program. */
function whereIn({ stack = '' }: Error): string {
  const place = /[\w.-]+\.[cm]?[jt]s:\d+/.exec(stack.split('\n').slice(1).join('\n'))?.[0];
  return place === undefined ? '' : ` (${place})`;
}
