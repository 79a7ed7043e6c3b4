/**
 * How often the 95 % intervals hold the exact value, over many seeds: stations under light and heavy load, work of very unequal length, and
 * users who go round. Honest intervals do so for 90 to 98.5 % of 200 seeds. Runs are not longer than they must be to forget how they began.
 */
import { type SimulationResult, simulate } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { delayed } from './theory/queues.ts';

export interface Coverage {
  readonly name: string;
  readonly measure: string;
  readonly seeds: number;
  /** How many of them have no interval, since too little is in the tail. */
  readonly unknown: number;
  /** Of the intervals, how many hold the exact value. */
  readonly share: number;
  readonly isHonest: boolean;
}

export interface Covered {
  readonly name: string;
  readonly text: string;
  /** By measure of the whole job. */
  readonly exact: Readonly<Record<string, number>>;
}

/** What an honest interval of 95 % does over 200 seeds, nearly always. */
const [LEAST, MOST] = [0.9, 0.985];
const TASK = 0.001;

function station(cores: number, takes: string, scenario: string): string {
  return `component Server { operation serve() takes ${takes} }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { cores ${cores}  deploy Server } }
scenario S of D { load Job ${scenario}  replications 10 }`;
}

/** The response time is exponential: all of its percentiles are known. */
function single(load: number, run: number, warmup: string): Covered {
  const mean = TASK / (1 - load);
  return {
    name: `M/M/1 ρ ${load}, ${run} s, warm-up ${warmup}`,
    text: station(1, 'exp(1 ms)', `at ${1000 * load}/s  run ${run} s  warmup ${warmup}`),
    exact: {
      mean,
      concurrency: load / (1 - load),
      p50: mean * Math.log(2),
      p95: mean * Math.log(20),
      p99: mean * Math.log(100),
    },
  };
}

function several(cores: number, load: number): Covered {
  const rate = (cores * load) / TASK;
  const wait = delayed(cores, rate, TASK).queue / rate;
  return {
    name: `M/M/${cores} ρ ${load}`,
    text: station(cores, 'exp(1 ms)', `at ${rate}/s  run 22 s  warmup 2 s`),
    exact: { mean: wait + TASK, concurrency: rate * (wait + TASK) },
  };
}

/** One in ten takes 5.5 times as long as the others together: c² = 5.05, by Pollaczek and Khinchine. */
function unequal(load: number): Covered {
  const square = 2 * (0.1 * 5.5 ** 2 + 0.9 * 0.5 ** 2);
  const mean = ((load * square) / 2 / (1 - load) + 1) * TASK;
  return {
    name: `M/G/1 ρ ${load}, c² = ${(square - 1).toFixed(2)}`,
    text: station(
      1,
      'mixture(10 %: exp(5.5 ms), 90 %: exp(0.5 ms))',
      `at ${1000 * load}/s  run ${load > 0.7 ? 66 : 22} s  warmup ${load > 0.7 ? 6 : 2} s`,
    ),
    exact: { mean, concurrency: (mean / TASK) * load },
  };
}

/** One station and thinking: mean value analysis, which is exact. */
function users(count: number, think: number): Covered {
  let present = 0;
  let response = 0;
  for (let n = 1; n <= count; n++) {
    response = TASK * (1 + present);
    present = (n / (response + think)) * response;
  }
  return {
    name: `${count} users, thinking`,
    text: station(1, 'exp(1 ms)', `by ${count} users thinking exp(${1000 * think} ms)  run 11 s  warmup 1 s`),
    exact: { mean: response, concurrency: present, throughput: count / (response + think) },
  };
}

export const covered: readonly Covered[] = [
  single(0.5, 9, '1 s'),
  single(0.8, 22, '2 s'),
  single(0.9, 66, '6 s'),
  single(0.95, 120, '10 s'),
  single(0.9, 66, 'auto'),
  several(4, 0.8),
  unequal(0.5),
  unequal(0.8),
  users(12, 0.01),
];

export async function coverageOf({ name, text, exact }: Covered, seeds: number): Promise<readonly Coverage[]> {
  const { model, problems } = await modelOf(text);
  if (model === null || problems.some(({ severity }) => severity === 'error'))
    throw new Error(`${name} cannot be read: ${problems[0]?.message}`);
  const counts = new Map(Object.keys(exact).map((measure) => [measure, { held: 0, unknown: 0 }]));
  for (let seed = 1; seed <= seeds; seed++) {
    const result = simulate(model, 'S', { seed });
    for (const [measure, count] of counts) {
      const held = holds(result, measure, exact[measure] ?? Number.NaN);
      if (held === null) count.unknown++;
      else if (held) count.held++;
    }
  }
  return [...counts].map(([measure, { held, unknown }]) => {
    const share = held / (seeds - unknown);
    return { name, measure, seeds, unknown, share, isHonest: share >= LEAST && share <= MOST };
  });
}

export async function coverageOver(seeds: number): Promise<readonly Coverage[]> {
  const rows: Coverage[] = [];
  for (const one of covered) rows.push(...(await coverageOf(one, seeds)));
  return rows;
}

/** Null where it says that it cannot tell. */
function holds({ measures }: SimulationResult, measure: string, value: number): boolean | null {
  const found = measures.find((one) => one.element === 'Job' && one.measure === measure);
  if (found?.status === 'not-estimable') return null;
  const { lower, upper } = found ?? { lower: null, upper: null };
  return lower !== null && upper !== null && lower <= value && value <= upper;
}
