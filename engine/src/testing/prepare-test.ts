/** What a test needs before it can be run: its behaviour, compiled, with stand-ins, or why there is no running it. */
import { type CompiledActivity, type CompiledMachine, compileActivities, type Oracle } from '../behavior/index.ts';
import type { Activity, ElementId, Interaction, Model, TestCase } from '../model/index.ts';
import { reachedActivities } from '../simulation/index.ts';
import { ActivitySubject } from './activity-subject.ts';
import { standInsOf } from './answers.ts';
import { InteractionSubject } from './interaction-subject.ts';
import { MachineSubject } from './machine-subject.ts';
import { notPlayed, notPlayedIn } from './not-played.ts';
import { SEEDS, seedsFor } from './seeds.ts';
import { type Subject, UNDER_TEST, type Watcher } from './subject.ts';
import type { Outcome } from './test-result.ts';

type Compile = (machine: ElementId, lifeline: number) => CompiledMachine | null;

export interface Prepared {
  readonly make: (watcher: Watcher, oracle: Oracle, seed: number) => Subject;
  /** That take part. */
  readonly machines: readonly CompiledMachine[];
  /** That take part, the tested one first. */
  readonly activities: readonly CompiledActivity[];
  readonly seeds: readonly number[];
}

/** `compile` is asked for each machine that takes part, with its lifeline or `UNDER_TEST`. */
export function prepareTest(model: Model, test: TestCase, compile: Compile): Prepared | { readonly refused: Outcome } {
  const machine = compile(test.behaviour, UNDER_TEST);
  if (machine !== null) {
    return {
      make: (watcher, oracle, seed) =>
        new MachineSubject(model, machine, watcher, { oracle, seed, standIns: standInsOf(test) }),
      machines: [machine],
      activities: [],
      seeds: seedsFor(machine),
    };
  }
  const interaction = model.interactions.find((candidate) => candidate.id === test.behaviour);
  if (interaction !== undefined) return prepareInteraction(model, test, interaction, compile);
  const activity = model.activities.find((candidate) => candidate.id === test.behaviour);
  if (activity !== undefined) return prepareActivity(model, test, activity);
  return { refused: refusal(test, `There is no behaviour ${test.behaviour}.`) };
}

function prepareInteraction(
  model: Model,
  test: TestCase,
  interaction: Interaction,
  compile: Compile,
): Prepared | { readonly refused: Outcome } {
  const [missing] = notPlayed(model, interaction);
  if (missing !== undefined) {
    const message = `Line ${missing.place.start.line + 1}: ${missing.message}`;
    return { refused: { ...refusal(test, message), place: missing.place } };
  }
  const machines = interaction.lifelines.flatMap(({ represents }, lifeline) => {
    const compiled = represents.kind === 'machine' ? compile(represents.machine, lifeline) : null;
    return compiled === null ? [] : [compiled];
  });
  const standIns = standInsOf(test);
  return {
    make: (watcher, oracle, seed) =>
      new InteractionSubject(model, interaction, standIns, watcher, oracle, seed, compile),
    machines,
    activities: [],
    seeds: SEEDS,
  };
}

function prepareActivity(model: Model, test: TestCase, activity: Activity): Prepared | { readonly refused: Outcome } {
  const [, ...invoked] = reachedActivities(model, [activity.id]);
  const activities = [activity, ...invoked] as const;
  const [missing] = activities.flatMap((one) => notPlayedIn(model, one));
  if (missing !== undefined) {
    const message = `Line ${missing.place.start.line + 1}: ${missing.message}`;
    return { refused: { ...refusal(test, message), place: missing.place } };
  }
  return {
    make: (watcher, oracle, seed) =>
      new ActivitySubject(model, activities, watcher, { oracle, seed, standIns: standInsOf(test) }),
    machines: [],
    activities: compileActivities(model, activities).activities,
    seeds: SEEDS,
  };
}

function refusal({ id, label }: TestCase, message: string): Outcome {
  return { verdict: 'error', step: id, place: label, message, expected: null, found: null, way: null, trace: [] };
}
