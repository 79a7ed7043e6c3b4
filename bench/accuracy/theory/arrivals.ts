/** Other arrivals than single and at random: at regular or irregular gaps, in batches, gathered to batches. */
import type { AccuracyCase, Check, Family } from '../accuracy-case.ts';
import { truth } from './truth.ts';

/** Gaps between arrivals: how the language writes them, their mean, and their Laplace transform. */
interface Gaps {
  readonly name: string;
  readonly written: string;
  readonly mean: number;
  readonly transform: (s: number) => number;
}

const gaps: readonly Gaps[] = [
  { name: 'a clock', written: '1 s', mean: 1, transform: (s) => Math.exp(-s) },
  { name: 'Erlang, k = 2', written: 'erlang(2, 1 s)', mean: 1, transform: (s) => (2 / (2 + s)) ** 2 },
  { name: 'gamma, k = 0.5', written: 'gamma(0.5, 1 s)', mean: 1, transform: (s) => (0.5 / (0.5 + s)) ** 0.5 },
  { name: 'uniform', written: 'uniform(0 s, 2 s)', mean: 1, transform: (s) => (1 - Math.exp(-2 * s)) / (2 * s) },
  {
    name: 'hyperexponential',
    written: 'mixture(20 %: exp(3 s), 80 %: exp(0.5 s))',
    mean: 1,
    transform: (s) => 0.2 / (1 + 3 * s) + 0.8 / (1 + 0.5 * s),
  },
];

/** The root of σ = A(μ(1 - σ)) between 0 and 1: how likely an arrival finds the server busy. */
export function busyAtArrival(serve: number, transform: (s: number) => number): number {
  let [low, high] = [0, 1 - 1e-12];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (transform(serve * (1 - middle)) > middle) low = middle;
    else high = middle;
  }
  return low;
}

function station(takes: string, cores: number): string {
  return `component Server { operation serve() takes ${takes} }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { node n { cores ${cores}  deploy Server } }`;
}

const WAITS = 'expect p95(wait(Server.serve)) < 1 d';

function renewal({ name, written, mean, transform }: Gaps, load: number): AccuracyCase {
  const work = load * mean;
  const busy = busyAtArrival(1 / work, transform);
  const response = work / (1 - busy);
  return {
    name: `${name}, ρ = ${load}`,
    rate: 1 / mean,
    visits: 1,
    text: (length) => truth(station(`exp(${work} s)`, 1), `load Job every ${written}  ${WAITS}`, length),
    checks: [
      { element: 'truth.Job', measure: 'mean', exact: response },
      { element: 'truth.Job', measure: 'p50', exact: response * Math.log(2) },
      { element: 'truth.Job', measure: 'p99', exact: response * Math.log(100) },
      { element: 'truth.Server.serve', measure: 'wait', exact: busy * response },
      { element: 'truth.Server.serve', measure: 'p95(wait)', exact: response * Math.log(busy * 20) },
      { element: 'truth.D.n', measure: 'utilization', exact: load },
    ],
  };
}

/** The wait in M/D/1: P(W ≤ x) by Crommelin's sum. */
function waitUnderConstant(load: number, x: number): number {
  let total = 0;
  let term = 1;
  for (let k = 0; k <= Math.floor(x); k++) {
    const y = load * (k - x);
    term = Math.exp(-y);
    for (let i = 1; i <= k; i++) term *= y / i;
    total += term;
  }
  return (1 - load) * total;
}

function quantile(of: (x: number) => number, share: number): number {
  let [low, high] = [0, 30];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (of(middle) < share) low = middle;
    else high = middle;
  }
  return low;
}

