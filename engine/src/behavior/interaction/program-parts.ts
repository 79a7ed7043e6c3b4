/** What the interactions of one program share while it is written: its tables, and what the model says of all of them. */
import type { Behaviour } from '../../expressions/index.ts';
import type { Deployment, ElementId, Expression, Model, Topic } from '../../model/index.ts';
import type { CostVariants } from './cost-variants.ts';
import { queuePrioritiesIn, withLimit } from './declared-capacities.ts';
import type { Choice, Condition, Loop, ProgramMessage, Site } from './program.ts';

export interface ProgramParts {
  readonly code: number[];
  readonly messages: ProgramMessage[];
  readonly choices: Choice[];
  readonly loops: Loop[];
  readonly conditions: Condition[];
  readonly behaviours: Behaviour[];
  readonly sources: string[];
  readonly sites: Site[];
  readonly criticals: { readonly excludes: number[] }[];
  readonly topics: Topic[];
  /** Components whose replicas may have threads. */
  readonly threaded: ReadonlySet<ElementId>;
  /** Components whose replicas may have only so many connections. */
  readonly connected: ReadonlySet<ElementId>;
  readonly balances: Deployment['balances'];
  /** By component: what its queues go by, its own and those of where it is deployed. */
  readonly queuePriorities: ReadonlyMap<ElementId, readonly Expression[]>;
  readonly variants: CostVariants;
}

export function programParts(model: Model, deployment: Deployment | undefined, variants: CostVariants): ProgramParts {
  return {
    code: [],
    messages: [],
    choices: [],
    loops: [],
    conditions: [],
    behaviours: [],
    sources: [],
    sites: [],
    criticals: [],
    topics: [],
    threaded: new Set([...withLimit(model, 'threads'), ...variants.threaded]),
    connected: new Set([...withLimit(model, 'connections'), ...variants.connected]),
    queuePriorities: queuePrioritiesIn(model, variants),
    balances: deployment?.balances ?? [],
    variants,
  };
}
