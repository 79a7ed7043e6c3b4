import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SimulationResult, simulate } from '../../../src/simulation/index.ts';
import { modelFrom } from '../models.ts';

async function run(a: string, b: string, c: string, load = 'at 5/s'): Promise<SimulationResult> {
  const { model, problems } = await modelFrom(`package t
component A { operation go() delays exp(200 ms)  ${a} }
component B { operation go() delays exp(100 ms)  ${b} }
component C { operation go() delays exp(100 ms)  ${c} }
interaction Job { actor user  lifeline a: A, b: B, c: C  user -> a.go() { a -> b.go() { b -> c.go() { c -> a.go() } } } }
scenario S { load Job ${load}  run 60 s  replications 1  seed 3 }`);
  expect(problems).toEqual([]);
  return simulate(model, 't.S');
}

const deadlocks = ({ findings }: SimulationResult) => findings.filter(({ code }) => code === 'deadlock');

describe('pools that are held by those who wait for them', () => {
  it('are told with who waits for what, and since when', async () => {
    const [found] = deadlocks(await run('threads 1', '', ''));
    expect(found).toMatchObject({ element: 't.A', severity: 'warning' });
    expect(found?.message).toMatch(
      /^Deadlock at A\.threads: since [\d.]+ m?s .* wait for A\.threads, and nothing there goes on/,
    );
  });

  it.each([
    ['threads and connections', 'threads 2', 'connections 1', '', /A\.threads/],
    [
      'a bulkhead and threads',
      'threads 2',
      'requires C { bulkhead 1 queue 100 }',
      '',
      /B\.bulkhead to C: .* wait for A\.threads, whose holders wait for/,
    ],
  ])('mix %s', async (_, a, b, c, words) => {
    const result = await run(a, b, c);
    const told = deadlocks(result).map(({ message }) => message);
    expect(
      told.some((message) => words.test(message)),
      told.join('\n'),
    ).toBe(true);
    expect(result.counters.unfinished).toBeGreaterThan(200);
  });

  it('are none where somebody gives up', async () => {
    const result = await run('threads 1 requires B { timeout 1 s }', '', '');
    expect(deadlocks(result)).toEqual([]);
  });
});

describe('a deadlock in the middle of a run', () => {
  const circle = (requires: string, timeline: string): string => `package t
component A { operation go() delays 200 ms  threads 1  requires B { ${requires} } }
component B { operation go() delays 100 ms }
component Other { operation go() delays 1 ms }
interaction Job { actor user  lifeline a: A, b: B  user -> a.go() { a -> b.go() { b -> a.go() } } }
interaction Else { actor user  lifeline o: Other  user -> o.go() }
deployment D { node one { cores 4  deploy A  deploy B  deploy Other } }
scenario S of D { load Else at 10/s  ${timeline}  run 1000 s  replications 1  seed 3 }`;

  async function told(requires: string, timeline: string): Promise<readonly (readonly [string, string])[]> {
    const { model, problems } = await modelFrom(circle(requires, timeline));
    expect(problems).toEqual([]);
    const { findings } = simulate(model, 't.S');
    return findings.filter(({ code }) => code.startsWith('deadlock')).map(({ code, message }) => [code, message]);
  }

  it('is told even where something frees it before the end, with when that was', async () => {
    const freed = await told('', 'at 100 s load Job at 1/s for 100 s  at 500 s crash one for 1 s');
    expect(freed).toEqual([
      ['deadlock', expect.stringMatching(/^Deadlock at A\.threads: since 1.7 min /)],
      ['deadlock-over', expect.stringMatching(/^The deadlock at A\.threads since 1.7 min was over at 8.5 min/)],
    ]);
  });

  it('is told once where it lasts to the end', async () => {
    const lasting = await told('', 'at 100 s load Job at 1/s for 100 s');
    expect(lasting).toEqual([['deadlock', expect.stringMatching(/^Deadlock at A\.threads: since 1.7 min/)]]);
  });

  it('that a timeout ends is counted, and not told as one that lasts', async () => {
    const passing = await told('timeout 15 s', 'at 100 s load Job at 1/s for 200 s');
    expect(passing).toEqual([['deadlock-until-timeout', expect.stringMatching(/ended it.* at \d+ of \d+ moments/)]]);
  });

  it('is none where there are threads enough', async () => {
    const enough = circle('', 'at 100 s load Job at 1/s for 100 s').replace('threads 1', 'threads 100');
    const { model } = await modelFrom(enough);
    expect(simulate(model, 't.S').findings.filter(({ code }) => code.startsWith('deadlock'))).toEqual([]);
  });
});

