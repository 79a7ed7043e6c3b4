/**
 * Resources shared by all invocations: who holds how many, who waits, and who goes first. All of a claim or none of it is given,
 * never a part. Knows tokens and claims by number, and nothing of what they are for.
 *
 * The order: greater rank first, then who asked first. Nobody is overtaken by one behind him who asks for a resource that he lacks;
 * who lacks another resource only holds nobody up, and neither does who asks for more than there are at present. So nobody
 * starves in front of a single resource, and nothing stands idle because of a resource elsewhere.
 */
import {
  type ActivityStore,
  BEGAN,
  type CompiledClaim,
  type ResourceAmount,
  TIME_SHIFT,
} from '../../behavior/index.ts';
import type { Tallies } from '../tallies.ts';
import { WaitingLine } from './waiting-line.ts';

/** What was counted of resources since the mark, by their index in the model. */
export interface ResourceFigures {
  /** Mean numbers held, and present: who still works past his shift is present. */
  readonly busy: readonly number[];
  readonly present: readonly number[];
  /** Share of the time in which nobody who came could have been served at once. */
  readonly saturated: readonly number[];
  /** The most claims that waited at a time. */
  readonly longest: readonly number[];
  /** Claims that wait now less those that waited then. */
  readonly growth: readonly number[];
}

export const noResources: ResourceFigures = { busy: [], present: [], saturated: [], longest: [], growth: [] };

export class Resources {
  /** What there is; the number held may be above it for a while after it has shrunk. */
  readonly capacity: Float64Array;
  readonly held: Float64Array;
  readonly waiting: Float64Array;
  /** Tells who waited that he is served. */
  readonly #granted: (token: number) => void;
  readonly #clock: Float64Array;
  /** Told who waits for each resource, served in the end or not. */
  readonly #tallies: Tallies;
  readonly #firstTally: number;
  readonly #claims: readonly CompiledClaim[];
  readonly #lines: readonly WaitingLine[];
  /** Claims that share resources, directly or through others, by claim; and how many of them wait. */
  readonly #group: Int32Array;
  readonly #groups: readonly (readonly number[])[];
  readonly #groupOfResource: Int32Array;
  readonly #waitingIn: Int32Array;
  /** Stamps of the round in which a claim was passed over or a resource found lacking. */
  readonly #passed: Int32Array;
  readonly #lacking: Int32Array;
  #round = 0;
  #asking = -1;
  #order = 0;
  readonly #areas: Float64Array;
  readonly #areasAtMark: Float64Array;
  readonly #since: Float64Array;
  readonly #longest: Float64Array;
  readonly #waitingAtMark: Float64Array;
  #from = 0;

  constructor(parts: {
    readonly count: number;
    readonly claims: readonly CompiledClaim[];
    readonly clock: Float64Array;
    readonly store: ActivityStore;
    readonly tallies: Tallies;
    readonly firstTally: number;
    readonly granted: (token: number) => void;
  }) {
    const { count, claims, store } = parts;
    this.#clock = parts.clock;
    this.#tallies = parts.tallies;
    this.#firstTally = parts.firstTally;
    this.#granted = parts.granted;
    this.#claims = claims;
    this.#lines = claims.map(() => new WaitingLine(store));
    this.capacity = new Float64Array(count);
    this.held = new Float64Array(count);
    this.waiting = new Float64Array(count);
    this.#groupOfResource = groupsOf(count, claims);
    this.#group = Int32Array.from(claims, ({ uses }) => this.#groupOfResource[uses[0]?.resource ?? 0] ?? 0);
    this.#groups = Array.from({ length: count }, (_, group) =>
      [...claims.keys()].filter((claim) => this.#group[claim] === group),
    );
    this.#waitingIn = new Int32Array(count);
    this.#passed = new Int32Array(claims.length);
    this.#lacking = new Int32Array(count);
    this.#areas = new Float64Array(count * AREAS);
    this.#areasAtMark = new Float64Array(count * AREAS);
    this.#since = new Float64Array(count);
    this.#longest = new Float64Array(count);
    this.#waitingAtMark = new Float64Array(count);
  }

