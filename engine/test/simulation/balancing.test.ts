import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Balance } from '../../src/model/index.ts';
import { randomStream } from '../../src/numeric/index.ts';
import { Balancers, NO_REPLICA } from '../../src/simulation/balancers.ts';
import { simulate } from '../../src/simulation/index.ts';
import type { Layout } from '../../src/simulation/layout.ts';
import { measure, modelFrom } from './models.ts';
import { covers } from './published.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A farm of servers, each M/M/1 with a mean time of 1 s, at that load. */
async function farm(servers: number, load: number, strategy: string, run: string, replications = 6) {
  const { model, problems } = await modelFrom(`package b
component Server { operation serve(key: Integer) takes exp(1 s) }
interaction Job { actor user  lifeline server: Server  user -> server.serve(uniform(0, 1000000)) }
deployment D { node n * ${servers} { cores 1  deploy Server }  balance Server by ${strategy} }
scenario S of D { load Job at ${(servers * load).toFixed(6)}/s  run ${run}  warmup 100 s  replications ${replications}  seed 5 }
`);
  expect(problems).toEqual([]);
  return simulate(model, 'b.S');
}

describe('calls to a farm of servers', () => {
  it('dealt out at random see M/M/1 at each of them', async () => {
    covers(measure(await farm(10, 0.8, 'random', '4000 s'), 'b.Job', 'mean'), 5);
  });

  it('by a hash of what they carry spread as if at random', async () => {
    // Each key is drawn anew.
    const result = await farm(10, 0.5, 'hash(key)', '4000 s');
    covers(measure(result, 'b.Job', 'mean'), 2);
  });

  it.each([0.5, 0.9])('to the less busy of two wait as the mean-field law says, at load %d', async (load) => {
    // Vvedenskaya, Dobrushin and Karpelevich 1996; Mitzenmacher 2001: the sum of load^(2^i - 1) customers a server.
    let customers = 0;
    for (let i = 1; i < 12; i++) customers += load ** (2 ** i - 1);
    const result = await farm(300, load, 'two_choices', '500 s', 4);
    const { value } = measure(result, 'b.Job', 'mean');
    expect(value! / (customers / load)).toBeGreaterThan(0.98);
    expect(value! / (customers / load)).toBeLessThan(1.02);
  });

  it('to the one with the fewest open wait longer than in one line and less than with two choices', async () => {
    const load = 0.8;
    const least = measure(await farm(2, load, 'least_connections', '20000 s'), 'b.Job', 'mean').value!;
    const turn = measure(await farm(2, load, 'round_robin', '20000 s'), 'b.Job', 'mean').value!;
    // M/M/2: nobody does better.
    expect(least).toBeGreaterThan(1 / (1 - load * load));
    expect(least).toBeLessThan(1.2 / (1 - load * load));
    expect(turn).toBeGreaterThan(least);
  });
});

const ten = Array.from({ length: 10 }, (_, i) => i);

function balancersOf(kind: Exclude<Balance['strategy']['kind'], 'hash'> | 'hash', replicas: readonly number[]) {
  const strategy = (kind === 'hash' ? { kind, key: {} } : { kind }) as Balance['strategy'];
  const layout = {
    nodeOfReplica: new Int32Array(replicas.length),
    replicasOf: new Map([['c', Int32Array.from(replicas)]]),
    strategyOf: new Map([['c', strategy]]),
  } as unknown as Layout;
  const balancers = new Balancers(layout, ['c']);
  balancers.prepare([randomStream(1, 'c')]);
  return balancers;
}

const kinds = ['round-robin', 'random', 'two-choices', 'least-connections', 'hash'] as const;

describe('replicas that come and go', () => {
  it('take calls exactly while they are eligible, whatever the strategy', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.array(fc.tuple(fc.nat(9), fc.boolean()), { maxLength: 30 }),
        (kind, changes) => {
          const balancers = balancersOf(kind, ten);
          const eligible = new Set(ten);
          for (const [replica, isEligible] of changes) {
            balancers.setEligible(replica, isEligible);
            if (isEligible) eligible.add(replica);
            else eligible.delete(replica);
            expect(balancers.eligible(0)).toBe(eligible.size);
            for (let i = 0; i < 5; i++) {
              const chosen = kind === 'hash' ? balancers.chooseFor(0, i) : balancers.choose(0);
              if (eligible.size === 0) expect(chosen).toBe(NO_REPLICA);
              else expect(eligible.has(chosen)).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('leave the keys of the others where they are, with a hash', () => {
    fc.assert(
      fc.property(
        fc.nat(9),
        fc.array(fc.oneof(fc.string(), fc.integer(), fc.double()), { minLength: 1 }),
        (gone, keys) => {
          const balancers = balancersOf('hash', ten);
          const before = keys.map((key) => balancers.chooseFor(0, key));
          balancers.setEligible(gone, false);
          keys.forEach((key, i) => {
            if (before[i] !== gone) expect(balancers.chooseFor(0, key)).toBe(before[i]);
          });
          balancers.setEligible(gone, true);
          expect(keys.map((key) => balancers.chooseFor(0, key))).toEqual(before);
        },
      ),
    );
  });

  it('get even shares of many keys, with a hash', () => {
    const balancers = balancersOf('hash', ten);
    const counts = new Array<number>(10).fill(0);
    for (let key = 0; key < 100_000; key++) counts[balancers.chooseFor(0, `key-${key}`)]!++;
    // Five standard deviations of a binomial number.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9_000));
  });

  it('are dealt calls in turn, each as many', () => {
    const balancers = balancersOf('round-robin', [0, 1, 2]);
    balancers.setEligible(1, false);
    expect([1, 2, 3, 4].map(() => balancers.choose(0))).toEqual([0, 2, 0, 2]);
    balancers.setEligible(1, true);
    expect(new Set([1, 2, 3].map(() => balancers.choose(0)))).toEqual(new Set([0, 1, 2]));
  });

  it('with the fewest open calls go first, and in turn where they are alike', () => {
    const balancers = balancersOf('least-connections', [0, 1, 2]);
    const send = (): number => {
      const replica = balancers.choose(0);
      balancers.began(replica);
      return replica;
    };
    expect([send(), send(), send()]).toEqual([0, 1, 2]);
    balancers.ended(1);
    expect([send(), send()]).toEqual([1, 2]);
  });
});
