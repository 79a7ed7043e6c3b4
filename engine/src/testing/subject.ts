/** What a test needs of the behaviour it runs, whatever its kind. Knows neither steps nor verdicts. */
import type { CompiledMachine, MachineStepper, Occurrence } from '../behavior/index.ts';
import type { Frame, RunProblem, Scope } from '../expressions/index.ts';
import type { ElementId, OperationCost, Value, Variable } from '../model/index.ts';
import type { Execution, ReachedStep } from './execution.ts';

/** An instance of a machine that takes part. */
export interface Instance {
  readonly compiled: CompiledMachine;
  readonly stepper: MachineStepper;
}

/** The key of the machine under test, where others have the position of their lifeline. */
export const UNDER_TEST = -1;

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
  /** Machines by their lifelines. */
  readonly instances: ReadonlyMap<number, Instance>;
  /** Under way now, in the order in which they began. */
  readonly executions: readonly Execution[];
  /** When something goes on by time alone, besides machines. */
  readonly waits: readonly number[];
  begin(values: readonly Value[]): void;
  send(signal: ElementId, values: readonly Value[], lifeline: ElementId | undefined): void;
  call(operation: ElementId, values: readonly Value[]): void;
  /** From now on the operation costs and answers that. */
  standIn(operation: ElementId, cost: OperationCost): void;
  /** Moves time on. */
  advance(to: number): void;
  /** As far as it goes by itself; a machine that waits stays where it is. */
  finish(): void;
}

/** Told of everything that happens in the subject. */
export interface Watcher {
  /** `machine`: which one it is an occurrence of. */
  occurred(machine: ElementId, occurrence: Occurrence): void;
  /** A token of an activity has gone along an edge: between two nodes that `occurred` tells of. */
  took(activity: ElementId, edge: ElementId): void;
  /** Something between messages. */
  noted(time: number, element: ElementId, text: string): void;
  /** A step of an interaction that is about to be done. */
  reached(step: ReachedStep): void;
  /** A moment at which everything that was to happen has happened. False: nothing more is to be run. */
  settled(): boolean;
}
