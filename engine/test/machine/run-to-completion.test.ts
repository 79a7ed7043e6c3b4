import { describe, expect, test } from 'vitest';
import { created, logs, plainNames, SECOND, trace } from './stepping.ts';

describe('entering and leaving', () => {
  const nested = `
    signal Go
    signal Back
    machine M() {
      initial / log "start" -> Outer
      state Outer {
        entry / log "into Outer"
        exit / log "out of Outer"
        initial / log "first inside" -> Inner
        state Inner { entry / log "into Inner"  exit / log "out of Inner" }
        on Go / log "effect" -> Other.Deep
      }
      state Other {
        entry / log "into Other"
        exit / log "out of Other"
        initial -> Plain
        state Plain { entry / log "into Plain" }
        state Deep { entry / log "into Deep"  on Back -> Plain }
      }
    }`;

  test('default entry goes outermost first, each initial transition with its effect', async () => {
    const { beginning } = await created(nested);
    expect(logs(beginning)).toEqual(['start', 'into Outer', 'first inside', 'into Inner']);
  });

  test('a transition exits innermost first, runs its effect, enters outermost first', async () => {
    const { stepper } = await created(nested);
    expect(logs(stepper.dispatch('Go'))).toEqual(['out of Inner', 'out of Outer', 'effect', 'into Other', 'into Deep']);
    expect(plainNames(stepper.states())).toEqual(['Other', 'Deep']);
  });

  test('a transition inside a state leaves that state alone', async () => {
    const { stepper } = await created(nested);
    stepper.dispatch('Go');
    expect(trace(stepper.dispatch('Back'))).toEqual(['exit Deep', 'enter Plain', 'log into Plain']);
  });

  test('a self-transition leaves its state and enters it again', async () => {
    const { stepper } = await created(`
      signal Again
      machine M() {
        initial -> A
        state A { entry / log "in"  exit / log "out"  on Again / log "effect" -> A }
      }`);
    expect(logs(stepper.dispatch('Again'))).toEqual(['out', 'effect', 'in']);
  });

  test('an internal transition runs its effect and neither leaves nor enters', async () => {
    const { stepper } = await created(`
      signal Poke
      machine M() {
        initial -> A
        state A { entry / log "in"  exit / log "out"  on Poke / log "poked"  initial -> B  state B { exit / log "out of B" } }
      }`);
    expect(trace(stepper.dispatch('Poke'))).toEqual(['log poked']);
  });

  test('a local transition stays in its composite state, an external one leaves it', async () => {
    const { stepper } = await created(`
      signal Near
      signal Far
      machine M() {
        initial -> A
        state A {
          entry / log "into A"  exit / log "out of A"
          initial -> B
          state B { exit / log "out of B" }
          state C { entry / log "into C"  exit / log "out of C" }
          local on Near -> C
          on Far -> C
        }
      }`);
    expect(logs(stepper.dispatch('Near'))).toEqual(['out of B', 'into C']);
    expect(logs(stepper.dispatch('Far'))).toEqual(['out of C', 'out of A', 'into A', 'into C']);
  });
});