  /** A run begins: everything is free. */
  clear(capacity: readonly number[]): void {
    this.capacity.set(capacity);
    for (const sums of [this.held, this.waiting, this.#areas, this.#areasAtMark, this.#since]) sums.fill(0);
    for (const line of this.#lines) line.clear();
    for (const sums of [this.#waitingIn, this.#passed, this.#lacking]) sums.fill(0);
    this.#longest.fill(0);
    this.#waitingAtMark.fill(0);
    this.#round = 0;
    this.#order = 0;
    this.#from = 0;
  }

  /** The warm-up ends. */
  mark(now: number): void {
    for (let resource = 0; resource < this.held.length; resource++) this.#touch(resource);
    this.#areasAtMark.set(this.#areas);
    this.#waitingAtMark.set(this.waiting);
    this.#longest.set(this.waiting);
    this.#from = now;
  }

  /** Gives all of the claim at once, or lets the token wait until `granted` is called. */
  ask(token: number, claim: CompiledClaim, rank: number): boolean {
    const group = this.#group[claim.index]!;
    if (this.#waitingIn[group] === 0 && this.#fits(claim.uses)) {
      this.#take(claim.uses);
      for (const { resource } of claim.uses) this.#tallies.instant(this.#firstTally + resource);
      return true;
    }
    for (const { resource } of claim.uses) {
      this.#tallies.begin(this.#firstTally + resource);
      const waiting = ++this.waiting[resource]!;
      if (waiting > this.#longest[resource]!) this.#longest[resource] = waiting;
    }
    this.#waitingIn[group]!++;
    this.#lines[claim.index]!.add(token, rank, ++this.#order);
    this.#asking = token;
    this.#serve(group);
    const isServed = this.#asking !== token;
    this.#asking = -1;
    return isServed;
  }

  /** The token waits no longer; those behind it may go on. */
  withdraw(token: number, claim: CompiledClaim): void {
    this.#lines[claim.index]!.remove(token);
    this.#leaveLine(token, claim);
    this.#serve(this.#group[claim.index]!);
  }

  giveBack(uses: readonly ResourceAmount[]): void {
    for (const { resource, amount } of uses) {
      this.#touch(resource);
      this.held[resource]! -= amount;
    }
    const first = uses[0];
    if (first !== undefined) this.#serve(this.#groupOfResource[first.resource]!);
  }

  giveBackOne(resource: number, amount: number): void {
    this.#touch(resource);
    this.held[resource]! -= amount;
    this.#serve(this.#groupOfResource[resource]!);
  }

  /** From now on there are so many; what is held above that is given back in its own time. */
  setCapacity(resource: number, count: number): void {
    this.#touch(resource);
    this.capacity[resource] = count;
    this.#serve(this.#groupOfResource[resource]!);
  }

  /** What happened since the mark. */
  figures(now: number): ResourceFigures {
    const time = now - this.#from;
    const means = (area: number): number[] =>
      Array.from(this.held, (_, resource) => {
        this.#touch(resource, now);
        const at = resource * AREAS + area;
        return Math.max(0, this.#areas[at]! - this.#areasAtMark[at]!) / time;
      });
    return {
      busy: means(BUSY),
      present: means(PRESENT),
      saturated: means(SATURATED),
      longest: [...this.#longest],
      growth: Array.from(this.waiting, (waiting, resource) => waiting - this.#waitingAtMark[resource]!),
    };
  }

  #fits(uses: readonly ResourceAmount[]): boolean {
    for (const { resource, amount } of uses) {
      if (this.capacity[resource]! - this.held[resource]! < amount) return false;
    }
    return true;
  }

  #take(uses: readonly ResourceAmount[]): void {
    for (const { resource, amount } of uses) {
      this.#touch(resource);
      this.held[resource]! += amount;
    }
  }

  /** Gives to those who wait in a group of claims what can be given. */
  #serve(group: number): void {
    if (this.#waitingIn[group] === 0) return;
    const claims = this.#groups[group]!;
    const round = ++this.#round;
    for (;;) {
      let best = -1;
      for (const claim of claims) {
        const line = this.#lines[claim]!;
        if (line.size === 0 || this.#passed[claim] === round) continue;
        if (best < 0 || line.isBefore(this.#lines[best]!)) best = claim;
      }
      if (best < 0) return;
      const claim = this.#claims[best]!;
      if (this.#isOpen(claim.uses, round)) {
        const token = this.#lines[best]!.shift();
        this.#leaveLine(token, claim);
        this.#take(claim.uses);
        if (token === this.#asking) this.#asking = -1;
        else this.#granted(token);
        if (this.#waitingIn[group] === 0) return;
      } else this.#passed[best] = round;
    }
  }

  /** Whether all is there and nobody further in front lacks any of it; else notes what this one lacks. */
  #isOpen(uses: readonly ResourceAmount[], round: number): boolean {
    let isOpen = true;
    for (const { resource, amount } of uses) {
      const capacity = this.capacity[resource]!;
      const isShort = capacity - this.held[resource]! < amount;
      if (isShort || this.#lacking[resource] === round) isOpen = false;
    }
    if (isOpen) return true;
    for (const { resource, amount } of uses) {
      const capacity = this.capacity[resource]!;
      if (capacity - this.held[resource]! < amount && amount <= capacity) this.#lacking[resource] = round;
    }
    return false;
  }

  #leaveLine(token: number, claim: CompiledClaim): void {
    const asked = (token << TIME_SHIFT) + BEGAN;
    for (const { resource } of claim.uses) {
      this.#tallies.end(this.#firstTally + resource, asked, false);
      this.waiting[resource]!--;
    }
    this.#waitingIn[this.#group[claim.index]!]!--;
  }

  /** Brings the areas up to now, before something changes. */
  #touch(resource: number, now = this.#clock[0]!): void {
    const time = now - this.#since[resource]!;
    if (time === 0) return;
    this.#since[resource] = now;
    const at = resource * AREAS;
    const held = this.held[resource]!;
    const capacity = this.capacity[resource]!;
    this.#areas[at + BUSY]! += held * time;
    this.#areas[at + PRESENT]! += Math.max(held, capacity) * time;
    if (held >= capacity) this.#areas[at + SATURATED]! += time;
  }
}

/** Sums over time of one resource. */
const AREAS = 3;
const BUSY = 0;
const PRESENT = 1;
const SATURATED = 2;

/** By resource: the least resource that it is asked for together with, directly or through others. */
function groupsOf(count: number, claims: readonly CompiledClaim[]): Int32Array {
  const group = Int32Array.from({ length: count }, (_, resource) => resource);
  let hasChanged = true;
  while (hasChanged) {
    hasChanged = false;
    for (const { uses } of claims) {
      const least = Math.min(...uses.map(({ resource }) => group[resource]!));
      for (const { resource } of uses) {
        if (group[resource] === least) continue;
        group[resource] = least;
        hasChanged = true;
      }
    }
  }
  return group;
}
