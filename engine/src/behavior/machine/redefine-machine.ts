/**
 * `machine Express extends Order`: what Express declares under a name that Order has redefines it, all else is inherited
 * (UML 2.5.1, 14.3). A transition redefines those with the same source and the same kind of trigger (the same signals, the
 * same operation). Knows one machine and one it extends.
 */
import type { Machine, Pseudostate, Region, State, Transition, Vertex } from '../../model/index.ts';
import { renamed, renameUnder } from './rename-elements.ts';

export function redefineMachine(general: Machine, special: Machine): Machine {
  const rename = renameUnder(general, special.id);
  const inherited = renamed(general, rename);
  const own = renamed(special, rename);
  return {
    ...own,
    parameters: byId(inherited.parameters, own.parameters),
    variables: byId(inherited.variables, own.variables),
    operations: [
      ...general.operations.filter(({ name }) => !own.operations.some((other) => other.name === name)),
      ...own.operations,
    ],
    ...bothInvariants(inherited, own),
    regions: byId(inherited.regions, own.regions, redefineRegion),
    connectionPoints: byId(inherited.connectionPoints, own.connectionPoints),
  };
}

/** What was there keeps its place; what is new comes behind. */
function byId<T extends { readonly id: string }>(
  general: readonly T[],
  special: readonly T[],
  redefine: (general: T, special: T) => T = (_, own) => own,
): readonly T[] {
  const own = new Map(special.map((item) => [item.id, item]));
  const kept = general.map((item) => {
    const other = own.get(item.id);
    own.delete(item.id);
    return other === undefined ? item : redefine(item, other);
  });
  return [...kept, ...own.values()];
}

function redefineRegion(general: Region, special: Region): Region {
  return {
    ...special,
    vertices: byId<Vertex>(general.vertices, special.vertices, redefineVertex),
    transitions: redefineTransitions(general.transitions, special.transitions),
  };
}

function redefineVertex(general: Vertex, special: Vertex): Vertex {
  return general.kind === 'state' && special.kind === 'state' ? redefineState(general, special) : special;
}

function redefineState(general: State, special: State): State {
  const activity = special.activity ?? general.activity;
  const submachine = special.submachine ?? general.submachine;
  const deferred = new Map([...general.deferred, ...special.deferred].map((event) => [JSON.stringify(event), event]));
  const { entryParameters: _entry, exitParameters: _exit, ...own } = special;
  return {
    ...own,
    ...entryOf(special.entry.length > 0 ? special : general),
    ...exitOf(special.exit.length > 0 ? special : general),
    ...(activity === undefined ? {} : { activity }),
    ...(submachine === undefined ? {} : { submachine }),
    ...bothInvariants(general, special),
    deferred: [...deferred.values()],
    regions: byId(general.regions, special.regions, redefineRegion),
    connectionPoints: byId<Pseudostate>(general.connectionPoints, special.connectionPoints),
  };
}

/** A behaviour goes with its parameters. */
function entryOf({ entry, entryParameters }: State): Pick<State, 'entry' | 'entryParameters'> {
  return { entry, ...(entryParameters === undefined ? {} : { entryParameters }) };
}

function exitOf({ exit, exitParameters }: State): Pick<State, 'exit' | 'exitParameters'> {
  return { exit, ...(exitParameters === undefined ? {} : { exitParameters }) };
}

/** What the special one demands comes on top. */
function bothInvariants(general: Machine | State, special: Machine | State): Pick<State, 'invariants'> {
  const invariants = [...(general.invariants ?? []), ...(special.invariants ?? [])];
  return invariants.length === 0 ? {} : { invariants };
}

function redefineTransitions(general: readonly Transition[], special: readonly Transition[]): readonly Transition[] {
  const own = Map.groupBy(special, keyOf);
  const kept = general.flatMap((transition) => {
    const key = keyOf(transition);
    const others = own.get(key);
    if (others === undefined) return [transition];
    own.set(key, []);
    return others;
  });
  return [...kept, ...[...own.values()].flat()];
}

function keyOf({ source, trigger }: Transition): string {
  const named =
    trigger.kind === 'signal' ? trigger.signals.toSorted() : trigger.kind === 'call' ? [trigger.operation] : [];
  return JSON.stringify([source, trigger.kind, ...named]);
}
