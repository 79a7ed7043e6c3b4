/** Open Jackson networks: jobs go from station to station by chance, each station then behaves as if it stood alone. Exact. */
import { delaySystem } from './delay-system.ts';
import type { QueueFigures } from './queue-figures.ts';

interface OpenNetwork {
  /** By station: arrivals from outside per unit of time. */
  readonly entering: readonly number[];
  /** The chance to go from one station to another; what is missing to 1 leaves. */
  readonly routing: readonly (readonly number[])[];
  /** Mean service time, and how many serve. */
  readonly service: readonly number[];
  readonly servers: readonly number[];
}

interface OpenFigures {
  readonly arrivals: readonly number[];
  readonly stations: readonly QueueFigures[];
  /** Mean time from entering to leaving. */
  readonly response: number;
}

/** Undefined where jobs never leave. Source: J. R. Jackson, Networks of Waiting Lines, 1957. */
export function jackson({ entering, routing, service, servers }: OpenNetwork): OpenFigures | undefined {
  const arrivals = trafficOf(entering, routing);
  if (arrivals === undefined) return undefined;
  const stations = arrivals.map((rate, at) =>
    delaySystem({ arrivals: rate, service: service[at] ?? 0, servers: servers[at] ?? 1 }),
  );
  const present = stations.reduce((sum, { number }) => sum + number, 0);
  return { arrivals, stations, response: present / entering.reduce((sum, rate) => sum + rate, 0) };
}

/** The traffic equations, lambda = gamma + lambda P, by elimination with pivots. */
function trafficOf(entering: readonly number[], routing: readonly (readonly number[])[]): number[] | undefined {
  const size = entering.length;
  const rows = entering.map((rate, to) => [
    ...entering.map((_, from) => (from === to ? 1 : 0) - (routing[from]?.[to] ?? 0)),
    rate,
  ]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column; row < size; row++)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    const [own, other] = [rows[pivot], rows[column]];
    const divisor = own?.[column] ?? 0;
    if (own === undefined || other === undefined || Math.abs(divisor) < 1e-12) return undefined;
    rows[pivot] = other;
    rows[column] = own.map((value) => value / divisor);
    for (let row = 0; row < size; row++) {
      const factor = rows[row]?.[column] ?? 0;
      if (row === column || factor === 0) continue;
      rows[row] = (rows[row] ?? []).map((value, at) => value - factor * (rows[column]?.[at] ?? 0));
    }
  }
  return rows.map((row) => row[size] ?? 0);
}
