/** Random arrivals and service of any law: exact for one server, approximately for several. */
import { exp } from '../../../numeric/index.ts';
import { type DelaySystem, delaySystem } from './delay-system.ts';
import { figuresOfWait, type QueueFigures } from './queue-figures.ts';

/** Moments of the service: its mean and mean square. */
interface SingleServer {
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
 * M/G/c, processor sharing: all present share the servers, at most one each. Exact whatever the law: as many are present as in
 * M/M/c. Source: F. P. Kelly, Reversibility and Stochastic Networks, 1979, section 3.3; for one server L. Kleinrock, 1976.
 */
export function sharedServers(system: DelaySystem): QueueFigures {
  return delaySystem(system);
}

/**
 * G/G/c, first come, first served. An approximation: the wait of M/M/c times the mean of the squared coefficients of variation of
 * the gaps between arrivals (1 where they are random) and of the service; at one server and with more regular arrivals also times a
 * factor below 1. With random arrivals exact for one server and for exponential service, otherwise mostly within 10 %, worse where one
 * of them is far above 1 and the servers are mostly idle.
 * Source: A. O. Allen, Probability, Statistics and Queueing Theory, 1978 (the formula of Allen and Cunneen); W. Krämer and M.
 * Langenbach-Belz, 1976 (the factor).
 */
export function allenCunneen(system: DelaySystem, squaredVariation: number, ofArrivals = 1): QueueFigures {
  const { wait, waits } = delaySystem(system);
  const both = ofArrivals + squaredVariation;
  const load = system.arrivals * system.service;
  const calmer =
    system.servers === 1 && ofArrivals < 1 && both > 0
      ? exp((-2 * (1 - load) * (1 - ofArrivals) * (1 - ofArrivals)) / (3 * load * both))
      : 1;
  return figuresOfWait(system.arrivals, system.service, system.servers, (wait * both * calmer) / 2, waits);
}

/**
 * So many alike queues, of which each arrival goes to the shortest. An approximation, mostly within 10 % and too small: the wait of
 * one line in front of all their servers. Source: I. Adan, J. Wessels and W. H. M. Zijm, 1991, who bound it so.
 */
export function shortestOf(units: number, { arrivals, service, servers }: DelaySystem): QueueFigures {
  const { wait } = delaySystem({ arrivals: arrivals * units, service, servers: servers * units });
  return figuresOfWait(arrivals, service, servers, wait, Number.NaN);
}

/**
 * Very many alike queues with one server, of which each arrival goes to the shorter of two that are drawn: the time in the system is
 * the sum of load^(2^i - 2) for i from 1, times the service. An approximation, too small where they are few.
 * Source: M. Mitzenmacher, 2001; N. D. Vvedenskaya, R. L. Dobrushin and F. I. Karpelevich, 1996.
 */
export function shorterOfTwo({ arrivals, service }: Omit<DelaySystem, 'servers'>): QueueFigures {
  const load = arrivals * service;
  // load^(2^i - 1), from i = 1.
  let power = load;
  let present = 0;
  while (power > Number.EPSILON) {
    present += power;
    power = power * power * load;
  }
  return figuresOfWait(arrivals, service, 1, (present - load) / arrivals, load);
}
