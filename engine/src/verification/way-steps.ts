/** A way through an exploration in words that a person can repeat. Knows names; judges nothing. */
import type { CompiledMachine } from '../behavior/index.ts';
import type { ElementId, Value, Variable } from '../model/index.ts';
import type { Exploration, Step } from './exploration.ts';
import type { WayStep } from './finding.ts';
import { MOVE, move } from './move.ts';

/** What a step did beside leading on. */
interface Deeds {
  readonly logs: string[];
  readonly taken: number[];
}

export function describe(
  exploration: Exploration,
  steps: readonly Step[],
  roots: readonly (readonly Value[])[],
): WayStep[] {
  return steps.map((step) => {
    let says: Unsaid | null = null;
    const { logs } = deedsOf(exploration, step, () => {
      says = describeMove(exploration, step, roots);
    });
    const known: Unsaid = says ?? { kind: 'wait', time: 0 };
    return { ...known, choices: [...exploration.schedules.picks], logs };
  });
}

type Unsaid = WayStep extends infer S ? (S extends WayStep ? Omit<S, 'choices' | 'logs'> : never) : never;

/** Performs a step once more and listens. */
export function deedsOf(exploration: Exploration, step: Step, before: () => void = () => {}): Deeds {
  const deeds: Deeds = { logs: [], taken: [] };
  const { runtime } = exploration.world;
  const observer = runtime.observer;
  exploration.again(step, () => {
    before();
    runtime.observer = {
      entered() {},
      exited() {},
      discarded() {},
      deferred() {},
      terminated() {},
      sent() {},
      taken: (_instance, transition) => void deeds.taken.push(transition),
      logged: (_instance, text) => void deeds.logs.push(text),
    };
  });
  runtime.observer = observer;
  return deeds;
}

function describeMove(
  exploration: Exploration,
  { from, move: next }: Step,
  roots: readonly (readonly Value[])[],
): Unsaid {
  const { compiled, world } = exploration;
  if (from < 0) return { kind: 'create', args: named(compiled.variables, roots[next % MOVE] ?? []) };
  const kind = Math.floor(next / MOVE);
  if (kind === move.event) {
    const { event, values } = world.eventOf(next);
    const signal = compiled.signals[event];
    if (signal !== undefined) return { kind: 'signal', element: signal.id, args: named(signal.attributes, values) };
    const operation = compiled.operations[event - compiled.signals.length];
    return { kind: 'call', element: operation?.id ?? '', args: named(operation?.parameters ?? [], values) };
  }
  if (kind === move.timer || kind === move.activity)
    return { kind: kind === move.timer ? 'timer' : 'activity', element: timerElement(compiled, next % MOVE) };
  if (kind === move.wait) return { kind: 'wait', time: world.waitOf() };
  return { kind: 'own', element: eventElement(compiled, world.ownEventOf(next)?.event ?? 0) };
}

function timerElement({ timers, transitions, vertices }: CompiledMachine, timer: number): ElementId {
  const { transition, vertex } = timers[timer]!;
  return (transitions[transition] ?? vertices[vertex]!).id;
}

function eventElement({ signals, operations, changes, transitions }: CompiledMachine, event: number): ElementId {
  if (event < 0) return transitions[changes[-1 - event]!.transition]?.id ?? '';
  return (signals[event] ?? operations[event - signals.length])?.id ?? '';
}

function named(variables: readonly Variable[], values: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(values.map((value, i) => [variables[i]?.name ?? `${i}`, value]));
}
