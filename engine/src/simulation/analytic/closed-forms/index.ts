export { asymptoticBounds, type ClosedBounds } from './asymptotic-bounds.ts';
export type { ClosedFigures, ClosedStation } from './closed-network.ts';
export { type DelaySystem, delaySystem, responseQuantile, waitQuantile } from './delay-system.ts';
export { erlangB, erlangC } from './erlang.ts';
export { type ForkJoin, forkJoin } from './fork-join.ts';
export {
  allenCunneen,
  sharedServers,
  shorterOfTwo,
  shortestOf,
  singleServer,
  waitVariance,
} from './general-service.ts';
export { jackson, type OpenNetwork } from './jackson.ts';
export { impatientQueue, limitedQueue } from './limited-queue.ts';
export { meanValueAnalysis } from './mean-value-analysis.ts';
export {
  type PriorityClass,
  preemptiveServers,
  preemptiveWaits,
  priorityWaits,
  serversWithPriority,
} from './priorities.ts';
export { figuresOfWait, type QueueFigures } from './queue-figures.ts';
export {
  type ClassFigures,
  type ClosedClass,
  exactClasses,
  MOST_POPULATIONS,
  populationsOf,
  schweitzer,
} from './several-classes.ts';
