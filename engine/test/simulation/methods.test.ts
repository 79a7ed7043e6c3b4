import { describe, expect, it } from 'vitest';
import { type SimulationResult, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';

interface Parts {
  /** Clauses of `Office.go(n: Integer): Integer`. */
  readonly operation: string;
  /** What it invokes, and what else there is. */
  readonly top: string;
  readonly call?: string;
  readonly more?: string;
  readonly office?: string;
}

async function run({
  operation,
  top,
  call = 'u -> o.go(7)',
  more = '',
  office = '',
}: Parts): Promise<SimulationResult> {
  const { model, problems } = await modelFrom(`package t
signal Ping(n: Integer)
component Office { operation go(n: Integer): Integer ${operation}  ${office} }
component Store { operation keep(n: Integer) takes 30 ms }
${top}
interaction Job { actor u  lifeline o: Office
  var got: Integer = 0
  ${call} }
deployment D { node n * 2 { cores 1 deploy Office }  node m { cores 1 deploy Store } }
scenario S of D { load Job every 1 s  run 10.5 s  replications 1  seed 3  ${more} }
`);
  expect(problems).toEqual([]);
  const result = await simulate(model, 't.S');
  expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return result;
}

const figure = (result: SimulationResult, element: string, name: string) => measure(result, `t.${element}`, name).value;

describe('a call of an operation with a method', () => {
  const activity = `activity Way(n: Integer) { initial -> split
    decision split { [n == 7] -> long  else -> short }
    action long delays 40 ms -> done  action short delays 1 ms -> done  merge done -> end  final end }`;

  it('does what an activity says, with its arguments, behind the work of its own', async () => {
    const result = await run({ operation: 'takes 5 ms delays 10 ms method Way', top: activity });
    expect(figure(result, 'Office.go', 'mean')).toBeCloseTo(0.055, 12);
    expect(figure(result, 'Way.long', 'count')).toBe(10);
    expect(result.counters).toMatchObject({ started: 10, finished: 10 });
  });

  it('does what an interaction says, and replies what that returns', async () => {
    const result = await run({
      operation: 'method Way  returns 1',
      top: `interaction Way(n: Integer) { lifeline o: Office, s: Store  o -> s.keep(n)  return n + 1 }`,
      call: 'got = u -> o.go(7)  alt right: [got == 8] { u -> o.go(1) }',
    });
    expect(Number(figure(result, 'Store.keep', 'throughput')) * 10.5).toBeCloseTo(20, 9);
    expect(figure(result, 'Job', 'mean')).toBeCloseTo(0.06, 12);
  });

  it('replies as the operation says where the method returns nothing', async () => {
    const result = await run({
      operation: 'method Way  returns 5',
      top: activity,
      call: 'got = u -> o.go(7)  alt right: [got == 5] { u -> o.go(1) }',
    });
    expect(Number(figure(result, 'Office.go', 'throughput')) * 10.5).toBeCloseTo(20, 9);
  });

  it('waits for the end of a machine', async () => {
    const result = await run({
      operation: 'method Way',
      top: 'machine Way(n: Integer) { initial -> A  state A { after 20 ms -> B }  state B { after 30 ms -> end }  final end }',
    });
    expect(figure(result, 'Office.go', 'mean')).toBeCloseTo(0.05, 12);
    expect(figure(result, 'Way.B', 'count')).toBe(10);
  });

  it('fails with it', async () => {
    const result = await run({
      operation: 'method Way',
      top: `component Bank external { operation pay() fails 100 % }
        interaction Way(n: Integer) { lifeline o: Office, b: Bank  o -> b.pay() }`,
    });
    expect(figure(result, 'Office.go', 'errors')).toBe(1);
    expect(figure(result, 'Job', 'errors')).toBe(1);
  });

  it('is not done by a cache, and holds its thread meanwhile', async () => {
    const cached = await run({ operation: 'method Way', top: activity, office: 'cache 100 % hit takes 2 ms' });
    expect(figure(cached, 'Office.go', 'mean')).toBeCloseTo(0.002, 12);
    const busy = await run({
      operation: 'method Way',
      top: activity,
      office: 'threads 1 queue 10',
      call: 'par { u -> o.go(7) } and { u -> o.go(7) } and { u -> o.go(7) }',
    });
    // Two replicas with a thread each: the third waits.
    expect(figure(busy, 'Job', 'mean')).toBeCloseTo(0.08, 12);
  });

  it('that is given up goes on, and disturbs nobody who comes later', async () => {
    const result = await run({
      operation: 'method Way',
      top: activity,
      call: 'u -> o.go(7) timeout 10 ms fallback { u -> o.go(1) }',
    });
    expect(figure(result, 'Job', 'mean')).toBeCloseTo(0.011, 12);
    expect(figure(result, 'Way.long', 'count')).toBe(10);
  });

  it('whose replica crashes fails at once, and what comes then is done in full', async () => {
    const result = await run({
      operation: 'method Way',
      top: activity.replace('40 ms', '900 ms'),
      more: 'at 1.5 s crash n for 100 ms  expect max(Office.go) < 901 ms  expect max(Office.go) > 899 ms',
    });
    // Of ten the last has not ended.
    expect(figure(result, 'Office.go', 'errors')).toBeCloseTo(1 / 9, 12);
    expect(result.expectations.map(({ verdict }) => verdict)).toEqual(['met', 'met']);
  });
});
