/**
 * What compiled expressions and actions read and write while they run: values by slot, never by name. One frame is
 * reused for every step of every instance of a behaviour, so nothing is allocated per step.
 */
import type { ElementId, Place, SendTarget, Value } from '../model/index.ts';
import type { RandomStream } from '../numeric/index.ts';

/** A value, or `undefined` where it is not known (recognising what was only partly seen). `null` is the absent value. */
export type Known = Value | undefined;

/** What actions do to the world outside their behaviour. */
export interface Effects {
  /**
   * `values` is reused after the call: copy what is kept. The key of an instance is a literal. The delay is in microseconds, 0
   * where none is written.
   */
  send(signal: number, values: readonly Known[], target: SendTarget, delay: number): void;
  log(text: string, place: Place): void;
  /**
   * An operation of a component is called, and its reply is waited for. `law` yields what the operation itself would answer, `null`
   * where the call fails or nothing is returned. Absent where nobody can be called.
   */
  call?(operation: ElementId, values: readonly Value[], law: (frame: Frame) => Value): Value;
}

/** An occurrence seen in telemetry, read by the expressions of twins. */
interface ObservedOccurrence {
  readonly attributes: Readonly<Record<string, Value>>;
  readonly status: 'ok' | 'error' | 'unset';
}

/** The machines that an interaction's lifelines stand for. */
export interface LifelineStates {
  /** By the index that the scope gave the lifeline; undefined where nothing is known of the instance. */
  isIn(lifeline: number, state: ElementId): boolean | undefined;
}

const noEffects: Effects = { send() {}, log() {} };

export class Frame {
  /** Parameters and variables. */
  slots: Known[] = [];
  /** Attributes of the signal being handled, by position. */
  event: readonly Known[] = [];
  /** Which event that is, by the number that its machine gives it; -1 where what happens carries nothing. */
  handled = -1;
  /** Microseconds. */
  now = 0;
  /** When the behaviour began: `elapsed` is `now - began`. */
  began = 0;
  /** One stream a random source, by the index its scope gave it. */
  streams: readonly RandomStream[] = [];
  /** Active vertices of a machine, one an orthogonal strand, from `base` on: what `in(State)` looks at. */
  active: Int32Array = new Int32Array(0);
  base = 0;
  effects: Effects = noEffects;
  instances: LifelineStates | null = null;
  /** Values of the variables of `for` loops, by how deep the loop is nested. */
  readonly loops: Known[] = [];
  /** A `return` was met: the behaviour is over, and this is its value. */
  returned = false;
  /** Only for those who watch: whether a `return` was met is not known. */
  mayHaveReturned = false;
  reply: Known = null;
  occurrence: ObservedOccurrence | null = null;
  /** How many more loop turns and transitions this step may take. */
  budget = Number.POSITIVE_INFINITY;
}

export type Evaluate = (frame: Frame) => Value;
/** Three-valued: `undefined` where the outcome depends on something not known. */
export type EvaluatePartly = (frame: Frame) => Known;
export type Behaviour = (frame: Frame) => void;
