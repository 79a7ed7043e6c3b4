/**
 * Runs a test once, in one way, before a spectator. The same test, way and interjections give the same run. A test that expects
 * nothing is a script.
 */
import type { Oracle } from '../behavior/index.ts';
import type { Model, TestCase } from '../model/index.ts';
import { prepareTest } from './prepare-test.ts';
import type { Spectator } from './spectator.ts';
import type { Outcome, Way } from './test-result.ts';
import { Trial } from './trial.ts';

interface PlayOptions {
  /** Decisions beyond it take the first way. */
  readonly way: Way;
  /** Behind its steps the behaviour goes on as far as it does by itself. */
  readonly toTheEnd: boolean;
}

/** Told of everything, also of why nothing could be run. */
export function playTest(model: Model, test: TestCase, spectator: Spectator, { way, toTheEnd }: PlayOptions): Outcome {
  const prepared = prepareTest(model, test, (machine, lifeline) => spectator.compile(machine, lifeline));
  if ('refused' in prepared) return prepared.refused;
  const trial = new Trial(model, test, () => undefined, spectator);
  const subject = prepared.make(trial, new DecidedWay(way, spectator), way.seed);
  spectator.begins(subject, (step) => trial.interject(step, subject));
  return { ...trial.run(subject, toTheEnd), way };
}

class DecidedWay implements Oracle {
  readonly #way: Way;
  readonly #spectator: Spectator;
  #at = 0;

  constructor(way: Way, spectator: Spectator) {
    this.#way = way;
    this.#spectator = spectator;
  }

  maybe(): boolean {
    return this.pick(2) === 0;
  }

  pick(count: number): number {
    const taken = Math.min(this.#way.decisions[this.#at++] ?? 0, count - 1);
    this.#spectator.decided(taken, count);
    return taken;
  }

  order(count: number): number {
    return this.pick(count);
  }
}
