/** Where numbers are drawn, no test may depend on which: it is run with several seeds. */
import type { CompiledMachine } from '../behavior/index.ts';

export const SEEDS: readonly number[] = [1, 2, 3, 4, 5];
const ONE: readonly number[] = [1];

/** Choices draw nothing: their branches are all taken. */
export function seedsFor({ randomSources, choiceSource }: CompiledMachine): readonly number[] {
  return randomSources.length > choiceSource.filter((source) => source >= 0).length ? SEEDS : ONE;
}
