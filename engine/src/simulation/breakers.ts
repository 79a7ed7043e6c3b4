/**
 * Breakers: closed, they watch the last calls; open, they let none through; after that time one, whose outcome decides. Knows
 * nothing of who calls whom.
 */

interface BreakerRule {
  /** Opens at this share of failures … */
  readonly failures: number;
  /** … among so many calls. */
  readonly calls: number;
  /** Microseconds. */
  readonly open: number;
}

/** What becomes of a call. */
export const passage = { free: 0, probe: 1, blocked: 2 } as const;

/** A window longer than this tells no more. */
const WINDOW_LIMIT = 1 << 20;

interface Breaker {
  hasFailed: Uint8Array;
  next: number;
  seen: number;
  failures: number;
  /** Until when it is open; -1: closed. */
  openUntil: number;
  isProbed: boolean;
}

export class Breakers {
  /** By pair; made when the first call comes. */
  #breakers: (Breaker | undefined)[] = [];

  clear(): void {
    this.#breakers = [];
  }

  /** One of `passage`. */
  pass(pair: number, rule: BreakerRule, now: number): number {
    const breaker = this.#breaker(pair, rule);
    if (breaker.openUntil < 0) return passage.free;
    if (now < breaker.openUntil || breaker.isProbed) return passage.blocked;
    breaker.isProbed = true;
    return passage.probe;
  }

  /** How a call that passed has ended; true where the breaker opens. */
  record(pair: number, rule: BreakerRule, now: number, hasFailed: boolean, isProbe: boolean): boolean {
    const breaker = this.#breaker(pair, rule);
    if (isProbe) {
      breaker.isProbed = false;
      if (hasFailed) breaker.openUntil = now + rule.open;
      else {
        breaker.openUntil = -1;
        breaker.next = 0;
        breaker.seen = 0;
        breaker.failures = 0;
      }
      return false;
    }
    // It was under way when the breaker opened.
    if (breaker.openUntil >= 0) return false;
    const size = breaker.hasFailed.length;
    if (breaker.seen === size) breaker.failures -= breaker.hasFailed[breaker.next]!;
    else breaker.seen++;
    breaker.hasFailed[breaker.next] = hasFailed ? 1 : 0;
    breaker.failures += hasFailed ? 1 : 0;
    breaker.next = (breaker.next + 1) % size;
    if (breaker.seen < size || breaker.failures < rule.failures * size || breaker.failures === 0) return false;
    breaker.openUntil = now + rule.open;
    return true;
  }

  /** It looks at so many of the last calls from now on: of those that it has seen, the latest count. */
  resize(pair: number, calls: number): void {
    const breaker = this.#breakers[pair];
    if (breaker === undefined) return;
    const { hasFailed: before, next, seen } = breaker;
    const after = new Uint8Array(windowOf(calls));
    const kept = Math.min(seen, after.length);
    breaker.failures = 0;
    for (let i = 0; i < kept; i++) {
      const outcome = before[(next - kept + i + before.length) % before.length]!;
      after[i] = outcome;
      breaker.failures += outcome;
    }
    breaker.hasFailed = after;
    breaker.seen = kept;
    breaker.next = kept % after.length;
  }

  #breaker(pair: number, { calls }: BreakerRule): Breaker {
    const known = this.#breakers[pair];
    if (known !== undefined) return known;
    const made = {
      hasFailed: new Uint8Array(windowOf(calls)),
      next: 0,
      seen: 0,
      failures: 0,
      openUntil: -1,
      isProbed: false,
    };
    this.#breakers[pair] = made;
    return made;
  }
}

function windowOf(calls: number): number {
  return Math.min(WINDOW_LIMIT, Math.max(1, Math.floor(calls)));
}
