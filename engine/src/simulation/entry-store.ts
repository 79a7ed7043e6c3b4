/**
 * The entries of one replica's cache: told apart by operation and key, the least recently used one goes first where their number is
 * bounded, and none is good for longer than it may last. Knows neither calls nor time but what it is told.
 */
import type { Known } from '../expressions/index.ts';

const NONE = -1;

export class EntryStore {
  #room: number;
  /** Bounded by number: a use moves an entry to the front. Else they stand in the order in which they were made. */
  readonly #isLru: boolean;
  #ttl: number;
  /** By operation. */
  readonly #slots: Map<Known, number>[] = [];
  readonly #keys: Known[] = [];
  readonly #operations: number[] = [];
  readonly #values: Known[] = [];
  readonly #made: number[] = [];
  readonly #newer: number[] = [];
  readonly #older: number[] = [];
  readonly #free: number[] = [];
  #newest = NONE;
  #oldest = NONE;
  #size = 0;

  /** `room`: entries at most. */
  constructor(room: number, isLru: boolean, ttl: number) {
    this.#room = room;
    this.#isLru = isLru;
    this.#ttl = ttl;
  }

  /** How many entries there may be from now on, and how long they last, those that are there as well. */
  limit(room: number, ttl: number): void {
    this.#room = room;
    this.#ttl = ttl;
    while (this.#size > room) this.#remove(this.#oldest);
  }

  get size(): number {
    return this.#size;
  }

  /** The entry with that key, good at that time; negative where there is none. */
  find(operation: number, key: Known, now: number): number {
    const slot = this.#slots[operation]?.get(key) ?? NONE;
    if (slot === NONE) return NONE;
    if (now >= this.#made[slot]! + this.#ttl) {
      this.#remove(slot);
      return NONE;
    }
    if (this.#isLru && slot !== this.#newest) {
      this.#unlink(slot);
      this.#link(slot);
    }
    return slot;
  }

  valueAt(slot: number): Known {
    return this.#values[slot];
  }

  /** Makes the entry, or makes it anew. */
  put(operation: number, key: Known, value: Known, now: number): void {
    this.#slots[operation] ??= new Map();
    const known = this.#slots[operation].get(key);
    if (known !== undefined) this.#remove(known);
    while (this.#oldest !== NONE && now >= this.#made[this.#oldest]! + this.#ttl) this.#remove(this.#oldest);
    if (this.#size >= this.#room) this.#remove(this.#oldest);
    const slot = this.#free.pop() ?? this.#keys.length;
    this.#keys[slot] = key;
    this.#operations[slot] = operation;
    this.#values[slot] = value;
    this.#made[slot] = now;
    this.#slots[operation].set(key, slot);
    this.#link(slot);
    this.#size++;
  }

  #link(slot: number): void {
    this.#newer[slot] = NONE;
    this.#older[slot] = this.#newest;
    if (this.#newest !== NONE) this.#newer[this.#newest] = slot;
    this.#newest = slot;
    if (this.#oldest === NONE) this.#oldest = slot;
  }

  #unlink(slot: number): void {
    const newer = this.#newer[slot]!;
    const older = this.#older[slot]!;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
  }

  #remove(slot: number): void {
    this.#unlink(slot);
    this.#slots[this.#operations[slot]!]!.delete(this.#keys[slot]);
    this.#keys[slot] = null;
    this.#values[slot] = null;
    this.#free.push(slot);
    this.#size--;
  }
}
