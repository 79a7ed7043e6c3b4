import { MachineStepper } from '@pollux/engine/behavior';
import { describe, expect, test } from 'vitest';
import { compiled, created, logs, plainNames, trace } from './stepping.ts';

async function shares(text: string, runs: number): Promise<Record<string, number>> {
  const machine = await compiled(text);
  const counts: Record<string, number> = {};
  for (let seed = 0; seed < runs; seed++) {
    const stepper = new MachineStepper(machine, { seed });
    stepper.createInstance();
    const end = plainNames(stepper.states()).at(-1) ?? '';
    counts[end] = (counts[end] ?? 0) + 1 / runs;
  }
  return counts;
}

describe('choice', () => {
  test('the branch whose guard holds is taken, else the else branch', async () => {
    const text = `
      machine M(total: Real) {
        initial -> C
        choice C { [total > 400] / log "much" -> A  else / log "little" -> B }
        state A {}
        state B {}
      }`;
    expect(plainNames((await created(text, [500])).stepper.states())).toEqual(['A']);
    expect(plainNames((await created(text, [400])).stepper.states())).toEqual(['B']);
  });

  test('a choice sees what the effects before it did', async () => {
    const { stepper } = await created(`
      signal Go
      machine M() {
        var n: Integer = 0
        initial -> S
        state S { exit / n += 1  on Go / n += 1 -> C }
        choice C { [n == 2] -> A  else -> B }
        state A {}
        state B {}
      }`);
    stepper.dispatch('Go');
    expect(plainNames(stepper.states())).toEqual(['A']);
  });

  test('weights are shares, the rest goes to else', async () => {
    const counts = await shares(
      'machine M() { initial -> C  choice C { 30 % -> A  10 % -> B  else -> D }  state A {} state B {} state D {} }',
      4000,
    );
    expect(counts.A).toBeCloseTo(0.3, 1);
    expect(counts.B).toBeCloseTo(0.1, 1);
    expect(counts.D).toBeCloseTo(0.6, 1);
  });

  test('weights apply among the branches whose guard holds', async () => {
    const counts = await shares(
      `machine M() { var n: Integer = 1 initial -> C
        choice C { [n > 1] 50 % -> A  [n > 0] 25 % -> B  [n == 1] 25 % -> D }  state A {} state B {} state D {} }`,
      2000,
    );
    expect(counts.A).toBeUndefined();
    expect(counts.B).toBeCloseTo(0.5, 1);
  });

  test('a choice without a branch to take ends the step with an error', async () => {
    const { beginning, stepper } = await created(
      `
      machine M(n: Integer) {
        initial -> C
        choice C { [n > 1] -> A  [n < 0] -> A }
        state A {}
      }`,
      [1],
    );
    expect(trace(beginning)).toEqual(['error no-branch']);
    expect(stepper.problem?.place.start.line).toBe(3);
  });

  test('choices can follow one another', async () => {
    const { beginning } = await created(
      `
      machine M(n: Integer) {
        initial -> C
        choice C { [n > 0] / log "positive" -> D  else -> A }
        choice D { [n > 10] / log "large" -> A  else -> A }
        state A {}
      }`,
      [11],
    );
    expect(logs(beginning)).toEqual(['positive', 'large']);
  });
});

describe('junction', () => {
  const text = `
    signal Go
    machine M(n: Integer) {
      var seen: Integer = 0
      initial -> S
      state S { exit / seen = 100  on Go / log "to the junction" -> J }
      junction J { [seen == 0 and n > 0] / log "on" -> A  else / log "otherwise" -> B }
      state A {}
      state B {}
    }`;

  test('its guards are evaluated before anything is left', async () => {
    const { stepper } = await created(text, [1]);
    expect(logs(stepper.dispatch('Go'))).toEqual(['to the junction', 'on']);
    expect(plainNames(stepper.states())).toEqual(['A']);
  });

  test('its else is taken where no other branch can be', async () => {
    const { stepper } = await created(text, [-1]);
    expect(logs(stepper.dispatch('Go'))).toEqual(['to the junction', 'otherwise']);
  });

  test('where no branch can be taken the transition is not enabled', async () => {
    const { stepper } = await created(
      `
      signal Go
      machine M(n: Integer) {
        initial -> S
        state S { on Go -> J  on Go / log "second" }
        junction J { [n > 0] -> A }
        state A {}
      }`,
      [0],
    );
    expect(logs(stepper.dispatch('Go'))).toEqual(['second']);
  });
});