describe('which transition', () => {
  test('the innermost enabled transition wins', async () => {
    const { stepper } = await created(`
      signal E(n: Integer)
      machine M() {
        initial -> A
        state A {
          initial -> B
          state B { on E(n) [n > 0] / log "inner" }
          on E(n) / log "outer"
        }
      }`);
    expect(logs(stepper.dispatch('E', [1]))).toEqual(['inner']);
    expect(logs(stepper.dispatch('E', [0]))).toEqual(['outer']);
  });

  test('of equal ones the first in the text is taken', async () => {
    const { stepper } = await created(`
      signal E
      machine M() { initial -> A  state A { on E / log "first"  on E / log "second" } }`);
    expect(logs(stepper.dispatch('E'))).toEqual(['first']);
  });

  test('an event that no transition takes is discarded', async () => {
    const { stepper } = await created('signal E signal F machine M() { initial -> A state A { on E -> A } }');
    expect(trace(stepper.dispatch('F'))).toEqual(['discard F']);
  });

  test('`on any` takes signals that no trigger names', async () => {
    const { stepper } = await created('signal E machine M() { initial -> A state A { on any / log "any" } }');
    expect(logs(stepper.dispatch('E'))).toEqual(['any']);
  });

  test('guards see what the trigger binds, by position', async () => {
    const { stepper } = await created(
      `
      signal Pay(ok: Boolean, amount: Real)
      machine M(total: Real) {
        initial -> Open
        state Open {
          on Pay(fine, sum) [fine and sum == total] / log "{sum} of {total}" -> Paid
          on Pay(fine) [not fine] / log "refused"
        }
        final Paid
      }`,
      [9.5],
    );
    expect(trace(stepper.dispatch('Pay', [false, 9.5]))).toEqual(['log refused']);
    expect(trace(stepper.dispatch('Pay', [true, 9]))).toEqual(['discard Pay']);
    expect(trace(stepper.dispatch('Pay', [true, 9.5]))).toEqual([
      'exit Open',
      'log 9.5 of 9.5',
      'enter Paid',
      'complete',
    ]);
    expect(stepper.status).toBe('completed');
  });

  test('`in(State)` tells whether a state is active', async () => {
    const { stepper } = await created(`
      signal E
      signal F
      machine M() {
        initial -> Both
        state Both {
          region left { initial -> L1  state L1 { on E -> L2 }  state L2 {} }
          region right { initial -> R1  state R1 { on F [in(L2)] / log "left is in L2" } }
        }
      }`);
    expect(trace(stepper.dispatch('F'))).toEqual(['discard F']);
    stepper.dispatch('E');
    expect(logs(stepper.dispatch('F'))).toEqual(['left is in L2']);
  });
});

describe('completion', () => {
  test('completion events come before every waiting signal', async () => {
    const { stepper } = await created(`
      signal Go
      signal Mine
      machine M() {
        initial -> A
        state A { on Go / send Mine to self -> B }
        state B { completion -> C }
        state C { on Mine / log "Mine in C"  completion -> D }
        state D { on Mine / log "Mine in D" }
      }`);
    expect(trace(stepper.dispatch('Go'))).toEqual([
      'exit A',
      'send Mine',
      'enter B',
      'exit B',
      'enter C',
      'exit C',
      'enter D',
      'log Mine in D',
    ]);
  });

  test('a composite state completes when its region reaches a final state', async () => {
    const { stepper } = await created(`
      signal Done
      machine M() {
        initial -> A
        state A { initial -> B  state B { on Done -> end }  final end  completion / log "A is done" -> C }
        state C {}
      }`);
    expect(trace(stepper.dispatch('Done'))).toEqual(['exit B', 'enter end', 'exit A', 'log A is done', 'enter C']);
  });

  test('a region that nothing begins is done from the start', async () => {
    const { stepper } = await created(`
      signal Go
      machine M() {
        initial -> A
        state A { on Go -> B }
        state B { entry / log "into B"  state Never {}  completion -> C }
        state C {}
      }`);
    expect(trace(stepper.dispatch('Go'))).toEqual(['exit A', 'enter B', 'log into B', 'exit B', 'enter C']);
  });

  test('an orthogonal state completes when all its regions have', async () => {
    const { stepper } = await created(`
      signal L
      signal R
      machine M() {
        initial -> A
        state A {
          region left { initial -> X  state X { on L -> x }  final x }
          region right { initial -> Y  state Y { on R -> y }  final y }
          completion -> C
        }
        state C {}
      }`);
    stepper.dispatch('L');
    expect(plainNames(stepper.states())).toEqual(['A', 'x', 'Y']);
    stepper.dispatch('R');
    expect(plainNames(stepper.states())).toEqual(['C']);
  });

  test('a do-activity completes its state after its time', async () => {
    const { stepper } = await created(`
      machine M() { initial -> A  state A { do takes 3 s  completion -> B }  state B {} }`);
    stepper.advance(3 * SECOND - 1);
    expect(stepper.isIn('M.A')).toBe(true);
    stepper.advance(3 * SECOND);
    expect(stepper.isIn('M.B')).toBe(true);
  });

  test('a composite state with a do-activity waits for both', async () => {
    const text = `
      signal Done
      machine M() {
        initial -> A
        state A { do takes 3 s  initial -> B  state B { on Done -> end }  final end  completion -> C }
        state C {}
      }`;
    const early = (await created(text)).stepper;
    early.dispatch('Done');
    expect(early.isIn('M.A')).toBe(true);
    early.advance(3 * SECOND);
    expect(early.isIn('M.C')).toBe(true);
    const late = (await created(text)).stepper;
    late.advance(4 * SECOND);
    expect(late.isIn('M.A.B')).toBe(true);
    late.dispatch('Done');
    expect(late.isIn('M.C')).toBe(true);
  });

  test('the instance ends at its top final state; what comes later is discarded', async () => {
    const { stepper } = await created('signal E machine M() { initial -> A state A { on E -> End } final End }');
    expect(trace(stepper.dispatch('E'))).toEqual(['exit A', 'enter End', 'complete']);
    expect(trace(stepper.dispatch('E'))).toEqual(['discard E']);
    expect(plainNames(stepper.states())).toEqual(['End']);
  });
});

