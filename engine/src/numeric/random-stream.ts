/**
 * Random streams: every random source of a model has its own, found from the seed, a name and the replication. A
 * change elsewhere in the model then leaves its numbers as they were (common random numbers).
 */

const TO_UNIT = 1 / 4294967296;

/** xoshiro128** (Blackman and Vigna 2018): 128 bits of state, period 2^128 - 1. */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(a: number, b: number, c: number, d: number) {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    // The all-zero state would never leave itself.
    this.#d = (a | b | c | d) === 0 ? 1 : d | 0;
  }

  /** 32 uniform bits as a signed integer. */
  bits(): number {
    const b = this.#b;
    const x = Math.imul(b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9);
    const c = this.#c ^ this.#a;
    const d = this.#d ^ b;
    this.#b = b ^ c;
    this.#a ^= d;
    this.#c = c ^ (b << 9);
    this.#d = (d << 11) | (d >>> 21);
    return result;
  }

  /** Fills `words` with what as many calls of `bits` would give. */
  fill(words: Int32Array): void {
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    for (let i = 0; i < words.length; i++) {
      const x = Math.imul(b, 5);
      words[i] = Math.imul((x << 7) | (x >>> 25), 9);
      const mixed = c ^ a;
      const rotated = d ^ b;
      c = mixed ^ (b << 9);
      b ^= mixed;
      a ^= rotated;
      d = (rotated << 11) | (rotated >>> 21);
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  /** Uniform over the open interval (0, 1), 32 bits. */
  uniform(): number {
    return ((this.bits() >>> 0) + 0.5) * TO_UNIT;
  }

  /** Uniform over 0 … bound - 1. */
  below(bound: number): number {
    return Math.floor((this.bits() >>> 0) * TO_UNIT * bound);
  }
}

/** The stream of one random source: same seed, name and replication, same numbers. */
export function randomStream(seed: number, name: string, replication = 0): RandomStream {
  const low = seed | 0;
  const high = Math.floor(seed / 4294967296) | 0;
  const word = (salt: number): number => {
    let hash = absorb(absorb(absorb(salt, low), high), replication);
    for (let i = 0; i < name.length; i++) hash = absorb(hash, name.charCodeAt(i));
    return finish(hash ^ name.length);
  };
  return new RandomStream(word(0x2c1b3c6d), word(0x297a2d39), word(0x1656667b), word(0x5bd1e995));
}

function absorb(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const mixed = hash ^ k;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
