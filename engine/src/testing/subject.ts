/** What a test needs of the behaviour it runs, whatever its kind. Knows neither steps nor verdicts. */
import type { Occurrence } from '../behavior/index.ts';
import type { Frame, RunProblem, Scope } from '../expressions/index.ts';
import type { ElementId, Value, Variable } from '../model/index.ts';

export interface Subject {
  /** What it is given when it begins, by position; inherited ones too. */
  readonly parameters: readonly Variable[];
  /** Where the names in the test's expressions live. */
  readonly scope: Scope;
  /** In which they are evaluated now. */
  frame(): Frame;
  readonly now: number;
  /** The behaviour is over, well or not. */
  readonly isOver: boolean;
  /** The run-time error that ended it. */
  readonly problem: RunProblem | null;
  /** Active states by name, or how far it is; also of the machine that a lifeline stands for. */
  whereItIs(lifeline?: ElementId): string;
  begin(values: readonly Value[]): void;
  send(signal: ElementId, values: readonly Value[], lifeline: ElementId | undefined): void;
  call(operation: ElementId, values: readonly Value[]): void;
  /** Moves time on. */
  advance(to: number): void;
  /** As far as it goes by itself; a machine that waits stays where it is. */
  finish(): void;
}

/** Told of everything that happens in the subject. */
export interface Watcher {
  /** `machine`: which one it is an occurrence of. */
  occurred(machine: ElementId, occurrence: Occurrence): void;
  /** Something between messages. */
  noted(time: number, element: ElementId, text: string): void;
  /** A moment at which everything that was to happen has happened. False: nothing more is to be run. */
  settled(): boolean;
}
