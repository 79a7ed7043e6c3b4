/** What the words of the text become in the model: microseconds, fractions, rates a second, laws in one form. */
import type { Expression, Message, Model, State, Transition } from '@pollux/engine/model';
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';

async function lower(text: string): Promise<Model> {
  const { model, problems } = await modelOf(text);
  expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return model as Model;
}

/** An expression without places and types. */
function bare(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item) => (key === 'place' || key === 'type' || key === 'label' ? undefined : item)),
  );
}

async function taken(text: string): Promise<Expression | undefined> {
  const model = await lower(`component C { operation run takes ${text} }`);
  return model.components[0]?.operations[0]?.takes;
}

describe('laws', () => {
  test.each([
    ['3 ms', { kind: 'literal', value: 3000 }],
    ['exp(4 ms)', { kind: 'draw', distribution: { kind: 'exponential', mean: 4000 } }],
    ['constant(2 s)', { kind: 'draw', distribution: { kind: 'constant', value: 2e6 } }],
    ['uniform(1 ms, 2 ms)', { kind: 'draw', distribution: { kind: 'uniform', from: 1000, to: 2000 } }],
    [
      'triangular(2 min, 4 min, 10 min)',
      { kind: 'draw', distribution: { kind: 'triangular', from: 1.2e8, mode: 2.4e8, to: 6e8 } },
    ],
    ['normal(1 s, 100 ms)', { kind: 'draw', distribution: { kind: 'normal', mean: 1e6, deviation: 1e5 } }],
    ['gamma(2, 6 ms)', { kind: 'draw', distribution: { kind: 'gamma', shape: 2, mean: 6000 } }],
    ['erlang(3, 6 ms)', { kind: 'draw', distribution: { kind: 'gamma', shape: 3, mean: 6000 } }],
    ['weibull(1.5, 2 ms)', { kind: 'draw', distribution: { kind: 'weibull', shape: 1.5, scale: 2000 } }],
    ['pareto(2, 1 ms)', { kind: 'draw', distribution: { kind: 'pareto', alpha: 2, minimum: 1000 } }],
    [
      'mixture(90 %: exp(1 ms), 10 %: 50 ms)',
      {
        kind: 'draw',
        distribution: {
          kind: 'mixture',
          parts: [
            { weight: 0.9, value: { kind: 'exponential', mean: 1000 } },
            { weight: 0.1, value: 50000 },
          ],
        },
      },
    ],
    ['?', { kind: 'unknown' }],
    ['exp(?)', { kind: 'unknown' }],
  ])('%s', async (text, expected) => {
    expect(bare(await taken(text))).toEqual(expected);
  });

  test('a log-normal law by median and 99th percentile has both', async () => {
    const drawn = await taken('lognormal(median: 10 ms, p99: 40 ms)');
    const law = drawn?.kind === 'draw' ? drawn.distribution : undefined;
    if (law?.kind !== 'lognormal') throw new Error('no log-normal law');
    expect(Math.exp(law.mu)).toBeCloseTo(10_000, 6);
    expect(Math.exp(law.mu + 2.3263478740408408 * law.sigma)).toBeCloseTo(40_000, 6);
  });

  test('a log-normal law by mean and deviation has both', async () => {
    const drawn = await taken('lognormal(5 ms, 2 ms)');
    const law = drawn?.kind === 'draw' ? drawn.distribution : undefined;
    if (law?.kind !== 'lognormal') throw new Error('no log-normal law');
    const mean = Math.exp(law.mu + law.sigma ** 2 / 2);
    expect(mean).toBeCloseTo(5000, 6);
    expect(mean * Math.sqrt(Math.exp(law.sigma ** 2) - 1)).toBeCloseTo(2000, 6);
  });

  test('a mixture over literals draws their names', async () => {
    const model = await lower(
      'enum E { a, b } component C { operation run(e: E) } interaction I(e: E) { actor u lifeline c: C u -> c.run(e) }\n' +
        'scenario S { load I(e: mixture(85 %: E.a, 15 %: E.b)) at 2/s }',
    );
    const value = model.scenarios[0]?.loads[0]?.arguments[0]?.value;
    expect(bare(value)).toEqual({
      kind: 'draw',
      distribution: {
        kind: 'mixture',
        parts: [
          { weight: 0.85, value: 'a' },
          { weight: 0.15, value: 'b' },
        ],
      },
    });
  });
});

