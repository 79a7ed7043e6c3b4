import { MachineStepper } from '@pollux/engine/behavior';
import { describe, expect, test } from 'vitest';
import { created, logs, trace } from './stepping.ts';

describe('deferral', () => {
  test('a deferred event waits until no active state defers it', async () => {
    const { stepper } = await created(`
      signal Go
      signal Later(n: Integer)
      machine M() {
        initial -> A
        state A { defer Later  on Go -> B }
        state B { defer Later  on Go -> C }
        state C { on Later(n) / log "took {n}" }
      }`);
    expect(trace(stepper.dispatch('Later', [1]))).toEqual(['defer Later']);
    expect(trace(stepper.dispatch('Later', [2]))).toEqual(['defer Later']);
    expect(logs(stepper.dispatch('Go'))).toEqual([]);
    expect(stepper.deferredEvents()).toEqual([
      { element: 'Later', values: [1], by: 'M.B' },
      { element: 'Later', values: [2], by: 'M.B' },
    ]);
    expect(logs(stepper.dispatch('Go'))).toEqual(['took 1', 'took 2']);
    expect(stepper.deferredEvents()).toEqual([]);
  });

  test('what waited comes behind completions and before what the machine has sent to itself', async () => {
    const { stepper } = await created(`
      signal Go
      signal Later
      signal Mine
      machine M() {
        initial -> A
        state A { defer Later  on Go / send Mine to self -> B }
        state B { completion / log "complete" -> C }
        state C { on Later / log "later"  on Mine / log "mine" }
      }`);
    stepper.dispatch('Later');
    expect(logs(stepper.dispatch('Go'))).toEqual(['complete', 'later', 'mine']);
  });

  test('one that nobody takes after all is discarded', async () => {
    const { stepper } = await created(`
      signal Go
      signal Later
      machine M() { initial -> A  state A { defer Later  on Go -> B }  state B {} }`);
    stepper.dispatch('Later');
    expect(trace(stepper.dispatch('Go'))).toEqual(['exit A', 'enter B', 'discard Later']);
  });

  test('each that is released can change what becomes of the next', async () => {
    const { stepper } = await created(`
      signal Go
      signal Later(n: Integer)
      machine M() {
        initial -> A
        state A { defer Later  on Go -> B }
        state B { on Later(n) / log "B {n}" -> A }
      }`);
    for (const n of [1, 2, 3]) stepper.dispatch('Later', [n]);
    expect(logs(stepper.dispatch('Go'))).toEqual(['B 1']);
    expect(stepper.deferredEvents().map(({ values }) => values[0])).toEqual([2, 3]);
  });
});

describe('what a machine sends itself', () => {
  const text = `
    signal Go
    signal Ping
    signal Pong
    machine M() {
      initial -> A
      state A { on Go / send Ping to self -> B }
      state B { defer Ping  on Go -> C }
      state C { on Ping / send Pong to sender  on Pong / log "pong" }
    }`;

  test('is answered by itself, also where it was deferred and saved in between', async () => {
    const { stepper } = await created(text);
    stepper.dispatch('Go');
    const saved = JSON.parse(JSON.stringify(stepper.snapshot()));
    expect(saved.deferred).toEqual([{ element: 'Ping', values: [], by: 'M.B', isOwn: true }]);
    const restored = MachineStepper.restore(stepper.compiled, saved);
    expect(logs(restored.dispatch('Go'))).toEqual(['pong']);
    expect(logs(stepper.dispatch('Go'))).toEqual(['pong']);
  });

  test('is told from what somebody else sends', async () => {
    const { stepper } = await created(text);
    stepper.dispatch('Go');
    stepper.dispatch('Ping');
    expect(stepper.deferredEvents().map(({ isOwn }) => isOwn)).toEqual([true, undefined]);
    expect(logs(stepper.dispatch('Go'))).toEqual(['pong']);
  });
});

describe('deferral against transitions', () => {
  const nested = `
    signal E
    signal Go
    machine M() {
      initial -> Out
      state Out {
        on E / log "outer"
        initial -> Keep
        state Keep { defer E  on Go -> Free  initial -> In  state In { on E / log "inner" -> Still }  state Still {} }
        state Free {}
      }
    }`;

  test('a transition of a state inside the one that defers wins; one outside loses', async () => {
    const { stepper } = await created(nested);
    expect(logs(stepper.dispatch('E'))).toEqual(['inner']);
    expect(trace(stepper.dispatch('E'))).toEqual(['defer E']);
    expect(logs(stepper.dispatch('Go'))).toEqual(['outer']);
  });

  test('what is deferred stays so while its state is active, also where a state inside would take it by now', async () => {
    const { stepper } = await created(`
      signal E(n: Integer)
      signal Go
      signal Off
      machine M() {
        initial -> Keep
        state Keep { defer E  initial -> One  state One { on Go -> Two }  state Two { on E(n) / log "two {n}" }  on Off -> Free }
        state Free { on E(n) / log "free {n}" }
      }`);
    stepper.dispatch('E', [1]);
    expect(logs(stepper.dispatch('Go'))).toEqual([]);
    expect(logs(stepper.dispatch('E', [2]))).toEqual(['two 2']);
    expect(logs(stepper.dispatch('Off'))).toEqual(['free 1']);
  });

  test('leaving and entering the state again looks at it anew', async () => {
    const { stepper } = await created(`
      signal E
      signal Again
      machine M() {
        initial -> Keep
        state Keep { defer E  initial -> One  state One {}  state Two { on E / log "two" }  on Again -> Two }
      }`);
    stepper.dispatch('E');
    expect(logs(stepper.dispatch('Again'))).toEqual(['two']);
  });

  test('a transition of the state itself wins where its guard holds', async () => {
    const { stepper } = await created(`
      signal E(n: Integer)
      machine M() { initial -> A  state A { defer E  on E(n) [n > 0] / log "took {n}" } }`);
    expect(logs(stepper.dispatch('E', [1]))).toEqual(['took 1']);
    expect(trace(stepper.dispatch('E', [0]))).toEqual(['defer E']);
  });

  test('a state in one region keeps the event from the other regions', async () => {
    const { stepper } = await created(`
      signal E
      signal Go
      machine M() {
        initial -> Both
        state Both {
          region one { initial -> X  state X { defer E  on Go -> Y }  state Y {} }
          region two { initial -> Z  state Z { on E / log "two" } }
        }
      }`);
    expect(trace(stepper.dispatch('E'))).toEqual(['defer E']);
    expect(logs(stepper.dispatch('Go'))).toEqual(['two']);
  });
});

test('an instance that ends discards what it has deferred', async () => {
  const { stepper } = await created(`
    signal E
    signal End
    machine M() { initial -> A  state A { defer E  on End -> over }  final over }`);
  stepper.dispatch('E');
  expect(trace(stepper.dispatch('End'))).toEqual(['exit A', 'enter over', 'discard E', 'complete']);
});
