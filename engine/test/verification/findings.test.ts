import { describe, expect, test } from 'vitest';
import { everyTrace, everything, found, machineOf, way } from './exploring.ts';
import { ExploredReplay } from './replay.ts';

describe('findings of an open world', () => {
  test('a state that nothing leads to cannot be reached, and only that', async () => {
    const { findings, complete } = await everything(
      'signal Go machine M() { initial -> A  state A { on Go -> C }  state B { on Go -> A } final C }',
    );
    expect(found(findings, 'unreachable')).toEqual(['unreachable B']);
    expect(complete).toBe(true);
  });

  test('a state that only a guard keeps from being reached is found too', async () => {
    const { findings } = await everything(
      'signal Go machine M() { var n: Integer = 0  initial -> A  state A { on Go [n < 3] / n += 1  on Go [n > 3] -> B }  state B { on Go } }',
    );
    expect(found(findings, 'unreachable')).toEqual(['unreachable B']);
  });

  test('where nothing can happen any more short of an end is a deadlock', async () => {
    const { findings } = await everything(
      'signal Go signal Stop machine M() { initial -> A  state A { on Go -> B  on Stop -> C }  state B {}  final C }',
    );
    expect(found(findings, 'deadlock')).toEqual(['deadlock B']);
    expect(way(findings.find(({ kind }) => kind === 'deadlock')!)).toBe('create Go');
  });

  test('a running timer is no deadlock', async () => {
    const { findings } = await everything(
      'machine M() { initial -> A  state A { after 1 s -> B }  state B { after 1 s -> A } }',
    );
    expect(found(findings)).toEqual([]);
  });

  test('a machine that keeps sending to itself never comes to rest', async () => {
    const { findings } = await everything(
      'signal Go signal Ping machine M() { initial -> A  state A { on Go / send Ping to self  on Ping / send Ping to self } }',
    );
    expect(found(findings, 'livelock')).toEqual(['livelock M']);
  });

  test('so does one whose step has no end', async () => {
    const { findings } = await everything(
      'signal Go machine M() { initial -> A  state A { on Go -> B }  state B { completion -> C }  state C { completion -> B } }',
    );
    const livelock = findings.find(({ kind }) => kind === 'livelock')!;
    expect(livelock.message).toContain('B');
    expect(way(livelock)).toBe('create Go');
  });

  test('a circle of points and beginnings is told by what it goes through', async () => {
    const { findings } = await everything(
      `machine M() {
        initial -> S
        state S {
          do / log "do"
          initial -> T
          state T { entry point within -> out  exit point out -> S  initial -> f  fork f -> T.within }
        }
      }`,
      { limits: { outcomes: 50 } },
    );
    const livelock = findings.find(({ kind }) => kind === 'livelock');
    expect(livelock?.message).toMatch(/does not come to an end: .*out/);
  });

  test('it is told in which states an event is discarded', async () => {
    const { findings } = await everything(
      'signal Go signal Stop machine M() { initial -> A  state A { on Go -> B }  state B { on Stop -> C  defer Go }  final C }',
    );
    expect(findings.filter(({ kind }) => kind === 'discard').map(({ message }) => message)).toEqual([
      'Stop is discarded in A.',
    ]);
  });

  test('an assertion that some way breaks has the shortest one', async () => {
    const { findings } = await everything(
      'signal Up signal Down machine M() { var n: Integer = 0  initial -> A  state A { on Up / { n += 1  assert n < 3 }  on Down [n > 0] / n -= 1 } }',
    );
    const [broken] = findings.filter(({ kind }) => kind === 'assertion');
    expect(way(broken!)).toBe('create Up Up Up');
    expect(broken!.severity).toBe('error');
  });

  test('a run-time error is found with its line', async () => {
    const { findings } = await everything(`signal By(n: Integer)
      machine M() { var x: Integer = 8  initial -> A  state A {
        on By(n) / x = 8 / n } }`);
    const [error] = findings.filter(({ kind }) => kind === 'error');
    expect(error!.place.start.line).toBe(2);
  });
});

const race = (a: string, b: string) => `signal Go machine M() { var n: Integer = 1  initial -> S  state S {
  region a { initial -> A  state A { on Go / ${a} } }
  region b { initial -> B  state B { on Go / ${b} } } } }`;

