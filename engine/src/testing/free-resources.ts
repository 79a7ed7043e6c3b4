/**
 * The resources of a test: as many as the model has where no shift says otherwise, and nobody but the tested activity uses them. Who has
 * the greater rank goes first, then who asked first; nobody is overtaken.
 */
import type { CompiledClaim, ResourceAmount } from '../behavior/index.ts';
import type { Resource } from '../model/index.ts';

interface Waiting {
  readonly token: number;
  readonly claim: CompiledClaim;
  readonly rank: number;
}

export class FreeResources {
  readonly #free: number[];
  readonly #granted: (token: number) => void;
  #line: Waiting[] = [];

  constructor(resources: readonly Resource[], granted: (token: number) => void) {
    this.#free = resources.map(({ count }) => count);
    this.#granted = granted;
  }

  ask(token: number, claim: CompiledClaim, rank: number): boolean {
    const isFirst = this.#line.every((other) => other.rank < rank || isApart(other.claim, claim));
    if (isFirst && this.#fits(claim.uses)) {
      this.#add(claim.uses, -1);
      return true;
    }
    const at = this.#line.findIndex((other) => other.rank < rank);
    this.#line.splice(at < 0 ? this.#line.length : at, 0, { token, claim, rank });
    return false;
  }

  withdraw(token: number): void {
    this.#line = this.#line.filter((waiting) => waiting.token !== token);
    this.#serve();
  }

  giveBack(uses: readonly ResourceAmount[]): void {
    this.#add(uses, 1);
    this.#serve();
  }

  #serve(): void {
    const passed: CompiledClaim[] = [];
    for (const { token, claim } of [...this.#line]) {
      if (passed.every((other) => isApart(other, claim)) && this.#fits(claim.uses)) {
        this.#line = this.#line.filter((waiting) => waiting.token !== token);
        this.#add(claim.uses, -1);
        this.#granted(token);
      } else passed.push(claim);
    }
  }

  #fits(uses: readonly ResourceAmount[]): boolean {
    return uses.every(({ resource, amount }) => (this.#free[resource] ?? 0) >= amount);
  }

  #add(uses: readonly ResourceAmount[], sign: 1 | -1): void {
    for (const { resource, amount } of uses) this.#free[resource] = (this.#free[resource] ?? 0) + sign * amount;
  }
}

function isApart(a: CompiledClaim, b: CompiledClaim): boolean {
  return a.uses.every(({ resource }) => b.uses.every((other) => other.resource !== resource));
}
