/**
 * Numbers of call policies that are set while a run goes on: of which messages, and what has to be told to those who keep places and
 * outcomes. What a message says itself stays as it is written. Knows nothing of how long a setting lasts.
 */
import type { Cost, Policy } from '../../behavior/interaction/index.ts';
import type {
  CallPolicy,
  Distribution,
  ElementId,
  PolicyParameterName,
  Requirement,
  Value,
} from '../../model/index.ts';
import { BlockSampler, durationFiller, isDistribution, randomStream } from '../../numeric/index.ts';
import type { PolicySources } from '../sources.ts';
import type { ReplicaSets } from './replica-sets.ts';
import type { Running } from './running.ts';

interface SetTime {
  readonly cost: Cost;
  readonly sampler: BlockSampler;
}

type TimeName = 'timeout' | 'backoff' | 'hedge';

/** What is set of one requirement. */
type Settings = { [Name in Exclude<PolicyParameterName, TimeName>]?: number } & { [Name in TimeName]?: SetTime };

/** The word of the policy that each number belongs to: where a message has it, the message's counts. */
const policyWords = {
  timeout: 'timeout',
  retry: 'retries',
  backoff: 'backoff',
  budget: 'budget',
  breaker: 'breaker',
  'breaker.calls': 'breaker',
  'breaker.open': 'breaker',
  bulkhead: 'bulkhead',
  'bulkhead.queue': 'bulkhead',
  hedge: 'hedge',
} as const satisfies Readonly<Record<PolicyParameterName, keyof CallPolicy>>;

export class PolicySettings {
  readonly #run: Running;
  readonly #sets: ReplicaSets;
  /** By requirement. */
  readonly #settings = new Map<ElementId, Settings>();
  #replication = 0;

  constructor(run: Running, sets: ReplicaSets) {
    this.#run = run;
    this.#sets = sets;
  }

  begin(replication: number): void {
    this.#replication = replication;
    this.#settings.clear();
  }

  /** Undefined: as the model says. */
  set(requirement: ElementId, name: PolicyParameterName, value: Value | Distribution | undefined): void {
    const caller = this.#run.scenario.model.components.find(({ requires }) =>
      requires.some(({ id }) => id === requirement),
    );
    const required = caller?.requires.find(({ id }) => id === requirement);
    if (caller === undefined || required === undefined) return;
    const settings = this.#settings.get(requirement) ?? {};
    this.#settings.set(requirement, settings);
    if (name === 'timeout' || name === 'backoff' || name === 'hedge') {
      if (value === undefined) delete settings[name];
      else settings[name] = this.#timeOf(`${requirement}/${name}/set`, value);
    } else if (value === undefined) delete settings[name];
    else settings[name] = Number(value);
    for (const { index, caller: from, component, policy, compiled } of this.#run.scenario.program.messages) {
      if (policy === null || from !== caller.id || component !== required.component) continue;
      const own: Settings = Object.fromEntries(
        Object.entries(settings).filter(
          ([key]) => compiled.policy?.[policyWords[key as PolicyParameterName]] === undefined,
        ),
      );
      this.#run.policies.change(
        index,
        (declared) => policyWith(declared, own),
        (declared) => sourcesWith(declared, own),
      );
    }
    if (name === 'bulkhead') this.#tell(caller.id, required, 'bulkhead');
    if (name === 'breaker.calls') this.#tell(caller.id, required, 'breaker');
  }

  #timeOf(source: string, value: Value | Distribution): SetTime {
    const law: Distribution = isDistribution(value) ? value : { kind: 'constant', value: Number(value) };
    const fill = durationFiller(law);
    const sampler = new BlockSampler(fill, randomStream(this.#run.scenario.seed, source, this.#replication));
    return { cost: { kind: 'law', fill, source }, sampler };
  }

  /** Whoever waits for a place that there is now has it; breakers look at as many of the last calls as they shall. */
  #tell(caller: ElementId, { component }: Requirement, word: 'bulkhead' | 'breaker'): void {
    const { places, pairs, policies, breakers, ready, scenario } = this.#run;
    const message = scenario.program.messages.find(
      (one) =>
        one.caller === caller &&
        one.component === component &&
        one.policy !== null &&
        one.compiled.policy?.[word] === undefined,
    );
    if (message === undefined) return;
    const replicas = this.#sets.all(caller);
    for (const replica of replicas.length > 0 ? replicas : [-1]) {
      const pair = pairs.of(replica, message.index);
      const rule = policies.rule(message.index, replica < 0 ? 0 : this.#sets.version(replica));
      if (word === 'bulkhead') places.admitToBulkhead(pair, ready);
      else if (rule.breaker !== null) breakers.resize(pair, rule.breaker.calls);
    }
  }
}

function policyWith(declared: Policy, set: Settings): Policy {
  const { backoff, breaker, bulkhead } = declared;
  return {
    ...declared,
    timeout: declared.timeout && (set.timeout?.cost ?? declared.timeout),
    hedge: declared.hedge && (set.hedge?.cost ?? declared.hedge),
    retries: set.retry ?? declared.retries,
    backoff: backoff && { ...backoff, first: set.backoff?.cost ?? backoff.first },
    budget: declared.budget === null ? null : (set.budget ?? declared.budget),
    breaker: breaker && {
      failures: set.breaker ?? breaker.failures,
      calls: set['breaker.calls'] ?? breaker.calls,
      open: set['breaker.open'] ?? breaker.open,
    },
    bulkhead: bulkhead && {
      calls: set.bulkhead ?? bulkhead.calls,
      queue: set['bulkhead.queue'] ?? bulkhead.queue,
    },
  };
}

function sourcesWith(declared: PolicySources, set: Settings): PolicySources {
  return {
    timeout: set.timeout?.sampler ?? declared.timeout,
    backoff: set.backoff?.sampler ?? declared.backoff,
    hedge: set.hedge?.sampler ?? declared.hedge,
  };
}
