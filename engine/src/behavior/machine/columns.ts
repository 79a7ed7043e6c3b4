/** What can happen to a machine, numbered: signals and calls that its triggers name, and then what it times and watches itself. */
import type { ElementId, Machine, Model, Operation, Transition } from '../../model/index.ts';
import type { Change, Timer } from './compiled-machine.ts';
import type { MachineTree } from './machine-tree.ts';

export interface Columns {
  readonly count: number;
  readonly other: number;
  readonly timer: number;
  readonly change: number;
  readonly completion: number;
  readonly ofEvent: Int32Array;
  /** By column; and by vertex and column. */
  readonly deferrable: Uint8Array;
  readonly defers: Uint8Array;
  listens(transition: number, column: number): boolean;
}

/** The operations that can be called on a machine: its own, and those that a trigger or a state that defers names. */
export function operationsOf(model: Model, machine: Machine, tree: MachineTree): readonly Operation[] {
  const known = new Map(
    [...model.components.flatMap(({ operations }) => operations), ...machine.operations].map((o) => [o.id, o]),
  );
  const named = [...tree.transitions.flatMap(calledBy), ...tree.vertices.flatMap(deferredCalls)];
  const all = new Set([...machine.operations.map(({ id }) => id), ...named]);
  return [...all].flatMap((id) => known.get(id) ?? []);
}

export function numberColumns(
  model: Model,
  operations: readonly Operation[],
  tree: MachineTree,
  timers: readonly Timer[],
  changes: readonly Change[],
): Columns {
  const named = new Set([...tree.transitions.flatMap(namedBy), ...tree.vertices.flatMap(deferredEvents)]);
  const events = [...model.signals, ...operations].map(({ id }) => id);
  const columnOf = new Map(events.filter((id) => named.has(id)).map((id, column) => [id, column]));
  const other = columnOf.size;
  const timer = other + 1;
  const change = timer + timers.length;
  const completion = change + changes.length;
  const count = completion + 1;
  const deferrable = new Uint8Array(count);
  const defers = new Uint8Array(tree.vertices.length * count);
  tree.vertices.forEach((vertex, v) => {
    for (const event of deferredEvents(vertex)) {
      const column = columnOf.get(event);
      if (column === undefined) continue;
      deferrable[column] = 1;
      defers[v * count + column] = 1;
    }
  });
  return {
    count,
    other,
    timer,
    change,
    completion,
    ofEvent: Int32Array.from(events, (id) => columnOf.get(id) ?? other),
    deferrable,
    defers,
    listens(transition, column) {
      const t = tree.transitions[transition]!;
      switch (t.trigger.kind) {
        case 'any':
          return column <= other;
        case 'signal':
        case 'call':
          return namedBy(t).some((event) => columnOf.get(event) === column);
        case 'time':
        case 'clock':
          return timers[column - timer]?.transition === transition;
        case 'change':
          return changes[column - change]?.transition === transition;
        case 'completion':
          return column === completion;
        case 'none':
          return false;
      }
    },
  };
}

function namedBy({ trigger }: Transition): readonly ElementId[] {
  if (trigger.kind === 'signal') return trigger.signals;
  return trigger.kind === 'call' ? [trigger.operation] : [];
}

function calledBy({ trigger }: Transition): readonly ElementId[] {
  return trigger.kind === 'call' ? [trigger.operation] : [];
}

function deferredEvents(vertex: MachineTree['vertices'][number]): readonly ElementId[] {
  if (vertex.kind !== 'state') return [];
  return vertex.deferred.map((event) => (event.kind === 'signal' ? event.signal : event.operation));
}

function deferredCalls(vertex: MachineTree['vertices'][number]): readonly ElementId[] {
  if (vertex.kind !== 'state') return [];
  return vertex.deferred.flatMap((event) => (event.kind === 'call' ? [event.operation] : []));
}
