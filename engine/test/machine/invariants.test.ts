/** What holds whenever a machine rests in a state, by whichever driver. */
import { createRecogniser } from '@pollux/engine/behavior';
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { modelFrom } from '../simulation/models.ts';
import { everything, way } from '../verification/exploring.ts';
import { compiled, created, trace } from './stepping.ts';

const signals = 'signal Add(n: Integer) signal Go signal Back\n';
const counting = (rest: string) =>
  `${signals}machine M(limit: Integer) { var sum: Integer = 0  initial -> A
    state A { on Add(n) / sum += n  on Go -> B }
    state B { invariant sum <= limit  on Add(n) / sum += n  on Back -> A }
    ${rest} }`;

describe('an invariant', () => {
  test('ends the run with its line where it does not hold in the state', async () => {
    const { stepper } = await created(counting(''), [5]);
    expect(trace(stepper.dispatch('Add', [9]))).toEqual([]);
    expect(trace(stepper.dispatch('Go'))).toEqual(['exit A', 'enter B', 'error assertion-failed']);
    expect(stepper.problem).toMatchObject({
      message: 'The invariant of B does not hold.',
      place: { start: { line: 3 } },
    });
    expect(stepper.status).toBe('failed');
  });

  test('counts only while the machine rests: what a step makes and mends is nobody’s concern', async () => {
    const { stepper } = await created(counting(''), [5]);
    stepper.dispatch('Go');
    expect(trace(stepper.dispatch('Add', [5]))).toEqual([]);
    const passing = await created(`${signals}machine M() { var n: Integer = 0  initial -> A  state A { on Go -> B }
      state B { entry / n = 1  invariant n == 0  completion / n = 0 -> C }  state C { invariant n == 0  on Go } }`);
    expect(trace(passing.stepper.dispatch('Go'))).toEqual(['exit A', 'enter B', 'exit B', 'enter C']);
  });

  test('of a machine counts in all its states, from the beginning and when time passes', async () => {
    const text = (
      initial: number,
    ) => `${signals}machine M() { var n: Integer = ${initial}  invariant n < 2  initial -> A
      state A { after 1 s / n += 1 -> A } }`;
    const late = await created(text(0));
    expect(trace(late.stepper.advance(5_000_000))).toEqual([
      'exit A',
      'enter A',
      'exit A',
      'enter A',
      'error assertion-failed',
    ]);
    expect(trace((await created(text(2))).beginning)).toEqual(['enter A', 'error assertion-failed']);
  });

  test('of a state holds in what lies in it, and of a submachine in the state that stands for it', async () => {
    const { stepper } = await created(`${signals}machine M() { var n: Integer = 0  initial -> A
      state A { invariant n < 3  initial -> A1  state A1 { on Add(k) / n += k -> A2 }  state A2 { on Add(k) / n += k } } }`);
    stepper.dispatch('Add', [2]);
    expect(trace(stepper.dispatch('Add', [2]))).toEqual(['error assertion-failed']);
    const inner = await created(`${signals}machine M() { initial -> P  state P : Part(most: 3) }
      machine Part(most: Integer) { var n: Integer = 0  invariant n < most  initial -> X  state X { on Add(k) / n += k } }`);
    expect(trace(inner.stepper.dispatch('Add', [2]))).toEqual([]);
    expect(trace(inner.stepper.dispatch('Add', [2]))).toEqual(['error assertion-failed']);
  });

  test('is inherited, and one more comes on top', async () => {
    const run = async (values: readonly number[]) => {
      const { stepper } = await created(`${signals}machine Special extends Base { state A { invariant n != 2 } }
        machine Base() { var n: Integer = 0  initial -> A  state A { invariant n < 3  on Add(k) / n += k } }`);
      return values.flatMap((n) => trace(stepper.dispatch('Add', [n])));
    };
    expect(await run([2])).toEqual(['error assertion-failed']);
    expect(await run([1, 2])).toEqual(['error assertion-failed']);
    expect(await run([1])).toEqual([]);
  });
});

test('exploring shows a shortest way to where it does not hold', async () => {
  const { findings } = await everything(
    'signal Up signal Go machine M() { var n: Integer = 0  initial -> A  state A { on Up [n < 4] / n += 1  on Go -> B }  state B { invariant n != 2  on Up [n < 4] / n += 1 } }',
  );
  const broken = findings.filter(({ kind }) => kind === 'assertion');
  expect(broken.map(({ message, severity }) => [message, severity])).toEqual([
    ['The invariant of B does not hold.', 'error'],
  ]);
  expect(broken[0]?.trace).toHaveLength(4);
  expect(way(broken[0]!).split(' ').sort()).toEqual(['Go', 'Up', 'Up', 'create']);
});

test('what is observed is rejected only where it surely does not hold', async () => {
  const machine = await compiled(counting(''));
  const verdicts = (limit: number | undefined, n: number | undefined) => {
    const recogniser = createRecogniser(machine, [limit], 0);
    recogniser.observe('Add', n === undefined ? [] : [n], 1);
    return recogniser.observe('Go', [], 2).verdict;
  };
  expect(verdicts(5, 9)).toBe('rejected');
  expect(verdicts(5, 5)).toBe('accepted');
  expect(verdicts(undefined, 9)).not.toBe('rejected');
  expect(verdicts(5, undefined)).not.toBe('rejected');
});

test('a simulation tells where it does not hold', async () => {
  const { model } = await modelFrom(`package t ${counting('')}
    component Shop { operation order() takes 1 ms }
    interaction Job { actor user  lifeline shop: Shop, m: M(limit: 2)
      user -> shop.order() { shop ->> m : Add(n: 3)  shop ->> m : Go } }
    deployment D { node n { cores 1  deploy Shop } }
    scenario S of D { load Job at 10/s  run 10 s  replications 2  seed 1 }`);
  expect(simulate(model, 't.S').findings).toMatchObject([
    {
      code: 'assertion-failed',
      severity: 'error',
      element: 't.M',
      message: expect.stringMatching(/^Line 4: The invariant of B does not hold\./),
    },
  ]);
});
