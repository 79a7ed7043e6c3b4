/** What is held while something else is waited for: threads of several layers, connections, bulkheads, places between stations. */
import type { AccuracyCase, Family } from '../accuracy-case.ts';
import { type Move, stationary } from './markov-chain.ts';
import { delayed } from './queues.ts';
import { truth } from './truth.ts';

/**
 * Users think, then ask a front with few threads that works on its core and asks a store with fewer threads, which works on its own
 * core. The front's thread is held until the store has answered.
 */
interface Layers {
  readonly users: number;
  readonly think: number;
  readonly frontThreads: number;
  readonly frontWork: number;
  readonly storeThreads: number;
  readonly storeWork: number;
  readonly storeDelay: number;
}

/** Present at the front's core, in the store's line or on its core, and in the store's delay. */
type LayersAt = readonly [inLine: number, atFront: number, forStore: number, onCore: number, inDelay: number];

function closedLayers(layers: Layers): AccuracyCase {
  const { users, think, frontThreads, frontWork, storeThreads, storeWork, storeDelay } = layers;
  /** Whoever waits goes as far as threads allow. */
  const settled = (line: number, front: number, waiting: number, core: number, delay: number): LayersAt => {
    const enters = Math.min(line, frontThreads - front - waiting - core - delay);
    const begins = Math.min(waiting, storeThreads - core - delay);
    return [line - enters, front + enters, waiting - begins, core + begins, delay];
  };
  const chain = stationary<LayersAt>([0, 0, 0, 0, 0], ([line, front, waiting, core, delay]): Move<LayersAt>[] => {
    const thinking = users - line - front - waiting - core - delay;
    return [
      { to: settled(line + 1, front, waiting, core, delay), rate: thinking / think },
      { to: settled(line, front - 1, waiting + 1, core, delay), rate: front > 0 ? 1 / frontWork : 0 },
      { to: settled(line, front, waiting, core - 1, delay + 1), rate: core > 0 ? 1 / storeWork : 0 },
      { to: settled(line, front, waiting, core, delay - 1), rate: delay > 0 ? delay / storeDelay : 0 },
    ];
  });
  const rate = chain.mean((at) => users - at[0] - at[1] - at[2] - at[3] - at[4]) / think;
  return {
    name: `${users} users, ${frontThreads} and ${storeThreads} threads`,
    rate,
    visits: 2,
    text: (length) =>
      truth(
        `component Front { operation ask() takes exp(${frontWork} s)  threads ${frontThreads} }
component Store { operation read() takes exp(${storeWork} s) delays exp(${storeDelay} s)  threads ${storeThreads} }
interaction Ask { actor user  lifeline front: Front, store: Store  user -> front.ask() { front -> store.read() } }
deployment D { node f { cores 1  deploy Front }  node s { cores 1  deploy Store } }`,
        `load Ask by ${users} users thinking exp(${think} s)`,
        length,
      ),
    checks: [
      { element: 'truth.Ask', measure: 'throughput', exact: rate },
      { element: 'truth.Ask', measure: 'mean', exact: users / rate - think },
      { element: 'truth.Front', measure: 'queue', exact: chain.mean(([line]) => line) },
      { element: 'truth.Store', measure: 'queue', exact: chain.mean(([, , waiting]) => waiting) },
      { element: 'truth.D.f', measure: 'utilization', exact: rate * frontWork },
      { element: 'truth.D.s', measure: 'utilization', exact: rate * storeWork },
      {
        element: 'truth.Store.read',
        measure: 'mean',
        exact: chain.mean(([, , waiting, core, delay]) => waiting + core + delay) / rate,
      },
    ],
  };
}

