import { describe, expect, it, vi } from 'vitest';
import { simulate } from '../../../src/simulation/index.ts';
import { measure, modelFrom } from '../models.ts';
import { covers } from '../published.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Parts {
  readonly owner?: string;
  readonly node?: string;
  readonly state?: string;
  readonly body?: string;
  readonly rate?: string;
  readonly run?: string;
}

async function run({
  owner = 'owns Order',
  node = '',
  state = '',
  body = '',
  rate = '500/s',
  run: time = '40 s',
}: Parts) {
  const { model, problems } = await modelFrom(`package w
signal Placed
signal Cancelled
machine Order {
  initial -> Open
  state Open { on Placed -> Checked }
  state Checked { do takes exp(1 ms)  completion -> done  ${state} }
  final done
}
component Shop { operation accept()  ${owner} }
interaction Job { actor user  lifeline shop: Shop, order: Order
  user -> shop.accept() { shop ->> order : Placed  ${body} } }
deployment D { node n { ${node === '' ? 'cores 1' : node}  deploy Shop } }
scenario S of D { load Job at ${rate}  run ${time}  warmup 2 s  replications 10  seed 5 }
`);
  expect(problems).toEqual([]);
  return simulate(model, 'w.S');
}

describe('what a machine does on its own', () => {
  it('occupies a core of the component that owns it, and waits for one', async () => {
    const result = await run({});
    covers(measure(result, 'w.D.n', 'utilization'), 0.5);
    covers(measure(result, 'w.Shop', 'utilization'), 0.5);
    // M/M/1, by Little's law.
    covers(measure(result, 'w.D.n', 'wait'), 0.001);
    covers(measure(result, 'w.D.n', 'queue'), 0.5);
    expect(result.findings).toEqual([]);
  });

  it('takes no core where nobody owns it, or its owner has none', async () => {
    for (const parts of [{ owner: '' }, { node: 'memory 1 GiB' }]) {
      const result = await run({ ...parts, rate: '3000/s', run: '5 s' });
      const share = result.measures.find(({ element, measure: name }) => element === 'w.D.n' && name === 'utilization');
      expect(share?.value ?? 0).toBe(0);
      expect(measure(result, 'w.Order.done', 'count').value).toBeGreaterThan(0);
    }
  });

  it('gives the core back when its state is left, also from the line', async () => {
    // Twice what the core can do.
    const result = await run({ state: 'after 2 ms -> done', rate: '2000/s', run: '20 s' });
    expect(measure(result, 'w.D.n', 'utilization').value).toBeGreaterThan(0.8);
    // Nobody stays longer than 2 ms: Little's law bounds how many are there.
    expect(measure(result, 'w.D.n', 'queue').value).toBeLessThan(4);
    expect(result.findings).toEqual([]);
  });

  it('shares cores, and is spread over the replicas of its owner', async () => {
    const shared = await run({ node: 'cores 1 sharing' });
    covers(measure(shared, 'w.D.n', 'queue'), 0.5);
    const { model } = await modelFrom(`package w
signal Placed
machine Order { initial -> Open state Open { on Placed -> Checked } state Checked { do takes 1 ms completion -> done } final done }
component Shop { operation accept()  owns Order }
interaction Job { actor user  lifeline shop: Shop, order: Order  user -> shop.accept() { shop ->> order : Placed } }
deployment D { node n * 4 { cores 1  deploy Shop } }
scenario S of D { load Job at 1200/s  run 20 s  warmup 2 s  replications 10  seed 5 }`);
    const spread = simulate(model, 'w.S');
    covers(measure(spread, 'w.D.n', 'utilization'), 0.3);
    expect(measure(spread, 'w.D.n', 'wait').value).toBeLessThan(0.0005);
  });

  it('that is more than there are cores is said to saturate them', async () => {
    const result = await run({ rate: '1300/s', run: '20 s' });
    expect(result.findings.map(({ code }) => code)).toContain('saturated');
    covers(measure(result, 'w.D.n', 'utilization'), 1);
  });
});
