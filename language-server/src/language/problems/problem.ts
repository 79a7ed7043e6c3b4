/** A finding about a text, as plain data. Knows neither Langium nor the Language Server Protocol. */
import type { Place } from '@pollux/engine/model';
import type { Fix } from './fix.ts';
import { type ProblemCode, problemCodes } from './problem-codes.ts';
import type { Severity } from './problem-declaration.ts';

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** What is wrong, where, and how to mend it. */
  readonly message: string;
  readonly place: Place;
  /** Ways to mend it, the likeliest first; worked out when somebody asks. */
  readonly fixes?: () => readonly Fix[];
}

/** Takes findings; the severity comes from the table of codes. */
export type Report = (code: ProblemCode, place: Place, message: string, fixes?: () => readonly Fix[]) => void;

/** Collects what is reported to it. */
export function collectProblems(): { readonly problems: Problem[]; readonly report: Report } {
  const problems: Problem[] = [];
  const report: Report = (code, place, message, fixes) => {
    const { severity } = problemCodes[code];
    problems.push({ code, severity, message, place, ...(fixes === undefined ? {} : { fixes }) });
  };
  return { problems, report };
}