/** The same with arrivals at random; a second kind asks the store alone. */
function openLayers(rate: number, others: number, frontThreads: number, storeThreads: number): AccuracyCase {
  const [front, store] = [0.5, 1];
  const MOST = 22;
  type At = readonly [line: number, first: number, order: string];
  /** The store's line as it stands: `f` asks for the front, `o` for others; the first `storeThreads` are served. */
  const settled = (line: number, first: number, order: string): At => {
    const held = first + order.split('f').length - 1;
    const enters = Math.min(line, frontThreads - held);
    return [line - enters, first + enters, order];
  };
  const chain = stationary<At>(
    [0, 0, ''],
    ([line, first, order]): Move<At>[] => [
      { to: settled(Math.min(line + 1, MOST), first, order), rate },
      { to: settled(line, first - 1, `${order}f`), rate: first / front },
      { to: settled(line, first, order.length < 12 ? `${order}o` : order), rate: others },
      ...[...order].slice(0, storeThreads).map((_, i) => ({
        to: settled(line, first, order.slice(0, i) + order.slice(i + 1)),
        rate: 1 / store,
      })),
    ],
    1e-10,
  );
  const present = chain.mean(([line, first, order]) => line + first + order.split('f').length - 1);
  return {
    name: `λ = ${rate} and ${others}, ${frontThreads} and ${storeThreads} threads`,
    rate: rate + others,
    visits: 2,
    text: (length) =>
      truth(
        `component Front { operation ask() delays exp(${front} s)  threads ${frontThreads} }
component Store { operation read() delays exp(${store} s)  threads ${storeThreads} }
interaction Ask { actor user  lifeline front: Front, store: Store  user -> front.ask() { front -> store.read() } }
interaction Other { actor user  lifeline store: Store  user -> store.read() }
deployment D { node f { deploy Front }  node s { deploy Store } }`,
        `load Ask at ${rate}/s  load Other at ${others}/s`,
        length,
      ),
    checks: [
      { element: 'truth.Ask', measure: 'mean', exact: present / rate },
      { element: 'truth.Ask', measure: 'concurrency', exact: present },
      { element: 'truth.Front', measure: 'queue', exact: chain.mean(([line]) => line) },
      {
        element: 'truth.Other',
        measure: 'concurrency',
        exact: chain.mean(([, , order]) => order.split('o').length - 1),
      },
    ],
  };
}

/** Only so many calls at once from the front: a station of its own, whose places are connections. */
function pooled(rate: number, connections: number): AccuracyCase {
  const [front, store] = [0.5, 1];
  const { queue } = delayed(connections, rate, store);
  const atFront = front / (1 - rate * front);
  return {
    name: `λ = ${rate}, ${connections} connections`,
    rate,
    visits: 2,
    text: (length) =>
      truth(
        `component Front { operation ask() takes exp(${front} s)  connections ${connections} }
component Store external { operation read() delays exp(${store} s) }
interaction Ask { actor user  lifeline front: Front, store: Store  user -> front.ask() { front -> store.read() } }
deployment D { node f { cores 1  deploy Front } }`,
        `load Ask at ${rate}/s`,
        length,
      ),
    checks: [
      { element: 'truth.Ask', measure: 'mean', exact: atFront + store + queue / rate },
      { element: 'truth.Store.read', measure: 'concurrency', exact: rate * store },
    ],
  };
}

/** A bulkhead is M/M/n/n+m. */
function bulkhead(rate: number, places: number, line: number): AccuracyCase {
  const chain = stationary<number>(0, (present) => [
    { to: Math.min(present + 1, places + line), rate },
    { to: Math.max(present - 1, 0), rate: Math.min(present, places) },
  ]);
  const refused = chain.mean((present) => (present === places + line ? 1 : 0));
  const present = chain.mean((count) => count);
  return {
    name: `λ = ${rate}, bulkhead ${places}${line === 0 ? '' : ` queue ${line}`}`,
    rate,
    visits: 2,
    text: (length) =>
      truth(
        `component Front { operation ask()  requires Store { bulkhead ${places}${line === 0 ? '' : ` queue ${line}`} } }
component Store external { operation read() delays exp(1 s) }
interaction Ask { actor user  lifeline front: Front, store: Store  user -> front.ask() { front -> store.read() } }
deployment D { node f { deploy Front } }`,
        `load Ask at ${rate}/s`,
        length,
      ),
    checks: [
      { element: 'truth.Ask', measure: 'errors', exact: refused },
      { element: 'truth.Ask', measure: 'mean', exact: present / rate / (1 - refused) },
      { element: 'truth.Ask', measure: 'concurrency', exact: present },
    ],
  };
}

