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
}

/** `t.Visit`, begun by one load. */
async function run({ resources, nodes, load, run: time = '2000 s', replications = 10, more = '' }: Counter) {
  const { model, problems } = await modelFrom(`package t
${resources}
activity Visit(n: Integer) { ${nodes} }
${more}
scenario S { load Visit(n: 1) ${load}  run ${time}  warmup 50 s  replications ${replications}  seed 3 }
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
});
