/** Closed networks of several kinds of users: exactly where there are few, approximately where there are many. */

/** One kind of users. */
interface ClosedClass {
  readonly users: number;
  readonly thinking: number;
  /** By station. */
  readonly demands: readonly number[];
}

/** By class: throughput, response, and by station the time there in one round and the mean number there. */
interface ClassFigures {
  readonly throughput: number;
  readonly response: number;
  readonly responses: readonly number[];
  readonly numbers: readonly number[];
}

/** Populations that the exact analysis goes through, at most. */
export const MOST_POPULATIONS = 200_000;

/** How many populations there are from none of any class to all. */
export function populationsOf(classes: readonly ClosedClass[]): number {
  return classes.reduce((product, { users }) => product * (users + 1), 1);
}

/**
 * Exact mean value analysis over all populations; stations of one server, or Infinity for a delay. Stations that are shared by
 * all present may have demands that differ by class; those that serve in order need one mean service for all classes.
 * Source: M. Reiser, S. S. Lavenberg, 1980.
 */
export function exactClasses(classes: readonly ClosedClass[], servers: readonly number[]): ClassFigures[] {
  const strides: number[] = [];
  let size = 1;
  for (const { users } of classes) {
    strides.push(size);
    size *= users + 1;
  }
  const present = servers.map(() => new Float64Array(size));
  let figures: ClassFigures[] = [];
  for (let population = 0; population < size; population++) {
    figures = classes.map(({ users, thinking, demands }, at) => {
      const stride = strides[at] ?? 1;
      const own = Math.floor(population / stride) % (users + 1);
      if (own === 0) return idle(servers);
      const responses = demands.map((demand, k) =>
        servers[k] === Number.POSITIVE_INFINITY ? demand : demand * (1 + (present[k]?.[population - stride] ?? 0)),
      );
      return figuresOf(own, thinking, responses);
    });
    for (const [k, numbers] of present.entries())
      numbers[population] = figures.reduce((sum, one) => sum + (one.numbers[k] ?? 0), 0);
  }
  return figures;
}

/**
 * An approximation, mostly within 5 % in throughput and 10 % in response: who arrives sees its own kind shrunk by one in proportion.
 * A station of c servers counts as one that is c times as fast, with the rest of its time as a delay.
 * Source: Y. Bard, 1979; P. Schweitzer, 1979; for several servers A. Seidmann, P. J. Schweitzer, S. Shalev-Oren, 1987.
 */
export function schweitzer(classes: readonly ClosedClass[], servers: readonly number[]): ClassFigures[] {
  const isDelay = (k: number): boolean => servers[k] === Number.POSITIVE_INFINITY;
  const queued = classes.map(({ demands }) =>
    demands.map((demand, k) => (isDelay(k) ? 0 : demand / (servers[k] ?? 1))),
  );
  let numbers = classes.map(({ users, demands }) => demands.map(() => users / Math.max(1, demands.length)));
  let figures: ClassFigures[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    figures = classes.map(({ users, thinking, demands }, at) => {
      if (users === 0) return idle(servers);
      const responses = demands.map((demand, k) => {
        const all = numbers.reduce((sum, one) => sum + (one[k] ?? 0), 0);
        const seen = all - (numbers[at]?.[k] ?? 0) / users;
        const fast = queued[at]?.[k] ?? 0;
        return fast * (1 + seen) + (demand - fast);
      });
      return figuresOf(users, thinking, responses);
    });
    // Only those who wait for the fast server, not those in the delay behind it.
    const next = figures.map(({ throughput, responses }, at) =>
      responses.map((time, k) => throughput * (time - ((classes[at]?.demands[k] ?? 0) - (queued[at]?.[k] ?? 0)))),
    );
    const change = Math.max(
      0,
      ...next.flatMap((own, at) => own.map((number, k) => Math.abs(number - (numbers[at]?.[k] ?? 0)))),
    );
    numbers = next;
    if (change < 1e-10) break;
  }
  return figures;
}

const MOST_ROUNDS = 20_000;

function figuresOf(users: number, thinking: number, responses: readonly number[]): ClassFigures {
  const response = responses.reduce((sum, one) => sum + one, 0);
  const throughput = users / (thinking + response);
  return { throughput, response, responses, numbers: responses.map((one) => one * throughput) };
}

function idle(servers: readonly number[]): ClassFigures {
  const nothing = servers.map(() => 0);
  return { throughput: 0, response: 0, responses: nothing, numbers: nothing };
}