describe('machines', () => {
  const text = `
    signal Pay(ok: Boolean, amount: Real) signal Stop
    machine M(id: String) {
      var n: Integer = 0
      initial / n = 1 -> A
      state A {
        entry / { n += 1  log "at {n}" }
        exit / n = 0
        on Pay(ok) [ok] / { if n > 3 { n = 3 } else { raise Stop }  send Stop to sender delayed 5 s } -> B
        on any / n -= 1
        local on Stop -> A.In
        when (n >= 3 and in(In)) -> B.r2.Two
        initial -> In
        state In { do takes exp(2 s)  completion -> done }
        final done
      }
      state B {
        region r1 { initial -> One state One }
        region r2 { initial -> Two state Two }
        completion -> J
      }
      junction J { [n > 1] 20 % -> A   else -> B }
    }`;

  test('nest as the text nests', async () => {
    const [machine] = (await lower(text)).machines;
    const states = machine?.regions[0]?.vertices.filter((vertex): vertex is State => vertex.kind === 'state') ?? [];
    expect(states.map(({ name, regions }) => [name, regions.map((region) => region.name)])).toEqual([
      ['A', ['']],
      ['B', ['r1', 'r2']],
    ]);
    expect(states[0]?.regions[0]?.vertices.map(({ kind }) => kind)).toEqual(['initial', 'state', 'final']);
    expect(bare(states[0]?.entry[1])).toEqual({ kind: 'log', parts: ['at ', { kind: 'variable', variable: 'M.n' }] });
  });

  test('have transitions of every trigger', async () => {
    const [machine] = (await lower(text)).machines;
    const all = machine?.regions[0]?.transitions ?? [];
    const found = (id: string) => all.find((transition) => transition.id === id) as Transition;
    expect(found('M.A/on(Pay)->B').trigger).toMatchObject({
      kind: 'signal',
      signals: ['Pay'],
      bindings: [{ name: 'ok' }],
    });
    expect(bare(found('M.A/on(Pay)->B').guard)).toEqual({ kind: 'variable', variable: 'M.A/on(Pay)->B.ok' });
    expect(found('M.A/on(Pay)->B').effect.map(({ kind }) => kind)).toEqual(['if', 'send']);
    expect(found('M.A/on(any)')).toMatchObject({ sort: 'internal', trigger: { kind: 'any' } });
    expect(found('M.A/on(Stop)->A.In')).toMatchObject({ sort: 'local', target: 'M.A.In' });
    expect(found('M.A/when(n >= 3 and in(In))->B.r2.Two').target).toBe('M.B.r2.Two');
    expect(found('M.J/->A')).toMatchObject({ weight: 0.2, isElse: false, trigger: { kind: 'none' } });
    expect(found('M.J/else->B')).toMatchObject({ isElse: true });
    expect(found('M/initial->A').effect).toHaveLength(1);
  });
});