function constantWork(load: number): AccuracyCase {
  const wait = load / (2 * (1 - load));
  const at = (share: number): number => quantile((x) => waitUnderConstant(load, x), share);
  return {
    name: `M/D/1, ρ = ${load}`,
    rate: load,
    visits: 1,
    text: (length) => truth(station('1 s', 1), `load Job at ${load}/s  ${WAITS}`, length),
    checks: [
      { element: 'truth.Job', measure: 'mean', exact: wait + 1 },
      { element: 'truth.Job', measure: 'p95', exact: at(0.95) + 1 },
      { element: 'truth.Job', measure: 'p99', exact: at(0.99) + 1 },
      { element: 'truth.Server.serve', measure: 'p95(wait)', exact: at(0.95) },
    ],
  };
}

/** How many come at once: as written, with the mean and the mean square. */
interface Batch {
  readonly name: string;
  readonly written: string;
  readonly mean: number;
  readonly square: number;
}

const geometric = (mean: number): Batch => {
  const goOn = Math.exp(-1 / mean);
  return {
    name: `geometric, exp(${mean})`,
    written: `exp(${mean})`,
    mean: 1 / (1 - goOn),
    square: (1 + goOn) / (1 - goOn) ** 2,
  };
};

const batches: readonly Batch[] = [
  { name: 'always 4', written: '4', mean: 4, square: 16 },
  { name: '1 to 5', written: 'uniform(1, 5)', mean: 3, square: 11 },
  geometric(3),
  { name: '1 or 10', written: 'mixture(80 %: 1, 20 %: 10)', mean: 2.8, square: 20.8 },
];

function inBatches({ name, written, mean, square }: Batch, load: number): AccuracyCase {
  const rate = load / mean;
  const present = (load * (square / mean + 1)) / (2 * (1 - load));
  const checks: Check[] = [
    { element: 'truth.Job', measure: 'mean', exact: present / load },
    { element: 'truth.Job', measure: 'concurrency', exact: present },
    { element: 'truth.Job', measure: 'throughput', exact: load },
    { element: 'truth.D.n', measure: 'queue', exact: present - load },
  ];
  return {
    name: `${name}, ρ = ${load}`,
    rate: load,
    visits: 1,
    text: (length) => truth(station('exp(1 s)', 1), `load Job at ${rate}/s batch ${written}`, length),
    checks,
  };
}

/** Work begins when `size` are there, and is done for all of them at once: E_k/M/1 with a wait for the batch in front. */
function gathered(size: number, rate: number, work: number): AccuracyCase {
  const busy = busyAtArrival(1 / work, (s) => (rate / (rate + s)) ** size);
  const response = work / (1 - busy) + (size - 1) / (2 * rate);
  return {
    name: `${size} at once, ρ = ${(rate * work) / size}`,
    rate,
    visits: 1,
    text: (length) =>
      truth(
        `resource truck
activity Trip { initial -> drive  action drive batch ${size} takes exp(${work} s) using truck -> there  final there }
deployment D { }`,
        `load Trip at ${rate}/s`,
        length,
      ),
    checks: [
      { element: 'truth.Trip', measure: 'mean', exact: response },
      { element: 'truth.Trip', measure: 'concurrency', exact: rate * response },
      { element: 'truth.truck', measure: 'utilization', exact: (rate * work) / size },
    ],
  };
}

export function arrivals(): readonly Family[] {
  return [
    {
      title: 'G/M/1',
      source: 'Kendall 1953; Kleinrock 1975, chapter 6',
      cases: gaps.flatMap((one) => [0.5, 0.8].map((load) => renewal(one, load))),
    },
    { title: 'Percentiles of M/D/1', source: 'Crommelin 1932', cases: [0.4, 0.7].map(constantWork) },
    {
      title: 'Arrivals in batches',
      source: 'Gross and Harris 1985, 3.1 (M^X/M/1)',
      cases: batches.flatMap((one) => [0.4, 0.7].map((load) => inBatches(one, load))),
    },
    {
      title: 'Work in batches',
      source: 'Bailey 1954; Kendall 1953 (E_k/M/1)',
      cases: [gathered(4, 2, 1), gathered(10, 3, 2.5)],
    },
  ];
}
