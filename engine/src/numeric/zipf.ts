/** The law of popularity after Zipf: rank k of n has a weight of k to the power of minus s. Knows it as a table only. */
import { pow } from './elementary.ts';

export interface Zipf {
  readonly ranks: number;
  readonly exponent: number;
}

/** By law: the chance of a rank up to k stands at k - 1. */
const tables = new WeakMap<Zipf, Float64Array>();

/** P(X ≤ k) for every rank. */
export function zipfTable(law: Zipf): Float64Array {
  const known = tables.get(law);
  if (known !== undefined) return known;
  const table = new Float64Array(Math.max(1, Math.floor(law.ranks)));
  let sum = 0;
  for (let k = 0; k < table.length; k++) {
    sum += pow(k + 1, -law.exponent);
    table[k] = sum;
  }
  for (let k = 0; k < table.length; k++) table[k]! /= sum;
  tables.set(law, table);
  return table;
}

/** The smallest rank that the law stays at or below with probability p: also its draw for a uniform p. */
export function zipfRank(table: Float64Array, p: number): number {
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table[middle]! < p) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** The mean of the `order`-th power. */
export function zipfMoment(law: Zipf, order: number): number {
  let before = 0;
  let sum = 0;
  zipfTable(law).forEach((upTo, k) => {
    sum += (upTo - before) * pow(k + 1, order);
    before = upTo;
  });
  return sum;
}
