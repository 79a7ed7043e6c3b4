/** Random arrivals of several classes, the greater priority first and within a class the first to come. Exact. */
import { delaySystem } from './delay-system.ts';
import { erlangC } from './erlang.ts';

/** One class, the greatest priority first: arrivals, and the mean and mean square of the service. */
export interface PriorityClass {
  readonly arrivals: number;
  readonly mean: number;
  readonly second: number;
}

/**
 * M/G/1, work under way goes on to its end. Mean wait by class: W0 / ((1 - s[k-1]) (1 - s[k])), where W0 = sum of lambda E[S²] / 2
 * and s[k] is the load of class k and those above it. Infinity where that is 1 or more.
 * Source: A. Cobham, Priority Assignment in Waiting Line Problems, 1954.
 */
export function priorityWaits(classes: readonly PriorityClass[]): number[] {
  const residual = classes.reduce((sum, { arrivals, second }) => sum + (arrivals * second) / 2, 0);
  return loadsOf(classes).map(([above, own]) => residual / (gap(above) * gap(own)));
}

/**
 * M/M/c with one mean service for all classes, work under way goes on to its end: W0 is the chance that all servers are busy
 * times the mean time until one is free. Source: A. Cobham, 1954; O. Kella, U. Yechiali, 1985.
 */
export function serversWithPriority(classes: readonly PriorityClass[], servers: number): number[] {
  const mean = classes[0]?.mean ?? 0;
  const offered = classes.reduce((sum, { arrivals }) => sum + arrivals * mean, 0);
  const residual = (erlangC(servers, offered) * mean) / servers;
  return loadsOf(classes, servers).map(([above, own]) => residual / (gap(above) * gap(own)));
}

/** Mean wait of work of a class that takes a time: `base`, and `stretch` times what it takes. */
interface PreemptiveWait {
  readonly base: number;
  readonly stretch: number;
}

/**
 * M/G/1, a class takes the server from those below it, whose work goes on later where it stopped. Mean time of work x by class:
 * x / (1 - s[k-1]) + R[k] / ((1 - s[k-1]) (1 - s[k])), where R[k] = sum of lambda E[S²] / 2 over class k and those above; the wait
 * is what it is beside x. Source: L. Kleinrock, Queueing Systems II, 1976, section 3.4.
 */
export function preemptiveWaits(classes: readonly PriorityClass[]): PreemptiveWait[] {
  let residual = 0;
  return loadsOf(classes).map(([above, own], at) => {
    const { arrivals, second } = classes[at] ?? { arrivals: 0, second: 0 };
    residual += (arrivals * second) / 2;
    const left = gap(above);
    return { base: residual / (left * gap(own)), stretch: 1 / left - 1 };
  });
}

/**
 * M/M/c with one mean service for all classes, preemptive: a class and those above it see nothing of those below, and are
 * M/M/c together. By Little's law the class itself is what is left without those above.
 */
export function preemptiveServers(classes: readonly PriorityClass[], servers: number): number[] {
  let all = 0;
  let present = 0;
  return classes.map(({ arrivals, mean }) => {
    all += arrivals;
    if (all * mean >= servers) return Number.POSITIVE_INFINITY;
    const { number } = delaySystem({ arrivals: all, service: mean, servers });
    const own = number - present;
    present = number;
    return own / arrivals - mean;
  });
}

/** By class: the load of those above it, and with itself. */
function loadsOf(classes: readonly PriorityClass[], servers = 1): (readonly [above: number, own: number])[] {
  let sum = 0;
  return classes.map(({ arrivals, mean }) => {
    const above = sum;
    sum += (arrivals * mean) / servers;
    return [above, sum];
  });
}

/** 0 where the class is not served to the end. */
function gap(load: number): number {
  return Math.max(0, 1 - load);
}
