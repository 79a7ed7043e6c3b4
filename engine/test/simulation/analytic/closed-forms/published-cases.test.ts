/** The closed forms give the published figures, to nine digits. */
import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../../src/model/index.ts';
import { durationMoment } from '../../../../src/numeric/index.ts';
import {
  delaySystem,
  erlangB,
  forkJoin,
  jackson,
  limitedQueue,
  meanValueAnalysis,
  responseQuantile,
  sharedServers,
  singleServer,
} from '../../../../src/simulation/analytic/closed-forms/index.ts';
import { publishedCases } from '../../published.ts';

function near(actual: number, expected: number, what: string): void {
  const error = Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-9);
  expect(error, `${what}: ${actual}, published ${expected}`).toBeLessThan(1e-9);
}

/** A test over all cases of a published file; it says where the file is missing. */
function published<Case = Record<string, number>>(name: string, check: (one: Case) => void): void {
  it(name, (context) => {
    const cases = publishedCases<Case>(name);
    if (cases === null) return context.skip(`the cases of ${name} are not on this machine`);
    expect(cases.length).toBeGreaterThan(0);
    for (const one of cases) check(one);
  });
}

describe('published cases', () => {
  for (const name of ['mm1', 'mmc']) {
    published<Record<string, number>>(name, (one) => {
      const system = { arrivals: one.lam ?? 0, service: 1 / (one.mu ?? 0), servers: one.c ?? 1 };
      const { wait, response, queue, number, waits, utilisation } = delaySystem(system);
      const figures = { rho: utilisation, Wq: wait, W: response, Lq: queue, L: number, P_wait: waits };
      for (const [key, value] of Object.entries(figures)) near(value, one[key] ?? Number.NaN, `${name} ${key}`);
      for (const [key, value] of Object.entries(one)) {
        const [, digits] = /^W_p(\d+)$/.exec(key) ?? [];
        if (digits !== undefined) near(responseQuantile(system, Number(`0.${digits}`)), value, `${name} ${key}`);
      }
    });
  }

  published<Record<string, number>>('mmcK_erlangB', (one) => {
    const { lam = 0, mu = 1, c = 1, K = 1 } = one;
    const { blocked, throughput, number, queue, response, wait, utilisation } = limitedQueue({
      arrivals: lam,
      service: 1 / mu,
      servers: c,
      places: K,
    });
    near(blocked, one.P_block ?? Number.NaN, 'P_block');
    near(throughput, one.throughput ?? Number.NaN, 'throughput');
    near(number, one.L ?? Number.NaN, 'L');
    near(response, one.W_accepted ?? Number.NaN, 'W_accepted');
    near(utilisation, one.utilisation ?? Number.NaN, 'utilisation');
    expect(Math.abs(queue - (one.Lq ?? Number.NaN))).toBeLessThan(1e-9);
    expect(Math.abs(wait - (one.Wq_accepted ?? Number.NaN))).toBeLessThan(1e-9);
    if (K === c) near(erlangB(c, lam / mu), blocked, 'Erlang B');
  });

  published<MixedCase>('mg1_pk_and_ps', (one) => {
    const law = lawOf(one.service);
    const [mean, second] = [durationMoment(law, 1), durationMoment(law, 2)];
    near(mean, one.ES ?? Number.NaN, 'ES');
    expect(Math.abs(second / mean ** 2 - 1 - (one.scv ?? Number.NaN))).toBeLessThan(1e-9);
    const { wait, response, queue, number } = singleServer({ arrivals: one.lam, mean, second });
    near(wait, one.Wq ?? Number.NaN, 'Wq');
    near(response, one.W ?? Number.NaN, 'W');
    near(queue, one.Lq ?? Number.NaN, 'Lq');
    near(number, one.L ?? Number.NaN, 'L');
    const shared = sharedServers({ arrivals: one.lam, service: mean, servers: 1 });
    near(shared.response, one.PS_W ?? Number.NaN, 'PS_W');
    near(2 * (shared.response / mean), one.PS_W_given_x2 ?? Number.NaN, 'PS_W_given_x2');
  });

  published<{ gamma: number[]; P: number[][]; mu: number[]; c: number[] } & Record<string, number[]>>(
    'jackson_open',
    (one) => {
      const solved = jackson({
        entering: one.gamma,
        routing: one.P,
        service: one.mu.map((rate) => 1 / rate),
        servers: one.c,
      });
      for (const [at, station] of (solved?.stations ?? []).entries()) {
        near(solved?.arrivals[at] ?? 0, one.lam?.[at] ?? Number.NaN, 'lam');
        near(station.utilisation, one.rho?.[at] ?? Number.NaN, 'rho');
        near(station.response, one.W?.[at] ?? Number.NaN, 'W');
        near(station.number, one.L?.[at] ?? Number.NaN, 'L');
      }
      near(solved?.response ?? 0, Number(one.response_end_to_end), 'response_end_to_end');
    },
  );

  published<
    { demands: number[]; servers: number[]; think: number; N: number; X: number; R: number } & Record<string, number[]>
  >('closed_mva_single_class', ({ demands, servers, think, N, X, R, Q_k, R_k, U_k }) => {
    const stations = demands.map((demand, at) => ({ demand, servers: servers[at] || Number.POSITIVE_INFINITY }));
    const figures = meanValueAnalysis(stations, N, think);
    near(figures.throughput, X, `X of ${N}`);
    near(figures.response, R, `R of ${N}`);
    for (const [at, number] of figures.numbers.entries()) {
      near(number, Q_k?.[at] ?? Number.NaN, 'Q_k');
      near(figures.responses[at] ?? 0, R_k?.[at] ?? Number.NaN, 'R_k');
      if (servers[at] !== 0) near(figures.utilisations[at] ?? 0, U_k?.[at] ?? Number.NaN, 'U_k');
    }
  });

  published<Record<string, number>>('fork_join_mm1', (one) => {
    for (const [key, value] of Object.entries(one)) {
      const parts = Number(/^K(\d+)_(exact|nelson)/.exec(key)?.[1]);
      if (!(parts >= 2)) continue;
      near(forkJoin({ arrivals: one.lam ?? 0, service: 1 / (one.mu ?? 1), parts }), value, key);
    }
  });
});