describe('orthogonal regions', () => {
  const text = `
    signal E
    signal Out
    machine M() {
      initial -> Both
      state Both {
        entry / log "into Both"
        exit / log "out of Both"
        region left {
          initial -> L1
          state L1 { entry / log "into L1"  exit / log "out of L1"  on E / log "left" -> L2 }
          state L2 { entry / log "into L2"  exit / log "out of L2"  on E -> Away }
        }
        region right {
          initial -> R1
          state R1 { entry / log "into R1"  exit / log "out of R1"  on E / log "right" -> R2 }
          state R2 { entry / log "into R2"  exit / log "out of R2"  on E / log "never beside Away" -> R1 }
        }
        on Out -> Away
      }
      state Away { entry / log "into Away"  on E -> Both.right.R2 }
    }`;

  test('one event moves every region that is ready for it, in the declared order', async () => {
    const { stepper } = await created(text);
    expect(logs(stepper.dispatch('E'))).toEqual(['out of L1', 'left', 'into L2', 'out of R1', 'right', 'into R2']);
  });

  test('leaving the state leaves all regions first', async () => {
    const { stepper } = await created(text);
    expect(logs(stepper.dispatch('Out'))).toEqual(['out of L1', 'out of R1', 'out of Both', 'into Away']);
  });

  test('of two transitions that leave the same states only the first is taken', async () => {
    const { stepper } = await created(text);
    stepper.dispatch('E');
    expect(logs(stepper.dispatch('E'))).toEqual(['out of L2', 'out of R2', 'out of Both', 'into Away']);
  });

  test('entering a region explicitly enters the others by default', async () => {
    const { stepper } = await created(text);
    stepper.dispatch('Out');
    expect(logs(stepper.dispatch('E'))).toEqual(['into Both', 'into L1', 'into R2']);
  });

  test('an outer transition is taken only where no region takes the event', async () => {
    const { stepper } = await created(`
      signal E
      signal F
      machine M() {
        initial -> A
        state A {
          region one { initial -> X  state X { on E / log "X" } }
          region two { initial -> Y  state Y {} }
          on E / log "A"
          on F / log "A takes F"
        }
      }`);
    expect(logs(stepper.dispatch('E'))).toEqual(['X']);
    expect(logs(stepper.dispatch('F'))).toEqual(['A takes F']);
  });
});
