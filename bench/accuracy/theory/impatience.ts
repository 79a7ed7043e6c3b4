/** Who does not wait for ever: patience, deadlines in line and to the end, lines that are full, and those who come again. */
import type { AccuracyCase, Check, Family, RunLength } from '../accuracy-case.ts';
import { stationary } from './markov-chain.ts';
import { loss } from './queues.ts';
import { truth } from './truth.ts';

interface Crowd {
  readonly rate: number;
  readonly work: number;
  readonly servers: number;
  readonly patience: number;
}

function ward({ work, servers, rate }: Crowd, patience: string, length: RunLength): string {
  return truth(
    `resource bed * ${servers}
activity Visit { initial -> treat  action treat takes exp(${work} s) using bed patience ${patience} -> unseen -> seen  final seen, unseen }
deployment D { }`,
    `load Visit at ${rate}/s  expect errors(Visit.treat) < 100 %  expect probability(Visit.unseen) < 100 %`,
    length,
  );
}

function nameOf({ rate, work, servers, patience }: Crowd): string {
  return `λ = ${rate}, μ = ${1 / work}, c = ${servers}, patience ${patience} s`;
}

function erlangA(crowd: Crowd): AccuracyCase {
  const { rate, work, servers, patience } = crowd;
  const MOST = 2000;
  const leaving = (present: number): number => Math.max(0, present - servers) / patience;
  const chain = stationary<number>(0, (present) => [
    { to: Math.min(present + 1, MOST), rate: present < 60 + 3 * rate * (work + patience) ? rate : 0 },
    { to: Math.max(present - 1, 0), rate: Math.min(present, servers) / work + leaving(present) },
  ]);
  const queue = chain.mean((present) => Math.max(0, present - servers));
  const busy = chain.mean((present) => Math.min(present, servers));
  return {
    name: nameOf(crowd),
    rate,
    visits: 1,
    text: (length) => ward(crowd, `exp(${patience} s)`, length),
    checks: [
      { element: 'truth.Visit.treat', measure: 'errors', exact: queue / patience / rate },
      { element: 'truth.Visit.unseen', measure: 'probability', exact: queue / patience / rate },
      { element: 'truth.Visit', measure: 'concurrency', exact: queue + busy },
      { element: 'truth.bed', measure: 'queue', exact: queue },
      { element: 'truth.bed', measure: 'wait', exact: queue / rate },
      { element: 'truth.bed', measure: 'utilization', exact: busy / servers },
    ],
  };
}

/**
 * The virtual waiting time of M/M/c where nobody waits for longer than `patience`: what it is likely to be at zero and beyond, by its
 * density v(x) = v(0) e^(-(cμ - λ) x) up to there and v(patience) e^(-cμ (x - patience)) behind it.
 */
class Virtual {
  readonly #crowd: Crowd;
  readonly #scale: number;
  readonly #free: readonly number[];

  constructor(crowd: Crowd) {
    this.#crowd = crowd;
    const { rate, work, servers } = crowd;
    const free = [1];
    for (let k = 1; k < servers; k++) free.push(((free[k - 1] ?? 0) * rate * work) / k);
    this.#free = free;
    this.#scale = 1;
    const all = free.reduce((total, share) => total + share, 0) + this.#mass(() => 1) + this.beyond();
    this.#scale = 1 / all;
  }

  density(x: number): number {
    const { rate, work, servers } = this.#crowd;
    return this.#scale * rate * (this.#free[servers - 1] ?? 0) * Math.exp(-(servers / work - rate) * x);
  }

  /** Of waiting longer than anybody does. */
  beyond(): number {
    const { work, servers, patience } = this.#crowd;
    return (this.density(patience) * work) / servers;
  }

  /** Of those who find all busy and do not leave: the mean of something of their wait. */
  #mass(of: (wait: number) => number): number {
    const STEPS = 20_000;
    const step = this.#crowd.patience / STEPS;
    let total = 0;
    for (let i = 0; i < STEPS; i++) total += step * this.density((i + 0.5) * step) * of((i + 0.5) * step);
    return total;
  }

  mean(of: (wait: number) => number): number {
    return this.#mass(of);
  }

  atOnce(): number {
    return this.#scale * this.#free.reduce((total, share) => total + share, 0);
  }
}

