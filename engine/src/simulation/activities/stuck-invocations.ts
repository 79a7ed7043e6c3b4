/**
 * What waits when a run is over and would have waited for ever: for a signal that nobody ever sent, for more of a resource than
 * there ever is, or for one another. Looks once, at the end, and changes nothing.
 */
import {
  type ActivityRuntime,
  type CompiledActivity,
  DUE,
  HOLDS,
  NODE,
  NONE,
  OTHER,
  RUN,
  STATE,
  state,
  TIME_SHIFT,
  WORD_SHIFT,
} from '../../behavior/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Finding } from '../result.ts';

export interface StuckParts {
  readonly runtime: ActivityRuntime;
  readonly resources: readonly Resource[];
  /** The most of each that there can be while the run goes on. */
  readonly most: readonly number[];
  readonly held: Float64Array;
  /** Whether an event was ever taken at a node. */
  wasTaken(activity: CompiledActivity, node: number): boolean;
}

/** What one invocation, with all that it invoked, holds and waits for. */
interface Holder {
  readonly run: number;
  readonly holds: Map<number, number>;
  readonly waits: { readonly activity: CompiledActivity; readonly node: number }[];
  /** Something in it may still go on by itself. */
  moves: boolean;
}

export function stuckInvocations(parts: StuckParts): readonly Finding[] {
  return [...unanswered(parts), ...neverEnough(parts), ...deadlocked(parts)];
}

function* tokens({
  runtime,
}: StuckParts): Generator<{ token: number; run: number; activity: CompiledActivity; node: number; state: number }> {
  const { store, program } = runtime;
  const { words } = store;
  for (let token = 0; token < store.used; token++) {
    const at = token << WORD_SHIFT;
    const now = words[at + STATE]!;
    if (now === state.free || now === state.invocation) continue;
    const run = words[at + RUN]!;
    const activity = program.activities[words[(run << WORD_SHIFT) + NODE]!]!;
    yield { token, run, activity, node: words[at + NODE]!, state: now };
  }
}

function unanswered(parts: StuckParts): Finding[] {
  const waiting = new Map<string, Finding>();
  for (const { activity, node, state: now } of tokens(parts)) {
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
  for (const { activity, node, state: now } of tokens(parts)) {
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
  const left = new Set(holders(parts));
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const holder of left) {
      const isServed = ({ activity, node }: Holder['waits'][number]): boolean =>
        activity.claims[node]!.uses.every(({ resource, amount }) => amount <= free[resource]!);
      if (!holder.moves && !holder.waits.every(isServed)) continue;
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

function holders(parts: StuckParts): Iterable<Holder> {
  const { store } = parts.runtime;
  const { words, times } = store;
  const found = new Map<number, Holder>();
  const outermost = (run: number): number => {
    let at = run;
    for (let waiter = words[(at << WORD_SHIFT) + OTHER]!; waiter >= 0; waiter = words[(at << WORD_SHIFT) + OTHER]!) {
      at = words[(waiter << WORD_SHIFT) + RUN]!;
    }
    return at;
  };
  const of = (run: number): Holder => {
    const root = outermost(run);
    const known = found.get(root);
    if (known !== undefined) return known;
    const holder: Holder = { run: root, holds: new Map(), waits: [], moves: false };
    found.set(root, holder);
    return holder;
  };
  const add =
    (holder: Holder) =>
    (resource: number, amount: number): void => {
      holder.holds.set(resource, (holder.holds.get(resource) ?? 0) + amount);
    };
  const runs = new Set<number>();
  for (const { token, run, activity, node, state: now } of tokens(parts)) {
    const holder = of(run);
    const at = token << WORD_SHIFT;
    runs.add(run);
    store.eachHeld(token, add(holder));
    if (words[at + HOLDS] === 1)
      for (const { resource, amount } of activity.claims[node]!.uses) add(holder)(resource, amount);
    if (now === state.waiting && times[(token << TIME_SHIFT) + DUE]! < 0) holder.waits.push({ activity, node });
    else if (now === state.elsewhere) holder.moves ||= words[at + OTHER] === NONE;
    else if (now !== state.inside && now !== state.joining) holder.moves = true;
  }
  for (const run of runs) store.eachHeld(run, add(of(run)));
  // Those that wait for nothing too: they give back what others wait for.
  return found.values();
}

function last(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}
