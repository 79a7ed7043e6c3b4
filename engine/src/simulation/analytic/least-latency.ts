/**
 * How long an interaction lasts at least, whatever the load: nobody waits for cores or threads. Of a percentile: of every call
 * that is waited for, that long a share of all runs lasts on its account alone.
 */
import type { Component, Deployment, ElementId, Expression, Load, Model } from '../../model/index.ts';
import { quantileOf } from '../../numeric/index.ts';
import { Analysis } from './analysis.ts';
import { indexOf } from './model-index.ts';
import { costOf, meanTime } from './placements.ts';
import { Servers } from './servers.ts';

interface LeastLatency {
  /** Microseconds. */
  readonly time: number;
  /** The operation that alone takes so long; absent where it is the sum of all. */
  readonly operation?: ElementId;
}

/** `quantile` is a fraction, or undefined for the mean. */
export function leastLatency(
  model: Model,
  deployment: Deployment | undefined,
  load: Load,
  quantile: number | undefined,
): LeastLatency {
  const servers = new Servers(deployment, indexOf(model).components);
  const { demands, time } = new Analysis(model, servers).arrivalOf(load);
  if (quantile === undefined) return { time: time.low };
  const { messages, participants, providers } = indexOf(model);
  let longest: LeastLatency = { time: 0 };
  for (const { server: operation, kind, by, visits } of demands.values()) {
    const message = kind === 'call' && by !== undefined ? messages.get(by) : undefined;
    const component = providers.get(operation);
    if (message === undefined || component === undefined) continue;
    const required = participants.get(message.from)?.requires.find((each) => each.component === component.id)?.policy;
    const policy = { ...required, ...message.policy };
    const patience = Math.min(limitOf(policy.timeout), limitOf(policy.hedge));
    const own = ownTime(component, operation, servers, visits.low, quantile);
    const least = Math.min(own, patience);
    if (least > longest.time) longest = { time: least, operation };
  }
  return longest;
}

function limitOf(time: Expression | undefined): number {
  return time === undefined
    ? Number.POSITIVE_INFINITY
    : time.kind === 'literal' && typeof time.value === 'number'
      ? time.value
      : 0;
}

/** Exceeded by at least `1 - quantile` of all runs, where that share of them makes the call. */
function ownTime(
  component: Component,
  operation: ElementId,
  servers: Servers,
  chance: number,
  quantile: number,
): number {
  const hit = component.cache?.hit ?? 0;
  const hosts = servers.hostsOf(component).map(({ version }) => {
    const cost = costOf(component, operation, version);
    const made = chance * (1 - hit) * (1 - (cost.fails?.probability ?? 0));
    const within = 1 - (1 - quantile) / made;
    return within > 0 ? Math.max(quantileOfTime(cost.takes, within), quantileOfTime(cost.delays, within)) : 0;
  });
  return Math.min(...hosts);
}

function quantileOfTime(time: Expression | undefined, quantile: number): number {
  if (time?.kind !== 'draw') return meanTime(time) ?? 0;
  const value = quantileOf(time.distribution, quantile);
  return Number.isFinite(value) ? Math.max(0, value) : 0;
}
