import { describe, expect, test } from 'vitest';
import { created, logs, plainNames } from './stepping.ts';

const text = `
  signal Start
  signal Skip
  signal Pay(amount: Integer)
  signal Refuse
  machine Order(total: Integer) {
    initial -> New
    state New { on Start -> Paying  on Skip -> Paying.again }
    state Paying : Payment(due: total * 2) {
      entry / log "paying"
      exit / log "paid or not"
      exit refused / log "refused" -> New
      completion / log "complete" -> Done
    }
    state Done {}
  }
  machine Payment(due: Integer) {
    var attempts: Integer = 0
    entry point again -> Second
    exit point refused
    initial -> First
    state First { entry / log "first, {due} due"  on Pay(amount) [amount == due] -> over  on Refuse -> Second }
    state Second { entry / { attempts += 1  log "second, attempt {attempts}" }  on Refuse / log "no" -> refused }
    final over
  }`;

describe('a submachine state', () => {
  test('runs the machine it stands for with arguments of its own', async () => {
    const { stepper } = await created(text, [5]);
    expect(logs(stepper.dispatch('Start'))).toEqual(['paying', 'first, 10 due']);
    expect(plainNames(stepper.states())).toEqual(['Paying', 'First']);
  });

  test('completes when the machine reaches its final state', async () => {
    const { stepper } = await created(text, [5]);
    stepper.dispatch('Start');
    expect(logs(stepper.dispatch('Pay', [10]))).toEqual(['paid or not', 'complete']);
  });

  test('is left through an exit point to where that is connected', async () => {
    const { stepper } = await created(text, [5]);
    stepper.dispatch('Start');
    stepper.dispatch('Refuse');
    expect(logs(stepper.dispatch('Refuse'))).toEqual(['no', 'paid or not', 'refused']);
    expect(plainNames(stepper.states())).toEqual(['New']);
  });

  test('is left to where the state says, whatever the exit point says by itself', async () => {
    const { stepper } = await created(`
      signal Go
      machine Whole() { initial -> Part  state Part : Inner { exit out / log "outer" -> Next }  state Next { entry / log "next" } }
      machine Inner() {
        initial -> Asking
        state Asking { on Go -> out }
        exit point out / log "inner" -> Done
        state Done { entry / log "done" }
      }`);
    expect(logs(stepper.dispatch('Go'))).toEqual(['outer', 'next']);
    expect(plainNames(stepper.states())).toEqual(['Next']);
  });

  test('is entered through an entry point of its machine, with fresh variables', async () => {
    const { stepper } = await created(text, [5]);
    stepper.dispatch('Start');
    stepper.dispatch('Refuse');
    stepper.dispatch('Refuse');
    expect(logs(stepper.dispatch('Skip'))).toEqual(['paying', 'second, attempt 1']);
  });

  test('two states may stand for one machine, each with its own variables', async () => {
    const { stepper } = await created(`
      signal Tick
      machine Pair() {
        initial -> Both
        state Both { region a { initial -> A  state A : Count(step: 1) }  region b { initial -> B  state B : Count(step: 10) } }
      }
      machine Count(step: Integer) { var n: Integer = 0  initial -> S  state S { on Tick / { n += step  log "{n}" } } }`);
    stepper.dispatch('Tick');
    expect(logs(stepper.dispatch('Tick'))).toEqual(['2', '20']);
  });
});
