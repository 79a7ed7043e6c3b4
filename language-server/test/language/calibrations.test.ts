/** Calibrations in the model: learned costs and shares; and what is said where they belong to nothing. */
import { describe, expect, test } from 'vitest';
import { bare, expectFinding, lower } from './lowered.ts';

const world = `machine Order(total: Real) { initial -> Risk
  choice Risk { [total > 500] -> Review  3 % -> Review  else -> Closed }
  state Review { after 1 h -> Closed }
  final Closed }
component Orders { operation create: Boolean takes 3 ms  version "1.5" { operation create takes 2 ms } }
component Spare { operation run takes 1 ms }
component Bank external { operation charge delays 90 ms }
interaction Buy { actor u  lifeline orders: Orders, bank: Bank
  alt first: 98 % { u -> orders.create() } else { u -> bank.charge() }
  alt 50 % { u -> orders.create() } else { u -> bank.charge() }
  par { u -> orders.create() } and { u -> bank.charge() }
}
deployment D { node app { cores 4  deploy Orders { version "1.4" } } }
`;
const text = (entries: string, period = '') => `${world}calibration D ${period} { ${entries} }`;

describe('what is learned', () => {
  test.each([
    ['Orders.create takes exp(2 ms)', { subject: 'Orders.create', cost: { takes: { kind: 'draw' } } }],
    ['Orders.create version "1.5" takes 1 ms', { version: '1.5', cost: { takes: { value: 1000 } } }],
    ['Orders.create version "1.4" takes 1 ms', { version: '1.4' }],
    [
      'Orders.create takes 2 ms fails 0.1 %',
      { cost: { takes: {}, fails: { probability: expect.closeTo(0.001, 12) } } },
    ],
    ['Bank.charge delays ?', { subject: 'Bank.charge', cost: { delays: { kind: 'unknown' } } }],
    ['Buy.first 97.5 %', { subject: 'Buy.first', share: 0.975 }],
    ['Buy.alt2 40 %', { share: 0.4 }],
    ['Order.Risk.Review 4 %', { subject: 'Order.Review', share: 0.04 }],
  ])('%s', async (entry, expected) => {
    const { calibrations } = await lower(text(entry));
    expect(bare(calibrations)).toMatchObject([
      { deployment: 'D', name: 'D', values: [{ kind: 'learned', ...expected }] },
    ]);
  });

  test('the period is a pair of ISO dates', async () => {
    const { calibrations } = await lower(text('', 'from 2026-11-20 to 2026-11-21'));
    expect(calibrations[0]?.period).toEqual({ from: '2026-11-20', to: '2026-11-21' });
  });

  test.each([
    ['from 2026-11-20 to «2026-11-19»', 'out-of-range', 'ends before it begins'],
    ['from «2026-13-20» to 2026-12-19', 'out-of-range', 'is no day'],
    ['from 2026-02-01 to «2026-02-30»', 'out-of-range', 'is no day'],
  ])('%s', (period, code, words) => expectFinding(text('', period), code, words));

  test.each([
    ['«Spare.run» takes 1 ms', 'not-deployed', 'no node of `D` runs it'],
    ['«Buy» takes 1 ms', 'wrong-kind', 'learned of operations'],
    ['«Orders.create» 10 %', 'wrong-kind', 'A share is learned of a fragment or of a branch'],
    ['«Buy.par1» 10 %', 'wrong-kind', 'has no share'],
    ['«Order.Review» 10 %', 'wrong-kind', 'Order.Risk.Review 3 %'],
    ['Orders.create version «"2"» takes 1 ms', 'unresolved-name', 'There are "1.5", "1.4".'],
    ['Orders.create takes 1 ms «Orders.create takes 2 ms»', 'repeated-clause', '`Orders.create`'],
    ['Orders.create takes 1 ms «takes 2 ms»', 'repeated-clause', '`takes`'],
    ['Buy.first «120 %»', 'out-of-range', 'from 0 % to 100 %'],
    ['Orders.create takes «3»', 'unit-missing', '3 ms'],
    ['Orders.create «method Order»', 'wrong-kind', 'is not learned'],
  ])('%s', (entry, code, words) => expectFinding(text(entry), code, words));
});
