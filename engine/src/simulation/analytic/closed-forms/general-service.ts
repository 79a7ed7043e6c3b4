/** Random arrivals and service of any law: exact for one server, approximately for several. */
import { type DelaySystem, delaySystem } from './delay-system.ts';
import { figuresOfWait, type QueueFigures } from './queue-figures.ts';

/** Moments of the service: its mean, mean square and mean cube. */
export interface SingleServer {
  readonly arrivals: number;
  readonly mean: number;
  readonly second: number;
}

/**
 * M/G/1, first come, first served. Exact: Wq = lambda E[S²] / (2 (1 - rho)).
 * Source: F. Pollaczek, 1930; A. Khinchine, 1932; L. Kleinrock, Queueing Systems I, 1975, section 5.6.
 */
export function singleServer({ arrivals, mean, second }: SingleServer): QueueFigures {
  const load = arrivals * mean;
  return figuresOfWait(arrivals, mean, 1, (arrivals * second) / (2 * (1 - load)), Math.min(1, load));
}

/**
 * M/G/1: the variance of the wait. Exact: lambda E[S³] / (3 (1 - rho)) + Wq².
 * Source: L. Takács, 1962; L. Kleinrock, Queueing Systems I, 1975, section 5.7.
 */
export function waitVariance({ arrivals, mean, second, third }: SingleServer & { readonly third: number }): number {
  const { wait } = singleServer({ arrivals, mean, second });
  return (arrivals * third) / (3 * (1 - arrivals * mean)) + wait * wait;
}

/**
 * M/G/c, processor sharing: all present share the servers, at most one each. Exact whatever the law: as many are present as in
 * M/M/c. Source: F. P. Kelly, Reversibility and Stochastic Networks, 1979, section 3.3; for one server L. Kleinrock, 1976.
 */
export function sharedServers(system: DelaySystem): QueueFigures {
  return delaySystem(system);
}

/**
 * G/G/c, first come, first served. An approximation: the wait of M/M/c times the mean of the squared coefficients of variation of
 * the gaps between arrivals (1 where they are random) and of the service. With random arrivals exact for one server and for
 * exponential service, otherwise mostly within 10 %, worse where one of them is far above 1 and the servers are mostly idle.
 * Source: A. O. Allen, Probability, Statistics and Queueing Theory, 1978 (the formula of Allen and Cunneen).
 */
export function allenCunneen(system: DelaySystem, squaredVariation: number, ofArrivals = 1): QueueFigures {
  const { wait, waits } = delaySystem(system);
  return figuresOfWait(
    system.arrivals,
    system.service,
    system.servers,
    (wait * (ofArrivals + squaredVariation)) / 2,
    waits,
  );
}
