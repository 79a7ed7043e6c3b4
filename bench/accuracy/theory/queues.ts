/** Formulas that several families of cases need. Written here apart from those of the product, which are held against them. */

/** Erlang's delay formula: how likely waiting is, and how many wait on average. */
export function delayed(
  servers: number,
  rate: number,
  mean: number,
): { readonly waits: number; readonly queue: number } {
  const offered = rate * mean;
  const lost = loss(servers, offered);
  const waits = lost / (1 - (offered / servers) * (1 - lost));
  return { waits, queue: (waits * offered) / (servers - offered) };
}

/** Erlang's loss formula. */
export function loss(servers: number, offered: number): number {
  let share = 1;
  for (let k = 1; k <= servers; k++) share = (offered * share) / (k + offered * share);
  return share;
}
