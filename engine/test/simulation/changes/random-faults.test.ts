import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { compileScenario, mergeReplications, runReplication } from '../../../src/simulation/index.ts';
import { Kernel } from '../../../src/simulation/kernel.ts';
import { modelFrom } from '../models.ts';

vi.setConfig({ testTimeout: 120_000 });

const duration = fc.constantFrom('', ' for 10 ms', ' for 300 ms', ' for 1 s');
const moment = fc.integer({ min: 0, max: 2900 });

/** `lasting`: until when everything is as before. */
const change = fc
  .tuple(
    moment,
    fc.constantFrom(
      ...[
        'crash x',
        'crash x[1]',
        'crash y',
        'crash A',
        'crash A[1]',
        'crash B[2]',
        'crash Bank',
        'crash west',
        'crash all',
      ],
      ...['slow x by 3', 'slow y by 0.5', 'slow B by 4', 'slow Bank by 10', 'slow west by 2', 'slow A[1] by 7'],
      ...['partition x from y', 'partition west from y', 'partition y from x'],
      ...[
        'set A.threads = 1',
        'set B.replicas = 5',
        'set B.queue = 0',
        'set A.connections = 1',
        'set x.cores = 1',
        'set x.count = 4',
      ],
      ...[
        'set B.work.takes = exp(1 ms)',
        'set B.work.fails = 40 %',
        'set A.serve.delays = 1 ms',
        'set B.ask.takes = 2 ms',
      ],
    ),
    duration,
  )
  .map(([time, what, lasts]) => `at ${time} ms ${what}${lasts}`);

/** By the word that has to be declared for it. */
const ofPolicies: readonly (readonly [string, string])[] = [
  ['timeout', 'set A.B.timeout = 1 ms'],
  ['timeout', 'set A.B.timeout = exp(20 ms)'],
  ['retry', 'set A.B.retry = 0'],
  ['retry', 'set A.B.retry = 6'],
  ['backoff', 'set A.B.backoff = exp(5 ms)'],
  ['breaker', 'set A.B.breaker = 90 %'],
  ['breaker', 'set A.B.breaker.calls = 2'],
  ['breaker', 'set A.B.breaker.calls = 50'],
  ['breaker', 'set A.B.breaker.open = 1 ms'],
  ['bulkhead', 'set A.B.bulkhead = 1'],
  ['bulkhead', 'set A.B.bulkhead = 9'],
  ['bulkhead', 'set A.B.bulkhead.queue = 0'],
  ['hedge', 'set A.B.hedge = 0 ms'],
  ['hedge', 'set A.B.hedge = uniform(0 ms, 9 ms)'],
];

const setting = fc
  .tuple(moment, fc.constantFrom(...ofPolicies), duration)
  .map(([time, [word, what], lasts]) => ({ word, text: `at ${time} ms ${what}${lasts}` }));

const other = fc
  .tuple(
    moment,
    fc.constantFrom(
      ...['scale B to 1', 'scale A to 7', 'scale B to 6', 'send Ping to Light("k")'],
      'rollout B to "2"',
      'rollout B to "2" blue_green abort when (errors(B) > 1 %)',
      'rollout A to "2" rolling 1 every 200 ms abort when (p95(Job) > 5 ms)',
      'rollout B to "2" canary 10 %, 50 %, 100 % every 300 ms abort when (errors(B) > 30 %)',
    ),
  )
  .map(([time, what]) => `at ${time} ms ${what}`);

