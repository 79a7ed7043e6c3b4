/** What a test came to, as plain data that survives a message between threads. Knows nothing of how it is shown. */
import type { ElementId, Place } from '../model/index.ts';

/** Raised whenever the shape of `TestResult` changes. */
export const TEST_SCHEMA = 2;

/**
 * `inconclusive`: what UML or chance leaves open decides. `error`: a run-time error ended the run, or what is tested is not
 * executed yet.
 */
export type TestVerdict = 'pass' | 'fail' | 'inconclusive' | 'error';

/** One line of what happened. */
export interface TraceEntry {
  /** Microseconds. */
  readonly time: number;
  /** What happened to it: an element of the model, or a step of the test. */
  readonly element: ElementId;
  readonly text: string;
}

/** How what is left open was decided in a run: by the seed of its draws, and the position of each way taken, in order. */
export interface Way {
  readonly seed: number;
  readonly decisions: readonly number[];
}

/** How one run of a test ended. */
export interface Outcome {
  readonly verdict: 'pass' | 'fail' | 'error';
  /** The step that failed, or during which the error came up; null where it passed. */
  readonly step: ElementId | null;
  /** Of that step, or of the line of the model that the error names. */
  readonly place: Place | null;
  /** Why it did not pass, in one sentence; empty where it did. */
  readonly message: string;
  readonly expected: string | null;
  readonly found: string | null;
  /** That leads to it again; null where nothing was run. */
  readonly way: Way | null;
  /** As far as the run got. */
  readonly trace: readonly TraceEntry[];
}

export interface TestResult extends Omit<Outcome, 'verdict'> {
  readonly test: ElementId;
  readonly name: string;
  readonly verdict: TestVerdict;
  /** In how many ways what is left open was decided. */
  readonly outcomes: number;
  /** False where there are more ways than were looked at. */
  readonly complete: boolean;
  readonly coverage: readonly MachineCoverage[];
}

/** What of a machine was reached, in any of the outcomes; of an activity its nodes as states, its edges as transitions. */
export interface MachineCoverage {
  readonly machine: ElementId;
  readonly states: readonly Covered[];
  readonly transitions: readonly Covered[];
}

export interface Covered {
  readonly element: ElementId;
  readonly place: Place;
  /** How often, over all outcomes that were looked at. */
  readonly count: number;
}
