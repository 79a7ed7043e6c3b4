/** M/M/c: random arrivals, exponential service, nobody is turned away. Exact. */
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