describe('races', () => {
  test('two regions that write the same variable race', async () => {
    const { findings } = await everyTrace(race('n += 1', 'n = n * 2'), ['Go']);
    expect(found(findings)).toEqual(['race A/on(Go)']);
  });

  test('what a do-activity reads and then writes may be lost in between', async () => {
    const text = (
      member: string,
    ) => `signal Go machine M() { var n: Integer = 0  var seen: Integer = 0  initial -> S  state S {
      ${member}  do / { seen = n  n = seen + 1  assert n > seen } }
    }`;
    const { findings } = await everything(text('on Go / seen = 5'));
    expect(found(findings, 'assertion')).toEqual(['assertion M']);
    expect(way(findings.find(({ kind }) => kind === 'assertion')!)).toBe('create Go activity');
    expect(found((await everything(text(''))).findings, 'assertion')).toEqual([]);
  });

  test('not where the result is the same in any order', async () => {
    const { findings } = await everyTrace(race('n += 1', 'n += 2'), ['Go']);
    expect(found(findings)).toEqual([]);
  });

  test('a do-activity that is not over yet is no race', async () => {
    const { findings } = await everyTrace(
      'signal Go machine M() { initial -> A  state A { on Go -> B }  state B { do / log "do"  initial -> C  state C { entry / log "C" } } }',
      ['Go'],
    );
    expect(found(findings)).toEqual([]);
  });

  test('what is free to choose is told, and is no race', async () => {
    const { findings } = await everyTrace(
      'signal Go machine M() { initial -> A  state A { on Go -> B  on Go -> C }  state B {}  state C {} }',
      ['Go'],
    );
    expect(found(findings)).toEqual(['competing A']);
  });
});

describe('the way to a finding', () => {
  test.each([
    ['race', race('n += 1', 'n = n * 2'), ['Go']],
    ['assertion', race('n += 1', '{ n = n * 2  assert n < 4 }'), ['Go']],
  ])('shows the %s again when it is gone once more', async (kind, text, events) => {
    const { compiled } = await machineOf(text);
    const { findings } = await everyTrace(text, events);
    const finding = findings.find((one) => one.kind === kind)!;
    const replay = new ExploredReplay(compiled, finding.trace);
    expect(replay.picksLeft).toBe(0);
    if (kind === 'assertion') expect(replay.problem).toBe('assertion-failed');
    else expect(replay.problem).toBeNull();
  });
});

describe('the shortest way to each kind of finding, from an open world', () => {
  test.each([
    [
      'deadlock',
      'signal Go signal Off machine M() { initial -> A  state A { on Go -> B  on Off -> A }  state B { on Go -> C }  state C {} }',
      'create Go Go',
    ],
    [
      'livelock',
      'signal Go signal Ping machine M() { initial -> A  state A { on Go -> B }  state B { on Go / send Ping to self  on Ping / send Ping to self } }',
      'create Go Go own',
    ],
    [
      'assertion',
      'signal Go machine M() { var n: Integer = 0  initial -> A  state A { invariant n < 2  on Go / n += 1 } }',
      'create Go Go',
    ],
    [
      'assertion',
      'signal Go(n: Integer) machine M() { initial -> A  state A { on Go -> B }  state B { entry(n: Integer) / assert n < 5 } }',
      'create Go',
    ],
    [
      'error',
      'signal Go machine M() { var n: Integer = 1  var x: Real = 0  initial -> A  state A { after 5 s -> B  on Go / x = 4 / n }  state B { entry / n = 0  on Go / x = 4 / n } }',
      'create timer Go',
    ],
    [
      'error',
      'signal Go machine M() { var n: Integer = 1  var x: Real = 0  initial -> A  state A { on Go -> B }  state B { do takes 1 s / { n = 0  n = 1 }  on Go / x = 1 / n } }',
      'create Go timer Go',
    ],
    ['race', race('n += 1', 'n = n * 2'), 'create Go'],
    [
      'competing',
      'signal Go machine M() { initial -> A  state A { on Go -> B  on Go -> C }  state B { on Go -> A }  state C { on Go -> A } }',
      'create Go',
    ],
    [
      'discard',
      'signal Go signal Off machine M() { initial -> A  state A { on Go -> B  on Off -> A }  state B { on Off -> A } }',
      'create Go Go',
    ],
  ] as const)('%s', async (kind, text, expected) => {
    const { findings } = await everything(text, { limits: { states: 2000 } });
    const finding = findings.find((one) => one.kind === kind)!;
    expect(way(finding)).toBe(expected);
    const replay = new ExploredReplay((await machineOf(text)).compiled, finding.trace);
    expect(replay.picksLeft).toBe(0);
    const fails = kind === 'assertion' || kind === 'error';
    expect(replay.problem !== null).toBe(fails);
  });
});

