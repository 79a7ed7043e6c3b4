/** Caches: the least recently used goes first, answers that grow old, a share of hits that is drawn. */
import type { AccuracyCase, Family } from '../accuracy-case.ts';
import { percent, sum, truth } from './truth.ts';

export function popularity(count: number, exponent: number): readonly number[] {
  const weights = Array.from({ length: count }, (_, i) => (i + 1) ** -exponent);
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

/** All that are in the cache in the order of their last use, one after the other: King's sum over all such orders. */
function exactMisses(shares: readonly number[], room: number): number {
  const go = (cached: readonly number[], likely: number, left: number): number => {
    if (cached.length === room) return likely * left;
    return sum(
      shares.map((share, key) =>
        cached.includes(key) ? 0 : go([...cached, key], (likely * share) / left, left - share),
      ),
    );
  };
  return go([], 1, 1);
}

/** Che, Tung and Wang: each answer stays for the same time after its last use. */
function nearlyMisses(shares: readonly number[], room: number): number {
  let [low, high] = [0, 1e9];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (sum(shares.map((share) => 1 - Math.exp(-share * middle))) < room) low = middle;
    else high = middle;
  }
  return sum(shares.map((share) => share * Math.exp(-share * low)));
}

const source = (cache: string): string => `component Store { operation read() }
component Front { operation get()  ${cache} }
interaction Ask { actor user  lifeline front: Front, store: Store  user -> front.get() { front -> store.read() } }
deployment D { node n { deploy Front  deploy Store } }`;

function leastRecentlyUsed(count: number, exponent: number, room: number): AccuracyCase {
  const shares = popularity(count, exponent);
  const isSmall = count <= 8;
  const misses = isSmall ? exactMisses(shares, room) : nearlyMisses(shares, room);
  return {
    name: `zipf(${count}, ${exponent}), room for ${room}`,
    rate: 100,
    visits: 1,
    text: (length) =>
      truth(source(`cache ${room} entries lru key zipf(${count}, ${exponent})`), 'load Ask at 100/s', length),
    checks: [
      {
        element: 'truth.Store.read',
        measure: 'throughput',
        exact: 100 * misses,
        ...(isSmall ? {} : { approximate: 0.01 }),
      },
    ],
  };
}

/** An answer is good for a time from when it was given: of each key one miss, then hits for that long. */
function growingOld(count: number, exponent: number, rate: number, age: number): AccuracyCase {
  const misses = sum(popularity(count, exponent).map((share) => share / (1 + rate * share * age)));
  return {
    name: `zipf(${count}, ${exponent}), good for ${age} s, ${rate}/s`,
    rate,
    visits: 1,
    text: (length) =>
      truth(source(`cache key zipf(${count}, ${exponent}) ttl ${age} s`), `load Ask at ${rate}/s`, length),
    checks: [{ element: 'truth.Store.read', measure: 'throughput', exact: rate * misses }],
  };
}

/** Hits take a time of their own: M/G/1 with two kinds of work. */
function drawnHits(hits: number, rate: number): AccuracyCase {
  const [quick, slow] = [0.2, 1];
  const mean = hits * quick + (1 - hits) * slow;
  const wait = (rate * (hits * quick ** 2 + (1 - hits) * 2 * slow ** 2)) / 2 / (1 - rate * mean);
  return {
    name: `${percent(hits)} hits, ρ = ${(rate * mean).toFixed(2)}`,
    rate,
    visits: 1,
    text: (length) =>
      truth(
        `component Store { operation read() takes exp(${slow} s)  cache ${percent(hits)} hit takes ${quick} s }
interaction Ask { actor user  lifeline store: Store  user -> store.read() }
deployment D { node n { cores 1  deploy Store } }`,
        `load Ask at ${rate}/s`,
        length,
      ),
    checks: [
      { element: 'truth.Ask', measure: 'mean', exact: wait + mean },
      { element: 'truth.Store.read', measure: 'wait', exact: wait },
      { element: 'truth.D.n', measure: 'utilization', exact: rate * mean },
    ],
  };
}

export function remembering(): readonly Family[] {
  return [
    {
      title: 'Caches, least recently used goes first',
      source: 'King 1971; more than 8 keys: Che, Tung and Wang 2002, an approximation within 1 %',
      cases: [
        leastRecentlyUsed(4, 1, 1),
        leastRecentlyUsed(6, 0.8, 3),
        leastRecentlyUsed(8, 0, 4),
        leastRecentlyUsed(8, 1.5, 5),
        leastRecentlyUsed(1000, 0.9, 100),
        leastRecentlyUsed(10_000, 1.1, 500),
      ],
    },
    {
      title: 'Caches whose answers grow old',
      source: 'Jung, Berger and Balakrishnan 2003',
      cases: [growingOld(1, 1, 2, 1), growingOld(10, 1, 5, 3), growingOld(1000, 0.8, 100, 20)],
    },
    {
      title: 'Caches with a share of hits',
      source: 'Pollaczek 1930, Khinchine 1932',
      cases: [drawnHits(0.8, 1.5), drawnHits(0.5, 1)],
    },
  ];
}
