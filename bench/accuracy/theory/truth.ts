/** Texts of the cases from theory: what is declared, what the scenario says, and how long it runs. */
import type { RunLength } from '../accuracy-case.ts';
import { REPLICATIONS } from '../network-text.ts';

/** A model whose deployment is called `D`, with the members of its scenario. */
export function truth(declarations: string, members: string, { run, warmup }: RunLength): string {
  return `package truth
${declarations}
scenario Truth of D {
  ${members}
  run ${run + warmup} s  warmup ${warmup} s  replications ${REPLICATIONS}
}
`;
}

/** A share as the language writes it. */
export const percent = (share: number): string => `${100 * share} %`;

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