const models = fc
  .record({
    timeline: fc.array(fc.oneof({ weight: 3, arbitrary: change }, other), { minLength: 1, maxLength: 6 }),
    settings: fc.array(setting, { maxLength: 8 }),
    load: fc.constantFrom(
      'at 60/s',
      'at 400/s',
      'by 7 users thinking exp(10 ms)',
      'by 3 users thinking 0 s',
      'every 2 s',
    ),
    policy: fc.constantFrom(
      ...['', 'timeout 4 ms', 'timeout exp(4 ms) retry 2', 'retry 3 backoff 1 ms exponential jitter'],
      ...[
        'timeout 2 ms retry 1 cancels deadline propagates',
        'breaker 30 % of 5 for 50 ms',
        'timeout 9 ms hedge 2 ms cancels',
      ],
      ...['timeout 5 ms bulkhead 2 queue 1', 'hedge 1 ms'],
    ),
    required: fc.constantFrom(
      '',
      'requires B { timeout 3 ms retry 1 cancels }',
      'connections 1  requires B { bulkhead 1 queue 2 hedge 1 ms }',
    ),
    limits: fc.constantFrom('', 'threads 2', 'threads 3 queue 2', 'threads 2 queue 9 lifo', 'connections 2'),
    breakdown: fc.constantFrom('', 'fails every exp(500 ms) repaired in exp(100 ms)'),
    zone: fc.constantFrom('', 'fails every exp(1 s) repaired in 50 ms'),
    scaling: fc.constantFrom('', 'autoscale B 1..4 cpu 50 % every 200 ms startup 50 ms'),
    version: fc.constantFrom('', '{ version "2" }'),
    link: fc.constantFrom('', 'loss 5 %', 'bandwidth 1 Mbps'),
    inside: fc.constantFrom(
      ...['a -> b.work()', 'par { a -> b.work() } and { a ->> b.bad() }', 'loop 3 { a -> b.work() }'],
      ...['critical { a -> b.work() }', 'a -> a.wait() { a -> b.ask() }', 'a -> bank.pay() fallback { a -> b.work() }'],
      ...[
        'par { critical { a -> b.bad() } } and { critical { a -> bank.pay() } takes 1 ms }',
        'a -> m.look() delays 3 ms',
      ],
    ),
  })
  .map(
    ({
      timeline,
      settings,
      load,
      policy,
      required,
      limits,
      breakdown,
      zone,
      scaling,
      version,
      link,
      inside,
    }) => `package r
signal Ping
machine Light(key: String) { operation look(): Boolean
  initial -> Off
  state Off { on Ping -> On  defer call look  after 20 ms -> On }
  state On { on Ping -> Off  on call look / { return true } after 20 ms -> Off } }
component A { operation serve() takes exp(1 ms)  operation wait() delays exp(2 ms)  ${limits}  requires B { ${policy} }
  version "2" { operation serve takes exp(2 ms) delays 1 ms  ${required} } }
component B {
  operation work() takes exp(2 ms)
  operation bad() takes exp(1 ms) fails 20 %
  operation ask(): Boolean delays exp(1 ms) fails 5 % after 0.5 ms returns chance(50 %)
  threads 4 queue 50
  version "2" { operation work fails 10 % after 1 ms  operation ask takes 1 ms  threads 2 }
}
component Bank external { operation pay() delays exp(3 ms) }
interaction Job { actor user  lifeline a: A, b: B, bank: Bank, m: Light("k")
  user -> a.serve() { a ->> m : Ping  ${inside}  a -> b.bad() fallback { a -> b.ask() } } }
deployment D {
  zone all { zone west { node x * 2 { cores 2  deploy A  ${breakdown} }  ${zone} }  node y { cores 2  deploy B * 2 ${version} } }
  x -- y { latency 1 ms  ${link} }
  ${scaling}
}
scenario S of D {
  load Job ${load}
  ${[...timeline, ...settings.filter(({ word }) => policy.includes(word)).map(({ text }) => text)].join('\n  ')}
  run 4 s  warmup 1 s  replications 1  seed 9 }`,
  );

describe('whatever fails and changes', () => {
  it('nothing is lost, nothing is negative, and the same seed gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(models, async (text) => {
        const { model, problems } = await modelFrom(text);
        expect(problems, text).toEqual([]);
        const compiled = compileScenario(model, 'r.S').value!;
        const result = mergeReplications(compiled, [runReplication(compiled, 0)]);
        const { started, finished, failed, refused, unfinished } = result.counters;
        expect(finished + failed + refused + unfinished).toBe(started);
        expect(unfinished).toBeGreaterThanOrEqual(0);
        for (const { value, measure } of result.measures) {
          if (value !== null) expect(value, measure).toBeGreaterThanOrEqual(-1e-9);
        }
        expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
        const again = mergeReplications(compiled, [runReplication(compiled, 0)]);
        expect(JSON.stringify(again)).toBe(JSON.stringify(result));
      }),
      { numRuns: 20 },
    );
  });

  it('nothing is kept when all that fails is over', async () => {
    await fc.assert(
      fc.asyncProperty(models, async (text) => {
        // Time for everything to end in: what separates nodes for good, or loses messages, keeps who waits.
        const once = text
          .replace(/load Job .*\n/, 'at 0 ms load Job at 150/s for 2900 ms\n')
          .replace('run 4 s', 'run 8 s')
          .replace('loss 5 %', '')
          .replaceAll(/(at \d+ ms partition \w+ from \w+)\n/g, '$1 for 300 ms\n');
        const { model, problems } = await modelFrom(once);
        expect(problems, once).toEqual([]);
        const compiled = compileScenario(model, 'r.S').value!;
        const run = new Kernel(compiled, 5000).run(0, {});
        for (let index = 0; index < run.tallies.size; index++) expect(run.tallies.active(index), once).toBe(0);
        expect(run.liveTokens, once).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
