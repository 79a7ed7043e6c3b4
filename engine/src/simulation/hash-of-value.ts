/** A value as 32 well mixed bits: the same value, the same bits, on every machine. */
import type { Known } from '../expressions/index.ts';

const bits = new DataView(new ArrayBuffer(8));

/** Records hash by their attributes in their own order, which values of one data type share. */
export function hashOfValue(value: Known, seed = 0): number {
  if (value === null || value === undefined) return mixed(seed ^ 0x2545f491);
  if (typeof value === 'boolean') return mixed(seed ^ (value ? 0x27d4eb2f : 0x165667b1));
  if (typeof value === 'number') {
    // 0 and -0 are equal, so they must not differ here.
    bits.setFloat64(0, value === 0 ? 0 : value);
    return mixed(mixed(seed ^ bits.getInt32(0)) ^ bits.getInt32(4));
  }
  if (typeof value === 'string') {
    let hash = mixed(seed ^ value.length);
    for (let i = 0; i < value.length; i++) hash = mixed(hash ^ value.charCodeAt(i));
    return hash;
  }
  let hash = mixed(seed ^ 0x3c6ef372);
  for (const part of Array.isArray(value) ? value : Object.values(value)) hash = hashOfValue(part as Known, hash);
  return hash;
}

/** The finaliser of MurmurHash3 (Appleby, public domain). */
export function mixed(word: number): number {
  let hash = word ^ (word >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
