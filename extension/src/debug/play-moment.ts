/** What a debugger can stop at while a test or an interaction is played: one moment of it, with all that can be seen then. */
import type { Known } from '@pollux/engine/expressions';
import type { ElementId, Model, Place, TestCase, TestStep, Value } from '@pollux/engine/model';
import type { Branch, Way } from '@pollux/engine/testing';
import type { Moment } from './moment.ts';
import type { Walked } from './walk.ts';
import type { WatchedMachine } from './watched-machine.ts';

/** What is played. */
export interface PlayProgram {
  readonly model: Model;
  readonly test: TestCase;
  /** How what is left open is decided. */
  readonly way: Way;
  /** No test of the model: it goes on to its end, and then waits. */
  readonly isScript: boolean;
}

/** An execution under way. */
export interface ExecutionSeen {
  readonly lifeline: number;
  readonly message: ElementId;
  readonly name: string;
  /** Of its caller; absent where the interaction itself is. */
  readonly caller: string;
  readonly since: number;
  /** Of the step that it is at. */
  readonly place: Place;
}

export interface InstanceSeen {
  readonly machine: WatchedMachine;
  readonly moment: Moment;
}

export interface PlayMoment extends Walked {
  readonly element: ElementId;
  readonly time: number;
  /** What goes on beside others; null for steps of a test and for what time does to a machine. */
  readonly branch: Branch | null;
  /** Whoever does it: a lifeline, `UNDER_TEST`, or null for the interaction or the test itself. */
  readonly lifeline: number | null;
  /** Position of the execution that does it; -1 where none does. */
  readonly execution: number;
  /** The step of the test that is being done. */
  readonly test: Place | null;
  /** The step that the interaction itself is at. */
  readonly root: Place | null;
  /** Of the interaction's parameters and variables, by position. */
  readonly values: readonly Known[];
  readonly executions: readonly ExecutionSeen[];
  readonly instances: ReadonlyMap<number, InstanceSeen>;
  /** When something goes on by time alone. */
  readonly waits: readonly number[];
}

/** What a person does to a run at the moment with that position. */
export type Interference = { readonly at: number } & (
  | { readonly kind: 'step'; readonly step: TestStep }
  /** Of the interaction where `lifeline` is null, else of the instance that does something then. */
  | { readonly kind: 'set'; readonly lifeline: number | null; readonly slot: number; readonly value: Value }
);
