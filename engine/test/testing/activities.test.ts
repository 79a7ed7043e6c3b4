import { modelOf } from '@pollux/language-server/language';
import { describe, expect, it } from 'vitest';
import { runTest, type TestResult } from '../../src/testing/index.ts';

const visit = `signal Called(by: String)
signal Worse
component Laboratory { operation analyse(count: Integer) takes 5 min fails 50 % }
resource doctor * 1
activity Visit(urgent: Boolean, blood: Integer = 1) {
  var waited: Integer = 0
  initial -> register
  action register takes 2 min / waited += 1 -> triage
  decision triage { [urgent] -> treat  else -> lot }
  decision lot { 10 % -> left  else -> rest }
  interruptible ward {
    action rest takes 1 h -> called
    accept called: Called -> treat
    on Worse / waited = 99 -> treat
  }
  action treat takes 10 min using doctor -> both
  fork both -> samples, talk
  action samples call Laboratory.analyse(blood) -> ready
  action talk takes 1 min using doctor -> ready
  join ready -> home
  final home, left
}
`;

async function results(tests: string, behaviour = visit): Promise<readonly TestResult[]> {
  const { model, problems } = await modelOf(`${behaviour}${tests}`);
  expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  if (model === null) throw new Error('the text makes no model');
  return model.tests.flatMap(({ id }) => runTest(model, id) ?? []);
}

async function verdict(steps: string, head = 'Visit(urgent: true)', behaviour = visit): Promise<TestResult> {
  const [result] = await results(`test t of ${head} {\n${steps}\n}\n`, behaviour);
  if (result === undefined) throw new Error('the model has no test');
  return result;
}

