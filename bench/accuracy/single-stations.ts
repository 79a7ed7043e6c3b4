/** One station: M/M/1, M/M/c, with a bounded queue, with any law of service, in order of arrival or shared. */
import type { AccuracyCase, Check, Family } from './accuracy-case.ts';
import { JOB, networkText, node, operation } from './network-text.ts';
import { published } from './published.ts';

interface Markovian {
  readonly lam: number;
  readonly mu: number;
  readonly c?: number;
  readonly rho: number;
  readonly W: number;
  readonly Wq: number;
  readonly L: number;
  readonly Lq: number;
  readonly W_p50: number;
  readonly W_p95: number;
  readonly W_p99: number;
}

function markovian({ lam, mu, c = 1, rho, W, Wq, L, Lq, W_p50, W_p95, W_p99 }: Markovian): AccuracyCase {
  return {
    name: `λ = ${lam}, μ = ${mu}${c === 1 ? '' : `, c = ${c}`} (ρ = ${rho.toFixed(2)})`,
    rate: lam,
    visits: 1,
    text: (length) =>
      networkText({
        costs: [`takes exp(${1 / mu} s)`],
        nodes: [`cores ${c}`],
        body: 'user -> s0.go()',
        load: ` at ${lam}/s`,
        length,
      }),
    checks: [
      { element: JOB, measure: 'mean', exact: W },
      { element: JOB, measure: 'p50', exact: W_p50 },
      { element: JOB, measure: 'p95', exact: W_p95 },
      { element: JOB, measure: 'p99', exact: W_p99 },
      { element: operation(0), measure: 'wait', exact: Wq },
      { element: operation(0), measure: 'concurrency', exact: L },
      { element: node(0), measure: 'queue', exact: Lq },
      { element: node(0), measure: 'utilization', exact: rho },
    ],
  };
}

interface Bounded {
  readonly lam: number;
  readonly mu: number;
  readonly c: number;
  readonly K: number;
  readonly P_block: number;
  readonly throughput: number;
  readonly L: number;
  readonly W_accepted: number;
}

/** K places, of which c are threads: who finds them all taken is refused. */
function bounded({ lam, mu, c, K, P_block, throughput, L, W_accepted }: Bounded): AccuracyCase {
  return {
    name: `λ = ${lam}, μ = ${mu}, c = ${c}, K = ${K}`,
    rate: lam,
    visits: 1,
    text: (length) =>
      networkText({
        costs: [`takes exp(${1 / mu} s)`],
        nodes: [''],
        limits: `threads ${c}  queue ${K - c}`,
        body: 'user -> s0.go()',
        load: ` at ${lam}/s`,
        length,
      }),
    checks: [
      { element: JOB, measure: 'errors', exact: P_block },
      { element: JOB, measure: 'throughput', exact: throughput },
      { element: JOB, measure: 'mean', exact: W_accepted },
      { element: operation(0), measure: 'concurrency', exact: L },
    ],
  };
}

type Law =
  | { readonly dist: 'det' | 'exp'; readonly m: number }
  | { readonly dist: 'erlang'; readonly m: number; readonly k: number }
  | { readonly dist: 'hyper2'; readonly p: number; readonly m1: number; readonly m2: number }
  | { readonly dist: 'uniform'; readonly a: number; readonly b: number }
  | { readonly dist: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly dist: 'gamma'; readonly shape: number; readonly scale: number }
  | { readonly dist: 'pareto'; readonly alpha: number; readonly xm: number }
  | { readonly dist: 'weibull'; readonly shape: number; readonly scale: number }
  | { readonly dist: 'mix'; readonly atoms: readonly (readonly [number, number])[] };

interface General {
  readonly lam: number;
  readonly service: Law;
  readonly ES: number;
  readonly scv: number;
  readonly rho: number;
  readonly Wq: number;
  readonly W: number;
  readonly Lq: number;
  readonly PS_W: number;
}

/** The law as the language writes it. */
function written(law: Law): string {
  switch (law.dist) {
    case 'det':
      return `constant(${law.m} s)`;
    case 'exp':
      return `exp(${law.m} s)`;
    case 'erlang':
      return `erlang(${law.k}, ${law.m} s)`;
    case 'hyper2':
      return `mixture(${100 * law.p} %: exp(${law.m1} s), ${100 * (1 - law.p)} %: exp(${law.m2} s))`;
    case 'uniform':
      return `uniform(${law.a} s, ${law.b} s)`;
    case 'lognormal': {
      const mean = Math.exp(law.mu + law.sigma ** 2 / 2);
      return `lognormal(${mean} s, ${mean * Math.sqrt(Math.exp(law.sigma ** 2) - 1)} s)`;
    }
    case 'gamma':
      return `gamma(${law.shape}, ${law.shape * law.scale} s)`;
    case 'pareto':
      return `pareto(${law.alpha}, ${law.xm} s)`;
    case 'weibull':
      return `weibull(${law.shape}, ${law.scale} s)`;
    case 'mix':
      return `mixture(${law.atoms.map(([share, value]) => `${100 * share} %: ${value} s`).join(', ')})`;
  }
}

function general(one: General, sharing: boolean): AccuracyCase {
  const { lam, service, ES, scv, rho, Wq, W, Lq, PS_W } = one;
  const inOrder: Check[] = [
    { element: JOB, measure: 'mean', exact: W },
    { element: operation(0), measure: 'wait', exact: Wq },
    { element: node(0), measure: 'queue', exact: Lq },
    { element: node(0), measure: 'utilization', exact: rho },
  ];
  const shared: Check[] = [
    { element: JOB, measure: 'mean', exact: PS_W },
    { element: operation(0), measure: 'concurrency', exact: lam * PS_W },
    { element: node(0), measure: 'utilization', exact: rho },
  ];
  return {
    name: `λ = ${lam}, ${service.dist}, E[S] = ${ES.toFixed(2)}, c² = ${scv.toFixed(2)}`,
    rate: lam,
    visits: 1,
    text: (length) =>
      networkText({
        costs: [`takes ${written(service)}`],
        nodes: [`cores 1 ${sharing ? 'sharing' : 'fifo'}`],
        body: 'user -> s0.go()',
        load: ` at ${lam}/s`,
        length,
      }),
    checks: sharing ? shared : inOrder,
  };
}

export function singleStations(): readonly Family[] {
  const laws = published<General>('mg1_pk_and_ps');
  return [
    { title: 'M/M/1', source: 'Kleinrock 1975, chapter 3', cases: published<Markovian>('mm1').map(markovian) },
    { title: 'M/M/c', source: 'Erlang 1917 (Erlang C)', cases: published<Markovian>('mmc').map(markovian) },
    {
      title: 'M/M/c/K',
      source: 'Erlang 1917 (Erlang B); birth and death',
      cases: published<Bounded>('mmcK_erlangB').map(bounded),
    },
    {
      title: 'M/G/1, in order of arrival',
      source: 'Pollaczek 1930, Khinchine 1932',
      cases: laws.map((one) => general(one, false)),
    },
    {
      title: 'M/G/1, processor sharing',
      source: 'Kleinrock 1976, chapter 4: insensitive to the law',
      cases: laws.map((one) => general(one, true)),
    },
  ];
}
