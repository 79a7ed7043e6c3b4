/**
 * Which executions wait for the method of their operation to end. Whoever does the work knows a ticket and no token: the execution
 * may be over before, and its token somebody else's.
 */
import { NO_TOKEN } from './token-pool.ts';

export class PendingMethods {
  /** By ticket. */
  readonly #tokens: number[] = [];
  readonly #free: number[] = [];
  readonly #ticketOf = new Map<number, number>();

  clear(): void {
    this.#tokens.length = 0;
    this.#free.length = 0;
    this.#ticketOf.clear();
  }

  /** The ticket of an execution that begins to wait. */
  wait(token: number): number {
    const ticket = this.#free.pop() ?? this.#tokens.length;
    this.#tokens[ticket] = token;
    this.#ticketOf.set(token, ticket);
    return ticket;
  }

  /** It waits no longer, whatever becomes of the method. */
  forget(token: number): void {
    const ticket = this.#ticketOf.get(token);
    if (ticket === undefined) return;
    this.#ticketOf.delete(token);
    this.#tokens[ticket] = NO_TOKEN;
  }

  /** Who waits for it, or NO_TOKEN. */
  waiting(ticket: number): number {
    return this.#tokens[ticket] ?? NO_TOKEN;
  }

  /** The method is over: who has waited for it, or NO_TOKEN. */
  end(ticket: number): number {
    const token = this.#tokens[ticket] ?? NO_TOKEN;
    this.#tokens[ticket] = NO_TOKEN;
    this.#free.push(ticket);
    if (token !== NO_TOKEN) this.#ticketOf.delete(token);
    return token;
  }
}
