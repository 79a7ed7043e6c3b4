import { createRecogniser, MachineStepper } from '@pollux/engine/behavior';
import type { Value } from '@pollux/engine/model';
import { describe, expect, test } from 'vitest';
import { compiled, created, logs, SECOND, trace } from './stepping.ts';

const EVENTS = 'signal Pay(amount: Integer, ok: Boolean) signal Note(text: String) signal Go';

/** What is logged for each event given to a machine with these members. */
async function said(members: string, events: readonly (readonly [string, (readonly Value[])?])[]): Promise<string[]> {
  const { beginning, stepper } = await created(`${EVENTS} machine M() { ${members} }`);
  return [...logs(beginning), ...events.flatMap(([event, values]) => logs(stepper.dispatch(event, values)))];
}

describe('the behaviours of a state take what the event carries that enters or leaves it', () => {
  const both = 'entry(n: Integer) / log "in {n}"  exit(n: Integer, ok: Boolean) / log "out {n} {ok}"';

  test('by position, as many as each wants', async () => {
    const machine = `initial -> A  state A { on Pay -> B }  state B { ${both}  on Pay -> C }  state C`;
    expect(
      await said(machine, [
        ['Pay', [1, true]],
        ['Pay', [2, false]],
      ]),
    ).toEqual(['in 1', 'out 2 false']);
  });

  test('so do those of states that are entered by default, and those around what is left', async () => {
    const machine = `
      initial -> A
      state A { on Pay -> Out }
      state Out {
        ${both}
        region r { initial -> In  state In { entry(amount: Integer) / log "deep {amount}"  exit(a: Integer) / log "up {a}" } }
        region s { initial -> c  choice c { else -> Side }  state Side { entry(a: Integer) / log "beside {a}" } }
        on Pay -> A
      }`;
    expect(
      await said(machine, [
        ['Pay', [1, true]],
        ['Pay', [2, true]],
      ]),
    ).toEqual(['in 1', 'deep 1', 'beside 1', 'up 2', 'out 2 true']);
  });

  test('a call is answered by what they return of it', async () => {
    const { stepper } = await created(`machine M() {
      operation twice(n: Integer): Integer
      initial -> A  state A { exit(n: Integer) / return 2 * n  on call twice -> A }
    }`);
    expect(stepper.call('M.twice', [21]).filter(({ kind }) => kind === 'reply')).toMatchObject([{ value: 42 }]);
  });

  test('what waited until nothing deferred it any longer still brings it', async () => {
    const machine = `initial -> A  state A { defer Pay  on Go -> B }  state B { on Pay -> C }
      state C { entry(n: Integer) / log "{n}" }`;
    expect(await said(machine, [['Pay', [7, true]], ['Go']])).toEqual(['7']);
  });

  test('what the machine sent itself brings it too, and what completes behind it does not', async () => {
    const machine = `initial -> A  state A { on Go / raise Pay(amount: 3, ok: true)  on Pay -> B }
      state B { entry(n: Integer = 0) / log "B {n}"  completion -> C }
      state C { entry(n: Integer = 0) / log "C {n}" }`;
    expect(await said(machine, [['Go']])).toEqual(['B 3', 'C 0']);
  });

  test.each([
    ['a completion', 'completion -> B', async (stepper: MachineStepper) => stepper.dispatch('Go')],
    ['a time', 'after 1 s -> B', async (stepper: MachineStepper) => stepper.advance(SECOND)],
    ['a change', 'on Go / x = 1  when (x == 1) -> B', async (stepper: MachineStepper) => stepper.dispatch('Go')],
    ['an event of other types', 'on Note -> B', async (stepper: MachineStepper) => stepper.dispatch('Note', ['n'])],
    ['an event that carries less', 'on Go -> B', async (stepper: MachineStepper) => stepper.dispatch('Go')],
  ])('%s brings nothing: then the default counts', async (_, leaves, happens) => {
    const machine = `var x: Integer = 0  initial -> A  state A { ${leaves} }  state B { entry(n: Integer = 5) / log "{n}" }`;
    const { beginning, stepper } = await created(`${EVENTS} machine M() { ${machine} }`);
    expect([...logs(beginning), ...logs(await happens(stepper))]).toEqual(['5']);
  });

  test('without a default nothing is there, and reading it ends the instance', async () => {
    const { beginning } = await created(
      'machine M() { var x: Integer = 0  initial -> A  state A { entry(n: Integer) / x = n + 1 } }',
    );
    expect(trace(beginning)).toEqual(['enter A', 'error absent-value']);
  });

  test('a parameter that may be absent is, and can be asked for', async () => {
    const machine =
      'initial -> A  state A { entry(n: Integer[0..1]) / if n == null { log "none" } else { log "{n}" } on Pay -> A }';
    expect(await said(machine, [['Pay', [4, true]]])).toEqual(['none', '4']);
  });

  test('a default is worked out on entering, from the variables of the machine', async () => {
    const machine = `var x: Integer = 2  initial -> A  state A { entry(n: Integer = x * 2) / { x += 1 log "{n} {x}" } on Go -> A }`;
    expect(await said(machine, [['Go']])).toEqual(['4 3', '6 4']);
  });

  test('nothing of it is left behind the behaviour', async () => {
    const { stepper } = await created(
      `${EVENTS} machine M() { initial -> A  state A { on Pay -> B }  state B { entry(n: Integer) / log "{n}" } }`,
    );
    stepper.dispatch('Pay', [9, true]);
    expect(Object.values(stepper.values())).toEqual([null]);
  });
});

