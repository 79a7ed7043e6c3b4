import { describe, expect, test } from 'vitest';
import { created, logs, plainNames, SECOND, trace } from './stepping.ts';

describe('time events', () => {
  const text = `
    signal Ping
    signal Pong
    machine M() {
      initial -> Waiting
      state Waiting { after 10 s / log "late" -> Gone  on Ping -> Waiting  on Pong / log "pong" }
      state Gone {}
    }`;

  test('a timer fires when its delay has passed since its state was entered, not before', async () => {
    const { stepper } = await created(text, [], { time: 5 * SECOND });
    expect(stepper.advance(15 * SECOND - 1)).toEqual([]);
    const [exit, , , enter] = stepper.advance(20 * SECOND);
    expect(exit).toMatchObject({ kind: 'exit', element: 'M.Waiting', time: 15 * SECOND });
    expect(enter).toMatchObject({ kind: 'enter', element: 'M.Gone' });
    expect(stepper.now).toBe(20 * SECOND);
  });

  test('entering the state again starts its timer anew', async () => {
    const { stepper } = await created(text);
    stepper.advance(9 * SECOND);
    stepper.dispatch('Ping');
    stepper.advance(18 * SECOND);
    expect(plainNames(stepper.states())).toEqual(['Waiting']);
    stepper.advance(19 * SECOND);
    expect(plainNames(stepper.states())).toEqual(['Gone']);
  });

  test('an internal transition lets the timer run on', async () => {
    const { stepper } = await created(text);
    stepper.advance(9 * SECOND);
    stepper.dispatch('Pong');
    expect(logs(stepper.advance(10 * SECOND))).toEqual(['late']);
  });

  test('a timer of a composite state does not care what happens inside', async () => {
    const { stepper } = await created(`
      signal E
      machine M() {
        initial -> A
        state A { initial -> B  state B { on E -> C }  state C {}  after 10 s -> D }
        state D {}
      }`);
    stepper.advance(6 * SECOND);
    stepper.dispatch('E');
    stepper.advance(10 * SECOND);
    expect(stepper.isIn('M.D')).toBe(true);
  });

  test('timers fire in the order of their times, of equal times the one set first', async () => {
    const { stepper } = await created(`
      machine M() {
        initial -> A
        state A {
          region x { initial -> X  state X { after 2 s / log "X" } }
          region y { initial -> Y  state Y { after 1 s / log "Y" } }
          region z { initial -> Z  state Z { after 2 s / log "Z" } }
        }
      }`);
    expect(logs(stepper.advance(5 * SECOND))).toEqual(['Y', 'X', 'Z']);
  });

  test('a time event whose guard is false is gone', async () => {
    const { stepper } = await created(`
      signal Allow
      machine M() {
        var allowed: Boolean = false
        initial -> A
        state A { after 1 s [allowed] -> B  on Allow / allowed = true }
        state B {}
      }`);
    stepper.advance(2 * SECOND);
    stepper.dispatch('Allow');
    stepper.advance(10 * SECOND);
    expect(stepper.isIn('M.A')).toBe(true);
  });

  test('`elapsed` and `now` are read in the machine', async () => {
    const { stepper } = await created(
      `signal E
      machine M() {
        var age: Duration = 0 s
        var time: Duration = 0 s
        initial -> A
        state A { on E / { age = elapsed  time = now  log "{age} at {time}" } }
      }`,
      [],
      { time: 60 * SECOND },
    );
    stepper.advance(61.5 * SECOND);
    expect(logs(stepper.dispatch('E'))).toEqual(['1.5 s at 61.5 s']);
  });
});

describe('sending', () => {
  test('a signal to itself is handled after the step that sent it', async () => {
    const { stepper } = await created(`
      signal Go
      signal Own(n: Integer)
      machine M() {
        initial -> A
        state A { on Go / { send Own(n: 7) to self  log "sent" } -> B }
        state B { on Own(n) / log "own {n}" }
      }`);
    expect(trace(stepper.dispatch('Go'))).toEqual(['exit A', 'send Own', 'log sent', 'enter B', 'log own 7']);
  });

  test('a delayed signal to itself arrives after its delay, wherever the machine is then', async () => {
    const { stepper } = await created(`
      signal Go
      signal Own(n: Integer)
      machine M() {
        initial -> A
        state A { on Go / send Own(n: 3) to self delayed 5 s -> B }
        state B { on Own(n) / log "own {n}" }
      }`);
    stepper.dispatch('Go');
    expect(logs(stepper.advance(4.9 * SECOND))).toEqual([]);
    expect(logs(stepper.advance(5 * SECOND))).toEqual(['own 3']);
  });

  test('an answer to the sender is an occurrence with its values', async () => {
    const { stepper } = await created(`
      signal Ask(n: Integer)
      signal Answer(n: Integer)
      machine M() { initial -> A  state A { on Ask(n) / send Answer(n: n + 1) to sender } }`);
    expect(stepper.dispatch('Ask', [41])).toContainEqual({
      kind: 'send',
      time: 0,
      element: 'Answer',
      values: { 'Answer.n': 42 },
      to: 'sender',
      delay: 0,
    });
  });
});

describe('change events', () => {
  const text = `
    signal Fail
    signal Fine
    machine M() {
      var failures: Integer = 0
      initial -> Up
      state Up {
        on Fail / failures += 1
        on Fine / failures = 0
        when (failures >= 3) / log "given up" -> Down
      }
      state Down {}
    }`;

  test('a change event occurs when its condition turns true', async () => {
    const { stepper } = await created(text);
    stepper.dispatch('Fail');
    stepper.dispatch('Fail');
    expect(stepper.isIn('M.Up')).toBe(true);
    expect(logs(stepper.dispatch('Fail'))).toEqual(['given up']);
    expect(stepper.isIn('M.Down')).toBe(true);
  });

  test('it occurs once for each time the condition turns true', async () => {
    const { stepper } = await created(`
      signal Up(n: Integer)
      machine M() {
        var level: Integer = 0
        initial -> A
        state A { on Up(n) / level = n  when (level > 5) / log "high" }
      }`);
    const seen = [6, 7, 1, 8].flatMap((n) => logs(stepper.dispatch('Up', [n])));
    expect(seen).toEqual(['high', 'high']);
  });
});
