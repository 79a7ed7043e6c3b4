/** A finding about a text, as plain data. Knows neither Langium nor the Language Server Protocol. */
import type { Place } from '@pollux/engine/model';
import { type ProblemCode, problemCodes, type Severity } from './problem-codes.ts';

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** What is wrong, where, and how to mend it. */
  readonly message: string;
  readonly place: Place;
}

/** Takes findings; the severity comes from the table of codes. */
export type Report = (code: ProblemCode, place: Place, message: string) => void;

/** Collects what is reported to it. */
export function collectProblems(): { readonly problems: Problem[]; readonly report: Report } {
  const problems: Problem[] = [];
  const report: Report = (code, place, message) => {
    problems.push({ code, severity: problemCodes[code].severity, message, place });
  };
  return { problems, report };
}
