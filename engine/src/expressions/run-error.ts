/**
 * What can go wrong while a behaviour runs. Inside a run step it is thrown, the rim of the step catches it and hands
 * it on as data with the line it points at; nothing of it reaches the host of the engine as an exception.
 */
import type { Place } from '../model/index.ts';

export type RunProblemCode =
  | 'division-by-zero'
  | 'overflow'
  | 'absent-value'
  | 'value-not-known'
  | 'wrong-type'
  | 'index-outside'
  | 'not-executable'
  | 'negative-delay'
  | 'assertion-failed'
  | 'no-branch'
  | 'step-budget';

/** A run step's end before its time: plain data. */
export interface RunProblem {
  readonly code: RunProblemCode;
  readonly message: string;
  readonly place: Place;
}

export class RunError extends Error {
  readonly problem: RunProblem;

  constructor(code: RunProblemCode, message: string, place: Place) {
    super(message);
    this.name = 'RunError';
    this.problem = { code, message, place };
  }
}

/** Runs `work`; a run-time error becomes data, anything else is a defect and passes. */
export function attempt<T>(work: () => T): { readonly value: T } | { readonly problem: RunProblem } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof RunError) return { problem: error.problem };
    throw error;
  }
}
