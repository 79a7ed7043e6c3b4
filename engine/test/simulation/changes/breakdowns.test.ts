import { describe, expect, it } from 'vitest';
import { measure } from '../models.ts';
import { covers } from '../published.ts';
import { ran } from './running.ts';

function shop(deployment: string, load = 'every 100 ms') {
  return ran(`
component Server { operation serve() takes 0.01 ms }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { ${deployment} }
scenario S of D { load Job ${load}  run 4000 s  replications 10  seed 3 }
`);
}

const breaks = 'fails every exp(90 s) repaired in exp(10 s)';

describe('breakdowns', () => {
  it('leave a node available for its time to failure over that and the time of repair', async () => {
    const result = await shop(`node n { cores 1  deploy Server  ${breaks} }`);
    covers(measure(result, 'c.Job', 'errors'), 0.1);
    const count = (kind: string): number => result.eventCounts.find((one) => one.kind === kind)?.count ?? 0;
    // 40 000 s in cycles of 100 s.
    expect(count('breakdown')).toBeGreaterThan(340);
    expect(count('breakdown')).toBeLessThan(460);
    expect(count('breakdown') - count('repair')).toBeLessThanOrEqual(10);
    expect(result.events.length).toBeLessThanOrEqual(1000);
  });

  it('of several nodes are independent: only when all are down a call fails', async () => {
    const result = await shop(`node n * 2 { cores 1  deploy Server  ${breaks} }`);
    covers(measure(result, 'c.Job', 'errors'), 0.01);
  });

  it('of a zone take all its nodes at once', async () => {
    const result = await shop(`zone z { node n * 2 { cores 1  deploy Server }  ${breaks} }`);
    covers(measure(result, 'c.Job', 'errors'), 0.1);
  });
});
