/** Where the tokens of an invocation stand: at which join, in whose braces, in which region. Reads the records and changes none. */
import {
  type ActivityStore,
  BEGAN,
  NEXT,
  NODE,
  NONE,
  ORDINAL,
  PARENT,
  RUN,
  STATE,
  state,
  TIME_SHIFT,
  WORD_SHIFT,
} from './activity-store.ts';
import type { CompiledActivity } from './compiled-activity.ts';

export class TokenPlaces {
  readonly #words: Int32Array;
  readonly #times: Float64Array;

  constructor({ words, times }: ActivityStore) {
    this.#words = words;
    this.#times = times;
  }

  /** The one that has waited longest, among those in the same braces. */
  waitingAtJoin(token: number, node: number, ordinal: number): number {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    let found = NONE;
    for (let other = words[(words[at + RUN]! << WORD_SHIFT) + NEXT]!; other !== NONE; ) {
      const otherAt = other << WORD_SHIFT;
      if (
        words[otherAt + STATE] === state.joining &&
        words[otherAt + NODE] === node &&
        words[otherAt + ORDINAL] === ordinal &&
        words[otherAt + PARENT] === words[at + PARENT] &&
        this.isEarlier(other, found)
      ) {
        found = other;
      }
      other = words[otherAt + NEXT]!;
    }
    return found;
  }

  /** Which came to its node first; among those of one moment the one made first, which stands behind in the list. */
  isEarlier(token: number, other: number): boolean {
    if (other === NONE) return true;
    return this.#times[(token << TIME_SHIFT) + BEGAN]! <= this.#times[(other << TIME_SHIFT) + BEGAN]!;
  }

  /** One of the invocation that stands in the region; -1: none. */
  someIn(run: number, activity: CompiledActivity, region: number): number {
    const words = this.#words;
    for (let token = words[(run << WORD_SHIFT) + NEXT]!; token !== NONE; token = words[(token << WORD_SHIFT) + NEXT]!) {
      const parent = words[(token << WORD_SHIFT) + PARENT]!;
      if (this.isInRegion(token, parent, activity, region)) return token;
    }
    return NONE;
  }

  /** In the braces of a structured node whose token is `owner`. */
  isInside(token: number, owner: number): boolean {
    const words = this.#words;
    for (let at = words[(token << WORD_SHIFT) + PARENT]!; at !== NONE; at = words[(at << WORD_SHIFT) + PARENT]!) {
      if (at === owner) return true;
    }
    return false;
  }

  /** Itself, or what it stands in, in the given braces. */
  isInRegion(token: number, parent: number, activity: CompiledActivity, region: number): boolean {
    const words = this.#words;
    let at = token;
    while (words[(at << WORD_SHIFT) + PARENT] !== parent) {
      at = words[(at << WORD_SHIFT) + PARENT]!;
      if (at === NONE) return false;
    }
    let around = activity.regionOf[words[(at << WORD_SHIFT) + NODE]!]!;
    while (around >= 0 && around !== region) around = activity.regionParent[around]!;
    return around === region;
  }
}
