/** Who waits for an invocation, as one number: a token (its own), nobody (-1), or one of three kinds of others, by their number. */

/** A load began it: its number. */
export function waiterOfLoad(load: number): number {
  return -2 - 3 * load;
}

export function loadOf(waiter: number): number {
  return numberOf(waiter, 0);
}

/** A visit of a state waits. */
export function waiterOfVisit(visit: number): number {
  return -3 - 3 * visit;
}

export function visitOf(waiter: number): number {
  return numberOf(waiter, 1);
}

/** An execution waits for the method of its operation. */
export function waiterOfMethod(ticket: number): number {
  return -4 - 3 * ticket;
}

export function methodOf(waiter: number): number {
  return numberOf(waiter, 2);
}

/** -1 where the waiter is of another kind. */
function numberOf(waiter: number, kind: number): number {
  const code = -2 - waiter;
  return code >= 0 && code % 3 === kind ? (code - kind) / 3 : -1;
}
