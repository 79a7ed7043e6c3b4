/** What a formula says of one station. Rates and times are in any unit of time, as long as it is one. */

export interface QueueFigures {
  /** Mean share of the servers that are busy. */
  readonly utilisation: number;
  /** Served, per unit of time. */
  readonly throughput: number;
  /** Mean wait, and mean wait with service, of those who are let in. Infinity where the queue grows without an end. */
  readonly wait: number;
  readonly response: number;
  /** Mean number waiting, and present. */
  readonly queue: number;
  readonly number: number;
  /** The chance to have to wait. */
  readonly waits: number;
  /** The chance to be turned away, and to give up. */
  readonly blocked: number;
  readonly abandoned: number;
}

/** By Little's law, from the mean wait of those who are all served. */
export function figuresOfWait(
  arrivals: number,
  service: number,
  servers: number,
  wait: number,
  waits: number,
): QueueFigures {
  const isStable = arrivals * service < servers;
  const delay = isStable ? wait : Number.POSITIVE_INFINITY;
  return {
    utilisation: Math.min(1, (arrivals * service) / servers),
    throughput: isStable ? arrivals : servers / service,
    wait: delay,
    response: delay + service,
    queue: arrivals * delay,
    number: arrivals * (delay + service),
    waits,
    blocked: 0,
    abandoned: 0,
  };
}
