/** Users that go round: which analysis tells their throughput, and what it says of the stations on their way. */
import type { Load } from '../../model/index.ts';
import { meanOf, SECOND } from '../../numeric/index.ts';
import {
  asymptoticBounds,
  type ClosedBounds,
  exactClasses,
  MOST_POPULATIONS,
  meanValueAnalysis,
  populationsOf,
  schweitzer,
} from './closed-forms/index.ts';
import type { Form } from './solution.ts';
import type { Station } from './stations.ts';

export interface ClosedSolution {
  readonly form: Form;
  /** The analysis itself is exact; whether the network is one of those it is made for is another question. */
  readonly isExact: boolean;
  /** By load. */
  readonly throughputs: readonly number[];
  readonly responses: readonly number[];
  /** By load and station: time there in one round. */
  readonly times: readonly (readonly number[])[];
  readonly bounds: readonly ClosedBounds[];
}

/** Users beyond that go round in the approximation: convolution costs their square. */
const MOST_USERS = 2000;

export interface ClosedLoad {
  readonly load: Load & { readonly arrivals: Extract<Load['arrivals'], { readonly kind: 'closed' }> };
  /** Mean time of a run without any waiting, seconds. */
  readonly time: number;
}

export function solveClosed(loads: readonly ClosedLoad[], stations: readonly Station[]): ClosedSolution {
  // Alike nodes that calls are spread over are stations of their own.
  const single = stations.flatMap((station) => Array.from({ length: station.units }, () => station));
  const classes = loads.map(({ load, time }) => {
    const demands = single.map(({ found, visitors, units }) => {
      const own = visitors.filter((visitor) => visitor.load === load.id);
      // Beside traffic outside the model work goes as slowly as the cores that it leaves (K. C. Sevcik, 1977).
      const pace = Math.max(1e-9, 1 - found.taken / found.capacity);
      return own.reduce((sum, { visits, mean }) => sum + (visits * mean) / units, 0) / pace;
    });
    const delay = Math.max(0, time - demands.reduce((sum, demand) => sum + demand, 0));
    return {
      users: Math.floor(load.arrivals.users),
      thinking: meanOf(load.arrivals.thinking) / SECOND,
      delay,
      demands,
    };
  });
  const servers = single.map((station) => station.servers);
  const bounds = classes.map(({ users, thinking, delay, demands }) =>
    asymptoticBounds(
      [
        ...demands.map((demand, at) => ({ demand, servers: servers[at] ?? 1 })),
        { demand: delay, servers: Number.POSITIVE_INFINITY },
      ],
      users,
      thinking,
    ),
  );
  const [only, ...others] = classes;
  if (only !== undefined && others.length === 0 && (only.users <= MOST_USERS || servers.every((each) => each === 1))) {
    const own = only.demands.map((demand, at) => ({ demand, servers: servers[at] ?? 1 }));
    const { throughput, response, responses } = meanValueAnalysis(own, only.users, only.thinking + only.delay);
    return {
      form: 'mean value analysis',
      isExact: true,
      throughputs: [throughput],
      responses: [response + only.delay],
      times: [merged(responses, stations)],
      bounds,
    };
  }
  const plain = classes.map((one) => ({ ...one, thinking: one.thinking + one.delay }));
  const isExact = servers.every((each) => each === 1) && populationsOf(plain) <= MOST_POPULATIONS;
  const solved = isExact ? exactClasses(plain, servers) : schweitzer(plain, servers);
  return {
    form: isExact ? 'mean value analysis' : 'Bard-Schweitzer',
    isExact,
    throughputs: solved.map(({ throughput }) => throughput),
    responses: solved.map(({ response }, at) => response + (classes[at]?.delay ?? 0)),
    times: solved.map(({ responses }) => merged(responses, stations)),
    bounds,
  };
}

/** The times at all units of a station, together. */
function merged(times: readonly number[], stations: readonly Station[]): number[] {
  let at = 0;
  return stations.map(({ units }) => {
    const own = times.slice(at, at + units);
    at += units;
    return own.reduce((sum, time) => sum + time, 0);
  });
}
