/**
 * Who is in which critical region of which transaction, and who waits until it is over. Those who wait are tokens that
 * try again; knows nothing of what they do.
 */
import type { CriticalRegion } from '../behavior/interaction/index.ts';

export class CriticalRegions {
  readonly #regions: readonly CriticalRegion[];
  /** By transaction. */
  readonly #entered = new Map<number, Set<number>>();
  readonly #waiting = new Map<number, number[]>();

  constructor(regions: readonly CriticalRegion[]) {
    this.#regions = regions;
  }

  clear(): void {
    this.#entered.clear();
    this.#waiting.clear();
  }

  isEntered(transaction: number, region: number): boolean {
    return this.#entered.get(transaction)?.has(region) === true;
  }

  /** False where another one that it excludes is not over. */
  enter(transaction: number, region: number): boolean {
    const entered = this.#entered.get(transaction);
    if (entered === undefined) this.#entered.set(transaction, new Set([region]));
    else {
      if (this.#regions[region]!.excludes.some((other) => entered.has(other))) return false;
      entered.add(region);
    }
    return true;
  }

  /** The token tries again when a region is over. */
  wait(transaction: number, token: number): void {
    const waiting = this.#waiting.get(transaction);
    if (waiting === undefined) this.#waiting.set(transaction, [token]);
    else waiting.push(token);
  }

  /** Those who wait no more. */
  forget(tokens: ReadonlySet<number>): void {
    for (const [transaction, waiting] of this.#waiting) {
      const left = waiting.filter((token) => !tokens.has(token));
      if (left.length === 0) this.#waiting.delete(transaction);
      else this.#waiting.set(transaction, left);
    }
  }

  /** The region is over: those who may try again, in the order in which they came. */
  leave(transaction: number, region: number): readonly number[] {
    const entered = this.#entered.get(transaction);
    entered?.delete(region);
    if (entered?.size === 0) this.#entered.delete(transaction);
    const waiting = this.#waiting.get(transaction) ?? [];
    this.#waiting.delete(transaction);
    return waiting;
  }
}
