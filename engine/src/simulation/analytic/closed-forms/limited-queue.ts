/** Queues that are not endless: M/M/c/K turns away who finds no place, M/M/c+M loses who has no patience. Exact. */
import { steadyState } from './birth-death.ts';
import type { DelaySystem } from './delay-system.ts';
import type { QueueFigures } from './queue-figures.ts';

/**
 * `places` counts those in service and those in line. Stable at any load. With `places` = `servers` the chance to be turned
 * away is Erlang's B. Source: L. Kleinrock, Queueing Systems I, 1975, section 3.6.
 */
export function limitedQueue({
  arrivals,
  service,
  servers,
  places,
}: DelaySystem & { readonly places: number }): QueueFigures {
  return figuresOf(
    arrivals,
    service,
    servers,
    steadyState(
      () => arrivals,
      (n) => Math.min(n, servers) / service,
      Math.max(places, servers),
    ),
    0,
    (n) => n >= Math.max(places, servers),
  );
}

/**
 * Erlang A: who waits longer than an exponential patience with that mean leaves unserved. Stable at any load.
 * `wait` is the mean time in line of all, served or not.
 * Source: C. Palm, 1957; A. Mandelbaum, S. Zeltyn, Service Engineering in Action: the Palm/Erlang-A Queue, 2007.
 */
export function impatientQueue({
  arrivals,
  service,
  servers,
  patience,
}: DelaySystem & { readonly patience: number }): QueueFigures {
  const shares = steadyState(
    () => arrivals,
    (n) => Math.min(n, servers) / service + Math.max(0, n - servers) / patience,
    Number.POSITIVE_INFINITY,
  );
  return figuresOf(arrivals, service, servers, shares, 1 / patience, () => false);
}

function figuresOf(
  arrivals: number,
  service: number,
  servers: number,
  shares: readonly number[],
  leaving: number,
  isFull: (n: number) => boolean,
): QueueFigures {
  let busy = 0;
  let queue = 0;
  let blocked = 0;
  let waits = 0;
  for (const [n, share] of shares.entries()) {
    busy += share * Math.min(n, servers);
    queue += share * Math.max(0, n - servers);
    if (isFull(n)) blocked += share;
    else if (n >= servers) waits += share;
  }
  const admitted = arrivals * (1 - blocked);
  const wait = admitted > 0 ? queue / admitted : 0;
  return {
    utilisation: busy / servers,
    throughput: busy / service,
    wait,
    response: admitted > 0 ? (queue + busy) / admitted : service,
    queue,
    number: queue + busy,
    waits: blocked < 1 ? waits / (1 - blocked) : 0,
    blocked,
    abandoned: arrivals > 0 ? (leaving * queue) / arrivals : 0,
  };
}
