/** Numbers for the critical regions that something may happen at the same time with; the others need none. */
import type { GroupStep } from './compiled-interaction.ts';

export class CriticalNumbers {
  readonly #all: { readonly excludes: number[] }[];
  readonly #numbers = new Map<GroupStep, number>();

  /** Adds to `all`, which is of the whole program. */
  constructor(all: { readonly excludes: number[] }[]) {
    this.#all = all;
  }

  find(region: GroupStep): number | undefined {
    return this.#numbers.get(region);
  }

  numberOf(region: GroupStep): number {
    const known = this.#numbers.get(region);
    if (known !== undefined) return known;
    const number = this.#all.push({ excludes: [] }) - 1;
    this.#numbers.set(region, number);
    return number;
  }

  /** By operand of a `par`: regions of different operands that share a lifeline exclude each other. */
  concurrent(regions: readonly (readonly GroupStep[])[]): void {
    regions.forEach((own, index) => {
      const others = regions.filter((_, at) => at !== index).flat();
      for (const region of own) {
        const excludes = this.#all[this.numberOf(region)]?.excludes;
        for (const other of others) {
          const shares = [...(region.critical ?? [])].some((lifeline) => other.critical?.has(lifeline));
          if (shares) excludes?.push(this.numberOf(other));
        }
      }
    });
  }
}
