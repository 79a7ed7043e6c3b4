/**
 * The shortest sequences of events that take each transition of a machine: a search breadth first over what the stepper can
 * be made to do, each state looked at once. Bounded; says whether it came to an end.
 */
import { type CompiledMachine, MachineStepper, type StepperSnapshot } from '../behavior/index.ts';
import type { ElementId, Value } from '../model/index.ts';
import { OpenChoices } from './open-choices.ts';
import { type Stimulus, stimulate, untilNext } from './stimuli.ts';

export interface Start {
  readonly values: readonly Value[];
  readonly text: string;
}

export interface Path {
  readonly start: Start;
  readonly stimuli: readonly Stimulus[];
}

export interface Search {
  /** By transition: a shortest way to take it. */
  readonly paths: ReadonlyMap<ElementId, Path>;
  /** Nothing was left to try. */
  readonly complete: boolean;
}

interface Visited {
  readonly snapshot: StepperSnapshot;
  readonly path: Path;
}

/** Ways in which one event can come out that are followed. */
const OUTCOMES = 24;
/** A step that takes more is taken to be endless: nobody wants a test of it. */
export const STEP_BUDGET = 1000;
/** So much happens after an event as a rule; what takes longer counts for more of the bound. */
const OCCURRENCES = 10;

export function searchMachine(
  compiled: CompiledMachine,
  starts: readonly Start[],
  stimuli: readonly Stimulus[],
  { bound, cancelled }: { readonly bound: number; readonly cancelled?: () => boolean },
): Search {
  const paths = new Map<ElementId, Path>();
  const seen = new Set<string>();
  const queue: Visited[] = [];
  const open = new OpenChoices();
  let work = 0;
  let complete = true;

  const visit = (
    path: Path,
    run: () => { stepper: MachineStepper; taken: readonly { kind: string; element: ElementId }[] },
  ): void => {
    const all = open.each(OUTCOMES, () => {
      const { stepper, taken } = run();
      work += 1 + taken.length / OCCURRENCES;
      // A run-time error is no way to go.
      if (stepper.problem !== null) return true;
      for (const { kind, element } of taken) {
        if (kind === 'transition' && !paths.has(element)) paths.set(element, path);
      }
      const snapshot = stepper.snapshot();
      const key = keyOf(snapshot);
      if (stepper.status === 'live' && !seen.has(key)) {
        seen.add(key);
        queue.push({ snapshot, path });
      }
      return true;
    });
    complete &&= all;
  };

  for (const start of starts) {
    visit({ start, stimuli: [] }, () => {
      const stepper = new MachineStepper(compiled, { oracle: open, stepBudget: STEP_BUDGET });
      return { stepper, taken: stepper.createInstance(start.values) };
    });
  }
  for (let at = 0; at < queue.length && paths.size < compiled.transitions.length; at++) {
    const { snapshot, path } = queue[at] ?? {};
    if (snapshot === undefined || path === undefined) break;
    const next = untilNext(MachineStepper.restore(compiled, snapshot));
    for (const stimulus of next === undefined ? stimuli : [...stimuli, next]) {
      if (work >= bound || cancelled?.() === true) return { paths, complete: false };
      visit({ start: path.start, stimuli: [...path.stimuli, stimulus] }, () => {
        const stepper = MachineStepper.restore(compiled, snapshot, { oracle: open, stepBudget: STEP_BUDGET });
        return { stepper, taken: stimulate(stepper, stimulus) };
      });
    }
  }
  return { paths, complete };
}

/** What decides what can happen next; times count from now. */
function keyOf({
  configuration,
  values,
  pending,
  activitiesDone,
  changesHeld,
  deferred,
  past,
  time,
}: StepperSnapshot): string {
  const due = pending.map(({ due: at, element, values: carried }) => [
    at === null ? null : at - time,
    element,
    carried,
  ]);
  return JSON.stringify([configuration, values, due, activitiesDone, changesHeld, deferred, past]);
}