describe('a test of an activity', () => {
  it.each([
    [
      'knows where its tokens stand',
      'expect in(register) and waited == 0\nafter 2 min\nexpect in(treat) and waited == 1',
    ],
    [
      'lets time pass',
      'after 11 min\nexpect in(treat)\nafter 1 min\nexpect in(samples) and in(talk)\nafter 1 min\nexpect in(ready)',
    ],
    ['knows when it has ended, and where', 'expect ended with in(home) and not in(left)'],
    ['asks what an operation takes', 'after 16 min\nexpect in(samples)\nafter 1 min\nexpect in(home)'],
    [
      'has stand-ins',
      'given Laboratory.analyse takes 1 h\nafter 71 min\nexpect in(samples)\nexpect ended with in(home)',
    ],
    ['ends with a stand-in that fails', 'given Laboratory.analyse fails 100 %\nexpect ended with not in(home)'],
    ['rules out what never happens', 'never rest\nnever (waited > 1)\nexpect ended'],
  ])('%s', async (_, steps) => {
    expect(await verdict(steps)).toMatchObject({ verdict: 'pass', message: '' });
  });

  it.each([
    ['expect in(treat)', 'in register'],
    ['after 2 min\nexpect waited == 2', 'waited == 1'],
    ['after 2 min\nexpect ended with in(left)', 'in no node'],
  ])('%s fails, and says what was found', async (steps, found) => {
    const result = await verdict(steps);
    expect([result.verdict, result.found]).toEqual(['fail', expect.stringContaining(found)]);
  });

  it('fails where a token comes to what was ruled out, at that time', async () => {
    expect(await verdict('never talk\nexpect ended')).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/^talk was entered at 12 min/),
    });
  });

  it('takes signals, and interrupts', async () => {
    const guarded = visit.replace('10 % -> left', '[urgent] -> left');
    for (const [steps, waited] of [
      ['after 62 min\nsend Called(by: "x")', 1],
      ['after 2 min\nsend Worse', 99],
    ] as const) {
      const { verdict: came, message } = await verdict(
        `${steps}\nexpect in(treat) and waited >= ${waited}`,
        'Visit(urgent: false)',
        guarded,
      );
      expect([steps, came, message]).toEqual([steps, 'pass', '']);
    }
  });

  it('leaves chance open: what a weight decides is inconclusive, and every way is tried', async () => {
    const open = await verdict('after 2 min\nexpect in(left)', 'Visit(urgent: false)');
    expect(open).toMatchObject({ verdict: 'inconclusive', complete: true });
    const all = await verdict('after 2 min\nexpect in(left) or in(rest)', 'Visit(urgent: false) in every order');
    expect(all).toMatchObject({ verdict: 'pass', complete: true, outcomes: 10 });
  });

  it('leaves the order open in which things happen that are due together', async () => {
    const race = `activity Race { var last: Integer = 0
  initial -> both  fork both -> one, two
  action one takes 1 min / last = 1 -> home  action two takes 1 min / last = 2 -> home
  join home -> end  final end }
`;
    expect((await verdict('expect ended with last == 2', 'Race', race)).verdict).toBe('inconclusive');
    expect((await verdict('expect ended with last > 0', 'Race in every order', race)).verdict).toBe('pass');
  });

  it('waits for resources that it holds itself, the longest waiting first', async () => {
    const line = `resource bed * 1
activity Two { initial -> both  fork both -> one, two
  action one takes 1 min using bed -> home  action two takes 1 min using bed -> home  join home -> end  final end }
`;
    expect(
      (
        await verdict(
          'after 90 s\nexpect in(one) and in(home) or in(two) and in(home)\nafter 30 s\nexpect in(end)',
          'Two',
          line,
        )
      ).verdict,
    ).toBe('pass');
  });

  it('invokes other activities, and says where it cannot', async () => {
    const nested = `activity Inner { initial -> work  action work takes 3 min -> done  final done }
activity Outer { initial -> go  action go ref Inner -> done  final done }
`;
    expect((await verdict('after 2 min\nexpect in(go)\nafter 1 min\nexpect in(done)', 'Outer', nested)).verdict).toBe(
      'pass',
    );
    const batch = `activity Haul { initial -> go  action go batch 3 takes 1 min -> done  final done }\n`;
    expect(await verdict('expect ended', 'Haul', batch)).toMatchObject({
      verdict: 'error',
      message: expect.stringContaining('Line 1: go gathers several invocations into a batch'),
    });
  });

  it('counts how often its nodes were come to', async () => {
    const { coverage } = await verdict('expect ended');
    const [{ machine, states } = { machine: '', states: [] }] = coverage;
    expect(machine).toBe('Visit');
    const counts = Object.fromEntries(states.map(({ element, count }) => [element, count > 0]));
    expect(counts).toMatchObject({
      'Visit.treat': true,
      'Visit.home': true,
      'Visit.left': false,
      'Visit.called': false,
    });
  });

  it('counts how often its edges were taken: those of decisions, forks, interrupts and patience too', async () => {
    const ways = `signal Worse
resource room
activity Ways { var n: Integer = 0
  initial -> which
  decision which { [n == 0] -> split  else -> home }
  fork split -> first, second
  interruptible watch {
    action first takes 1 h using room -> home
    on Worse -> home
  }
  action second takes 1 min using room patience 10 min -> tired -> home
  merge tired -> home
  final home
}
`;
    const missed = async (steps: string): Promise<readonly string[]> => {
      const { coverage } = await verdict(steps, 'Ways', ways);
      const edges = coverage.flatMap(({ transitions }) => transitions);
      expect(edges).toHaveLength(10);
      return edges.filter(({ count }) => count === 0).map(({ element }) => element);
    };
    const always = ['Ways.which/else->home', 'Ways.first->home', 'Ways.second->home'];
    expect(await missed('expect ended')).toEqual([...always, 'Ways.watch/on(Worse)->home']);
    expect(await missed('after 1 min\nsend Worse')).toEqual([...always, 'Ways.tired->home', 'Ways.second/patience']);
  });

  it('of endless waiting ends, and says so', async () => {
    const endless = `activity Round { initial -> go  action go takes 1 s -> go }\n`;
    expect(await verdict('expect ended', 'Round', endless)).toMatchObject({
      verdict: 'error',
      message: expect.stringContaining('moments have gone by'),
    });
  });

  it('gives the same bytes each time', async () => {
    const [one, two] = [await verdict('expect ended'), await verdict('expect ended')];
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
  });
});