function fixedPatience(crowd: Crowd): AccuracyCase {
  const { rate, work, servers, patience } = crowd;
  const virtual = new Virtual(crowd);
  const leaves = virtual.beyond();
  const wait = virtual.mean((x) => x) + leaves * patience;
  return {
    name: nameOf(crowd),
    rate,
    visits: 1,
    text: (length) => ward(crowd, `${patience} s`, length),
    checks: [
      { element: 'truth.Visit.treat', measure: 'errors', exact: leaves },
      { element: 'truth.Visit.unseen', measure: 'probability', exact: leaves },
      { element: 'truth.bed', measure: 'wait', exact: wait },
      { element: 'truth.bed', measure: 'queue', exact: rate * wait },
      { element: 'truth.bed', measure: 'utilization', exact: (rate * (1 - leaves) * work) / servers },
    ],
  };
}

const calling = (component: string, message: string, crowd: Crowd, length: RunLength, node = ''): string =>
  truth(
    `component Server { operation serve() ${component} }
interaction Job { actor user  lifeline server: Server  user -> server.serve() ${message} }
deployment D { node n { ${node} deploy Server } }`,
    `load Job at ${crowd.rate}/s`,
    length,
  );

/** Whose caller has given up is not begun with; what is begun is worked on. */
function dropped(crowd: Crowd): AccuracyCase {
  const { rate, work, servers, patience } = crowd;
  const virtual = new Virtual(crowd);
  const late = (wait: number): number => Math.exp(-(patience - wait) / work);
  const failing = virtual.beyond() + virtual.atOnce() * late(0) + virtual.mean(late);
  return {
    name: nameOf(crowd),
    rate,
    visits: 1,
    text: (length) =>
      calling(`delays exp(${work} s)  threads ${servers}  queue drop expired`, `timeout ${patience} s`, crowd, length),
    checks: [
      { element: 'truth.Job', measure: 'errors', exact: failing },
      { element: 'truth.Server.serve', measure: 'throughput', exact: rate * (1 - virtual.beyond()) },
    ],
  };
}

/** The work of who gives up is stopped, in line or at the core: a dam that overflows at the time that the caller waits. */
function cancelled(crowd: Crowd, servedBy: 'cores' | 'threads'): AccuracyCase {
  const { rate, work, patience } = crowd;
  const drift = 1 / work - rate;
  const filled = drift === 0 ? patience : (1 - Math.exp(-drift * patience)) / drift;
  const empty = 1 / (1 + rate * filled);
  const failing = empty * Math.exp(-drift * patience);
  return {
    name: `${nameOf(crowd)}, ${servedBy}`,
    rate,
    visits: 1,
    text: (length) =>
      servedBy === 'cores'
        ? calling(`takes exp(${work} s)`, `timeout ${patience} s cancels`, crowd, length, 'cores 1 ')
        : calling(`delays exp(${work} s)  threads 1`, `timeout ${patience} s cancels`, crowd, length),
    checks: [
      { element: 'truth.Job', measure: 'errors', exact: failing },
      { element: 'truth.Job', measure: 'throughput', exact: rate * (1 - failing) },
      ...(servedBy === 'cores' ? [{ element: 'truth.D.n', measure: 'utilization', exact: 1 - empty }] : []),
    ],
  };
}

/** The caller gives up and the work goes on: the line is that of M/M/1. */
function gaveUp(crowd: Crowd): AccuracyCase {
  const { rate, work, patience } = crowd;
  const drain = 1 / work - rate;
  const late = Math.exp(-drain * patience);
  return {
    name: nameOf(crowd),
    rate,
    visits: 1,
    text: (length) => calling(`takes exp(${work} s)`, `timeout ${patience} s`, crowd, length, 'cores 1 '),
    checks: [
      { element: 'truth.Job', measure: 'errors', exact: late },
      { element: 'truth.Job', measure: 'mean', exact: 1 / drain - (patience * late) / (1 - late) },
      { element: 'truth.Server.serve', measure: 'mean', exact: 1 / drain },
      { element: 'truth.D.n', measure: 'utilization', exact: rate * work },
    ],
  };
}

