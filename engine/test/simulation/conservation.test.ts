import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { compileScenario, mergeReplications, runReplication } from '../../src/simulation/index.ts';
import { Kernel } from '../../src/simulation/kernel.ts';
import { replicationOf } from '../../src/simulation/replication-of.ts';
import { modelFrom } from './models.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Fragments of an execution on lifeline `a`, nested to a depth. */
const body: fc.Memo<string> = fc.memo((depth) => {
  const call = fc.constantFrom(
    'a -> b.work()',
    'a -> a.wait()',
    'a ->> b.work()',
    'a -> b.bad()',
    'ok = a -> b.ask()',
    'a -> b.work() timeout 1 ms cancels',
    'ok = a -> b.ask() timeout 1 ms retry 1',
    'a ->> b.bad() retry 2',
    'ok = a -> b.ask() hedge 0.5 ms cancels',
    'a -> b.bad() hedge 0.2 ms retry 1 timeout 4 ms',
    'a -> b.work() bulkhead 1 queue 1',
  );
  const rest = fc.constantFrom(
    ...['return true', 'ok = not ok', 'a ->> m : Ping', 'break [ok] { a -> b.work() }', 'if ok { return false }'],
    ...['takes exp(1 ms)', 'delays exp(1 ms)', 'ref Part(yes: ok)', 'a ->> Bus.news(yes: ok)', '? ->> b.work()'],
    ...['a -> m.look()', 'a ->> m.look()'],
    ...['create m', 'destroy m', 'opt [m.in(On)] { a -> b.work() }', 'a ->> ? : Ping'],
  );
  if (depth <= 1) return fc.oneof({ weight: 3, arbitrary: call }, { weight: 1, arbitrary: rest });
  const block = fc.array(body(depth - 1), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('\n'));
  return fc.oneof(
    call,
    rest,
    fc.tuple(block, block).map(([x, y]) => `par { ${x} } and { ${y} }`),
    fc.tuple(block, block).map(([x, y]) => `alt [ok] { ${x} } else { ${y} }`),
    fc.tuple(block, block).map(([x, y]) => `alt 30 % { ${x} } else { ${y} }`),
    block.map((x) => `opt 40 % { ${x} }`),
    block.map((x) => `loop 0..3 { ${x} }`),
    block.map((x) => `loop 0..4 [ok] { ${x}\n ok = false }`),
    block.map((x) => `a -> a.wait() { ${x} }`),
    block.map((x) => `a -> a.wait() timeout 3 ms cancels deadline propagates { ${x} }`),
    block.map((x) => `a -> b.work() timeout 4 ms retry 1 fallback { ${x} }`),
    block.map((x) => `a -> b.bad() fallback { ${x} }`),
    block.map((x) => `critical { ${x} }`),
    fc.tuple(block, block).map(([x, y]) => `par { critical { ${x} } } and { ${y} critical { ${x} } }`),
    fc.tuple(block, block).map(([x, y]) => `strict { ${x} } and { ${y} }`),
    fc.tuple(block, block).map(([x, y]) => `seq { ${x} } and { ${y} }`),
  );
});

