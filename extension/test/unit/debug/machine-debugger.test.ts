/** The debugger of machines, headless: where it stops, what it sees there, going back, changing what is. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MachineDebugger } from '../../../src/debug/machine-debugger.ts';
import type { Moment } from '../../../src/debug/moment.ts';
import { eventOf, poolOf, timersOf } from '../../../src/debug/moment-views.ts';
import { Debugged, event, stack, told, variables } from './debugged.ts';

const text = `package shop
signal Pay(ok: Boolean)
signal Again
signal Stop
machine Order(total: Real) {
  var attempts: Integer = 0
  var bonus: Real = 0
  initial -> Created
  state Created {
    entry / attempts = 0
    on Pay(ok) [ok] -> Paid
    on Pay(ok) [not ok] / {
      attempts += 1
      if attempts > 1 {
        log "tried {attempts} times"
      }
    }
    after 30 s -> Expired
  }
  state Paid {
    defer Stop
    region pack { initial -> Packing  state Packing }
    region bill { initial -> Billing  state Billing { on Again / bonus = 10 / bonus -> Billed } final Billed }
  }
  final Expired
}
`;
const machine = 'shop.Order';
const no = event('shop.Pay', false);
const yes = event('shop.Pay', true);
let debugged: Debugged;

beforeAll(async () => {
  debugged = await Debugged.open(text);
});
afterAll(() => debugged.close());

const start = (...script: Parameters<Debugged['start']>[1] & object) => debugged.start(machine, script, [12]);

function everyMoment(debug: MachineDebugger): Moment[] {
  const moments = [debug.moment];
  while (debug.stepIn().reason === 'step') moments.push(debug.moment);
  return moments;
}

test('every state, transition and action is a moment, nested ones too', () => {
  const { debug } = start(no, no);
  expect(debug.start(true)).toEqual({ reason: 'entry', hits: [] });
  const once = (...nested: string[]) => [
    'transition Created/on(Pay)',
    'action Created/on(Pay)',
    'action Created/on(Pay)',
    ...nested,
    'rest',
  ];
  expect(everyMoment(debug).map(told)).toEqual([
    'transition shop.Order/initial->Created',
    'enter Created',
    'action Created',
    'rest',
    ...once(),
    ...once('action Created/on(Pay)'),
  ]);
});

test('over leaves out what is nested deeper, out goes to the rest', async () => {
  const { debug } = start(no, yes);
  await debugged.stopAt(debug, 'on Pay(ok) [not ok]');
  expect(debug.start(false).reason).toBe('breakpoint');
  expect(told(debug.moment)).toMatch(/^transition/);
  debug.stepOver();
  expect(told(debug.moment)).toBe('rest');
  expect(variables(debug)).toEqual({ total: '12', attempts: '1', bonus: '0' });
  debug.stepBack();
  expect(debug.moment.depth).toBe(1);
  debug.stepOut();
  expect(told(debug.moment)).toBe('rest');
});

describe('a breakpoint', () => {
  test.each([
    ['a state', 'state Created', 'enter Created'],
    ['an action', 'entry / attempts = 0', 'action Created'],
    ['an action within another', 'log "tried', 'action Created/on(Pay)'],
  ])('on %s stops there', async (_, at, expected) => {
    const { debug } = start(no, no);
    await debugged.stopAt(debug, at);
    expect(debug.start(false).reason).toBe('breakpoint');
    expect(told(debug.moment)).toContain(expected);
  });

  test('stops where its condition holds, which sees variables, states and what the event carries', async () => {
    const { debug } = start(no, no, no);
    await debugged.stopAt(debug, 'on Pay(ok) [not ok]', { condition: 'attempts == 2 and not ok and in(Created)' });
    debug.start(false);
    expect(variables(debug)).toMatchObject({ attempts: '2' });
    expect(eventOf(debug.moment)).toEqual([
      { name: 'event', text: 'Pay' },
      { name: 'ok', text: 'false' },
    ]);
  });

  test.each([
    ['2', '1'],
    ['>= 3', '2'],
    ['% 2', '1'],
  ])('stops at the hit count %s', async (hitCondition, attempts) => {
    const { debug } = start(no, no, no, no);
    await debugged.stopAt(debug, 'on Pay(ok) [not ok]', { hitCondition });
    debug.start(false);
    expect(variables(debug)).toMatchObject({ attempts });
  });

  test('with a message says it and goes on', async () => {
    const { debug, said } = start(no, no);
    await debugged.stopAt(debug, 'on Pay(ok) [not ok]', { logMessage: 'so far {attempts} of {total}' });
    expect(debug.start(false).reason).toBe('waiting');
    expect(said).toEqual(['so far 0 of 12', 'so far 1 of 12', 'tried 2 times']);
  });

  test.each([
    ['var bonus', {}, /Nothing happens on this line/],
    ['state Created', { condition: 'atempts > 1' }, /atempts/],
    ['state Created', { condition: 'attempts' }, /true or false/],
    ['state Created', { hitCondition: 'often' }, /hit count/],
  ])('on %s with %o cannot be', async (at, more, reason) => {
    expect(await debugged.breakpoint(start().debug, at, more)).toEqual({ problem: expect.stringMatching(reason) });
  });
});

test('N steps back and N forward lead to the same moment', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(no, yes, event('shop.Again'), event('shop.Stop')), { maxLength: 5 }),
      fc.nat(40),
      fc.nat(40),
      (script, forward, back) => {
        const { debug } = start(...script);
        debug.start(true);
        for (let i = 0; i < forward; i++) if (debug.stepIn().reason !== 'step') break;
        const { moment } = debug;
        let steps = 0;
        while (steps < back && debug.stepBack().reason === 'step') steps++;
        for (let i = 0; i < steps; i++) debug.stepIn();
        expect(debug.moment).toEqual(moment);
      },
    ),
    { seed: 4, numRuns: 100 },
  );
});

test('reverse continue goes back to the breakpoint before, and then to the beginning', async () => {
  const { debug } = start(no, no);
  await debugged.stopAt(debug, 'on Pay(ok) [not ok]');
  debug.start(false);
  debug.continue();
  expect(variables(debug)).toMatchObject({ attempts: '1' });
  expect(debug.reverseContinue().reason).toBe('breakpoint');
  expect(variables(debug)).toMatchObject({ attempts: '0' });
  expect(debug.reverseContinue().reason).toBe('entry');
});

describe('a variable that is set', () => {
  test('holds from that moment on, also in the middle of a step', async () => {
    const { debug, said } = start(no);
    await debugged.stopAt(debug, 'on Pay(ok) [not ok]');
    debug.start(false);
    expect(debug.setVariable('shop.Order.attempts', 7)).toBe(true);
    expect(variables(debug)).toMatchObject({ attempts: '7' });
    debug.continue();
    expect(variables(debug)).toMatchObject({ attempts: '8' });
    expect(said).toEqual(['tried 8 times']);
  });

  test('holds at rest too, and is gone further back', () => {
    const { debug } = start(no);
    debug.start(true);
    debug.stepOut();
    expect(told(debug.moment)).toBe('rest');
    debug.setVariable('shop.Order.attempts', 3);
    debug.continue();
    expect(variables(debug)).toMatchObject({ attempts: '4' });
    while (debug.stepBack().reason === 'step');
    expect(variables(debug)).toMatchObject({ attempts: '0' });
  });

  test('must be there', () => {
    expect(start().debug.setVariable('shop.Order.nothing', 3)).toBe(false);
  });
});

describe('what happens from outside', () => {
  test('an event is taken at once where the machine waits', () => {
    const { debug } = start();
    debug.start(false);
    expect(debug.happen(yes)).toEqual({ reason: 'step', hits: [] });
    expect(stack(debug)).toEqual(['Billing in bill', 'Packing in pack', 'Paid', 'Order']);
  });

  test('time passes, as far as it is told', () => {
    const { debug } = start();
    debug.start(false);
    expect(timersOf(debug.moment).map(({ text: due }) => due)).toEqual(['0 s', 'due in 30 s']);
    debug.happen({ kind: 'after', delay: 10_000_000 });
    expect(timersOf(debug.moment).map(({ text: due }) => due)).toEqual(['10 s', 'due in 20 s']);
    debug.happen({ kind: 'after', delay: 60_000_000 });
    expect(stack(debug)[0]).toBe('Expired');
    expect(debug.continue().reason).toBe('ended');
  });

  test('in the past it replaces what came later', () => {
    const { debug } = start(no, no);
    debug.start(false);
    expect(variables(debug)).toMatchObject({ attempts: '2' });
    while (debug.stepBack().reason === 'step');
    debug.happen(yes);
    expect(stack(debug)).toContain('Paid');
    debug.continue();
    expect(variables(debug)).toMatchObject({ attempts: '0' });
  });

  test('a deferred event waits in the pool, in front of what the script holds', () => {
    const { debug, said } = start(yes, event('shop.Stop'), event('shop.Pay', false));
    debug.start(true);
    while (debug.moment.deferred.length === 0) debug.stepIn();
    expect(poolOf(debug.moment, debug.script)).toEqual([
      { name: 'Stop', text: 'deferred by Paid' },
      { name: 'Pay', text: '(false) from the script' },
    ]);
    debug.continue();
    expect(said).toEqual(['Stop is deferred.', 'Pay is discarded: nothing takes it now.']);
  });
});

test('a run-time error stops on its line, and the way back is open', () => {
  const { debug, said } = start(yes, event('shop.Again'));
  expect(debug.start(false).reason).toBe('exception');
  expect(debug.moment.place.start.line).toBe(debugged.line('bonus = 10 / bonus'));
  expect(said.join()).toMatch(/zero/);
  expect(stack(debug)[0]).toBe('stopped by a run-time error');
  expect(debug.stepBack().reason).toBe('step');
  expect(debug.setVariable('shop.Order.bonus', 5)).toBe(true);
  expect(debug.continue().reason).toBe('waiting');
  expect(variables(debug)).toMatchObject({ bonus: '2' });
});

test.each([
  ['attempts + 1', '1'],
  ['total > 10 and in(Created)', 'true'],
  ['10 / bonus', /zero/],
])('`%s` is evaluated', async (expression, expected) => {
  const { debug } = start();
  debug.start(false);
  const answer = await debugged.read(machine, expression);
  if (!('fragment' in answer) || answer.fragment.kind !== 'expression') throw new Error('no expression');
  const result = debug.evaluator.evaluate(answer.fragment.expression, debug.moment);
  const shown = 'value' in result ? String(result.value) : result.problem.message;
  expect(shown).toMatch(expected);
});
