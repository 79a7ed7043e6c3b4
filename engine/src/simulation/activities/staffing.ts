/**
 * How many of each resource are there: what the text and its shifts say, what was set in its place, and how many are away. Knows
 * nothing of who is at work.
 */
import type { Resource, Scenario } from '../../model/index.ts';
import { type WallClock, wallClock } from '../wall-clock.ts';
import { countAt, nextChange } from './shifts.ts';

export class Staffing {
  readonly #resources: readonly Resource[];
  /** By resource. */
  readonly #clocks: readonly WallClock[];
  /** By resource: how many there are in place of what the text says, and how many of them are not there. */
  readonly #counts: (number | null)[];
  readonly #away: Float64Array;

  constructor(resources: readonly Resource[], scenario: Scenario) {
    this.#resources = resources;
    this.#clocks = resources.map(({ timezone }) => wallClock(scenario, timezone));
    this.#counts = resources.map(() => null);
    this.#away = new Float64Array(resources.length);
  }

  clear(): void {
    this.#counts.fill(null);
    this.#away.fill(0);
  }

  /** From now on there are so many where no shift has fewer; null: as many as the text says. */
  setCount(resource: number, count: number | null): void {
    this.#counts[resource] = count;
  }

  /** So many more are not there, whatever shift it is; a negative number brings them back. */
  takeAway(resource: number, count: number): void {
    this.#away[resource]! += count;
  }

  present(resource: number, now: number): number {
    const known = this.#resources[resource]!;
    const count = this.#counts[resource] ?? null;
    const onShift = countAt(count === null ? known : { ...known, count }, now, this.#clocks[resource]!);
    return Math.max(0, (count === null ? onShift : Math.min(onShift, count)) - this.#away[resource]!);
  }

  /** When the next shift of a resource begins or ends; infinity: never. */
  nextShift(resource: number, now: number): number {
    return nextChange(this.#resources[resource]!, now, this.#clocks[resource]!);
  }

  /** The most that any shift has of a resource, or that were set. */
  most(resource: number): number {
    const { count, shifts } = this.#resources[resource]!;
    return Math.max(this.#counts[resource] ?? count, ...shifts.map((shift) => shift.count));
  }
}
