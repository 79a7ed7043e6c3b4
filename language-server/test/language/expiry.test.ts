import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';

async function told(queue: string, requires: string, call = '', around = ''): Promise<readonly string[]> {
  const { problems } = await modelOf(`
component Bank { operation charge takes 1 ms  threads 4  queue ${queue} }
component Orders { operation create takes 1 ms  requires Bank { ${requires} } }
interaction Pay { actor u  lifeline orders: Orders, bank: Bank  u -> orders.create() ${around} { orders -> bank.charge() ${call} } }
`);
  return problems.filter(({ code }) => code === 'never-expires').map(({ message }) => message);
}

describe('who drops those who gave up', () => {
  test.each([
    ['nobody ever gives up', '100 drop expired', 'breaker 50 % of 20 for 10 s', '`drop expired` drops nobody'],
    ['nor for a margin', '100 drop expired within 50 ms', 'bulkhead 4', '`drop expired` drops nobody'],
    ['nobody says when', '100 drop expired within 50 ms', 'timeout 1 s', '`within` makes no difference'],
  ])('is warned where %s', async (_, queue, requires, words) => {
    const [message, ...others] = await told(queue, requires);
    expect(message).toContain(words);
    expect(others).toEqual([]);
  });

  test.each([
    ['who calls has a timeout', '100 drop expired', 'timeout 1 s', '', ''],
    ['of two sendings one is left', '100 drop expired', 'hedge 1 s', '', ''],
    ['the message says it', '100 drop expired', '', 'timeout 1 s', ''],
    ['who is around gives up', '100 drop expired', 'cancels', '', 'timeout 1 s cancels'],
    ['it is handed down', '100 drop expired within 50 ms', 'timeout 1 s  deadline propagates', '', ''],
    ['it is another order', '100 lifo', '', '', ''],
  ])('is not where %s', async (_, queue, requires, call, around) => {
    expect(await told(queue, requires, call, around)).toEqual([]);
  });

  test.each([
    ['on its node', 'node one { cores 1  deploy Bank { queue 10 drop expired } }'],
    ['over several', 'node one { cores 1 }\n  deploy Bank * 2 across one { queue 10 drop expired }'],
  ])('is warned where the queue is set where it is deployed, %s', async (_, deploy) => {
    const warned = async (policy: string): Promise<readonly (number | undefined)[]> => {
      const { problems } = await modelOf(`component Bank { operation charge takes 1 ms  threads 4 }
interaction Pay { actor u  lifeline bank: Bank  u -> bank.charge() ${policy} }
deployment D {
  ${deploy}
}`);
      return problems.filter(({ code }) => code === 'never-expires').map(({ place }) => place.start.line);
    };
    expect(await warned('')).toEqual([deploy.includes('across') ? 4 : 3]);
    expect(await warned('timeout 1 s')).toEqual([]);
  });

  test('is not where nobody calls, or the call is part of another interaction that may give up', async () => {
    const bank = 'component Bank { operation charge takes 1 ms  threads 4  queue 100 drop expired }';
    const codes = async (text: string): Promise<readonly (string | undefined)[]> =>
      (await modelOf(text)).problems.map(({ code }) => code);
    expect(await codes(bank)).not.toContain('never-expires');
    const inner = 'interaction Inner { actor u  lifeline bank: Bank  u -> bank.charge() }';
    expect(await codes(`${bank}\n${inner}`)).toContain('never-expires');
    const outer = `component Web { operation open takes 1 ms }
interaction Outer { actor u  lifeline web: Web  u -> web.open() timeout 1 s { ref Inner() } }`;
    expect(await codes(`${bank}\n${inner}\n${outer}`)).not.toContain('never-expires');
  });
});