describe('bounds', () => {
  const counter = 'signal Up machine M() { var n: Integer = 0  initial -> A  state A { on Up / n += 1 } }';

  test.each([
    ['states', counter, { limits: { states: 100 } }],
    ['depth', counter, { limits: { depth: 10 } }],
    ['time', counter, { limits: { isOutOfTime: () => true } }],
    [
      'values',
      'signal Up(by: Integer) machine M() { var n: Integer = 0  initial -> A  state A { on Up(by) / n = by } }',
      {},
    ],
    ['draws', 'signal Up machine M() { var n: Real = 0  initial -> A  state A { on Up / n = uniform(1, 2) } }', {}],
    ['clock', 'signal Up machine M() { var n: Duration = 0 s  initial -> A  state A { on Up / n = elapsed } }', {}],
    [
      'waiting',
      'signal Up signal Off machine M() { initial -> A  state A { defer Up  on Off -> B }  state B { on Up } }',
      {},
    ],
  ] as const)('%s: what was left out is said', async (bound, text, options) => {
    const explored = await everything(text, options as never);
    expect(explored.complete).toBe(false);
    expect(explored.bound).toBe(bound);
  });

  test('the outcomes of one step', async () => {
    const { complete, bound } = await everyTrace(race('log "a"', 'log "b"'), ['Go'], { limits: { outcomes: 1 } });
    expect([complete, bound]).toEqual([false, 'outcomes']);
  });

  test('how many traces are told', async () => {
    const { traces, bound } = await everyTrace(race('log "a"', 'log "b"'), ['Go'], { traces: 1 });
    expect([traces.length, bound]).toEqual([1, 'traces']);
  });

  test('a small machine costs at most 64 bytes a state', async () => {
    const { states, bytes } = await everything(
      `signal Up signal Down machine M() { var n: Integer = 0  var m: Integer = 0  initial -> A
         state A { on Up [n < 150] / n += 1  on Down [m < 150] / m += 1 } }`,
    );
    expect(states).toBe(151 * 151);
    expect(bytes / states).toBeLessThan(64);
  });
});

describe('the order of events', () => {
  const order = async (text: string) => {
    const { findings } = await everything(text);
    return findings.filter(({ kind }) => kind === 'order');
  };
  const two = (a: string, b: string) => `machine M() { var n: Integer = 1  initial -> S  state S {
    region a { initial -> A  state A { ${a} }  state A2 }
    region b { initial -> B  state B { ${b} }  state B2 } } }`;

  test('decides where two timers are due at the same time and do not commute', async () => {
    const [finding, ...others] = await order(two('after 5 s / n += 1 -> A2', 'after 5 s / n = n * 2 -> B2'));
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      'Of the timer of A and the timer of B nothing says which is first: they come at the same moment. With the one first it comes to A2 and B2 with n == 4; with the other, to A2 and B2 with n == 3.',
    );
    expect(finding?.severity).toBe('information');
    const ways = [finding?.trace, finding?.otherTrace].map((trace) =>
      trace?.map((step) => ('element' in step ? step.element.split('/')[0] : step.kind)),
    );
    expect(ways).toEqual([
      ['create', 'M.S.a.A', 'M.S.b.B'],
      ['create', 'M.S.b.B', 'M.S.a.A'],
    ]);
  });

  test('decides which of two timers of one state is taken, and a timer against what the machine sent to itself', async () => {
    const either = await order(
      'machine M() { initial -> A  state A { after 5 s -> B  after 5 s -> C }  state B  state C }',
    );
    expect(either.map(({ message }) => /comes to (.*);.* to (.*)\.$/.exec(message)?.slice(1))).toEqual([['B', 'C']]);
    const sent = await order(
      'signal Ping machine M() { initial -> A  state A { after 5 s / send Ping to self delayed 5 s -> B }  state B { on Ping -> C  after 5 s -> D }  state C  state D }',
    );
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['where both orders come to the same', two('after 5 s / n += 1 -> A2', 'after 5 s / n += 2 -> B2')],
    ['where time orders them', two('after 5 s / n += 1 -> A2', 'after 6 s / n = n * 2 -> B2')],
    ['where they only may coincide', two('after uniform(1 s, 5 s) / n += 1 -> A2', 'after 5 s / n = n * 2 -> B2')],
    [
      'where the world outside sends',
      'signal X signal Y machine M() { initial -> A  state A { on X -> B  on Y -> C }  state B  state C }',
    ],
    [
      'where it is only a branch that differs',
      'machine M() { initial -> A  state A { after 1 s -> Pick }  choice Pick { 50 % -> B  50 % -> C }  state B  state C }',
    ],
  ])('does not %s', async (_, text) => {
    expect(await order(text)).toEqual([]);
  });
});