type MixedCase = { lam: number; service: WrittenLaw } & Record<string, number>;
type WrittenLaw = Record<string, number | string | number[][]>;

/** As the published cases write laws; their means are in the unit of the service. */
function lawOf(service: WrittenLaw): Distribution {
  const value = (name: string): number => Number(service[name]);
  switch (service.dist) {
    case 'det':
      return { kind: 'constant', value: value('m') };
    case 'exp':
      return { kind: 'exponential', mean: value('m') };
    case 'erlang':
      return { kind: 'gamma', shape: value('k'), mean: value('m') };
    case 'gamma':
      return { kind: 'gamma', shape: value('shape'), mean: value('shape') * value('scale') };
    case 'uniform':
      return { kind: 'uniform', from: value('a'), to: value('b') };
    case 'lognormal':
      return { kind: 'lognormal', mu: value('mu'), sigma: value('sigma') };
    case 'hyper2':
      return {
        kind: 'mixture',
        parts: [
          { weight: value('p'), value: { kind: 'exponential', mean: value('m1') } },
          { weight: 1 - value('p'), value: { kind: 'exponential', mean: value('m2') } },
        ],
      };
    case 'pareto':
      return { kind: 'pareto', alpha: value('alpha'), minimum: value('xm') };
    case 'weibull':
      return { kind: 'weibull', shape: value('shape'), scale: value('scale') };
    case 'mix': {
      const atoms = Array.isArray(service.atoms) ? service.atoms : [];
      return { kind: 'mixture', parts: atoms.map(([weight = 0, value = 0]) => ({ weight, value })) };
    }
    default:
      throw new Error(`no law is known as ${service.dist}`);
  }
}
