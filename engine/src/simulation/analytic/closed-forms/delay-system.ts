/** M/M/c: random arrivals, exponential service, nobody is turned away. Exact. */
import { bisect } from '../../../numeric/bisect.ts';
import { exp } from '../../../numeric/index.ts';
import { erlangC } from './erlang.ts';
import { figuresOfWait, type QueueFigures } from './queue-figures.ts';

export interface DelaySystem {
  /** Per unit of time. */
  readonly arrivals: number;
  /** Mean. */
  readonly service: number;
  readonly servers: number;
}

/** Source: L. Kleinrock, Queueing Systems I, 1975, section 3.5: Wq = C / (c mu - lambda). */
export function delaySystem({ arrivals, service, servers }: DelaySystem): QueueFigures {
  const waits = erlangC(servers, arrivals * service);
  const spare = servers / service - arrivals;
  return figuresOfWait(arrivals, service, servers, waits / spare, waits);
}

/** First come, first served: the wait, if any, which is longer than t with the chance C exp(-(c mu - lambda) t), and the service after it are independent. */
export function responseQuantile(system: DelaySystem, p: number): number {
  const { arrivals, service, servers } = system;
  const waits = erlangC(servers, arrivals * service);
  const rate = 1 / service;
  const spare = servers * rate - arrivals;
  if (!(spare > 0)) return Number.POSITIVE_INFINITY;
  const beyond = (t: number): number => {
    const served = exp(-rate * t);
    // Nearly equal rates: the sum of the two is an Erlang law.
    const isEqual = Math.abs(spare - rate) < 1e-9 * rate;
    const both = isEqual ? served * (1 + rate * t) : (spare * served - rate * exp(-spare * t)) / (spare - rate);
    return (1 - waits) * served + waits * both;
  };
  let most = service;
  while (beyond(most) > 1 - p) most *= 2;
  return bisect(0, most, (t) => beyond(t) > 1 - p);
}
