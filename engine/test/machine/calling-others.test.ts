/** Actions of machines that call operations of components, by whichever driver. */
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { modelFrom } from '../simulation/models.ts';
import { result, told } from '../testing/run-text.ts';
import { everyTrace, texts } from '../verification/exploring.ts';
import { created, logs } from './stepping.ts';

const bank = `
  signal Pay(amount: Integer)
  component Bank {
    operation charge(amount: Integer): Boolean returns chance(50 %)
    operation fee(amount: Integer): Integer returns (amount * 2 + 1)
    operation refund(amount: Integer)
    operation down(): Integer fails 100 % returns 3
  }`;
const machine = (effect: string, parameters = '') =>
  `${bank}\nmachine M(${parameters}) { var ok: Boolean = false  var n: Integer = 0  initial -> A  state A { on Pay(amount) / { ${effect} } } }`;

describe('a call by an action', () => {
  test('is an occurrence with what it carries and its reply', async () => {
    const { stepper } = await created(machine('n = call Bank.fee(amount + 1)  call Bank.refund(n)  log "{n}"'));
    const occurrences = stepper.dispatch('Pay', [4]);
    expect(occurrences).toMatchObject([
      { kind: 'transition' },
      { kind: 'call', element: 'Bank.fee', values: { 'Bank.fee.amount': 5 }, reply: 11 },
      { kind: 'call', element: 'Bank.refund', values: { 'Bank.refund.amount': 11 }, reply: null },
      { kind: 'log', text: '11' },
    ]);
  });

  test('within a loop reads the variable of the loop, and gives it back unharmed', async () => {
    const { stepper } = await created(
      machine(
        'for i in list { for k in list { n = call Bank.fee(amount: i)  log "{i} {k} {n}" } }',
        'list: Integer[0..*]',
      ),
      [[1, 2]],
    );
    expect(logs(stepper.dispatch('Pay', [4]))).toEqual(['1 1 3', '1 2 3', '2 1 5', '2 2 5']);
  });

  test('that fails has no reply', async () => {
    const { stepper } = await created(machine('n = call Bank.down()'));
    expect(stepper.dispatch('Pay', [4])).toContainEqual(
      expect.objectContaining({ kind: 'call', element: 'Bank.down', reply: null }),
    );
    expect(Object.values(stepper.values())).toEqual([false, null]);
  });

  test('draws its reply anew each time, and the same with the same seed', async () => {
    const replies = async (seed: number) => {
      const { stepper } = await created(machine('ok = call Bank.charge(amount)  log "{ok}"'), [], { seed });
      return logs(Array.from({ length: 30 }, () => stepper.dispatch('Pay', [1])).flat());
    };
    const first = await replies(5);
    expect(new Set(first)).toEqual(new Set(['true', 'false']));
    expect(await replies(5)).toEqual(first);
    expect(await replies(6)).not.toEqual(first);
  });

  test('may be answered either way where chance decides: exploring finds both', async () => {
    const explored = await everyTrace(machine('ok = call Bank.charge(amount)  log "{ok}"'), ['Pay(1)', 'Pay(1)']);
    expect(explored.complete).toBe(true);
    expect(texts(explored)).toEqual(['false false', 'false true', 'true false', 'true true']);
  });
});

describe('in a test', () => {
  const charged = machine('ok = call Bank.charge(amount)  n = call Bank.fee(amount)');
  const given = (steps: string, rest = '') => result(`${charged}\ntest t of M() ${rest} { ${steps} }`);

  test('a call is answered by what is given, else by what the operation returns', async () => {
    expect(
      told(await given('given Bank.charge returns true  send Pay(3)  expect ok and n == 7', 'in every order')),
    ).toBe('pass');
    expect(
      told(
        await given(
          'given Bank.charge returns false  given Bank.fee returns 12  send Pay(3)  expect not ok and n == 12',
        ),
      ),
    ).toBe('pass');
  });

  test('a chance is met and missed where every order is asked for', async () => {
    for (const expected of ['ok', 'not ok']) {
      expect(await given(`send Pay(3)  expect ${expected}`, 'in every order')).toMatchObject({ verdict: 'fail' });
    }
    expect(told(await given('send Pay(3)  expect n == 7', 'in every order'))).toBe('pass');
  });
});

test('a simulation answers at once, and says what is missing from its figures', async () => {
  const { model } = await modelFrom(`package t ${bank}
    component Shop { operation order() takes 1 ms }
    machine M(id: Integer) { var n: Integer = 0  initial -> A
      state A { on Pay(amount) / n = call Bank.fee(amount) -> B }
      state B { completion [n == 7] -> Right  completion [n != 7] -> Wrong }
      state Right  state Wrong }
    interaction Job { actor user  lifeline shop: Shop, m: M(id: 1)
      user -> shop.order() { shop ->> m : Pay(amount: 3) } }
    deployment D { node n { cores 1  deploy Shop } }
    scenario S of D { load Job at 10/s  run 10 s  replications 2  seed 1 }`);
  const { findings, replications, measures } = simulate(model, 't.S');
  expect(findings).toMatchObject([{ code: 'left-out', severity: 'information' }]);
  expect(findings[0]?.message).toMatch(/^Line \d+: A call by a machine is answered at once/);
  expect(replications).toBe(2);
  const entered = (state: string) =>
    measures.find(({ element, measure }) => element === `t.M.${state}` && measure === 'count');
  expect([entered('Right')?.value, entered('Wrong')?.value]).toEqual([expect.any(Number), 0]);
});
