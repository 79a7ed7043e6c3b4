export { analyse } from './analyse.ts';
export type { Bounds } from './bounds.ts';
export { leastLatency } from './least-latency.ts';
export { type Placement, placementsOf, replicasOf } from './placements.ts';
export { type ServedShare, servedShares } from './served-shares.ts';
export {
  type Form,
  type Reason,
  type Solution,
  type SolvedBehaviour,
  type SolvedStation,
  solvedPercentiles,
} from './solution.ts';
export { meanVisit, type Utilisation, utilisations } from './utilisation-law.ts';