/** Of whatever law the work is, the share that finds every line taken is Erlang's. */
function lost(law: string, mean: number, servers: number, rate: number): AccuracyCase {
  const blocked = loss(servers, rate * mean);
  return {
    name: `${law}, c = ${servers}, offered ${rate * mean}`,
    rate,
    visits: 1,
    text: (length) =>
      calling(`delays ${law}  threads ${servers}  queue 0`, '', { rate, work: mean, servers, patience: 0 }, length),
    checks: [
      { element: 'truth.Job', measure: 'errors', exact: blocked },
      { element: 'truth.Job', measure: 'throughput', exact: rate * (1 - blocked) },
      { element: 'truth.Server.serve', measure: 'concurrency', exact: rate * mean * (1 - blocked) },
    ],
  };
}

/** Who finds the only line taken comes again after an exponential time, and again. */
function retrying(rate: number, work: number, pause: number): AccuracyCase {
  const load = rate * work;
  const away = (load * (rate + load / pause) * pause) / (1 - load);
  const checks: Check[] = [
    { element: 'truth.Job', measure: 'mean', exact: away / rate + work },
    { element: 'truth.Job', measure: 'concurrency', exact: away + load },
  ];
  return {
    name: `λ = ${rate}, μ = ${1 / work}, back after ${pause} s`,
    rate,
    visits: 4,
    text: (length) =>
      calling(
        `delays exp(${work} s)  threads 1  queue 0`,
        `retry 1000 backoff exp(${pause} s)`,
        { rate, work, servers: 1, patience: 0 },
        length,
      ),
    checks,
  };
}

export function impatience(): readonly Family[] {
  return [
    {
      title: 'M/M/c with patience (Erlang A)',
      source: 'Palm 1946; Garnett, Mandelbaum and Reiman 2002',
      cases: [
        { rate: 1.2, work: 1, servers: 1, patience: 2 },
        { rate: 4, work: 1, servers: 5, patience: 1 },
        { rate: 6, work: 1, servers: 5, patience: 3 },
        { rate: 20, work: 1, servers: 20, patience: 0.5 },
      ].map(erlangA),
    },
    {
      title: 'M/M/c with a fixed patience',
      source: 'Barrer 1957; Baccelli and Hebuterne 1981',
      cases: [
        { rate: 0.9, work: 1, servers: 1, patience: 2 },
        { rate: 1.5, work: 1, servers: 1, patience: 3 },
        { rate: 3.5, work: 1, servers: 4, patience: 1 },
      ].map(fixedPatience),
    },
    {
      title: 'Lines that drop whose caller has given up',
      source: 'Barrer 1957',
      cases: [
        { rate: 0.8, work: 1, servers: 1, patience: 3 },
        { rate: 1.4, work: 1, servers: 1, patience: 4 },
        { rate: 2.6, work: 1, servers: 3, patience: 2 },
      ].map(dropped),
    },
    {
      title: 'Deadlines that stop the work',
      source: 'Gnedenko and Kovalenko 1968: the finite dam',
      cases: [
        { rate: 0.8, work: 1, servers: 1, patience: 3 },
        { rate: 1.5, work: 1, servers: 1, patience: 4 },
      ].flatMap((crowd) => [cancelled(crowd, 'cores'), cancelled(crowd, 'threads')]),
    },
    {
      title: 'Timeouts, and the work goes on',
      source: 'Kleinrock 1975: the response time of M/M/1 is exponential',
      cases: [
        { rate: 0.7, work: 1, servers: 1, patience: 2 },
        { rate: 0.5, work: 1, servers: 1, patience: 3 },
      ].map(gaveUp),
    },
    {
      title: 'M/G/c/c',
      source: 'Sevastyanov 1957: insensitive to the law',
      cases: [
        lost('constant(2 s)', 2, 3, 1),
        lost('lognormal(2 s, 4 s)', 2, 5, 2),
        lost('mixture(90 %: 1 s, 10 %: exp(11 s))', 2, 1, 0.5),
        lost('uniform(0 s, 4 s)', 2, 20, 10),
      ],
    },
    {
      title: 'Coming again',
      source: 'Falin and Templeton 1997 (M/M/1/1 with retrials)',
      cases: [retrying(0.5, 1, 1), retrying(0.7, 1, 0.2), retrying(0.4, 1, 5)],
    },
  ];
}