describe('pools and resources in one circle', () => {
  async function visits(threads: string, further: { readonly patience?: string; readonly timeout?: string } = {}) {
    const { patience = '', timeout = '' } = further;
    const { model, problems } = await modelFrom(`package t
resource doctor * 2
component Lab { operation analyse() method Sign  ${threads} }
component Desk { operation ask()  requires Lab { ${timeout} } }
activity Sign { initial -> sign  action sign takes 1 s using doctor ${patience} -> signed  final signed }
interaction Asking { actor user  lifeline desk: Desk, lab: Lab  user -> desk.ask() { desk -> lab.analyse() } }
activity Visit {
  initial -> see
  structured see using doctor { initial -> ask  action ask ref Asking -> asked  final asked } -> left
  final left
}
scenario S { load Visit at 5/s  run 60 s  replications 1  seed 3 }`);
    expect(problems).toEqual([]);
    return simulate(model, 't.S');
  }

  it('are told with the circle, and the place where somebody waits', async () => {
    const result = await visits('threads 1');
    expect(deadlocks(result).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Deadlock at Lab\.threads: since [\d.]+ m?s all of it in a replica is held by those who wait for doctor at `sign`, whose holders wait for Lab\.threads, and nothing there goes on\. A `timeout` of a call, or a `patience`, would end the wait\.$/,
      ),
    ]);
    expect(result.counters.finished).toBeLessThan(10);
  });

  it('are told where only the resource is short, and is asked for again behind a call', async () => {
    const [found, ...others] = deadlocks(await visits(''));
    expect(others).toEqual([]);
    expect(found?.element).toBe('t.doctor');
    expect(found?.message).toMatch(/^Deadlock at doctor at `sign`: since .* wait for doctor at `sign`, and nothing/);
  });

  it.each([
    ['has patience', { patience: 'patience 2 s -> signed' }],
    ['gives up the call', { timeout: 'timeout 2 s' }],
  ])('are none where who waits %s', async (_, further) => {
    expect(deadlocks(await visits('threads 1', further))).toEqual([]);
  });
});

it('nested pools of any size end, and who is stuck is unfinished', async () => {
  const limits = fc.constantFrom(
    '',
    'threads 1',
    'threads 2',
    'threads 1 queue 3',
    'connections 1',
    'connections 2',
    'threads 2 connections 1',
    'threads 4',
  );
  const towards = (to: string) =>
    fc.constantFrom(
      '',
      `requires ${to} { bulkhead 1 queue 50 }`,
      `requires ${to} { bulkhead 2 }`,
      `requires ${to} { retry 2 }`,
    );
  const part = (to: string) => fc.tuple(limits, towards(to)).map((parts) => parts.join(' '));
  const load = fc.constantFrom('at 5/s', 'at 40/s', 'by 6 users thinking 0 s', 'by 1 users thinking exp(100 ms)');
  await fc.assert(
    fc.asyncProperty(part('B'), part('C'), part('A'), load, async (a, b, c, arrivals) => {
      const result = await run(a, b, c, arrivals);
      const { started, finished, failed, refused, unfinished } = result.counters;
      expect(finished + failed + refused + unfinished).toBe(started);
      for (const { message } of deadlocks(result)) {
        expect(unfinished, message).toBeGreaterThan(0);
        expect(message).toMatch(/since .* wait for /);
      }
    }),
    { numRuns: 60 },
  );
});