describe('a do-activity', () => {
  test('takes what its state was entered by, for its time and for what it does then', async () => {
    const { stepper } = await created(`${EVENTS} machine M() {
      initial -> A  state A { on Pay -> B }
      state B { do(n: Integer) takes (n * 1 s) / log "done {n}"  on Note  completion -> A }
    }`);
    stepper.dispatch('Pay', [3, true]);
    stepper.dispatch('Note', ['between']);
    expect(logs(stepper.advance(2 * SECOND))).toEqual([]);
    const restored = MachineStepper.restore(stepper.compiled, JSON.parse(JSON.stringify(stepper.snapshot())));
    for (const one of [stepper, restored]) expect(logs(one.advance(3 * SECOND))).toEqual(['done 3']);
    expect(Object.values(stepper.values())).toEqual([null]);
  });

  test('that takes no time does so too', async () => {
    const machine = 'initial -> A  state A { on Pay -> B }  state B { do(n: Integer) / { log "one {n}"  log "two" } }';
    expect(await said(machine, [['Pay', [3, true]]])).toEqual(['one 3', 'two']);
  });
});

describe('machines that other machines are made of', () => {
  test('a submachine is entered and left by what is outside of it', async () => {
    const { stepper } = await created(`${EVENTS}
      machine M() { initial -> A  state A { on Pay -> S }  state S : Inner { on Pay -> A } }
      machine Inner() { initial -> I  state I { entry(n: Integer) / log "into {n}"  exit(n: Integer) / log "out of {n}" } }`);
    const told = [1, 2].flatMap((n) => logs(stepper.dispatch('Pay', [n, true])));
    expect(told).toEqual(['into 1', 'out of 2']);
  });

  test('a redefined behaviour comes with its own parameters, an inherited one with those it had', async () => {
    const base = `machine B() { initial -> A  state A { on Pay -> S }
      state S { entry(n: Integer) / log "in {n}"  exit(n: Integer) / log "out {n}"  on Pay -> A } }`;
    const { stepper } = await created(
      `${EVENTS} machine M extends B { state S { entry(m: Integer, ok: Boolean) / log "new {m} {ok}" } } ${base}`,
    );
    const told = [1, 2].flatMap((n) => logs(stepper.dispatch('Pay', [n, true])));
    expect(told).toEqual(['new 1 true', 'out 2']);
  });
});

test('what was not seen of an event is not known to the behaviour either, and nothing is accused because of it', async () => {
  const machine = await compiled(`${EVENTS} machine M() {
    var big: Boolean = false
    initial -> A
    state A { on Pay -> B }
    state B { entry(n: Integer) / big = n > 10  on Go [big] -> C  on Note [not big] -> C }
    state C { on Go -> A }
  }`);
  const watch = (n: number | undefined) => {
    const recogniser = createRecogniser(machine, [], 0);
    recogniser.observe('Pay', [n, true], 1);
    return [recogniser.observe('Go', [], 2).verdict, recogniser.observe('Go', [], 3).verdict];
  };
  expect(watch(11)).toEqual(['accepted', 'accepted']);
  expect(watch(undefined)).toEqual(['accepted', 'accepted']);
  expect(watch(3)[0]).toBe('rejected');
});
