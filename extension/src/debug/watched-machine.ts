/**
 * The compiled machine with a listener at every state, transition and action: what runs is the very code that simulations
 * run, and before each part of it somebody may look at the frame. Knows nothing of breakpoints.
 */
import { type CompiledMachine, compileMachine } from '@pollux/engine/behavior';
import type { Behaviour, Frame, Known } from '@pollux/engine/expressions';
import type { ElementId, Model, Place, SendTarget } from '@pollux/engine/model';
import { depthOfProbe, withProbes } from './with-probes.ts';

export interface Stroke {
  readonly kind: 'enter' | 'exit' | 'transition' | 'action';
  readonly element: ElementId;
  readonly place: Place;
  readonly depth: number;
}

/** Told before it happens; the frame is the one that runs, and what is written into it holds. */
export interface Watcher {
  stroke(stroke: Stroke, frame: Frame): void;
  logged(text: string, place: Place): void;
  sent(signal: number, values: readonly Known[], target: SendTarget, delay: number): void;
}

export interface WatchedMachine {
  readonly compiled: CompiledMachine;
  watcher: Watcher | null;
}

/** Null where the model has no such machine. */
export function watchedMachine(model: Model, id: ElementId): WatchedMachine | null {
  const compiled = compileMachine(withProbes(model), id);
  if (compiled === null) return null;
  const { exact, vertices, transitions } = compiled;
  const watched: { compiled: CompiledMachine; watcher: Watcher | null } = { compiled, watcher: null };
  let acting: ElementId = compiled.id;
  const seen = new WeakSet<Frame>();

  /** Actions reach the outside through their frame: there they pass by the watcher. */
  const watch = (frame: Frame): void => {
    if (seen.has(frame)) return;
    seen.add(frame);
    const { effects } = frame;
    frame.effects = {
      log(text, place) {
        const depth = depthOfProbe(text);
        if (depth === undefined) {
          watched.watcher?.logged(text, place);
          effects.log(text, place);
        } else watched.watcher?.stroke({ kind: 'action', element: acting, place, depth }, frame);
      },
      send(signal, values, target, delay) {
        watched.watcher?.sent(signal, values, target, delay);
        effects.send(signal, values, target, delay);
      },
      ...(effects.call === undefined ? {} : { call: effects.call.bind(effects) }),
    };
  };
  const before =
    (kind: 'enter' | 'exit' | 'transition', element: ElementId, place: Place, run: Behaviour | null): Behaviour =>
    (frame) => {
      watch(frame);
      acting = element;
      watched.watcher?.stroke({ kind, element, place, depth: 0 }, frame);
      run?.(frame);
    };
  const acted =
    (element: ElementId, run: Behaviour): Behaviour =>
    (frame) => {
      watch(frame);
      acting = element;
      run(frame);
    };
  watched.compiled = {
    ...compiled,
    exact: {
      ...exact,
      effects: transitions.map(({ id, label }, t) => before('transition', id, label, exact.effects[t] ?? null)),
      entries: vertices.map(({ id, label }, v) => before('enter', id, label, exact.entries[v] ?? null)),
      exits: vertices.map((vertex, v) => {
        const run = exact.exits[v] ?? null;
        return vertex.kind === 'state' ? before('exit', vertex.id, vertex.label, run) : run;
      }),
      activities: vertices.map(({ id }, v) => {
        const run = exact.activities[v] ?? null;
        return run === null ? null : acted(id, run);
      }),
    },
  };
  return watched;
}
