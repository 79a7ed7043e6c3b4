import { describe, expect, test } from 'vitest';
import { created, logs, plainNames, SECOND } from './stepping.ts';

describe('fork', () => {
  const text = (fork: string) => `
    signal Go
    machine M() {
      initial -> Wait
      state Wait { on Go / log "go" -> f }
      ${fork}
      state Both {
        entry / log "both"
        region a { initial -> A1  state A1 {}  state A2 { entry / log "A2" } }
        region b { initial -> B1  state B1 {}  state B2 { entry / log "B2" } }
        region c { initial / log "c" -> C1  state C1 { entry / log "C1" } }
      }
    }`;

  test('enters one state in each of several regions; the others are entered by default first', async () => {
    const { stepper } = await created(text('fork f { / log "to B" -> Both.b.B2  / log "to A" -> Both.a.A2 }'));
    expect(logs(stepper.dispatch('Go'))).toEqual(['go', 'to B', 'both', 'c', 'C1', 'B2', 'to A', 'A2']);
    expect(plainNames(stepper.states())).toEqual(['Both', 'A2', 'B2', 'C1']);
  });

  test('is disabled as a whole where a junction behind it leads nowhere', async () => {
    const blocked = text('fork f -> Both.b.B2, Both.a.j').replace(
      'region a {',
      'region a { junction j { [1 > 2] -> A2  [2 > 3] -> A1 }',
    );
    const { stepper } = await created(blocked);
    expect(stepper.dispatch('Go').map(({ kind }) => kind)).toEqual(['discard']);
    expect(stepper.isIn('M.Wait')).toBe(true);
  });
});

describe('join', () => {
  const text = `
    signal L
    signal R
    signal Both
    signal Off
    machine M() {
      initial -> Work
      state Work {
        exit / log "out of Work"
        region left { initial -> L1  state L1 { exit / log "out of L1"  on L, Both / log "left" -> ready } }
        region right { initial -> R1  state R1 { exit / log "out of R1"  on R, Both / log "right" -> ready } }
        region third { initial -> T1  state T1 { exit / log "out of T1"  on Both / log "third stays" -> T2 }  state T2 {} }
        on Off -> Idle
      }
      join ready / log "joined" -> Done
      state Done { entry / log "done" }
      state Idle { on L -> Work }
    }`;

  test('waits until every region it comes from has arrived, then leaves the state', async () => {
    const { stepper } = await created(text);
    expect(logs(stepper.dispatch('R'))).toEqual(['out of R1', 'right']);
    expect(stepper.isIn('M.Work')).toBe(true);
    expect(plainNames(stepper.states())).toEqual(['Work', 'L1', 'T1']);
    expect(logs(stepper.dispatch('L'))).toEqual(['out of L1', 'left', 'out of T1', 'out of Work', 'joined', 'done']);
  });

  test('may be reached by one event in all regions; what it leaves on the way takes no part any more', async () => {
    const { stepper } = await created(text);
    expect(logs(stepper.dispatch('Both'))).toEqual([
      'out of L1',
      'left',
      'out of R1',
      'right',
      'out of T1',
      'out of Work',
      'joined',
      'done',
    ]);
  });

  test('forgets who waited when the state is left otherwise', async () => {
    const { stepper } = await created(text);
    stepper.dispatch('R');
    expect(logs(stepper.dispatch('Off'))).toEqual(['out of L1', 'out of T1', 'out of Work']);
    stepper.dispatch('L');
    stepper.dispatch('L');
    expect(stepper.isIn('M.Work')).toBe(true);
    expect(logs(stepper.dispatch('R')).at(-1)).toBe('done');
  });

  test('is reached by completions and timers too', async () => {
    const { stepper } = await created(`
      machine M() {
        initial -> Work
        state Work {
          region left { initial -> L1  state L1 { do takes 2 s  completion -> ready } }
          region right { initial -> R1  state R1 { after 3 s -> ready } }
        }
        join ready -> Done
        state Done {}
      }`);
    stepper.advance(2 * SECOND);
    expect(stepper.isIn('M.Work')).toBe(true);
    stepper.advance(3 * SECOND);
    expect(plainNames(stepper.states())).toEqual(['Done']);
  });

  test('with one source only is passed at once', async () => {
    const { stepper } = await created(
      'signal L machine M() { initial -> A state A { on L -> j } join j -> B state B {} }',
    );
    stepper.dispatch('L');
    expect(plainNames(stepper.states())).toEqual(['B']);
  });
});
