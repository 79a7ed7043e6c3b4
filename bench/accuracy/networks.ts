/** Several stations: open networks of Jackson, closed ones by mean value analysis, fork and join. */
import type { AccuracyCase, Family } from './accuracy-case.ts';
import { JOB, networkText, node, operation } from './network-text.ts';
import { published } from './published.ts';

interface Jackson {
  readonly gamma: readonly number[];
  readonly P: readonly (readonly number[])[];
  readonly mu: readonly number[];
  readonly c: readonly number[];
  readonly lam: readonly number[];
  readonly rho: readonly number[];
  readonly W: readonly number[];
  readonly L: readonly number[];
  readonly response_end_to_end: number;
}

/** Where a job goes next is drawn: `-1` is out of the network. */
function drawn(weights: readonly number[]): string {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const parts = [...weights.map((weight, to) => ({ weight, to })), { weight: 1 - sum, to: -1 }];
  const ways = parts.filter(({ weight }) => weight > 1e-9);
  const [only] = ways;
  if (ways.length === 1 && only !== undefined) return `${only.to}`;
  return `mixture(${ways.map(({ weight, to }) => `${100 * weight} %: ${to}`).join(', ')})`;
}

function jackson({ gamma, P, mu, c, lam, rho, W, L, response_end_to_end }: Jackson): AccuracyCase {
  const arrivals = gamma.reduce((sum, rate) => sum + rate, 0);
  const visit = (station: number): string =>
    `${station === 0 ? 'alt' : 'else'} [at == ${station}] { user -> s${station}.go()  at = ${drawn(P[station] ?? [])} }`;
  return {
    name: `${mu.length} stations, γ = ${gamma.join(', ')}`,
    rate: arrivals,
    visits: lam.reduce((sum, rate) => sum + rate, 0) / arrivals,
    text: (length) =>
      networkText({
        costs: mu.map((rate) => `takes exp(${1 / rate} s)`),
        nodes: c.map((cores) => `cores ${cores}`),
        parameters: '(start: Integer)',
        body: `  var at: Integer = start\n  loop 1..* [at >= 0] {\n${mu.map((_, station) => visit(station)).join('\n')}\n  }`,
        load: `(start: ${drawn(gamma.map((rate) => rate / arrivals))}) at ${arrivals}/s`,
        length,
      }),
    checks: [
      { element: JOB, measure: 'mean', exact: response_end_to_end },
      ...mu.flatMap((_, station) => [
        { element: operation(station), measure: 'mean', exact: W[station] ?? Number.NaN },
        { element: operation(station), measure: 'throughput', exact: lam[station] ?? Number.NaN },
        { element: operation(station), measure: 'concurrency', exact: L[station] ?? Number.NaN },
        { element: node(station), measure: 'utilization', exact: rho[station] ?? Number.NaN },
      ]),
    ],
  };
}

interface Closed {
  readonly model: string;
  readonly demands: readonly number[];
  readonly servers: readonly number[];
  readonly think: number;
  readonly N: number;
  readonly X: number;
  readonly R: number;
  readonly R_k: readonly number[];
  readonly Q_k: readonly number[];
  readonly U_k: readonly number[];
}

function closed({ model, demands, servers, think, N, X, R, R_k, Q_k, U_k }: Closed): AccuracyCase {
  return {
    name: `${model}, N = ${N}`,
    rate: X,
    visits: demands.length,
    text: (length) =>
      networkText({
        costs: demands.map((demand, i) => `${servers[i] === 0 ? 'delays' : 'takes'} exp(${demand} s)`),
        nodes: servers.map((count) => (count > 0 ? `cores ${count}` : '')),
        body: demands.map((_, i) => `user -> s${i}.go()`).join('\n'),
        load: ` by ${N} users thinking ${think === 0 ? '0 s' : `exp(${think} s)`}`,
        length,
      }),
    checks: [
      { element: JOB, measure: 'throughput', exact: X },
      { element: JOB, measure: 'mean', exact: R },
      ...demands.flatMap((_, station) => [
        { element: operation(station), measure: 'mean', exact: R_k[station] ?? Number.NaN },
        { element: operation(station), measure: 'concurrency', exact: Q_k[station] ?? Number.NaN },
        ...(servers[station] === 1
          ? [{ element: node(station), measure: 'utilization', exact: U_k[station] ?? Number.NaN }]
          : []),
      ]),
    ],
  };
}

/** `K2_exact`, and for more branches `K3_nelson_tantawi_approx` and so on. */
interface Forked {
  readonly [figure: `K${number}_nelson_tantawi_approx`]: number;
  readonly lam: number;
  readonly mu: number;
  readonly K2_exact: number;
}

function forked(one: Forked, branches: number): AccuracyCase {
  const { lam, mu } = one;
  const response = branches === 2 ? one.K2_exact : one[`K${branches}_nelson_tantawi_approx`];
  const stations = Array.from({ length: branches }, (_, i) => i);
  return {
    name: `λ = ${lam}, K = ${branches}`,
    rate: lam,
    visits: branches,
    text: (length) =>
      networkText({
        costs: stations.map(() => `takes exp(${1 / mu} s)`),
        nodes: stations.map(() => 'cores 1'),
        body: stations.map((i) => `${i === 0 ? 'par' : 'and'} { user -> s${i}.go() }`).join(' '),
        load: ` at ${lam}/s`,
        length,
      }),
    checks: [
      {
        element: JOB,
        measure: 'mean',
        exact: response ?? Number.NaN,
        ...(branches === 2 ? {} : { approximate: 0.05 }),
      },
    ],
  };
}

export function networks(): readonly Family[] {
  const forks = published<Forked>('fork_join_mm1');
  return [
    { title: 'Open networks', source: 'Jackson 1957', cases: published<Jackson>('jackson_open').map(jackson) },
    {
      title: 'Closed networks',
      source: 'Reiser and Lavenberg 1980 (exact MVA)',
      cases: published<Closed>('closed_mva_single_class').map(closed),
    },
    {
      title: 'Fork and join, K = 2',
      source: 'Flatto and Hahn 1984',
      cases: forks.map((one) => forked(one, 2)),
    },
    {
      title: 'Fork and join, K > 2',
      source: 'Nelson and Tantawi 1988, an approximation within 5 %',
      cases: forks.flatMap((one) => [3, 4, 8, 16, 32].map((branches) => forked(one, branches))),
    },
  ];
}
