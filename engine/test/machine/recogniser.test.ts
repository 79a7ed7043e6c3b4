import { createRecogniser } from '@pollux/engine/behavior';
import { describe, expect, test } from 'vitest';
import { compiled, plainNames, SECOND } from './stepping.ts';

const order = `
  signal Pay(ok: Boolean)
  signal Dispatched
  signal Delivered
  signal Cancel
  signal Foreign
  machine Order(total: Real) {
    var attempts: Integer = 0
    initial -> Created
    state Created {
      on Pay(ok) [ok] -> Paid
      on Pay(ok) [not ok] / attempts += 1
      after 30 s -> Expired
    }
    state Paid { completion -> Risk }
    choice Risk { [total > 400] -> Review  5 % -> Review  else -> Packing }
    state Review { do takes exp(1 s)  completion -> Packing }
    state Packing { on Dispatched -> Shipping  on Cancel -> Cancelled }
    state Shipping { on Delivered -> Closed }
    final Closed, Cancelled, Expired
  }`;

async function recogniser(text: string, values: readonly (number | undefined)[] = [], tolerance = 0) {
  return createRecogniser(await compiled(text), values, 0, { tolerance });
}

describe('recognising a machine', () => {
  test('what the machine can do is accepted, with the transitions it must have taken', async () => {
    const twin = await recogniser(order, [100]);
    expect(twin.observe('Pay', [true], SECOND)).toMatchObject({
      verdict: 'accepted',
      transitions: ['Order.Created/on(Pay)->Paid', 'Order.Paid/completion->Risk'],
    });
    expect(twin.observe('Dispatched', [], 2 * SECOND).verdict).toBe('accepted');
    expect(twin.observe('Delivered', [], 3 * SECOND).verdict).toBe('accepted');
    expect(twin.ended).toBe(true);
    expect(twin.rejections).toBe(0);
  });

  test('an event that no possible state takes is an illegal transition, with the states it could have been in', async () => {
    const twin = await recogniser(order, [100]);
    expect(twin.observe('Delivered', [], SECOND)).toEqual({
      verdict: 'rejected',
      reason: 'illegal-transition',
      states: ['Order.Created'],
    });
    expect(twin.rejections).toBe(1);
  });

  test('after a rejection it goes on from where it was', async () => {
    const twin = await recogniser(order, [100]);
    twin.observe('Delivered', [], SECOND);
    expect(twin.observe('Pay', [true], 2 * SECOND).verdict).toBe('accepted');
  });

  test('a signal the model does not know is an unknown event', async () => {
    const twin = await recogniser(order, [100]);
    expect(twin.observe('Nonsense', [], SECOND)).toMatchObject({ verdict: 'rejected', reason: 'unknown-event' });
  });

  test('any branch of a choice may have been taken, whatever its weight', async () => {
    const twin = await recogniser(order, [100]);
    twin.observe('Pay', [true], SECOND);
    expect(plainNames(twin.possibleStates(SECOND))).toEqual(['Review', 'Packing']);
  });

  test('a branch whose guard is known to be false was not', async () => {
    const twin = await recogniser(
      'signal E machine M(n: Integer) { initial -> C  choice C { [n > 1] -> A  else -> B }  state A {} state B {} }',
      [1],
    );
    expect(plainNames(twin.possibleStates(0))).toEqual(['B']);
  });

  test('what is not known leaves every branch open', async () => {
    const twin = await recogniser(
      'machine M(n: Integer) { initial -> C  choice C { [n > 1] -> A  else -> B }  state A {} state B {} }',
      [undefined],
    );
    expect(plainNames(twin.possibleStates(0))).toEqual(['A', 'B']);
    expect(twin.certainStates(0)).toEqual([]);
  });

  test('an attribute that was not seen fits every guard', async () => {
    const twin = await recogniser(order, [100]);
    expect(twin.observe('Pay', [undefined], SECOND).verdict).toBe('accepted');
    expect(plainNames(twin.possibleStates(SECOND))).toEqual(['Created', 'Review', 'Packing']);
    expect(twin.observe('Dispatched', [], 2 * SECOND).verdict).toBe('accepted');
    expect(plainNames(twin.possibleStates(2 * SECOND))).toEqual(['Shipping']);
  });

  test('values are known as far as they were seen', async () => {
    const twin = await recogniser(order, [100]);
    twin.observe('Pay', [false], SECOND);
    expect(twin.value('Order.attempts')).toBe(1);
    twin.observe('Pay', [undefined], 2 * SECOND);
    twin.observe('Pay', [false], 3 * SECOND);
    expect(twin.value('Order.attempts')).toBe(3);
  });

  test('a do-activity may have ended unseen at any time', async () => {
    const twin = await recogniser(order, [1000]);
    twin.observe('Pay', [true], SECOND);
    expect(plainNames(twin.possibleStates(SECOND))).toEqual(['Review', 'Packing']);
    expect(twin.observe('Dispatched', [], SECOND).verdict).toBe('accepted');
  });

  test('a timer has fired for sure once its delay has passed', async () => {
    const twin = await recogniser(order, [100]);
    expect(plainNames(twin.possibleStates(29 * SECOND))).toEqual(['Created']);
    expect(plainNames(twin.possibleStates(31 * SECOND))).toEqual(['Expired']);
    expect(twin.observe('Pay', [true], 31 * SECOND)).toMatchObject({
      verdict: 'rejected',
      states: ['Order.Expired'],
    });
  });

  test('near its time, within the tolerance, it may or may not have', async () => {
    const twin = await recogniser(order, [100], SECOND);
    expect(plainNames(twin.possibleStates(29.5 * SECOND))).toEqual(['Created', 'Expired']);
    expect(plainNames(twin.possibleStates(30.5 * SECOND))).toEqual(['Created', 'Expired']);
    expect(plainNames(twin.possibleStates(31.5 * SECOND))).toEqual(['Expired']);
    expect(twin.observe('Pay', [true], 30.5 * SECOND).verdict).toBe('accepted');
  });

  test('asking for the possible states changes nothing', async () => {
    const twin = await recogniser(order, [100]);
    twin.possibleStates(100 * SECOND);
    expect(twin.observe('Pay', [true], SECOND).verdict).toBe('accepted');
  });

  test('chains of timers are followed between two observations', async () => {
    const twin = await recogniser(`
      signal E
      machine M() {
        initial -> A
        state A { after 1 s -> B }
        state B { after uniform(1 s, 3 s) -> C }
        state C { on E -> A }
      }`);
    expect(plainNames(twin.possibleStates(1.5 * SECOND))).toEqual(['B']);
    expect(plainNames(twin.possibleStates(3 * SECOND))).toEqual(['B', 'C']);
    expect(plainNames(twin.possibleStates(4.5 * SECOND))).toEqual(['C']);
    expect(twin.observe('E', [], 1.9 * SECOND).verdict).toBe('rejected');
    expect(twin.observe('E', [], 3 * SECOND).verdict).toBe('accepted');
    expect(plainNames(twin.possibleStates(3 * SECOND))).toEqual(['A']);
  });

  test('a delayed signal to itself arrives unseen', async () => {
    const twin = await recogniser(`
      signal Go
      signal Own
      signal E
      machine M() {
        initial -> A
        state A { on Go / send Own to self delayed 5 s -> B }
        state B { on Own -> C }
        state C { on E -> A }
      }`);
    twin.observe('Go', [], SECOND);
    expect(plainNames(twin.possibleStates(5 * SECOND))).toEqual(['B']);
    expect(plainNames(twin.possibleStates(7 * SECOND))).toEqual(['C']);
  });

  test('orthogonal regions are followed side by side', async () => {
    const twin = await recogniser(`
      signal L
      signal R
      machine M() {
        initial -> Both
        state Both {
          region left { initial -> L1  state L1 { on L -> l }  final l }
          region right { initial -> R1  state R1 { on R -> r }  final r }
          completion -> Done
        }
        final Done
      }`);
    expect(plainNames(twin.certainStates(0))).toEqual(['Both', 'L1', 'R1']);
    twin.observe('R', [], SECOND);
    expect(twin.observe('R', [], SECOND).verdict).toBe('rejected');
    twin.observe('L', [], SECOND);
    expect(twin.ended).toBe(true);
  });

  test('where possibilities had to be dropped nothing is called impossible', async () => {
    const ticking = `
      signal E
      machine M() {
        var n: Integer = 0
        initial -> A
        state A { after 1 ms / n += 1 -> A }
        state B { on E -> A }
      }`;
    const twin = createRecogniser(await compiled(ticking), [], 0, { limit: 8 });
    expect(twin.observe('E', [], 3600 * SECOND)).toEqual({ verdict: 'undecided', reason: 'too-many-possibilities' });
    const asked = createRecogniser(await compiled(ticking), [], 0, { limit: 8 });
    asked.possibleStates(3600 * SECOND);
    expect(asked.observe('E', [], SECOND / 10_000).verdict).toBe('rejected');
  });
});

