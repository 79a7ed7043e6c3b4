/**
 * How often the 95 % intervals hold the exact value, over many seeds: M/M/1 and M/M/c, mean response time, its 95th percentile and the
 * mean number present. Honest intervals do so for 90 to 98.5 % of 200 seeds.
 */
import { type SimulationResult, simulate } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';

interface Station {
  readonly name: string;
  readonly cores: number;
  readonly rho: number;
}

const stations: readonly Station[] = [
  { name: 'M/M/1 ρ 0.5', cores: 1, rho: 0.5 },
  { name: 'M/M/1 ρ 0.8', cores: 1, rho: 0.8 },
  { name: 'M/M/4 ρ 0.8', cores: 4, rho: 0.8 },
];

export interface Coverage {
  readonly name: string;
  readonly measure: string;
  readonly seeds: number;
  /** Of the intervals, how many hold the exact value. */
  readonly share: number;
  readonly isHonest: boolean;
}

/** What an honest interval of 95 % does over 200 seeds, nearly always. */
const [LEAST, MOST] = [0.9, 0.985];

export async function coverageOver(seeds: number): Promise<readonly Coverage[]> {
  const rows: Coverage[] = [];
  for (const { name, cores, rho } of stations) {
    const rate = 1000 * cores * rho;
    const { model } = await modelOf(`component Server { operation serve() takes exp(1 ms) }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { cores ${cores}  deploy Server } }
scenario S of D { load Job at ${rate}/s  run ${rho > 0.7 ? 22 : 8} s  warmup 2 s  replications 10 }`);
    if (model === null) throw new Error(`${name} cannot be read`);
    const wait = (erlangC(cores, cores * rho) / (cores * (1 - rho))) * 0.001;
    const exact: Readonly<Record<string, number>> = {
      mean: wait + 0.001,
      concurrency: rate * (wait + 0.001),
      ...(cores === 1 ? { p95: (0.001 / (1 - rho)) * Math.log(20) } : {}),
    };
    const hits = new Map(Object.keys(exact).map((measure) => [measure, 0]));
    for (let seed = 1; seed <= seeds; seed++) {
      const result = simulate(model, 'S', { seed });
      for (const [measure, value] of Object.entries(exact)) {
        if (holds(result, measure, value)) hits.set(measure, (hits.get(measure) ?? 0) + 1);
      }
    }
    for (const [measure, count] of hits) {
      const share = count / seeds;
      rows.push({ name, measure, seeds, share, isHonest: share >= LEAST && share <= MOST });
    }
  }
  return rows;
}

function holds({ measures }: SimulationResult, measure: string, value: number): boolean {
  const found = measures.find((one) => one.element === 'Job' && one.measure === measure);
  const { lower, upper } = found ?? { lower: null, upper: null };
  return lower !== null && upper !== null && lower <= value && value <= upper;
}

/** Erlang's delay formula. */
function erlangC(servers: number, offered: number): number {
  let inverse = 1;
  for (let k = 1; k <= servers; k++) inverse = 1 + (inverse * k) / offered;
  const rho = offered / servers;
  return 1 / inverse / (1 - rho + rho / inverse);
}
