import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileScenario, simulate } from '../../src/simulation/index.ts';
import { Kernel } from '../../src/simulation/kernel.ts';
import { measure, modelFrom } from './models.ts';

interface Written {
  readonly topic?: string;
  readonly takes?: string;
  readonly policy?: string;
  readonly replicas?: number;
  readonly broker?: string;
  readonly timeline: string;
  readonly load?: string;
}

const text = ({
  topic = 'partitions 1',
  takes = 'delays 10 ms',
  policy = '',
  replicas = 1,
  broker = '',
  timeline,
  load = 'every 100 ms',
}: Written) =>
  `package t
component A { operation send() }
component B { operation take(n: Integer) ${takes} }
component Bus broker { topic news(n: Integer) ${topic} }
interaction Send { actor user  lifeline a: A  user -> a.send() { a ->> Bus.news(n: uniform(1, 9)) } }
interaction Read { lifeline b: B  on Bus.news(n) -> b.take(n) ${policy} }
deployment D { node x { deploy A }  node y { deploy B * ${replicas} }  ${broker} }
scenario S of D { at 0 s load Send ${load} for 8 s  ${timeline}  run 20 s  replications 1  seed 5 }`;

async function run(written: Written) {
  const { model, problems } = await modelFrom(text(written));
  expect(problems).toEqual([]);
  const result = simulate(model, 't.S');
  const count = (element: string): number => Math.round((measure(result, element, 'rate').value ?? Number.NaN) * 20);
  const figure = (name: string, element = 't.Bus.news'): number => measure(result, element, name).value ?? Number.NaN;
  return {
    result,
    figure,
    published: count('t.Send'),
    called: count('t.B.take'),
    codes: result.findings.map(({ code }) => code),
  };
}

describe('of a topic without partitions', () => {
  it('what is published while nobody is up is lost, and the run says what would keep it', async () => {
    const { result } = await run({ topic: '', timeline: 'at 2 s crash y for 3 s' });
    const told = result.findings.find(({ code }) => code === 'publications-not-kept');
    expect(told).toMatchObject({ element: 't.Bus.news', severity: 'warning' });
    const lost = Number(/^(\d+) publications of Bus\.news .* With `partitions 1`/.exec(told?.message ?? '')?.[1]);
    expect([29, 30, 31]).toContain(lost);
  });

  it.each(['partitions 1', 'retention 1 h'])('with %s nothing is said of that', async (topic) => {
    expect((await run({ topic, timeline: 'at 2 s crash y for 3 s' })).codes).not.toContain('publications-not-kept');
  });

  it('nothing is said where the consumer is always up', async () => {
    expect((await run({ topic: '', timeline: '' })).codes).not.toContain('publications-not-kept');
  });
});

describe('while nobody of the consumer is up', () => {
  it.each(['crash B', 'crash y'])('%s: publications wait, and come when it is back', async (crash) => {
    const { figure, published, called, codes } = await run({ timeline: `at 2.05 s ${crash} for 3 s` });
    expect(called).toBe(published);
    expect(figure('errors')).toBe(0);
    expect(figure('errors', 't.B.take')).toBe(0);
    // Thirty come while it is down, at 2.1 s, 2.2 s … 5.0 s, and are worked off from 5.05 s on; three more wait behind them.
    const waited = Array.from({ length: 30 }, (_, k) => 5.05 + 0.01 * (k + 1) - (2.1 + 0.1 * k));
    const sum = waited.reduce((all, one) => all + one, 0) + 0.26 + 0.17 + 0.08 + (published - 33) * 0.01;
    expect(figure('mean')).toBeCloseTo(sum / published, 6);
    expect(codes).not.toContain('no-replica');
  });

  it('what it was at when it crashed comes once more', async () => {
    const { figure, published, called } = await run({ takes: 'delays 80 ms', timeline: 'at 2.05 s crash B for 1 s' });
    expect(called).toBe(published + 1);
    expect(figure('errors')).toBe(0);
    expect(figure('errors', 't.B.take')).toBeCloseTo(1 / called, 9);
  });

  it('what has waited for longer than the retention is dropped, and counted', async () => {
    const { figure, published, called, result } = await run({
      topic: 'partitions 1 retention 1 s',
      timeline: 'at 2.05 s crash B for 3 s',
    });
    // Those of 2.1 s to 4.0 s.
    expect(published - called).toBe(20);
    expect(figure('errors')).toBeCloseTo(20 / published, 9);
    expect(result.findings.find(({ code }) => code === 'publications-dropped')?.message).toContain('20 publications');
  });

  it('one of its replicas takes on what another was at', async () => {
    const { figure, published, called } = await run({
      topic: 'partitions 2',
      replicas: 2,
      takes: 'delays 80 ms',
      timeline: 'at 2.05 s crash B[1] for 3 s',
    });
    expect(called - published).toBeLessThanOrEqual(1);
    expect(figure('errors')).toBe(0);
    expect(figure('mean')).toBeLessThan(0.1);
  });

  it('its attempts fail, and what was published comes again all the same', async () => {
    const { figure, codes } = await run({ policy: 'retry 2 backoff 10 ms', timeline: 'at 2.05 s crash B for 3 s' });
    expect(figure('errors')).toBe(0);
    expect(codes).not.toContain('publications-dropped');
  });

  it('an operation that fails by itself is not repeated', async () => {
    const { figure, published, called } = await run({ takes: 'fails 50 %', timeline: 'at 2.05 s crash B for 1 s' });
    expect(called).toBe(published);
    expect(figure('errors')).toBeGreaterThan(0.3);
  });
});