const models = fc
  .record({
    fragments: fc.array(body(3), { minLength: 1, maxLength: 4 }),
    rate: fc.constantFrom(5, 60, 400),
    users: fc.constantFrom(0, 1, 7),
    cores: fc.constantFrom(1, 2, 5),
    nodes: fc.constantFrom(1, 3),
    latency: fc.constantFrom(0, 1, 3),
    limits: fc.constantFrom(
      '',
      'threads 1 queue 1',
      'threads 2',
      'threads 3 queue 9 lifo',
      'threads 1 queue 3 drop expired',
      'threads 2 queue drop expired within 2 ms',
      'threads 2 queue 5 priority 1',
    ),
    outside: fc.constantFrom('', 'load outside on y 30 %', 'load outside on x 5 %'),
    serving: fc.constantFrom('', 'sharing', 'priority', 'preemptive priority'),
    policy: fc.constantFrom(
      ...[
        '',
        'timeout 3 ms',
        'timeout exp(4 ms) retry 2',
        'retry 3 backoff 1 ms exponential jitter',
        'timeout 2 ms cancels',
      ],
      ...['timeout 3 ms retry 2 budget 20 %', 'breaker 30 % of 5 for 50 ms', 'timeout 4 ms deadline propagates'],
      'timeout 3 ms hedge 1 ms retry 1 cancels deadline propagates',
      'hedge exp(2 ms) bulkhead 3 queue 2 budget 30 % retry 1',
      'timeout 2 ms retry 2 backoff 1 ms breaker 50 % of 8 for 20 ms cancels deadline propagates',
    ),
    patience: fc.constantFrom('', 'timeout 8 ms', 'timeout 5 ms retry 1 cancels deadline propagates'),
    further: fc.constantFrom('', 'threads 1 queue 0', 'threads 2 queue 4', 'threads 5'),
    connections: fc.constantFrom('', 'connections 1', 'connections 3'),
    cache: fc.constantFrom(
      '',
      'cache 30 % hit takes 0.2 ms',
      'cache 2 entries lru key zipf(5, 1) ttl 50 ms',
      'cache key zipf(9, 0) ttl 20 ms',
    ),
    carriage: fc.constantFrom('', 'bandwidth 4 Mbps', 'loss 5 %', 'bandwidth 1 Mbps loss 1 %'),
    topic: fc.constantFrom('', 'partitions 1', 'partitions 2 key yes', 'partitions 3 retention 5 ms'),
    rules: fc.constantFrom(
      '',
      'limit B 100/s burst 5',
      'balance B by two_choices',
      'balance B by least_connections',
      'balance B by hash(3)  limit B.work 20/s',
    ),
  })
  .map(
    ({
      fragments,
      rate,
      users,
      cores,
      nodes,
      latency,
      limits,
      serving,
      outside,
      policy,
      patience,
      further,
      connections,
      cache,
      rules,
      carriage,
      topic,
    }) => `package r
signal Ping
machine Light { operation look(): Boolean
  initial -> Off
  state Off { on Ping -> On  on call look / { return true } }
  state On { on Ping -> Gone  after 100 ms -> Off  defer call look }
  final Gone }
component A { operation serve(): Boolean takes exp(1 ms)  operation wait(): Boolean delays exp(2 ms)  ${limits}  ${connections}
  requires B { ${policy} } }
component B {
  operation work(): Boolean takes exp(2 ms) priority 2 size 1 kB reply exp(500 B)
  operation bad(): Boolean takes exp(1 ms) fails 20 %
  operation ask(): Boolean delays exp(1 ms) fails 5 % after 0.5 ms returns chance(50 %)
  ${further}  ${cache}
}
component Bus broker { topic news(yes: Boolean) ${topic} }
interaction Part(yes: Boolean) {
  lifeline a: A, b: B
  var again: Boolean = yes
  loop 0..2 [again] { again = false  a -> b.bad() }
  alt [yes] { return } else { a -> a.wait() }
}
interaction Reader { lifeline b: B  on Bus.news(yes) -> b.ask() { opt [yes] { b -> b.work() } } }
interaction Job {
  actor user
  lifeline a: A, b: B
  lifeline m: Light
  var ok: Boolean = true
  user -> a.serve() ${patience} { ${fragments.join('\n')} }
}
deployment D { node x * ${nodes} { cores ${cores} ${serving}  deploy A }  node y { cores ${cores} ${serving}  deploy B * 2 }  x -- y { latency ${latency} ms ${carriage} }  ${rules} ${outside} }
scenario S of D {
  load Job ${users === 0 ? `at ${rate}/s` : `by ${users} users thinking exp(10 ms)`}
  run 3 s  warmup 1 s  replications 2  seed 9
}`,
  );

describe('whatever a model does', () => {
  it('nothing is lost: started = finished + failed + refused + unfinished, and no figure is negative', async () => {
    await fc.assert(
      fc.asyncProperty(models, async (text) => {
        const { model, problems } = await modelFrom(text);
        // What cannot be read would be left out, and nothing shown. Not all of the rest makes sense.
        expect(problems.filter((message) => /Here stands|cannot be read/.test(message))).toEqual([]);
        const compiled = compileScenario(model, 'r.S').value!;
        const results = [0, 1].map((index) => runReplication(compiled, index));
        const result = mergeReplications(compiled, results);
        const { started, finished, failed, refused, unfinished } = result.counters;
        // Users that wait for what was lost start nothing any more.
        if (!text.includes('loss')) expect(started).toBeGreaterThan(0);
        expect(finished + failed + refused + unfinished).toBe(started);
        expect(unfinished).toBeGreaterThanOrEqual(0);
        for (const { value, lower, measure } of result.measures) {
          if (value !== null) expect(value, measure).toBeGreaterThanOrEqual(-1e-9);
          if (lower !== null && measure !== 'p50' && !measure.startsWith('p9')) expect(lower).toBeGreaterThanOrEqual(0);
        }
        expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('nothing is kept: all tokens are given back when the last transaction has ended', async () => {
    await fc.assert(
      fc.asyncProperty(models, async (text) => {
        // One arrival, and then time for everything to end.
        const { model } = await modelFrom(
          text
            .replace(/load outside on . \d+ %/, '')
            .replace(/load Job .*\n/, 'load Job every 2 s\n')
            .replace('run 3 s', 'run 3.9 s')
            // Who waits for what is lost waits for ever.
            .replace(/loss \d %/, ''),
        );
        const run = new Kernel(compileScenario(model, 'r.S').value!, 5000).run(0, {});
        for (let index = 0; index < run.tallies.size; index++) expect(run.tallies.active(index)).toBe(0);
        expect(run.liveTokens).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('a run in slices, however they are cut, is the run in one go', async () => {
    await fc.assert(
      fc.asyncProperty(models, fc.array(fc.integer({ min: 0, max: 3500 }), { maxLength: 8 }), async (text, cuts) => {
        const compiled = compileScenario((await modelFrom(text)).model, 'r.S').value!;
        const sliced = new Kernel(compiled, 1 << 15);
        sliced.begin(0);
        for (const cut of cuts.toSorted((a, b) => a - b)) sliced.runUntil(cut * 1000, {});
        sliced.runUntil(Number.POSITIVE_INFINITY, {});
        const whole = replicationOf(new Kernel(compiled, 1 << 15).run(0, {}), 0);
        expect(replicationOf(sliced.finish(), 0)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });
});
