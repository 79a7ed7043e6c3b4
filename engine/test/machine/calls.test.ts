import { describe, expect, test } from 'vitest';
import { created, trace } from './stepping.ts';

const account = `
  signal Open
  machine M() {
    var balance: Integer = 10
    operation take(amount: Integer): Boolean
    operation ask(): Integer
    initial -> Ready
    state Ready {
      on call take(amount) [amount <= balance] / { balance -= amount  return true }
      on call take(amount) [amount > balance] / return false
      on call ask() / return balance
    }
  }`;

describe('calls', () => {
  test('run a transition like a signal and answer with what it returns', async () => {
    const { stepper } = await created(account);
    expect(stepper.call('M.take', [4])).toMatchObject([{ kind: 'transition' }, { kind: 'reply', value: true }]);
    expect(stepper.call('M.take', [7]).at(-1)).toMatchObject({ kind: 'reply', element: 'M.take', value: false });
    expect(stepper.call('M.ask').at(-1)).toMatchObject({ value: 6 });
  });

  test('are answered by the last behaviour of the step that returns something', async () => {
    const { stepper } = await created(`
      machine M() {
        operation ask(): Integer
        initial -> A
        state A { on call ask() / return 2 -> B }
        state B { entry / { if 1 > 2 { return 3 }  log "no reply" }  completion -> C }
        state C { on call ask() / return 4 -> D }
        state D { entry / return 5 }
      }`);
    const first = stepper.call('M.ask');
    expect(trace(first)).toEqual(['exit A', 'enter B', 'log no reply', 'reply ask', 'exit B', 'enter C']);
    expect(first).toContainEqual(expect.objectContaining({ kind: 'reply', value: 2 }));
    expect(stepper.call('M.ask').at(-1)).toMatchObject({ kind: 'reply', value: 5 });
  });

  test('that nothing takes are discarded and answered with nothing', async () => {
    const { stepper } = await created(`
      machine M() { operation ask(): Integer  initial -> A  state A {} }`);
    expect(stepper.call('M.ask')).toMatchObject([
      { kind: 'discard', element: 'M.ask' },
      { kind: 'reply', value: null },
    ]);
  });

  test('that are deferred are answered when they are handled', async () => {
    const { stepper } = await created(`
      signal Go
      machine M() {
        operation ask(): Integer
        initial -> Busy
        state Busy { defer call ask  on Go -> Free }
        state Free { on call ask() / return 7 }
      }`);
    expect(trace(stepper.call('M.ask'))).toEqual(['defer ask']);
    expect(stepper.dispatch('Go').at(-1)).toMatchObject({ kind: 'reply', value: 7 });
  });

  test('count as `any` too, where nothing names them', async () => {
    const { stepper } = await created(`
      machine M() {
        operation ask(): Integer
        operation tell()
        initial -> A
        state A { on any / log "any"  on call ask() / return 2 }
      }`);
    expect(trace(stepper.call('M.ask'))).toEqual(['reply ask']);
    expect(trace(stepper.call('M.tell'))).toEqual(['log any', 'reply tell']);
  });
});