describe('while the broker is down', () => {
  it.each([
    ['on a node', 'node z { deploy Bus }', 'crash z'],
    ['by itself', 'node z { deploy Bus }', 'crash Bus'],
    ['where it runs is not told', '', 'crash Bus'],
  ])('%s: what is published is lost and counted, what it holds stays', async (_, broker, crash) => {
    const { figure, published, called, result } = await run({
      broker,
      takes: 'delays 150 ms',
      timeline: `at 2.05 s ${crash} for 3 s`,
    });
    const finding = result.findings.find(({ code }) => code === 'publications-refused');
    expect(finding).toMatchObject({ severity: 'warning', element: 't.Bus.news' });
    expect(finding?.message).toContain('30 publications');
    expect(called).toBe(published - 30);
    expect(figure('errors')).toBeCloseTo(30 / published, 9);
    // Seven or so were in line when it crashed, and are delivered after it.
    expect(figure('mean')).toBeGreaterThan(0.5);
  });
});

it('whatever crashes, every publication is delivered, dropped or refused, and nothing is kept', async () => {
  const what = fc.constantFrom(
    'crash B',
    'crash y',
    'crash Bus',
    'crash z',
    'crash B[1]',
    'crash x',
    'scale B to 3',
    'set B.replicas = 1',
  );
  const change = fc
    .tuple(fc.nat(7900), what, fc.integer({ min: 1, max: 4000 }))
    .map(([time, crash, lasts]) => `at ${time} ms ${crash}${crash.startsWith('scale') ? '' : ` for ${lasts} ms`}`);
  const models = fc.record({
    timeline: fc.array(change, { minLength: 1, maxLength: 5 }).map((all) => all.join('  ')),
    topic: fc.constantFrom('partitions 1', 'partitions 3', 'partitions 2 key n', 'partitions 2 retention 300 ms'),
    takes: fc.constantFrom(
      'delays 10 ms',
      'delays exp(60 ms)',
      'takes exp(20 ms) fails 10 %',
      'delays 50 ms threads 1 queue 0',
    ),
    policy: fc.constantFrom('', 'retry 2 backoff 5 ms', 'timeout 40 ms cancels', 'timeout 30 ms retry 1'),
    replicas: fc.constantFrom(1, 2),
    broker: fc.constant('node z { deploy Bus }'),
    load: fc.constantFrom('every 100 ms', 'at 30/s'),
  });
  await fc.assert(
    fc.asyncProperty(models, async (written) => {
      const { model, problems } = await modelFrom(text(written));
      expect(problems).toEqual([]);
      const compiled = compileScenario(model, 't.S').value!;
      const kernel = new Kernel(compiled, 5000).run(0, {});
      expect(kernel.liveTokens).toBe(0);
      const { tallies } = kernel.deliveries;
      for (let index = 0; index < tallies.size; index++) expect(tallies.active(index)).toBe(0);
      expect(tallies.completed(0) + tallies.failed(0)).toBe(tallies.started(0));
    }),
    { numRuns: 40 },
  );
});
