/** What breaks down and is repaired: work that goes on afterwards, work that is lost, availability alone and together, few repairers. */
import type { AccuracyCase, Family } from '../accuracy-case.ts';
import { stationary } from './markov-chain.ts';
import { sum, truth } from './truth.ts';

interface Outage {
  readonly rate: number;
  readonly work: number;
  readonly up: number;
  readonly down: number;
  readonly cores: number;
}

/**
 * Breakdowns are work of a greater priority, of so many users as there are cores: each takes one core for its repair, and what it
 * interrupts goes on afterwards.
 */
function interrupted({ rate, work, up, down, cores }: Outage): AccuracyCase {
  const MOST = 150;
  const chain = stationary<readonly [number, number]>([0, 0], ([jobs, broken]) => [
    { to: [Math.min(jobs + 1, MOST), broken], rate },
    { to: [Math.max(jobs - 1, 0), broken], rate: Math.min(jobs, cores - broken) / work },
    { to: [jobs, broken + 1], rate: (cores - broken) / up },
    { to: [jobs, Math.max(broken - 1, 0)], rate: broken / down },
  ]);
  const present = chain.mean(([jobs]) => jobs);
  return {
    name: `c = ${cores}, ρ = ${(rate * work) / cores}, up ${up} s, down ${down} s`,
    rate,
    visits: 1,
    text: (length) =>
      truth(
        `component Server { operation serve() takes exp(${work} s)  operation broken() takes exp(${down} s) priority 1 }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
interaction Breakdown { actor fate  lifeline server: Server  fate -> server.broken() }
deployment D { node n { cores ${cores}  preemptive priority  deploy Server } }`,
        `load Job at ${rate}/s  load Breakdown by ${cores} users thinking exp(${up} s)`,
        length,
      ),
    checks: [
      { element: 'truth.Job', measure: 'mean', exact: present / rate },
      { element: 'truth.Job', measure: 'concurrency', exact: present },
      { element: 'truth.Breakdown', measure: 'concurrency', exact: (cores * down) / (up + down) },
    ],
  };
}

/** A crash takes with it what is there, and turns away what comes until it is repaired. */
function lost({ rate, work, up, down }: Omit<Outage, 'cores'>): AccuracyCase {
  const [arrive, serve, crash] = [rate, 1 / work, 1 / up];
  const all = arrive + serve + crash;
  const ratio = (all - Math.sqrt(all ** 2 - 4 * arrive * serve)) / (2 * serve);
  const available = up / (up + down);
  const whileUp = ratio / (1 - ratio);
  const failing = (available * crash * whileUp + (1 - available) * arrive) / arrive;
  return {
    name: `λ = ${rate}, μ = ${serve}, up ${up} s, down ${down} s`,
    rate,
    visits: 1,
    text: (length) =>
      truth(
        `component Server { operation serve() takes exp(${work} s) }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { node n { cores 1  deploy Server  fails every exp(${up} s) repaired in exp(${down} s) } }`,
        `load Job at ${rate}/s`,
        length,
      ),
    checks: [
      { element: 'truth.Job', measure: 'errors', exact: failing },
      { element: 'truth.Job', measure: 'concurrency', exact: available * whileUp },
      { element: 'truth.Job', measure: 'throughput', exact: rate * (1 - failing) },
    ],
  };
}

/** A call fails where no replica is up; of several components, enough have to answer. */
function probed(
  name: string,
  exact: number,
  up: number,
  declarations: string,
  body: string,
  lifelines: string,
): AccuracyCase {
  return {
    name,
    rate: 20 / up,
    visits: 1,
    text: (length) =>
      truth(
        `${declarations}
component Judge external { operation no() fails 100 % }
interaction Probe { actor user  lifeline ${lifelines}  var found: Integer = 0
${body}
}`,
        `load Probe at ${20 / up}/s`,
        length,
      ),
    checks: [{ element: 'truth.Probe', measure: 'errors', exact: 1 - exact }],
  };
}

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
}

function availability(): readonly AccuracyCase[] {
  const breakdown = 'fails every exp(10 s) repaired in exp(2 s)';
  const A = 10 / 12;
  const component = 'component Store { operation read() }';
  const numbers = [0, 1, 2, 3, 4];
  const kOfN = (k: number): number =>
    sum(numbers.slice(k - 1).map((_, i) => choose(5, k + i) * A ** (k + i) * (1 - A) ** (5 - k - i)));
  const several = `${numbers.map((i) => `component Store${i} { operation read() }`).join('\n')}
deployment D { ${numbers.map((i) => `node n${i} { deploy Store${i}  ${breakdown} }`).join(' ')} }`;
  const ask = numbers.map((i) => `found += 1  user -> s${i}.read() fallback { found -= 1 }`).join('\n');
  const zoneUp = 50 / 55;
  return [
    probed(
      'one replica',
      A,
      10,
      `${component}\ndeployment D { node n { deploy Store  ${breakdown} } }`,
      'user -> s.read()',
      's: Store',
    ),
    probed(
      'one replica, any laws',
      7 / 8,
      7,
      `${component}\ndeployment D { node n { deploy Store  fails every weibull(1, 7 s) repaired in uniform(0 s, 2 s) } }`,
      'user -> s.read()',
      's: Store',
    ),
    probed(
      'one of three replicas',
      1 - (1 - A) ** 3,
      10,
      `${component}\ndeployment D { node n * 3 { deploy Store  ${breakdown} } }`,
      'user -> s.read()',
      's: Store',
    ),
    ...[3, 4].map((k) =>
      probed(
        `${k} of 5`,
        kOfN(k),
        10,
        several,
        `${ask}\nopt [found < ${k}] { user -> judge.no() }`,
        `judge: Judge, ${numbers.map((i) => `s${i}: Store${i}`).join(', ')}`,
      ),
    ),
    probed(
      'one of two in a zone that fails too',
      zoneUp * (1 - (1 - A) ** 2),
      10,
      `${component}\ndeployment D { zone z { node n * 2 { deploy Store  ${breakdown} }  fails every exp(50 s) repaired in 5 s } }`,
      'user -> s.read()',
      's: Store',
    ),
    probed(
      'one of two zones with two each',
      1 - (1 - zoneUp * (1 - (1 - A) ** 2)) ** 2,
      10,
      `${component}\ndeployment D { ${['y', 'z'].map((z) => `zone ${z} { node n${z} * 2 { deploy Store  ${breakdown} }  fails every exp(50 s) repaired in 5 s }`).join(' ')} }`,
      'user -> s.read()',
      's: Store',
    ),
  ];
}

