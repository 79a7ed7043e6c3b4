/** What is being debugged, as a debugger's protocol sees it: it moves, shows itself, and takes what is put in. */
import type { ElementId, Expression, Place, Value, ValueType } from '@pollux/engine/model';
import type { Fragment } from '@pollux/language-server/protocol';
import type { Breakpoint } from './breakpoint.ts';
import type { Site } from './breakpoint-sites.ts';
import type { ShownFrame, ShownScope, ShownVariable } from './moment-views.ts';
import type { Evaluated, Stop, Walked } from './walk.ts';

export interface ShownThread {
  readonly id: number;
  readonly name: string;
}

/** Where something is looked at: the position of the frame within its thread. */
export interface FramePosition {
  readonly thread: number;
  readonly frame: number;
}

export interface Debuggee {
  readonly name: string;
  readonly sites: readonly Site[];
  readonly moment: Walked;
  /** The one that is about to do something. */
  readonly thread: number;
  /** Said where it waits. */
  readonly hint: string;
  setBreakpoints(uri: string, breakpoints: readonly Breakpoint[]): void;
  start(stopOnEntry: boolean): Stop;
  continue(): Stop;
  stepIn(): Stop;
  stepOver(): Stop;
  stepOut(): Stop;
  stepBack(): Stop;
  reverseContinue(): Stop;
  threads(): readonly ShownThread[];
  /** Innermost first. */
  frames(thread: number): readonly ShownFrame[];
  scopes(at: FramePosition): readonly ShownScope[];
  /** Elements that a diagram marks, the one that is about to happen first. */
  active(): readonly ElementId[];
  /** The one whose names are seen there, or at a place. */
  behaviour(at: FramePosition | Place): ElementId;
  evaluate(expression: Expression, at: FramePosition): Evaluated;
  text(value: Value, type: ValueType): string;
  /** False where it cannot be set now. */
  set(variable: ShownVariable, value: Value): boolean;
  /** Lets it happen when it is called. */
  happens(fragment: Fragment): (() => Stop) | { readonly problem: string };
}
