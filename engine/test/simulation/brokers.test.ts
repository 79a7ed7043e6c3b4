import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';

interface Bus {
  /** Behind the name of the topic. */
  readonly topic?: string;
  readonly published?: string;
  readonly load?: string;
  readonly takes?: string;
  readonly policy?: string;
  readonly replicas?: number;
  readonly cores?: number;
  readonly more?: string;
  readonly run?: string;
  readonly expects?: string;
}

async function run({
  topic = '',
  published = 'a ->> Bus.news(n: key)',
  load = 'at 50/s',
  takes = 'delays exp(10 ms)',
  policy = '',
  replicas = 1,
  cores,
  more = '',
  run: length = 'run 400 s  warmup 10 s  replications 6',
  expects = '',
}: Bus) {
  const { model, problems } = await modelFrom(`package t
component A { operation send() }
component B { operation take(n: Integer) ${takes} }
component Bus broker { topic news(n: Integer) ${topic} }
interaction Send {
  actor user
  lifeline a: A
  var key: Integer = uniform(1, 1000000)
  user -> a.send() { ${published} }
}
interaction Read { lifeline b: B  on Bus.news(n) -> b.take(n) ${policy} }
${more}
deployment D { node x { deploy A }  node y { ${cores === undefined ? '' : `cores ${cores}`}  deploy B * ${replicas} } }
scenario S of D { load Send ${load}  ${length}  seed 5  ${expects} }`);
  expect(problems).toEqual([]);
  const result = simulate(model, 't.S');
  expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const figure = (name: string, element = 't.Bus.news'): number => measure(result, element, name).value ?? Number.NaN;
  return { result, figure };
}

/** Waiting in a GI/M/1 queue whose arrivals are every n-th of a Poisson stream: the root of s = A(mu (1 - s)), then s / (mu (1 - s)). */
function waitInTurn(rate: number, service: number, turns: number): number {
  let s = 0.5;
  for (let i = 0; i < 1000; i++) s = (rate / (rate + service * (1 - s))) ** turns;
  return s / (service * (1 - s));
}

function isNear(value: number, truth: number, share = 0.03): void {
  expect(Math.abs(value / truth - 1), `${value} instead of ${truth}`).toBeLessThan(share);
}

