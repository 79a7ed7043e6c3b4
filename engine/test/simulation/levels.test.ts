import { describe, expect, it } from 'vitest';
import { compileScenario, runReplication, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom, station } from './models.ts';
import { covers } from './published.ts';

async function run(text: string, scenario: string) {
  const { model, problems } = await modelFrom(text);
  expect(problems).toEqual([]);
  return simulate(model, scenario);
}

/** Probabilities of 0, 1, 2, … present where `rates` say how fast one goes on to the next, and back. */
function birthAndDeath(arrivals: (n: number) => number, departures: (n: number) => number, most = 4000): number[] {
  const weights = [1];
  for (let n = 1; n <= most; n++) weights.push((weights[n - 1]! * arrivals(n - 1)) / departures(n));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The least `level(n)` at or below which it is for a share `q` of the time. */
function levelOf(chances: readonly number[], level: (n: number) => number, q: number): number {
  let passed = 0;
  for (let n = 0; n < chances.length; n++) {
    passed += chances[n]!;
    if (passed >= q && (n + 1 === chances.length || level(n + 1) > level(n))) return level(n);
  }
  return Number.NaN;
}

const erlangC = (c: number, a: number): number =>
  birthAndDeath(
    () => a,
    (n) => Math.min(n, c),
  )
    .slice(c)
    .reduce((sum, chance) => sum + chance, 0);

const shares = ['p30', 'p50', 'p75', 'p90', 'p95', 'p99'];

describe('percentiles over time of a queue with several servers', () => {
  const waiting = (n: number): number => Math.max(0, n - 4);
  const busy = (n: number): number => Math.min(n, 4) / 4;
  const chances = birthAndDeath(
    () => 3.4,
    (n) => Math.min(n, 4),
  );
  const asks = (element: string, of: string): string =>
    shares.map((p) => `expect ${p}(${of}(${element})) < ${of === 'utilization' ? '100 %' : '999'}`).join('  ');

  it.each(['', 'sharing'])('are those of M/M/4 %s', async (sharing) => {
    const expects = [
      asks('n', 'queue'),
      asks('n', 'utilization'),
      asks('Server', 'utilization'),
      asks('Job', 'concurrency'),
    ];
    const text = station({ takes: 'exp(1 ms)', cores: 4, rate: '3400/s', run: '20 s', expect: expects.join('  ') });
    const result = await run(text.replace('cores 4', `cores 4 ${sharing}`), 'q.S');
    for (const p of shares) {
      const q = Number(p.slice(1)) / 100;
      const near = (element: string, name: string, truth: number): void => {
        const { value, lower, upper } = measure(result, element, `${p}(${name})`);
        expect(Math.abs(value! - truth), `${p}(${name}(${element})) is ${value}, not ${truth}`).toBeLessThanOrEqual(
          name === 'utilization' ? 0 : 0.1 * truth,
        );
        expect(lower).toBeLessThanOrEqual(value!);
        expect(upper).toBeGreaterThanOrEqual(value!);
      };
      near('q.D.n', 'queue', levelOf(chances, waiting, q));
      near('q.D.n', 'utilization', levelOf(chances, busy, q));
      near('q.Server', 'utilization', levelOf(chances, busy, q));
      near(
        'q.Job',
        'concurrency',
        levelOf(chances, (n) => n, q),
      );
    }
  });

  it('reach from the least to the greatest that lasted', async () => {
    const expect_ = 'expect max(queue(n)) < 99  expect min(queue(n)) < 1  expect max(utilization(n)) <= 100 %';
    // Three come at once, every 10 s; two of them wait, one after the other is served for 2 s.
    const text = station({ takes: '2 s', cores: 1, load: 'every 10 s batch 3', run: '102 s', expect: expect_ });
    const result = await run(text, 'q.S');
    expect(measure(result, 'q.D.n', 'max(queue)')).toMatchObject({ value: 2, lower: 2, upper: 2 });
    expect(measure(result, 'q.D.n', 'min(queue)').value).toBe(0);
    expect(measure(result, 'q.D.n', 'max(utilization)').value).toBe(1);
    expect(result.expectations.map(({ verdict }) => verdict)).toEqual(['met', 'met', 'met']);
  });

  it('cost nothing and change nothing where nobody asks', async () => {
    const plain = await modelFrom(station({ takes: 'exp(1 ms)', cores: 1, rate: '700/s', run: '5 s' }));
    const asking = await modelFrom(
      station({ takes: 'exp(1 ms)', cores: 1, rate: '700/s', run: '5 s', expect: 'expect p95(queue(n)) < 9' }),
    );
    const replication = ({ model }: typeof plain) => runReplication(compileScenario(model, 'q.S').value!, 0);
    const [one, { levels, ...other }] = [replication(plain), replication(asking)];
    expect(one.levels).toEqual([]);
    expect({ ...one, levels: undefined }).toEqual({ ...other, levels: undefined });
    expect(levels[0]!.times.reduce((sum, time) => sum + time, 0)).toBeCloseTo(3_000_000, 3);
  });

  it('can be asked of every window', async () => {
    const burst = 'at 100/s  at 6 s load Job at 3000/s for 1 s';
    const expect_ = 'expect max(queue(n)) < 200 in every 5 s';
    const text = station({ takes: 'exp(1 ms)', cores: 1, load: burst, run: '22 s', expect: expect_ });
    const [judged] = (await run(text, 'q.S')).expectations;
    expect([judged?.verdict, judged?.window?.from_s]).toEqual(['missed', 2]);
    expect(judged!.value!).toBeGreaterThan(1500);
  });
});

describe('levels of what is shared', () => {
  it('are known of a resource and of a topic', async () => {
    const result = await run(
      `package q
resource nurse * 4
activity Visit { initial -> care  action care takes exp(1 s) using nurse -> done  final done }
component A { operation send() }
component B { operation take(n: Integer) delays exp(1 s) }
component Bus broker { topic news(n: Integer) partitions 1 }
interaction Send { actor u  lifeline a: A  u -> a.send() { a ->> Bus.news(n: 1) } }
interaction Read { lifeline b: B  on Bus.news(n) -> b.take(n) }
deployment D { node x { deploy A  deploy B } }
scenario S of D {
  load Visit at 3.4/s  load Send at 0.7/s  run 4000 s  warmup 100 s  replications 8  seed 3
  expect p95(queue(nurse)) < 99 and p50(utilization(nurse)) < 100 % and p95(queue(Bus.news)) < 99
  expect p95(concurrency(Visit)) < 99 and p95(concurrency(Visit.care)) < 99
}`,
      'q.S',
    );
    const chances = birthAndDeath(
      () => 3.4,
      (n) => Math.min(n, 4),
    );
    const is = (element: string, name: string, truth: number): void => {
      expect(Math.abs(measure(result, element, name).value! - truth), name).toBeLessThanOrEqual(0.12 * truth);
    };
    is(
      'q.nurse',
      'p95(queue)',
      levelOf(chances, (n) => Math.max(0, n - 4), 0.95),
    );
    is(
      'q.nurse',
      'p50(utilization)',
      levelOf(chances, (n) => Math.min(n, 4) / 4, 0.5),
    );
    is(
      'q.Visit',
      'p95(concurrency)',
      levelOf(chances, (n) => n, 0.95),
    );
    is(
      'q.Visit.care',
      'p95(concurrency)',
      levelOf(chances, (n) => n, 0.95),
    );
    const single = birthAndDeath(
      () => 0.7,
      () => 1,
    );
    is(
      'q.Bus.news',
      'p95(queue)',
      levelOf(single, (n) => Math.max(0, n - 1), 0.95),
    );
  });
});

describe('the pools of a component', () => {
  const calls = (front: string, back: string, policy: string, expects: string): string => `package q
component Front { operation ask() ${front} }
component Back { operation serve() delays exp(1 s) ${back} }
interaction Job { actor u  lifeline f: Front, b: Back  u ->> f.ask() { f -> b.serve() ${policy} } }
deployment D { node n { deploy Front  deploy Back } }
scenario S of D { load Job at 3.2/s  run 6000 s  warmup 100 s  replications 8  seed 3  ${expects} }`;
  const asks = (pool: string): string =>
    `expect saturation(${pool}) < 99 % and queue(${pool}) < 99 and utilization(${pool}) < 99 % and p95(queue(${pool})) < 99`;
  const chances = birthAndDeath(
    () => 3.2,
    (n) => Math.min(n, 4),
  );

  it.each([
    ['threads', calls('', ' threads 4', '', asks('Back.threads')), 'q.Back.threads'],
    ['connections', calls(' connections 4', '', '', asks('Front.connections')), 'q.Front.connections'],
    ['bulkhead', calls('', '', 'bulkhead 4 queue 100000', asks('Front.bulkhead')), 'q.Front.bulkhead'],
  ])('have all %s taken as often as Erlang says', async (_, text, pool) => {
    const result = await run(text, 'q.S');
    covers(measure(result, pool, 'saturation'), erlangC(4, 3.2));
    covers(measure(result, pool, 'utilization'), 0.8);
    covers(measure(result, pool, 'queue'), erlangC(4, 3.2) * 4);
    const truth = levelOf(chances, (n) => Math.max(0, n - 4), 0.95);
    expect(Math.abs(measure(result, pool, 'p95(queue)').value! - truth)).toBeLessThanOrEqual(0.1 * truth);
  });

  it.each([
    ['threads', calls('', ' threads 2', '', ''), 'Back.threads'],
    ['connections', calls(' connections 2', '', '', ''), 'Front.connections'],
    ['bulkhead', calls('', '', 'bulkhead 2 queue 100000', ''), 'Front.bulkhead'],
  ])('whose line at the %s only grows are named, with how fast', async (_, text, pool) => {
    const { findings } = await run(text.replace('run 6000 s', 'run 1000 s'), 'q.S');
    const [grows] = findings.filter(({ code }) => code === 'line-grows');
    expect(grows?.message).toMatch(new RegExp(`^The line at ${pool} grows by 1\\.[12]\\d*/s: `));
  });

  it('that nobody limits have no share that could be taken, and that is said', async () => {
    const result = await run(calls('', '', '', 'expect saturation(Back.threads) < 5 %'), 'q.S');
    expect(result.expectations[0]).toMatchObject({ verdict: 'undecided', reason: expect.stringContaining('no limit') });
  });

  it.each([
    ['p95(wait(Back.threads)) < 1 s', '`wait` is measured of'],
    ['saturation(Back.cpu) < 1 %', '`saturation` is measured of'],
    ['p95(saturation(Back.threads)) < 5 %', ''],
  ])('do not take %s', async (demand, message) => {
    const { model, problems } = await modelFrom(calls('', ' threads 4', '', `expect ${demand}`));
    if (message !== '') expect(problems.join()).toContain(message);
    else expect(simulate(model, 'q.S').expectations[0]?.verdict).toBe('undecided');
  });
});
