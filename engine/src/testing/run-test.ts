/**
 * Runs a test in every way in which what UML leaves open can be decided, and says what came of it. A pure function: the same
 * test of the same model gives the same bytes.
 */
import { compileMachine } from '../behavior/index.ts';
import type { ElementId, Model, TestCase } from '../model/index.ts';
import { Coverage } from './coverage.ts';
import { OpenChoices } from './open-choices.ts';
import { type Prepared, prepareTest } from './prepare-test.ts';
import type { Outcome, TestResult } from './test-result.ts';
import { Trial } from './trial.ts';

export interface TestOptions {
  /** Ways that are looked at, at most. */
  readonly limit?: number;
  readonly cancelled?: () => boolean;
}

const OUTCOME_LIMIT = 1000;

/** Null where the model has no such test. */
export function runTest(model: Model, id: ElementId, options: TestOptions = {}): TestResult | null {
  const test = model.tests.find((candidate) => candidate.id === id);
  if (test === undefined) return null;
  const coverage = new Coverage();
  const prepared = prepareTest(model, test, (machine) => compileMachine(model, machine));
  const about = { test: test.id, name: test.name };
  if ('refused' in prepared) return { ...about, ...prepared.refused, outcomes: 0, complete: false, coverage: [] };
  for (const machine of prepared.machines) coverage.add(machine);
  for (const activity of prepared.activities) coverage.addActivity(activity);
  const { found, complete } = everyOutcome(model, test, prepared, coverage, options);
  return { ...about, ...judged(test, found, complete), outcomes: found.count, complete, coverage: coverage.of(model) };
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
      const trial = new Trial(model, test, (behaviour, kind, element) => coverage.note(behaviour, kind, element));
      const outcome = { ...trial.run(make(trial, open, seed)), way: { seed, decisions: open.decisions } };
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
  way: null,
  trace: [],
};