describe('recognising what is put off, remembered, joined and called', () => {
  test('a deferred event is accepted when it is seen, and handled unseen later', async () => {
    const twin = await recogniser(`
      signal Go
      signal Later
      machine M() {
        initial -> A
        state A { defer Later  on Go -> B }
        state B { on Later -> C }
        state C { on Go -> B }
      }`);
    expect(twin.observe('Later', [], SECOND)).toEqual({ verdict: 'accepted', transitions: [] });
    expect(plainNames(twin.certainStates(SECOND))).toEqual(['A']);
    expect(twin.observe('Go', [], 2 * SECOND)).toEqual({
      verdict: 'accepted',
      transitions: ['M.A/on(Go)->B', 'M.B/on(Later)->C'],
    });
    expect(plainNames(twin.certainStates(2 * SECOND))).toEqual(['C']);
  });

  test('what a history goes back to stays open until an event tells', async () => {
    const text = `
      signal Pause
      signal Resume
      signal Touch
      machine M() {
        initial -> Work
        state Work {
          initial -> One
          state One { do takes uniform(1 s, 3 s)  completion -> Two }
          state Two { on Touch / log "touched" }
          history
          on Pause -> Idle
        }
        state Idle { on Resume -> Work.history }
      }`;
    const twin = await recogniser(text);
    twin.observe('Pause', [], 2 * SECOND);
    expect(plainNames(twin.certainStates(2 * SECOND))).toEqual(['Idle']);
    twin.observe('Resume', [], 2 * SECOND);
    expect(plainNames(twin.possibleStates(2 * SECOND))).toEqual(['One', 'Two']);
    expect(twin.observe('Touch', [], 2 * SECOND).verdict).toBe('accepted');
    expect(plainNames(twin.certainStates(2 * SECOND))).toEqual(['Work', 'Two']);
    const early = await recogniser(text);
    for (const signal of ['Pause', 'Resume']) early.observe(signal, [], SECOND / 2);
    expect(early.observe('Touch', [], SECOND / 2).verdict).toBe('rejected');
  });

  test('a region that waits at a join takes nothing until the others have come', async () => {
    const twin = await recogniser(`
      signal L
      signal R
      machine M() {
        initial -> Work
        state Work {
          region left { initial -> L1  state L1 { on L -> ready } }
          region right { initial -> R1  state R1 { on R -> ready } }
        }
        join ready -> Done
        state Done {}
      }`);
    expect(twin.observe('L', [], SECOND).verdict).toBe('accepted');
    expect(twin.observe('L', [], SECOND).verdict).toBe('rejected');
    expect(twin.observe('R', [], SECOND).verdict).toBe('accepted');
    expect(plainNames(twin.certainStates(SECOND))).toEqual(['Done']);
  });

  test('calls are seen as signals are; after a terminate nothing is', async () => {
    const twin = await recogniser(`
      machine M() {
        operation stop()
        initial -> A
        state A { on call stop() -> dead }
        terminate dead
      }`);
    expect(twin.observe('M.stop', [], SECOND).verdict).toBe('accepted');
    expect(twin.ended).toBe(true);
    expect(twin.observe('M.stop', [], SECOND).verdict).toBe('rejected');
  });

  test('a time of day may come whenever the clock of the system says', async () => {
    const twin = await recogniser('machine M() { initial -> A  state A { at "06:00" -> B }  state B {} }');
    expect(plainNames(twin.possibleStates(SECOND))).toEqual(['A', 'B']);
    expect(plainNames(twin.certainStates(86_401 * SECOND))).toEqual(['B']);
  });
});
