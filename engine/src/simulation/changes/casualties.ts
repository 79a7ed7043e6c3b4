/**
 * What a crash ends: the executions on replicas that are down now, or of a component outside of the deployment, with everything
 * inside of them. Whoever called them learns of it at once, as of a connection that breaks. What they had called goes on, and
 * nobody waits for it any more.
 */
import { op, type Program } from '../../behavior/interaction/index.ts';
import type { ElementId } from '../../model/index.ts';
import type { Caches } from '../caches.ts';
import type { CriticalRegions } from '../critical-regions.ts';
import type { MachineLifelines } from '../machine-lifelines.ts';
import type { PendingMethods } from '../pending-methods.ts';
import type { Stations } from '../stations/index.ts';
import type { Threads } from '../threads.ts';
import * as token from '../token-pool.ts';
import type { TokenQueue } from '../token-queue.ts';

const { ABANDONED, ARRIVED, BACKGROUND, BRANCH_FAILED, CALLING, CRITICAL, FAILED, FLAGS, GOAL, HOLDS_THREAD, LOST } =
  token;
const { MACHINE_WORK, NO_TOKEN, OPEN, PARENT, PLACE, POSITION, ROOT, TIME_SHIFT, TRANSACTION } = token;
const { WHAT, WORD_SHIFT } = token;

/** A component that runs nowhere, and what keeps its threads. */
interface Outside {
  readonly component: ElementId;
  readonly pool: number;
}

export interface Struck {
  readonly program: Program;
  readonly pool: token.TokenPool;
  /** Holds the time now. */
  readonly clock: Float64Array;
  readonly ready: TokenQueue;
  readonly stations: Stations;
  readonly threads: Threads;
  readonly caches: Caches;
  readonly regions: CriticalRegions;
  readonly lifelines: MachineLifelines;
  readonly methods: PendingMethods;
  /** By token: when it goes on; negative: no event of the calendar is for it. */
  readonly due: Float64Array;
  /** The call with its attempts waits for nothing that it needs before it is sent, and has been sent to nobody. */
  withdrawCall(token: number): void;
  /** The call with its attempts is over for whoever made it, and its token is given back. */
  dropCall(token: number): void;
}

export class Casualties {
  readonly #run: Struck;

  constructor(run: Struck) {
    this.#run = run;
  }

  /** `dead`: by replica, 1 where it has just gone down. */
  end(dead: Uint8Array, outside: Outside | null): void {
    const { pool, threads, caches, regions, lifelines, methods, program, ready, due } = this.#run;
    const { words } = pool;
    const struck: number[] = [];
    const inside: number[] = [];
    const doomed = new Set<number>();
    const live = pool.liveTokens();
    for (const at of live) {
      const what = words[(at << WORD_SHIFT) + WHAT]!;
      if (what === TRANSACTION || what === MACHINE_WORK || what === BACKGROUND) continue;
      const isCall = what >= 0;
      if (!(isCall ? this.#isStruck(at, dead, outside) : this.#isInside(at, dead, outside))) continue;
      if (isCall && this.#misses(at)) continue;
      doomed.add(at);
      (isCall ? struck : inside).push(at);
    }
    for (const at of live) this.#orphan(at, doomed);
    // Before any of them gives back what others of them wait for.
    for (const at of inside) if (words[(at << WORD_SHIFT) + WHAT] === CALLING) this.#run.withdrawCall(at);
    dead.forEach((isDead, replica) => {
      if (isDead === 0) return;
      this.#evict(replica);
      caches.forget(replica);
      threads.empty(replica);
    });
    if (outside !== null) {
      threads.empty(outside.pool);
      caches.forget(outside.pool);
    }
    regions.forget(doomed);
    for (const at of inside) {
      const word = at << WORD_SHIFT;
      due[at] = -1;
      if (words[word + WHAT] === CALLING) {
        this.#run.dropCall(at);
        continue;
      }
      if (words[word + WHAT] === CRITICAL) {
        for (const waiting of regions.leave(words[word + ROOT]!, words[word + GOAL]!)) ready.push(waiting);
      }
      pool.give(at);
    }
    for (const at of struck) {
      const word = at << WORD_SHIFT;
      const message = program.messages[words[word + WHAT]!]!;
      if (message.called !== null) lifelines.forget(at);
      if (message.method !== null) methods.forget(at);
      words[word + FLAGS] = (words[word + FLAGS]! & ~(HOLDS_THREAD | BRANCH_FAILED)) | FAILED;
      words[word + POSITION] = message.end;
      due[at] = -1;
      pool.notServed(at);
      ready.push(at);
    }
  }

  /** What a machine does on its own begins anew: its state is kept in a store. */
  #evict(replica: number): void {
    const { stations, pool } = this.#run;
    for (const at of stations.evict(replica)) {
      if (pool.words[(at << WORD_SHIFT) + WHAT] !== MACHINE_WORK) continue;
      stations.arrive(at, replica, pool.times[(at << TIME_SHIFT) + ARRIVED]!, 0);
    }
  }

  /** Its execution is on one of the dead. One whose reply has left, or that was lost on its way, is not. */
  #isStruck(at: number, dead: Uint8Array, outside: Outside | null): boolean {
    const { program, pool } = this.#run;
    const word = at << WORD_SHIFT;
    const { words } = pool;
    if ((words[word + FLAGS]! & LOST) !== 0 || program.code[words[word + POSITION]!] === op.done) return false;
    const place = words[word + PLACE]!;
    return place >= 0
      ? dead[place] === 1
      : outside !== null && program.messages[words[word + WHAT]!]!.component === outside.component;
  }

  /** A loop, a branch, a critical region or a call with its attempts within such an execution. */
  #isInside(token: number, dead: Uint8Array, outside: Outside | null): boolean {
    const { words } = this.#run.pool;
    let at = token;
    for (;;) {
      const word = at << WORD_SHIFT;
      const what = words[word + WHAT]!;
      if (what === TRANSACTION) return false;
      if (what >= 0) return this.#isStruck(at, dead, outside) && !this.#isArriving(at);
      const parent = words[word + PARENT]!;
      // Nobody waits for it: it is where its sender was.
      if (parent === NO_TOKEN) return words[word + PLACE]! >= 0 && dead[words[word + PLACE]!] === 1;
      at = parent;
    }
  }

  #isArriving(at: number): boolean {
    return this.#run.pool.times[(at << TIME_SHIFT) + ARRIVED]! > this.#run.clock[0]!;
  }

  /** The request has not arrived yet: it will find nobody. */
  #misses(at: number): boolean {
    if (!this.#isArriving(at)) return false;
    const { pool, program } = this.#run;
    const word = at << WORD_SHIFT;
    pool.words[word + FLAGS]! |= FAILED;
    pool.notServed(at);
    pool.words[word + POSITION] = program.messages[pool.words[word + WHAT]!]!.end;
    return true;
  }

  /** An execution whose caller is doomed goes on, and nobody waits for it. */
  #orphan(at: number, doomed: ReadonlySet<number>): void {
    const { words } = this.#run.pool;
    const word = at << WORD_SHIFT;
    const parent = words[word + PARENT]!;
    if (words[word + WHAT]! < 0 || parent === NO_TOKEN || !doomed.has(parent)) return;
    words[word + PARENT] = NO_TOKEN;
    words[word + FLAGS]! |= ABANDONED;
    words[(words[word + ROOT]! << WORD_SHIFT) + OPEN]!++;
  }
}
