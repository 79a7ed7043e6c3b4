/** The parts of a run that its changes touch, as the kernel hands them over. */
import type { Cost } from '../../behavior/interaction/index.ts';
import type { Deployment, Expression } from '../../model/index.ts';
import type { Activities } from '../activities/activities.ts';
import type { Balancers } from '../balancers.ts';
import type { Breakers } from '../breakers.ts';
import type { Calendar } from '../calendar.ts';
import type { CallPairs } from '../call-pairs.ts';
import type { CallPlaces } from '../call-places.ts';
import type { CallPolicies } from '../call-policies.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import type { Presence } from '../presence.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { Finding } from '../result.ts';
import type { Post } from '../signal-routes.ts';
import type { Struck } from './casualties.ts';

export interface Running extends Omit<Struck, 'program'> {
  readonly scenario: CompiledScenario;
  /** Of the message table; its traits change. */
  readonly records: Int32Array;
  readonly calendar: Calendar;
  readonly balancers: Balancers;
  readonly places: CallPlaces;
  readonly pairs: CallPairs;
  readonly policies: CallPolicies;
  readonly breakers: Breakers;
  readonly limits: RateLimits;
  readonly presence: Presence;
  /** Null where the scenario runs none: nobody uses a resource then. */
  readonly activities: Activities | null;
  /** A signal to an instance of whatever behaviour. */
  readonly post: Post;
  evaluate(cost: Cost, token: number): number;
  /** Who waits for a thread: how soon its turn comes where that expression says so. */
  rank(token: number, order: Expression): number;
  report(finding: Finding): void;
  /** Lets those go on who wait for threads that there are now. */
  admit(pool: number): void;
}

export function deploymentOf({ model, scenario }: CompiledScenario): Deployment | undefined {
  return model.deployments.find(({ id }) => id === scenario.deployment);
}
