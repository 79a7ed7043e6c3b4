import { describe, expect, test } from 'vitest';
import { created, logs, plainNames } from './stepping.ts';

/** `Work` is left by Pause and entered again by Resume through the history that a test puts in. */
const paused = (inside: string, resume: string) => `
  signal Next
  signal Inner
  signal Pause
  signal Resume
  signal Done
  machine M() {
    initial -> Work
    state Work { ${inside}  on Pause -> Idle }
    state Idle { on Resume -> ${resume} }
  }`;

const steps = `
  initial -> One
  state One { entry / log "one"  on Next -> Two }
  state Two { entry / log "two"  initial / log "first inside" -> A  state A { entry / log "A"  on Inner -> B }  state B { entry / log "B" }
              on Done -> over }
  final over`;

describe('shallow history', () => {
  const text = paused(`${steps}  history`, 'Work.history');

  test('enters the state that was active when its region was last left, and that one by default', async () => {
    const { stepper } = await created(text);
    for (const signal of ['Next', 'Inner', 'Pause']) stepper.dispatch(signal);
    expect(logs(stepper.dispatch('Resume'))).toEqual(['two', 'first inside', 'A']);
    expect(plainNames(stepper.states())).toEqual(['Work', 'Two', 'A']);
  });

  test('goes back to the state itself where it is simple', async () => {
    const { stepper } = await created(text);
    stepper.dispatch('Pause');
    expect(logs(stepper.dispatch('Resume'))).toEqual(['one']);
  });

  test('a region that reached its final state is entered by default', async () => {
    const { stepper } = await created(text);
    for (const signal of ['Next', 'Done', 'Pause']) stepper.dispatch(signal);
    expect(logs(stepper.dispatch('Resume'))).toEqual(['one']);
  });
});

describe('deep history', () => {
  const text = paused(`${steps}  deep history`, 'Work.deep_history');

  test('enters all that was active, however deep', async () => {
    const { stepper } = await created(text);
    for (const signal of ['Next', 'Inner', 'Pause']) stepper.dispatch(signal);
    expect(logs(stepper.dispatch('Resume'))).toEqual(['two', 'B']);
    expect(plainNames(stepper.states())).toEqual(['Work', 'Two', 'B']);
  });

  test('reaches into orthogonal regions', async () => {
    const both = `
      initial -> Both
      state Both {
        region left { initial -> L1  state L1 { on Next -> L2 }  state L2 {} }
        region right { initial -> R1  state R1 { on Inner -> R2 }  state R2 {} }
      }
      deep history`;
    const { stepper } = await created(paused(both, 'Work.deep_history'));
    stepper.dispatch('Inner');
    stepper.dispatch('Pause');
    stepper.dispatch('Resume');
    expect(plainNames(stepper.states())).toEqual(['Work', 'Both', 'L1', 'R2']);
  });
});

describe('a history that has nothing to look back at', () => {
  const never = (history: string) => `
    signal In
    machine M() {
      initial -> Out
      state Out { on In -> Work.history }
      state Work { entry / log "work"  initial / log "by default" -> One  state One {}  state Two {}  ${history} }
    }`;

  test('takes its own transition', async () => {
    const { stepper } = await created(never('history / log "first time" -> Two'));
    expect(logs(stepper.dispatch('In'))).toEqual(['work', 'first time']);
    expect(stepper.isIn('M.Work.Two')).toBe(true);
  });

  test('or enters its region by default where it has none', async () => {
    const { stepper } = await created(never('history'));
    expect(logs(stepper.dispatch('In'))).toEqual(['work', 'by default']);
    expect(stepper.isIn('M.Work.One')).toBe(true);
  });
});

test('each region of an orthogonal state has a history of its own', async () => {
  const { stepper } = await created(
    paused(
      `region left { initial -> L1  state L1 { on Next -> L2 }  state L2 {}  history }
       region right { initial -> R1  state R1 { on Next -> R2 }  state R2 {} }`,
      'Work.left.history',
    ),
  );
  for (const signal of ['Next', 'Pause', 'Resume']) stepper.dispatch(signal);
  expect(plainNames(stepper.states())).toEqual(['Work', 'L2', 'R1']);
});