describe('interactions', () => {
  test('keep messages, fragments and constraints', async () => {
    const model = await lower(`
      signal Go
      machine M(id: String) { initial -> A state A { on Go -> A } }
      component C { operation run(n: Integer): Boolean takes 1 ms  fails 0.5 % after 2 ms  returns chance(96 %) }
      interaction I(id: String) {
        actor u  lifeline c: C, m[id]: M, fresh: M(id: id)  var ok: Boolean
        ok = u -> c.run(n: 1) within 1 ms .. 200 ms for 99.9 % { c ->> m : Go  return true }
        u ->> c.run(2)
        alt named: [ok] 98 % { u ->> fresh : Go } else [ok] { invariant ok } else { break { return } }
        loop 2..* [ok] { u -> c.run(3) }
      }`);
    const [interaction] = model.interactions;
    const [first, second, alt, loop] = interaction?.body ?? [];
    expect(first).toMatchObject({
      sort: 'synchronous-call',
      result: 'I.ok',
      within: { minimum: 1000, maximum: 200000, share: expect.closeTo(0.999, 12) },
      execution: [{ kind: 'message', sort: 'signal', to: 'I.m' }, { kind: 'return' }],
    });
    expect((second as Message).sort).toBe('asynchronous-call');
    expect(alt).toMatchObject({
      id: 'I.named',
      kind: 'alt',
      operands: [{ weight: 0.98, isElse: false }, { isElse: false }, { isElse: true }],
    });
    expect(loop).toMatchObject({ kind: 'loop', minimum: 2, maximum: null });
    expect(interaction?.lifelines.map(({ represents }) => represents.kind)).toEqual([
      'actor',
      'component',
      'machine',
      'machine',
    ]);
    expect(interaction?.lifelines[2]?.represents).toMatchObject({ key: { kind: 'variable', variable: 'I.id' } });
    expect(model.components[0]?.operations[0]?.fails).toMatchObject({ probability: 0.005, after: { value: 2000 } });
  });
});

describe('scenarios and twins', () => {
  const system = 'component C { operation run takes 1 ms } interaction I { actor u lifeline c: C u -> c.run() }\n';

  test('arrivals at a rate, with gaps, and by users', async () => {
    const model = await lower(
      `${system}scenario S { load I at 90/min  load I at 5000000/s  load I every exp(20 ms)  load I by 200 users thinking exp(5 s)  run 1 h warmup 5 min seed 7 replications 3 }`,
    );
    const [scenario] = model.scenarios;
    expect(scenario?.loads.map(({ arrivals }) => arrivals)).toEqual([
      { kind: 'poisson', rate: 1.5 },
      { kind: 'poisson', rate: 5e6 },
      { kind: 'renewal', gap: { kind: 'exponential', mean: 20000 } },
      { kind: 'closed', users: 200, thinking: { kind: 'exponential', mean: 5e6 } },
    ]);
    expect(scenario).toMatchObject({ duration: 3.6e9, warmup: 3e8, seed: 7, replications: 3 });
  });

  test('expectations keep their words', async () => {
    const model = await lower(
      `${system}twin T { expect fast: p99.9(I) <  300 ms over 5 min\n expect p95(C.run) within 25 % of simulation }`,
    );
    expect(model.twins[0]?.expectations).toMatchObject([
      { name: 'fast', text: 'p99.9(I) < 300 ms over 5 min', demand: { operator: '<', bound: 3e5 }, over: 3e8 },
      { name: '', measure: { statistic: 'p95', element: 'C.run' }, demand: { kind: 'simulation', tolerance: 0.25 } },
    ]);
  });

  test('instances and their events', async () => {
    const model = await lower(`signal Pay(ok: Boolean) machine M(id: String) { initial -> A state A { on Pay -> A } }
      twin T { source otlp on 4317, 4318  source file "r/*.jsonl"  lateness 30 s
        M(id: attribute("m.id")) by attribute "m.id" {
          on start of span "a" [attribute("x") != "test" and status == "ok"] / Pay(ok: status == "ok")
          on log "b" / Pay(ok: attribute("ok"))
        } }`);
    expect(model.twins[0]).toMatchObject({
      lateness: 3e7,
      sources: [
        { kind: 'otlp', ports: [4317, 4318] },
        { kind: 'file', pattern: 'r/*.jsonl' },
      ],
      instances: [
        { machine: 'M', key: 'm.id', arguments: [{ parameter: 'M.id', value: { kind: 'attribute', key: 'm.id' } }] },
      ],
    });
    expect(model.twins[0]?.instances[0]?.events.map(({ observed }) => observed)).toEqual([
      { kind: 'span-start', name: 'a' },
      { kind: 'log', name: 'b' },
    ]);
  });

  test('documentation stands without its stars', async () => {
    const model = await lower('/** The life\n * of a thing. */\nmachine M { initial -> A state A }');
    expect(model.machines[0]?.documentation).toBe('The life\nof a thing.');
  });
});
