/**
 * What the world around a machine may do to it: follow a script, or send anything the machine has an ear for at any time. Plain
 * data; when each of it happens is what exploring tries.
 */
import type { CompiledMachine } from '../behavior/index.ts';
import type { Value } from '../model/index.ts';

export interface SentEvent {
  /** A signal by its index, or a call by its index behind the signals. */
  readonly event: number;
  /** Attributes or parameters by position. */
  readonly values: readonly Value[];
}

export type ScriptStep = ({ readonly kind: 'event' } & SentEvent) | { readonly kind: 'wait'; readonly time: number };

export type Environment =
  | { readonly kind: 'script'; readonly steps: readonly ScriptStep[] }
  | {
      readonly kind: 'open';
      readonly events: readonly SentEvent[];
      /** The values are a selection: others may lead elsewhere. */
      readonly isSampled: boolean;
    };

/** Events that some transition names or some state defers; one of those that only `on any` takes. */
export function eventsHandled(compiled: CompiledMachine): readonly number[] {
  const { vertices, columns, cells, defers, otherColumn, columnOfEvent, signals, operations } = compiled;
  const isHandled = (column: number): boolean =>
    vertices.some((_, v) => cells[v * columns + column] !== 0 || defers[v * columns + column] === 1);
  const named: number[] = [];
  let other = -1;
  for (let event = 0; event < signals.length + operations.length; event++) {
    const column = columnOfEvent[event] ?? otherColumn;
    if (column !== otherColumn) {
      if (isHandled(column)) named.push(event);
    } else if (other < 0) other = event;
  }
  return other >= 0 && isHandled(otherColumn) ? [...named, other] : named;
}
