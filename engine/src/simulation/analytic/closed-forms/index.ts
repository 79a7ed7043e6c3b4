export { asymptoticBounds, type ClosedBounds } from './asymptotic-bounds.ts';
export { delaySystem, responseQuantile } from './delay-system.ts';
export { erlangB, erlangC } from './erlang.ts';
export { forkJoin } from './fork-join.ts';
export {
  allenCunneen,
  sharedServers,
  shorterOfTwo,
  shortestOf,
  singleServer,
} from './general-service.ts';
export { jackson } from './jackson.ts';
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
  exactClasses,
  MOST_POPULATIONS,
  populationsOf,
  schweitzer,
} from './several-classes.ts';
