/**
 * Somebody who looks on while a test is run: told of each moment before it happens. Between two of them it may let something
 * happen of its own. Knows nothing of what is shown.
 */
import type { CompiledMachine, Occurrence } from '../behavior/index.ts';
import type { ElementId, TestStep } from '../model/index.ts';
import type { ReachedStep } from './execution.ts';
import type { Subject } from './subject.ts';

export interface Spectator {
  /** A machine of which an instance is made, of its lifeline or `UNDER_TEST`: it may be given listeners. */
  compile(machine: ElementId, lifeline: number): CompiledMachine | null;
  /** Told first of all. `interject` does a step that the test does not have. */
  begins(subject: Subject, interject: (step: TestStep) => void): void;
  tested(step: TestStep): void;
  reached(step: ReachedStep): void;
  /** In an instance of a machine. */
  occurred(occurrence: Occurrence): void;
  noted(element: ElementId, text: string): void;
  /** What is left open was decided: the position of the way taken, and how many there were. */
  decided(taken: number, count: number): void;
  /** Everything that was to happen now has happened. */
  settled(): void;
}
