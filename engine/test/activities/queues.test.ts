import { describe, expect, it, vi } from 'vitest';
import { delaySystem, impatientQueue } from '../../src/simulation/analytic/closed-forms/index.ts';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from '../simulation/models.ts';
import { covers } from '../simulation/published.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Counter {
  readonly resources: string;
  readonly nodes: string;
  readonly load: string;
  readonly run?: string;
  readonly replications?: number;
  readonly more?: string;
  readonly expects?: string;
}

/** `t.Visit`, begun by one load. */
async function run({
  resources,
  nodes,
  load,
  run: time = '2000 s',
  replications = 10,
  more = '',
  expects = '',
}: Counter) {
  const { model, problems } = await modelFrom(`package t
${resources}
activity Visit(n: Integer) { ${nodes} }
${more}
scenario S { load Visit(n: 1) ${load}  run ${time}  warmup 50 s  replications ${replications}  seed 3  ${expects} }
`);
  expect(problems).toEqual([]);
  return simulate(model, 't.S');
}

const one = 'initial -> work  action work takes exp(1 s) using clerk -> done  final done';

describe('a resource that all invocations share', () => {
  it('is an M/M/c queue where they come at random and stay for an exponential time', async () => {
    for (const [servers, rate] of [
      [1, 0.7],
      [3, 2.4],
    ] as const) {
      const result = await run({ resources: `resource clerk * ${servers}`, nodes: one, load: `at ${rate}/s` });
      const exact = delaySystem({ arrivals: rate, service: 1, servers });
      covers(measure(result, 't.Visit', 'mean'), exact.response);
      covers(measure(result, 't.clerk', 'utilization'), exact.utilisation);
      covers(measure(result, 't.clerk', 'queue'), exact.queue);
      covers(measure(result, 't.clerk', 'wait'), exact.wait);
      covers(measure(result, 't.Visit.work', 'wait'), exact.wait);
      covers(measure(result, 't.Visit', 'concurrency'), exact.number);
    }
  });

  it('loses those without patience as Erlang A says', async () => {
    const nodes = `initial -> work
      action work takes exp(1 s) using clerk patience exp(2 s) -> gone -> done
      final done, gone`;
    const result = await run({ resources: 'resource clerk * 2', nodes, load: 'at 3/s' });
    const exact = impatientQueue({ arrivals: 3, service: 1, servers: 2, patience: 2 });
    covers(measure(result, 't.clerk', 'utilization'), exact.utilisation);
    covers(measure(result, 't.clerk', 'queue'), exact.queue);
    covers(measure(result, 't.clerk', 'wait'), exact.wait);
    const gone = measure(result, 't.Visit.gone', 'count').value! / measure(result, 't.Visit.work', 'count').value!;
    expect(gone).toBeCloseTo(exact.abandoned, 1);
  });

  it('serves the greatest priority first, without taking anything away from who is at work', async () => {
    // Cobham 1954: non-preemptive, two classes.
    const nodes = `initial -> sort  decision sort { 40 % -> urgent  else -> usual }
      action urgent takes exp(1 s) using clerk priority 2 -> done
      action usual takes exp(1 s) using clerk priority 1 -> done
      final done`;
    const result = await run({ resources: 'resource clerk', nodes, load: 'at 0.8/s', run: '4000 s' });
    covers(measure(result, 't.Visit.urgent', 'wait'), 0.8 / (1 - 0.32));
    covers(measure(result, 't.Visit.usual', 'wait'), 0.8 / ((1 - 0.32) * (1 - 0.8)));
  });

  it('in two halves that go on together is a fork and join, exactly known for two', async () => {
    // Flatto and Hahn 1984; Nelson and Tantawi 1988: R2 = (12 - rho) / 8 times the response of one M/M/1.
    const nodes = `initial -> split  fork split -> a, b
      action a takes exp(1 s) using left -> meet  action b takes exp(1 s) using right -> meet
      join meet -> done  final done`;
    const result = await run({ resources: 'resource left  resource right', nodes, load: 'at 0.6/s', run: '4000 s' });
    covers(measure(result, 't.Visit', 'mean'), ((12 - 0.6) / 8) * (1 / (1 - 0.6)));
  });

  it('one behind the other is a tandem: what leaves the first comes to the second at random', async () => {
    const nodes = `initial -> a  action a takes exp(1 s) using left -> b  action b takes exp(0.5 s) using right -> done
      final done`;
    const result = await run({ resources: 'resource left  resource right', nodes, load: 'at 0.7/s', run: '4000 s' });
    covers(measure(result, 't.left', 'queue'), (0.7 * 0.7) / 0.3);
    covers(measure(result, 't.right', 'queue'), (0.35 * 0.35) / 0.65);
  });

  it('is held by so many users of a closed load as the law of response times says', async () => {
    const { wait, throughput } = await run({
      resources: 'resource clerk * 2',
      nodes: one,
      load: 'by 6 users thinking exp(2 s)',
    }).then((result) => ({
      wait: measure(result, 't.Visit', 'mean'),
      throughput: measure(result, 't.Visit', 'throughput'),
    }));
    // Little: N = X (R + Z).
    covers(throughput, 6 / (wait.value! + 2));
  });
});

describe('what is measured of activities', () => {
  it('is how long it takes to get to a step, to do it, and how many ever get there', async () => {
    const nodes = `initial -> first  action first takes 2 s using clerk -> sort
      decision sort { 25 % -> more  else -> done }  action more takes 3 s using clerk -> done  final done`;
    const result = await run({
      resources: 'resource clerk * 50',
      nodes,
      load: 'at 1/s',
      more: '',
      expects: `expect time_to(Visit.more) < 3 s  expect time_in(Visit.more) < 4 s  expect probability(Visit.more) < 40 %
        expect p95(wait(clerk)) < 1 s  expect time_in(Visit) < 9 s`,
    });
    expect(result.expectations.map(({ verdict }) => verdict)).toEqual(Array(5).fill('met'));
    expect(result.expectations.map(({ value }) => value).slice(0, 2)).toEqual([2, 3]);
    expect(result.expectations[2]!.value).toBeCloseTo(0.25, 1);
  });

  it('obeys Little at every resource: who waits is as many as come in the time that each waits', async () => {
    const nodes = `initial -> split  fork split -> a, b
      action a takes exp(1 s) using clerk, desk -> x  action b takes exp(1 s) using desk priority n patience exp(4 s) -> x -> x
      flow final x`;
    const result = await run({ resources: 'resource clerk * 2  resource desk * 3', nodes, load: 'at 1.3/s' });
    const rate = measure(result, 't.Visit.a', 'count').value! / 1950;
    const [queue, wait] = ['queue', 'wait'].map((name) => measure(result, 't.clerk', name).value!);
    expect(Math.abs(queue! / (rate * wait!) - 1)).toBeLessThan(0.01);
  });
});
