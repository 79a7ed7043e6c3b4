/** Who holds what of resources and waits for what, invocation by invocation, with all that it invoked. Changes nothing. */
import {
  type ActivityRuntime,
  BEGAN,
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

export interface Holder {
  readonly run: number;
  /** Who waits for it, as its invocation was told. */
  readonly waiter: number;
  readonly holds: Map<number, number>;
  readonly waits: HolderWait[];
  /** Tokens whose work is done by something that is no activity. */
  readonly delegated: number[];
  /** Something in it may still go on by itself. */
  moves: boolean;
}

interface HolderWait {
  readonly activity: CompiledActivity;
  readonly node: number;
  /** Microseconds. */
  readonly since: number;
}

/** Tokens on their way, whatever they wait for. */
export function* tokensOf({ store, program }: ActivityRuntime): Generator<{
  token: number;
  run: number;
  activity: CompiledActivity;
  node: number;
  state: number;
}> {
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

/** Those that wait for nothing too: they give back what others wait for. */
export function holdersIn(runtime: ActivityRuntime): Iterable<Holder> {
  const { store } = runtime;
  const { words, times } = store;
  const found = new Map<number, Holder>();
  const of = (run: number): Holder => {
    const root = outermost(runtime, run);
    const known = found.get(root);
    if (known !== undefined) return known;
    const waiter = words[(root << WORD_SHIFT) + OTHER]!;
    const holder: Holder = { run: root, waiter, holds: new Map(), waits: [], delegated: [], moves: false };
    found.set(root, holder);
    return holder;
  };
  const add =
    (holder: Holder) =>
    (resource: number, amount: number): void => {
      holder.holds.set(resource, (holder.holds.get(resource) ?? 0) + amount);
    };
  const runs = new Set<number>();
  for (const { token, run, activity, node, state: now } of tokensOf(runtime)) {
    const holder = of(run);
    const at = token << WORD_SHIFT;
    runs.add(run);
    store.eachHeld(token, add(holder));
    if (words[at + HOLDS] === 1)
      for (const { resource, amount } of activity.claims[node]!.uses) add(holder)(resource, amount);
    if (now === state.waiting && times[(token << TIME_SHIFT) + DUE]! < 0)
      holder.waits.push({ activity, node, since: times[(token << TIME_SHIFT) + BEGAN]! });
    else if (now === state.elsewhere && words[at + OTHER] === NONE) holder.delegated.push(token);
    else if (now !== state.elsewhere && now !== state.inside && now !== state.joining) holder.moves = true;
  }
  for (const run of runs) store.eachHeld(run, add(of(run)));
  return found.values();
}

/** The invocation that began one that began one … that began it. */
export function outermost({ store: { words } }: ActivityRuntime, run: number): number {
  let at = run;
  for (let waiter = words[(at << WORD_SHIFT) + OTHER]!; waiter >= 0; waiter = words[(at << WORD_SHIFT) + OTHER]!) {
    at = words[(waiter << WORD_SHIFT) + RUN]!;
  }
  return at;
}
