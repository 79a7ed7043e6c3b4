/**
 * The instances of one machine that a twin follows, by key: a bounded number of live ones, and of the ended ones only
 * where they ended. Knows nothing of how events are observed.
 */
import { type CompiledMachine, createRecogniser, type MachineRecogniser, type Recognition } from '../behavior/index.ts';
import type { Known } from '../expressions/index.ts';
import type { ElementId } from '../model/index.ts';
import type { EpochMicroseconds } from '../observation/index.ts';

/** How far clocks of different hosts may be apart before a timer counts as late, microseconds. */
const SKEW = 100_000;
const ENDED = 20_000;
/** Live instances whose unseen timers are followed at each tick. */
const REFRESHED = 1_000;

interface Followed {
  /** Undefined where the instance was already under way when it was first seen: its state is not known. */
  readonly recogniser: MachineRecogniser | undefined;
  newest: EpochMicroseconds;
  /** States that it is in for sure. */
  states: readonly ElementId[];
}

export type Outcome =
  | { readonly kind: 'accepted'; readonly transitions: readonly ElementId[] }
  /** In one of these innermost states no transition takes it. */
  | { readonly kind: 'illegal'; readonly states: readonly ElementId[]; readonly ended: boolean }
  /** The instance's past is not known well enough. */
  | { readonly kind: 'undecided' };

export class FollowedInstances {
  readonly #compiled: CompiledMachine;
  readonly #limit: number;
  readonly #finals: ReadonlySet<ElementId>;
  readonly #live = new Map<string, Followed>();
  readonly #ended = new Map<string, readonly ElementId[]>();
  readonly #now = new Map<ElementId, number>();
  readonly #entered = new Map<ElementId, number>();
  #refreshing: Iterator<[string, Followed]> | undefined;
  /** Ever seen. */
  total = 0;

  constructor(compiled: CompiledMachine, limit: number) {
    this.#compiled = compiled;
    this.#limit = limit;
    this.#finals = new Set(
      compiled.machine.regions.flatMap((region) =>
        region.vertices.flatMap((vertex) => (vertex.kind === 'final' ? [vertex.id] : [])),
      ),
    );
  }

  get live(): number {
    return this.#live.size;
  }

  /** How many live instances are in each state for sure. */
  get states(): ReadonlyMap<ElementId, number> {
    return this.#now;
  }

  /** How often each state was seen to be entered. */
  get entered(): ReadonlyMap<ElementId, number> {
    return this.#entered;
  }

  /** `create` gives the parameters where the instance is new. */
  event(
    key: string,
    signal: ElementId,
    values: readonly Known[],
    time: EpochMicroseconds,
    create: () => readonly Known[],
  ): Outcome {
    const endedIn = this.#ended.get(key);
    if (endedIn !== undefined) return { kind: 'illegal', states: endedIn, ended: true };
    const followed = this.#live.get(key);
    if (followed === undefined) return this.#first(key, signal, values, time, create());
    this.#touch(key, followed);
    if (followed.recogniser === undefined) return { kind: 'undecided' };
    if (time < followed.newest) {
      // It came after events that happened later: nothing can be said of this instance any more.
      this.#replace(key, followed, { recogniser: undefined, newest: followed.newest, states: [] });
      return { kind: 'undecided' };
    }
    followed.newest = time;
    const recognition = followed.recogniser.observe(signal, values, time);
    this.#refresh(key, followed, time);
    return outcomeOf(recognition);
  }

  /** Timers may have fired unseen: follows some of the live instances, all of them in turn. */
  advance(now: EpochMicroseconds): void {
    if (!Number.isFinite(now)) return;
    for (let count = 0; count < REFRESHED; count++) {
      this.#refreshing ??= this.#live.entries();
      const next = this.#refreshing.next();
      if (next.done === true) {
        this.#refreshing = undefined;
        return;
      }
      const [key, followed] = next.value;
      if (followed.recogniser !== undefined && now > followed.newest) this.#refresh(key, followed, now);
    }
  }

  #first(
    key: string,
    signal: ElementId,
    values: readonly Known[],
    time: EpochMicroseconds,
    parameters: readonly Known[],
  ): Outcome {
    const recogniser = createRecogniser(this.#compiled, parameters, time, { tolerance: SKEW });
    const recognition = recogniser.observe(signal, values, time);
    // What it does not take as its first event was not its first: it began before it could be seen.
    const known = recognition.verdict === 'accepted';
    const followed: Followed = { recogniser: known ? recogniser : undefined, newest: time, states: [] };
    this.total++;
    this.#live.set(key, followed);
    if (this.#live.size > this.#limit) this.#forgetOldest();
    if (!known) return { kind: 'undecided' };
    this.#refresh(key, followed, time);
    return outcomeOf(recognition);
  }

  #refresh(key: string, followed: Followed, time: EpochMicroseconds): void {
    const { recogniser } = followed;
    if (recogniser === undefined) return;
    const states = recogniser.certainStates(time);
    for (const state of states) {
      if (!followed.states.includes(state)) this.#entered.set(state, (this.#entered.get(state) ?? 0) + 1);
    }
    this.#countStates(followed.states, -1);
    followed.states = states;
    const possible = recogniser.possibleStates(time);
    if (recogniser.ended || (possible.length > 0 && possible.every((state) => this.#finals.has(state)))) {
      this.#live.delete(key);
      this.#ended.set(key, possible);
      if (this.#ended.size > ENDED) this.#ended.delete(this.#ended.keys().next().value ?? '');
    } else this.#countStates(states, 1);
  }

  #replace(key: string, before: Followed, after: Followed): void {
    this.#countStates(before.states, -1);
    this.#live.set(key, after);
  }

  /** The one without events for the longest time goes first. */
  #touch(key: string, followed: Followed): void {
    this.#live.delete(key);
    this.#live.set(key, followed);
  }

  #forgetOldest(): void {
    for (const [key, followed] of this.#live) {
      this.#live.delete(key);
      this.#countStates(followed.states, -1);
      return;
    }
  }

  #countStates(states: readonly ElementId[], by: 1 | -1): void {
    for (const state of states) this.#now.set(state, (this.#now.get(state) ?? 0) + by);
  }
}

function outcomeOf(recognition: Recognition): Outcome {
  switch (recognition.verdict) {
    case 'accepted':
      return { kind: 'accepted', transitions: recognition.transitions };
    case 'rejected':
      return { kind: 'illegal', states: recognition.states, ended: false };
    case 'undecided':
      return { kind: 'undecided' };
  }
}