/** Machines that fail, and fewer who repair them. */
function repaired(machines: number, repairers: number, up: number, down: number): AccuracyCase {
  const chain = stationary<number>(0, (broken) => [
    { to: Math.min(broken + 1, machines), rate: (machines - broken) / up },
    { to: Math.max(broken - 1, 0), rate: Math.min(broken, repairers) / down },
  ]);
  const broken = chain.mean((count) => count);
  const rate = (machines - broken) / up;
  return {
    name: `${machines} machines, ${repairers} repairers, up ${up} s, repair ${down} s`,
    rate,
    visits: 1,
    text: (length) =>
      truth(
        `resource repairer * ${repairers}
activity Repair { initial -> mend  action mend takes exp(${down} s) using repairer -> up  final up }
deployment D { }`,
        `load Repair by ${machines} users thinking exp(${up} s)`,
        length,
      ),
    checks: [
      { element: 'truth.Repair', measure: 'mean', exact: broken / rate },
      { element: 'truth.Repair', measure: 'concurrency', exact: broken },
      { element: 'truth.Repair', measure: 'throughput', exact: rate },
      { element: 'truth.repairer', measure: 'utilization', exact: (rate * down) / repairers },
      { element: 'truth.repairer', measure: 'queue', exact: chain.mean((count) => Math.max(0, count - repairers)) },
      {
        element: 'truth.repairer',
        measure: 'wait',
        exact: chain.mean((count) => Math.max(0, count - repairers)) / rate,
      },
    ],
  };
}

/** Users who find every line taken go away and think again. */
function engset(users: number, lines: number, think: number, hold: number): AccuracyCase {
  const chain = stationary<number>(0, (busy) => [
    { to: Math.min(busy + 1, lines), rate: (users - busy) / think },
    { to: Math.max(busy - 1, 0), rate: busy / hold },
  ]);
  const calls = chain.mean((busy) => (users - busy) / think);
  const lostCalls = chain.mean((busy) => (busy === lines ? (users - busy) / think : 0));
  return {
    name: `${users} users, ${lines} lines`,
    rate: calls,
    visits: 1,
    text: (length) =>
      truth(
        `component Exchange external { operation hold() delays gamma(2, ${hold} s)  threads ${lines}  queue 0 }
interaction Call { actor user  lifeline exchange: Exchange  user -> exchange.hold() }
deployment D { }`,
        `load Call by ${users} users thinking exp(${think} s)`,
        length,
      ),
    checks: [
      { element: 'truth.Call', measure: 'errors', exact: lostCalls / calls },
      { element: 'truth.Call', measure: 'rate', exact: calls },
      { element: 'truth.Call', measure: 'throughput', exact: calls - lostCalls },
    ],
  };
}

export function outages(): readonly Family[] {
  return [
    {
      title: 'Servers that break down',
      source: 'Avi-Itzhak and Naor 1963; Mitrany and Avi-Itzhak 1968 (by the Markov chain)',
      cases: [
        interrupted({ rate: 0.5, work: 1, up: 20, down: 4, cores: 1 }),
        interrupted({ rate: 0.6, work: 1, up: 3, down: 0.5, cores: 1 }),
        interrupted({ rate: 1.2, work: 1, up: 20, down: 4, cores: 2 }),
        interrupted({ rate: 2, work: 1, up: 30, down: 5, cores: 4 }),
      ],
    },
    {
      title: 'Crashes that take the work with them',
      source: 'Towsley and Tripathi 1991 (M/M/1 with disasters), and lost while down',
      cases: [lost({ rate: 0.8, work: 1, up: 20, down: 5 }), lost({ rate: 1.5, work: 1, up: 30, down: 1 })],
    },
    { title: 'Availability', source: 'Barlow and Proschan 1975: alternating renewal, k of n', cases: availability() },
    {
      title: 'Machines and repairers',
      source: 'Palm 1947; Engset 1918',
      cases: [repaired(5, 1, 10, 2), repaired(10, 3, 8, 2), engset(8, 3, 4, 2), engset(20, 5, 10, 3)],
    },
  ];
}