/** A job keeps the first server until there is a place at the second. */
function blocked(rate: number, places: number): AccuracyCase {
  const [first, second] = [0.6, 0.7];
  const MOST = 120;
  type At = readonly [atFirst: number, isDone: boolean, atSecond: number];
  const chain = stationary<At>([0, false, 0], ([atFirst, isDone, atSecond]): Move<At>[] => [
    { to: [Math.min(atFirst + 1, MOST), isDone, atSecond], rate },
    {
      to: atSecond < places ? [Math.max(atFirst - 1, 0), false, atSecond + 1] : [atFirst, true, atSecond],
      rate: atFirst > 0 && !isDone ? 1 / first : 0,
    },
    {
      to: isDone ? [Math.max(atFirst - 1, 0), false, atSecond] : [atFirst, false, Math.max(atSecond - 1, 0)],
      rate: atSecond > 0 ? 1 / second : 0,
    },
  ]);
  const present = chain.mean(([atFirst, , atSecond]) => atFirst + atSecond);
  return {
    name: `λ = ${rate}, ${places} places at the second`,
    rate,
    visits: 2,
    text: (length) =>
      truth(
        `resource one  resource two  resource place * ${places}
activity Make {
  initial -> start
  acquire start: one -> cut
  action cut takes exp(${first} s) -> reach
  acquire reach: place -> leave
  release leave: one -> drill
  action drill takes exp(${second} s) using two -> out
  release out: place -> done
  final done
}
deployment D { }`,
        `load Make at ${rate}/s`,
        length,
      ),
    checks: [
      { element: 'truth.Make', measure: 'mean', exact: present / rate },
      { element: 'truth.Make', measure: 'concurrency', exact: present },
      {
        element: 'truth.one',
        measure: 'utilization',
        exact: chain.mean(([atFirst]) => (atFirst > 0 ? 1 : 0)),
      },
      { element: 'truth.two', measure: 'utilization', exact: rate * second },
      { element: 'truth.place', measure: 'utilization', exact: chain.mean(([, , count]) => count) / places },
    ],
  };
}

export function layers(): readonly Family[] {
  return [
    {
      title: 'Layers of threads, closed',
      source: 'Franks, Al-Omari, Woodside and others 2009 (layered queues), by the Markov chain',
      cases: [
        { users: 5, think: 2, frontThreads: 2, frontWork: 0.5, storeThreads: 1, storeWork: 0.3, storeDelay: 0.4 },
        { users: 12, think: 3, frontThreads: 4, frontWork: 0.2, storeThreads: 2, storeWork: 0.2, storeDelay: 0.5 },
        { users: 30, think: 10, frontThreads: 3, frontWork: 0.1, storeThreads: 2, storeWork: 0.4, storeDelay: 0.1 },
      ].map(closedLayers),
    },
    {
      title: 'Layers of threads, open',
      source: 'Franks, Al-Omari, Woodside and others 2009 (layered queues), by the Markov chain',
      cases: [openLayers(0.6, 0.2, 3, 2), openLayers(1, 0.1, 4, 2)],
    },
    { title: 'Connections', source: 'Jackson 1957', cases: [pooled(0.8, 1), pooled(1.4, 2)] },
    {
      title: 'Bulkheads',
      source: 'birth and death',
      cases: [bulkhead(2, 3, 0), bulkhead(3, 3, 4), bulkhead(1, 1, 1)],
    },
    {
      title: 'Blocking between two stations',
      source: 'Hunt 1956; Perros 1994 (blocking after service), by the Markov chain',
      cases: [blocked(0.7, 1), blocked(0.9, 2), blocked(1, 4)],
    },
  ];
}
