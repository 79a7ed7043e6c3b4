/** Erlang's two formulas: how often somebody is turned away, or has to wait. Offered load is in Erlangs: arrivals times service. */

/**
 * The chance to find all servers busy where nobody waits (loss system M/G/c/c, whatever the law of the service). Exact.
 * Source: A. K. Erlang, 1917; recursion B(k) = a B(k-1) / (k + a B(k-1)), here of its inverse, which stays in range.
 */
export function erlangB(servers: number, offered: number): number {
  if (!(offered > 0)) return servers > 0 ? 0 : 1;
  let inverse = 1;
  for (let k = 1; k <= servers; k++) inverse = 1 + (inverse * k) / offered;
  return 1 / inverse;
}

/**
 * The chance to have to wait where everybody does (M/M/c); 1 where the load is not below the number of servers. Exact.
 * Source: A. K. Erlang, 1917; C = B / (1 - rho (1 - B)).
 */
export function erlangC(servers: number, offered: number): number {
  if (offered >= servers) return 1;
  const blocked = erlangB(servers, offered);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}
