/**
 * Runs a test in every way in which what UML leaves open can be decided, and says what came of it. A pure function: the same
 * test of the same model gives the same bytes.
 */
import { compileMachine } from '../behavior/index.ts';
import type { ElementId, Interaction, Model, OperationCost, TestCase } from '../model/index.ts';
import { Coverage } from './coverage.ts';
import { InteractionSubject } from './interaction-subject.ts';
import { MachineSubject } from './machine-subject.ts';
import { notPlayed } from './not-played.ts';
import { OpenChoices } from './open-choices.ts';
import { SEEDS, seedsFor } from './seeds.ts';
import type { Subject } from './subject.ts';
import type { Outcome, TestResult } from './test-result.ts';
import { Trial } from './trial.ts';

export interface TestOptions {
  /** Ways that are looked at, at most. */
  readonly limit?: number;
  readonly cancelled?: () => boolean;
}

const OUTCOME_LIMIT = 1000;

type Make = (trial: Trial, open: OpenChoices, seed: number) => Subject;

/** Null where the model has no such test. */
export function runTest(model: Model, id: ElementId, options: TestOptions = {}): TestResult | null {
  const test = model.tests.find((candidate) => candidate.id === id);
  if (test === undefined) return null;
  const coverage = new Coverage();
  const prepared = prepare(model, test, coverage);
  const about = { test: test.id, name: test.name };
  if ('refused' in prepared) return { ...about, ...prepared.refused, outcomes: 0, complete: false, coverage: [] };
  const { found, complete } = everyOutcome(model, test, prepared, coverage, options);
  return { ...about, ...judged(test, found, complete), outcomes: found.count, complete, coverage: coverage.of(model) };
}

interface Prepared {
  readonly make: Make;
  readonly seeds: readonly number[];
}

function prepare(model: Model, test: TestCase, coverage: Coverage): Prepared | { readonly refused: Outcome } {
  const machine = compileMachine(model, test.behaviour);
  if (machine !== null) {
    coverage.add(machine);
    return {
      make: (trial, open, seed) => new MachineSubject(model, machine, trial, open, seed),
      seeds: seedsFor(machine),
    };
  }
  const interaction = model.interactions.find((candidate) => candidate.id === test.behaviour);
  if (interaction !== undefined) return prepareInteraction(model, test, interaction, coverage);
  const activity = model.activities.find((candidate) => candidate.id === test.behaviour);
  const name = activity?.name ?? test.behaviour;
  const message =
    activity === undefined
      ? `There is no behaviour ${name}.`
      : `Activities such as ${name} are not executed yet, so a test of one cannot be run.`;
  return { refused: refusal(test, message) };
}

function prepareInteraction(
  model: Model,
  test: TestCase,
  interaction: Interaction,
  coverage: Coverage,
): Prepared | { readonly refused: Outcome } {
  const [missing] = notPlayed(model, interaction);
  if (missing !== undefined) {
    const message = `Line ${missing.place.start.line + 1}: ${missing.message}`;
    return { refused: { ...refusal(test, message), place: missing.place } };
  }
  const machines = interaction.lifelines.flatMap(({ represents }) => {
    const compiled = represents.kind === 'machine' ? compileMachine(model, represents.machine) : null;
    return compiled === null ? [] : [compiled];
  });
  for (const machine of machines) coverage.add(machine);
  const standIns = new Map<ElementId, OperationCost>();
  for (const step of test.steps) {
    if (step.kind === 'given') standIns.set(step.operation, { ...standIns.get(step.operation), ...step.cost });
  }
  return {
    make: (trial, open, seed) => new InteractionSubject(model, interaction, standIns, trial, open, seed),
    seeds: SEEDS,
  };
}

function refusal({ id, label }: TestCase, message: string): Outcome {
  return { verdict: 'error', step: id, place: label, message, expected: null, found: null, trace: [] };
}

/** The first of each verdict, and how many there were. */
interface Found {
  count: number;
  unlike: number;
  passed: Outcome | null;
  other: Outcome | null;
}

function everyOutcome(
  model: Model,
  test: TestCase,
  { make, seeds }: Prepared,
  coverage: Coverage,
  { limit = OUTCOME_LIMIT, cancelled }: TestOptions,
): { readonly found: Found; readonly complete: boolean } {
  const found: Found = { count: 0, unlike: 0, passed: null, other: null };
  const open = new OpenChoices();
  let complete = true;
  for (const seed of seeds) {
    if (!complete) break;
    complete = open.each(Math.max(1, Math.floor(limit / seeds.length)), () => {
      const trial = new Trial(model, test, (machine, occurrence) => coverage.note(machine, occurrence));
      const outcome = trial.run(make(trial, open, seed));
      found.count++;
      if (outcome.verdict === 'pass') found.passed ??= outcome;
      else {
        found.unlike++;
        found.other ??= outcome;
      }
      // An endless step would be tried in every way.
      return outcome.verdict !== 'error' && cancelled?.() !== true;
    });
  }
  return { found, complete };
}

function judged(
  { everyOrder }: TestCase,
  { count, unlike, passed, other }: Found,
  complete: boolean,
): Outcome | (Omit<Outcome, 'verdict'> & { readonly verdict: 'inconclusive' }) {
  const ways = `${count} ${count === 1 ? 'way' : 'ways'}`;
  if (other === null) {
    const pass = passed ?? nothing;
    if (complete || !everyOrder) return pass;
    const message = `All ${ways} that were looked at pass, but there are more: not every order was tried.`;
    return { ...pass, verdict: 'inconclusive', message };
  }
  if (passed === null) return other;
  const share = `In ${unlike} of ${ways} in which what is left open can be decided`;
  if (everyOrder) return { ...other, message: `${share}: ${other.message}` };
  const message = `${share}, an order or chance decides against it: ${other.message}`;
  return { ...other, verdict: 'inconclusive', message };
}

const nothing: Outcome = {
  verdict: 'pass',
  step: null,
  place: null,
  message: '',
  expected: null,
  found: null,
  trace: [],
};
