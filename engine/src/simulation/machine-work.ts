/**
 * What instances of machines do on cores: `do takes` of a machine that a deployed component owns. An instance lives on one of the
 * replicas; its work stands in line there like any other, as a token that belongs to no transaction. Knows nothing of states.
 */
import type { CompiledMachine } from '../behavior/machine/index.ts';
import type { Component } from '../model/index.ts';
import type { Layout } from './layout.ts';
import type { Stations } from './stations/index.ts';
import type * as token from './token-pool.ts';
import type { TokenPool } from './token-pool.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const ARRIVED = 1 satisfies typeof token.ARRIVED;
const COUNT = 7 satisfies typeof token.COUNT;
const GOAL = 8 satisfies typeof token.GOAL;
const MACHINE_WORK = -7 satisfies typeof token.MACHINE_WORK;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
const PLACE = 4 satisfies typeof token.PLACE;
const SENT = 0 satisfies typeof token.SENT;
const TIME_SHIFT = 2 satisfies typeof token.TIME_SHIFT;
const WHAT = 3 satisfies typeof token.WHAT;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

/** Where the instances of a machine work, and which of its timers stand for that. */
interface Workplace {
  /** Of the component that owns it, on nodes with cores; empty where there are none. */
  readonly replicas: readonly number[];
  /** By timer: 1 where it is work on a core. */
  readonly isWork: Uint8Array;
}

/** By machine. */
export function workplacesOf(
  machines: readonly CompiledMachine[],
  components: readonly Component[],
  { replicasOf, nodeOfReplica, coresOfNode, replicasAtBeginning }: Layout,
): readonly Workplace[] {
  return machines.map(({ id, timers, vertices }) => {
    const owner = components.find(({ owns }) => owns.includes(id));
    const all = owner === undefined ? [] : [...(replicasOf.get(owner.id) ?? [])];
    const isWork = Uint8Array.from(timers, ({ vertex, transition }) => {
      const state = vertices[vertex]!;
      const activity = transition < 0 && state.kind === 'state' ? state.activity : undefined;
      return activity?.takes !== undefined && activity.uses.length === 0 ? 1 : 0;
    });
    const isWorking = isWork.includes(1);
    return {
      replicas: isWorking
        ? all.filter((replica) => replica < replicasAtBeginning && coresOfNode[nodeOfReplica[replica]!]! > 0)
        : [],
      isWork,
    };
  });
}

export class MachineWork {
  readonly #workplaces: readonly Workplace[];
  readonly #pool: TokenPool;
  readonly #stations: Stations;

  constructor(workplaces: readonly Workplace[], pool: TokenPool, stations: Stations) {
    this.#workplaces = workplaces;
    this.#pool = pool;
    this.#stations = stations;
  }

  isWork(machine: number, timer: number): boolean {
    const { replicas, isWork } = this.#workplaces[machine]!;
    return replicas.length > 0 && isWork[timer] === 1;
  }

  /** Returns its token; -1 where there are too many. */
  begin(machine: number, instance: number, timer: number, time: number): number {
    const { words, times } = this.#pool;
    const work = this.#pool.take();
    if (work === NO_TOKEN) return NO_TOKEN;
    const { replicas } = this.#workplaces[machine]!;
    const replica = replicas[instance % replicas.length]!;
    const at = work << WORD_SHIFT;
    words[at + WHAT] = MACHINE_WORK;
    words[at + PLACE] = replica;
    words[at + COUNT] = machine;
    words[at + GOAL] = timer;
    times[(work << TIME_SHIFT) + SENT] = instance;
    times[(work << TIME_SHIFT) + ARRIVED] = time;
    this.#stations.arrive(work, replica, time, 0);
    return work;
  }

  /** Its state has been left. */
  stop(work: number): void {
    this.#stations.leave(work, this.#pool.words[(work << WORD_SHIFT) + PLACE]!);
    this.#pool.give(work);
  }

  machine(work: number): number {
    return this.#pool.words[(work << WORD_SHIFT) + COUNT]!;
  }

  timer(work: number): number {
    return this.#pool.words[(work << WORD_SHIFT) + GOAL]!;
  }

  instance(work: number): number {
    return this.#pool.times[(work << TIME_SHIFT) + SENT]!;
  }
}
