/**
 * What waits when a run is over and would have waited for ever: for a signal that nobody ever sent, for more of a resource than
 * there ever is, or for one another. Looks once, at the end, and changes nothing.
 */
import { type ActivityRuntime, type CompiledActivity, state } from '../../behavior/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Finding } from '../result.ts';
import { type Holder, holdersIn, tokensOf } from './holders.ts';

interface StuckParts {
  readonly runtime: ActivityRuntime;
  readonly resources: readonly Resource[];
  /** The most of each that there can be while the run goes on. */
  readonly most: readonly number[];
  readonly held: Float64Array;
  /** Whether an event was ever taken at a node. */
  wasTaken(activity: CompiledActivity, node: number): boolean;
}

export function stuckInvocations(parts: StuckParts): readonly Finding[] {
  return [...unanswered(parts), ...neverEnough(parts), ...deadlocked(parts)];
}

function unanswered(parts: StuckParts): Finding[] {
  const waiting = new Map<string, Finding>();
  for (const { activity, node, state: now } of tokensOf(parts.runtime)) {
    const accept = activity.nodes[node]!;
    if (now !== state.accepting || accept.kind !== 'accept' || accept.event.kind !== 'signal') continue;
    if (waiting.has(accept.id) || parts.wasTaken(activity, node)) continue;
    const { name } = activity.activity;
    const signals = accept.event.signals.map(last).join(' or ');
    const message = `Whoever comes to \`${accept.name}\` waits for ever: no ${signals} was ever sent to ${name} there. Send one to \`${name}\`, or lead around it.`;
    waiting.set(accept.id, { code: 'never-answered', severity: 'warning', element: accept.id, message });
  }
  return [...waiting.values()];
}

function neverEnough(parts: StuckParts): Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const { activity, node, state: now } of tokensOf(parts.runtime)) {
    if (now !== state.waiting) continue;
    const { element, uses, patience } = activity.claims[node]!;
    // Who loses patience leaves.
    if (patience !== null) continue;
    const short = uses.find(({ resource, amount }) => amount > parts.most[resource]!);
    if (short === undefined || seen.has(element)) continue;
    seen.add(element);
    const { name } = parts.resources[short.resource]!;
    const message = `\`${last(element)}\` asks for ${short.amount} of ${name}, of which there are never more than ${parts.most[short.resource]}: who comes there waits for ever.`;
    findings.push({ code: 'never-enough', severity: 'error', element, message });
  }
  return findings;
}

/** Lets go on whoever can with what is free, and frees what he holds; who is left then waits for one another (Coffman, 1971). */
function deadlocked(parts: StuckParts): Finding[] {
  const free = parts.most.map((most, resource) => most - parts.held[resource]!);
  const left = new Set(holdersIn(parts.runtime));
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const holder of left) {
      const isServed = ({ activity, node }: Holder['waits'][number]): boolean =>
        activity.claims[node]!.uses.every(({ resource, amount }) => amount <= free[resource]!);
      if (!holder.moves && holder.delegated.length === 0 && !holder.waits.every(isServed)) continue;
      for (const [resource, amount] of holder.holds) free[resource]! += amount;
      left.delete(holder);
    }
  }
  const stuck = [...left].filter(({ holds }) => holds.size > 0);
  if (stuck.length === 0) return [];
  const ways = new Set<string>();
  for (const { holds, waits } of stuck) {
    const held = [...holds.keys()].map((resource) => parts.resources[resource]!.name).join(' and ');
    for (const { activity, node } of waits) {
      const wanted = activity.claims[node]!.uses.map(({ resource }) => parts.resources[resource]!.name).join(' and ');
      ways.add(`who holds ${held} waits for ${wanted} at \`${activity.nodes[node]!.name}\``);
    }
  }
  const activity = stuck[0]!.waits[0]!.activity;
  const shown = [...ways].sort().slice(0, MOST_WAYS).join(', and ');
  const message = `Invocations wait for one another for ever: ${shown}. Ask for all of it at once, or always in the same order.`;
  return [{ code: 'deadlock', severity: 'error', element: activity.id, message }];
}

const MOST_WAYS = 4;

function last(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}
