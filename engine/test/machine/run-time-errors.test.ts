import { describe, expect, test } from 'vitest';
import { created, trace } from './stepping.ts';

describe('what goes wrong while running', () => {
  test('division by zero ends the step with an error that names the line', async () => {
    const { stepper } = await created(`
      signal Share(among: Integer)
      machine M() {
        var each: Real = 0
        initial -> A
        state A {
          on Share(among) / {
            log "before"
            each = 100 / among
            log "never"
          } -> B
        }
        state B {}
      }`);
    expect(trace(stepper.dispatch('Share', [0]))).toEqual(['exit A', 'log before', 'error division-by-zero']);
    expect(stepper.status).toBe('failed');
    expect(stepper.problem).toMatchObject({ code: 'division-by-zero', place: { start: { line: 8 } } });
  });

  test('an error in a guard ends the step too', async () => {
    const { stepper } = await created(`
      signal E(n: Integer)
      machine M() { initial -> A  state A { on E(n) [10 mod n == 1] -> A } }`);
    expect(trace(stepper.dispatch('E', [0]))).toEqual(['error division-by-zero']);
  });

  test('an Integer past 2^53 is an error, not a wrong number', async () => {
    const { stepper } = await created(
      `
      signal E
      machine M(large: Integer) { var n: Integer = large  initial -> A  state A { on E / n = n * 2 } }`,
      [2 ** 52],
    );
    expect(trace(stepper.dispatch('E'))).toEqual(['error overflow']);
  });

  test('what an event did not carry is absent, and absent is not a number', async () => {
    const { stepper } = await created(`
      signal E(n: Integer)
      machine M() { initial -> A  state A { on E(n) [n > 0] -> A } }`);
    expect(trace(stepper.dispatch('E'))).toEqual(['error absent-value']);
  });

  test('a failed assertion ends the step', async () => {
    const { stepper } = await created(`
      signal E
      machine M() { initial -> A  state A { on E / assert 1 > 2 } }`);
    expect(trace(stepper.dispatch('E'))).toEqual(['error assertion-failed']);
  });

  test('a value that is not known yet cannot be used', async () => {
    const { beginning } = await created('machine M() { initial -> A  state A { after ? -> A } }');
    expect(trace(beginning)).toEqual(['enter A', 'error value-not-known']);
  });

  test('an endless loop of completions names its cycle', async () => {
    const { beginning, stepper } = await created(
      'machine M() { initial -> A  state A { completion -> B }  state B { completion -> A } }',
      [],
      { stepBudget: 200 },
    );
    expect(beginning.at(-1)).toMatchObject({ kind: 'error', problem: { code: 'step-budget' } });
    expect(stepper.problem?.message).toMatch(/(A → B → A|B → A → B)/);
  });

  test('an endless chain of signals to itself ends too', async () => {
    const { stepper } = await created('signal E machine M() { initial -> A  state A { on E / send E to self } }', [], {
      stepBudget: 500,
    });
    expect(stepper.dispatch('E').at(-1)).toMatchObject({ kind: 'error', problem: { code: 'step-budget' } });
  });

  test('an endless chain of timers without delay ends too', async () => {
    const { stepper } = await created(
      'machine M() { initial -> A  state A { after 1 s -> B }  state B { after 0 s -> C  after 5 s -> A }  state C { after 0 s -> B } }',
      [],
      { stepBudget: 500 },
    );
    expect(stepper.advance(60_000_000).at(-1)).toMatchObject({
      kind: 'error',
      time: 1_000_000,
      problem: { code: 'step-budget' },
    });
  });

  test('an endless while loop ends too', async () => {
    const { stepper } = await created(
      'signal E machine M() { var n: Integer = 0 initial -> A  state A { on E / while true { n += 1 } } }',
      [],
      { stepBudget: 500 },
    );
    expect(trace(stepper.dispatch('E'))).toEqual(['error step-budget']);
  });
});