describe('a topic', () => {
  it('without partitions lets its consumers take everything at once', async () => {
    const { result, figure } = await run({ load: 'at 500/s', run: 'run 40 s  warmup 1 s  replications 3' });
    isNear(figure('mean', 't.B.take'), 0.01);
    isNear(figure('concurrency', 't.B.take'), 5, 0.05);
    expect(result.measures.filter(({ element }) => element === 't.Bus.news')).toEqual([]);
  });

  it('with one partition is an M/M/1 queue', async () => {
    const { figure } = await run({ topic: 'partitions 1' });
    isNear(figure('wait'), 0.01, 0.05);
    isNear(figure('mean'), 0.02, 0.04);
    isNear(figure('queue'), 0.5, 0.06);
    isNear(figure('rate'), 50);
    isNear(figure('throughput'), 50);
  });

  it('deals publications out by their keys: each partition is an M/M/1 queue', async () => {
    const { figure } = await run({
      topic: 'partitions 4 key n',
      load: 'at 240/s',
      run: 'run 200 s  warmup 5 s  replications 6',
    });
    isNear(figure('mean'), 1 / (100 - 60), 0.04);
    isNear(figure('wait'), 0.6 / (100 - 60), 0.06);
  });

  it('deals them out in turn where they have no key', async () => {
    const { figure } = await run({
      topic: 'partitions 3',
      load: 'at 240/s',
      run: 'run 200 s  warmup 5 s  replications 6',
    });
    isNear(figure('wait'), waitInTurn(240, 100, 3), 0.05);
  });

  it("keeps Little's law in its lines", async () => {
    const { figure } = await run({
      topic: 'partitions 3 key n',
      load: 'at 200/s',
      run: 'run 100 s  warmup 5 s  replications 3',
    });
    isNear(figure('rate') * figure('wait'), figure('queue'), 0.005);
  });

  it('gives those of one partition to its consumer one after the other, in their order', async () => {
    const published = 'a ->> Bus.news(n: 30)  a ->> Bus.news(n: 10)  a ->> Bus.news(n: 10)';
    const shared = {
      published,
      takes: 'delays (n * 1 ms)',
      load: 'every 1 s',
      run: 'run 21 s  warmup 1 s  replications 1',
    };
    const one = await run({ ...shared, topic: 'partitions 1' });
    expect(one.figure('mean')).toBeCloseTo((0.03 + 0.04 + 0.05) / 3, 9);
    const two = await run({ ...shared, topic: 'partitions 2' });
    // The third behind the first, and the second beside them.
    expect(two.figure('mean')).toBeCloseTo((0.03 + 0.01 + 0.04) / 3, 9);
    const keyed = await run({ ...shared, topic: 'partitions 1000 key n' });
    expect(keyed.figure('mean')).toBeCloseTo((0.03 + 0.01 + 0.02) / 3, 9);
  });

  it('lets no more replicas work than it has partitions', async () => {
    const { figure } = await run({
      topic: 'partitions 2',
      replicas: 4,
      load: 'at 1000/s',
      run: 'run 20 s  warmup 1 s  replications 2',
    });
    isNear(figure('throughput', 't.B.take'), 200, 0.05);
    isNear(figure('concurrency', 't.B.take'), 2, 0.001);
  });

  it('has each of its partitions taken by the same replica', async () => {
    const { figure } = await run({
      topic: 'partitions 4',
      replicas: 2,
      takes: 'delays 10 ms  threads 1',
      load: 'at 1000/s',
      run: 'run 20 s  warmup 1 s  replications 2',
    });
    isNear(figure('throughput', 't.B.take'), 200, 0.001);
    // Of each replica one works, and the other of its two partitions waits for its thread.
    isNear(figure('queue', 't.B'), 2, 0.001);
  });

  it('brings every consumer each publication, and each has lines of its own', async () => {
    const { figure } = await run({
      topic: 'partitions 1',
      load: 'every 100 ms',
      takes: 'delays (n * 1 us)  operation look(n: Integer) delays (n * 2 us)',
      published: 'a ->> Bus.news(n: uniform(1, 1000))',
      more: 'interaction Look { lifeline b: B  on Bus.news(n) -> b.look(n) }',
      run: 'run 20 s  replications 1',
    });
    expect(figure('rate')).toBeCloseTo(20, 0);
    expect(figure('rate', 't.B.look')).toBe(figure('rate', 't.B.take'));
    // What was drawn for a publication is the same for all that take it.
    expect(figure('mean', 't.B.look') / figure('mean', 't.B.take')).toBeCloseTo(2, 6);
    expect(figure('wait')).toBe(0);
  });

  it('drops what has waited for longer than its retention, and says how much', async () => {
    const { result, figure } = await run({
      topic: 'partitions 1 retention 1 s',
      takes: 'delays 200 ms',
      load: 'every 100 ms',
      run: 'run 200 s  warmup 20 s  replications 1',
    });
    isNear(figure('throughput'), 5, 0.01);
    isNear(figure('errors'), 0.5, 0.02);
    isNear(figure('wait'), 1, 0.1);
    const dropped = result.findings.find(({ code }) => code === 'publications-dropped');
    expect(dropped?.message).toMatch(
      /^\d[\d,. ]* publications of Bus\.news had waited for longer than the retention of 1\.0 s/,
    );
    expect(result.findings.some(({ code }) => code === 'line-grows')).toBe(false);
  });

  it('whose consumers fall behind is a finding', async () => {
    const { result } = await run({
      topic: 'partitions 1',
      load: 'at 130/s',
      run: 'run 100 s  warmup 5 s  replications 2',
    });
    const grows = result.findings.find(({ code }) => code === 'line-grows');
    expect(grows?.element).toBe('t.Bus.news');
    expect(grows?.message).toMatch(/The line at Bus\.news grows by (2[5-9]|3\d)(\.\d)?\/s/);
  });

  it('waits for the further attempts of a consumer before it goes on', async () => {
    const { figure } = await run({
      topic: 'partitions 1',
      takes: 'delays 10 ms fails 100 %',
      policy: 'retry 2',
      published: 'a ->> Bus.news(n: 1)  a ->> Bus.news(n: 2)',
      load: 'every 1 s',
      run: 'run 21 s  warmup 1 s  replications 1',
    });
    expect(figure('rate', 't.B.take')).toBeCloseTo(6, 6);
    expect(figure('wait')).toBeCloseTo(0.015, 9);
    expect(figure('errors')).toBe(1);
  });

  it('answers expectations', async () => {
    const expects = 'expect p95(wait(Bus.news)) < 1 s  expect queue(Bus.news) < 0.1  expect rate(Bus.news) > 10/s';
    const { result } = await run({ topic: 'partitions 1', expects, run: 'run 100 s  warmup 5 s  replications 4' });
    expect(result.expectations.map(({ verdict }) => verdict)).toEqual(['met', 'missed', 'met']);
  });
});
