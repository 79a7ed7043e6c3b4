/** What the analyses of closed loops share: stations by demand, and what comes out of them. */

export interface ClosedStation {
  /** Visits of one round times the mean service of one. */
  readonly demand: number;
  /** Infinity: a delay, nobody waits there. */
  readonly servers: number;
}

export interface ClosedFigures {
  /** Rounds per unit of time, of all users. */
  readonly throughput: number;
  /** Mean time of a round without thinking. */
  readonly response: number;
  /** By station: mean time there in one round, mean number there, mean share of the servers that are busy. */
  readonly responses: readonly number[];
  readonly numbers: readonly number[];
  readonly utilisations: readonly number[];
}

export function closedFigures(
  stations: readonly ClosedStation[],
  throughput: number,
  responses: readonly number[],
): ClosedFigures {
  return {
    throughput,
    response: responses.reduce((sum, one) => sum + one, 0),
    responses,
    numbers: responses.map((one) => one * throughput),
    utilisations: stations.map(({ demand, servers }) =>
      servers === Number.POSITIVE_INFINITY ? throughput * demand : (throughput * demand) / servers,
    ),
  };
}
