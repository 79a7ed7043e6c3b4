/** Which of several queues a job goes to: by turns, by chance, to the shorter of two, to the shortest. */
import type { AccuracyCase, Check, Family, RunLength } from '../accuracy-case.ts';
import { busyAtArrival } from './arrivals.ts';
import { type Move, stationary } from './markov-chain.ts';
import { truth } from './truth.ts';

/** Each queue has a core of its own, with work of a mean of 1 s. */
function queues(count: number, strategy: string, load: number, length: RunLength): string {
  return truth(
    `component Server { operation serve() takes exp(1 s) }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { node n * ${count} { cores 1  deploy Server }  balance Server by ${strategy} }`,
    `load Job at ${load * count}/s`,
    length,
  );
}

function balanced(count: number, strategy: string, load: number, response: number, approximate?: number): AccuracyCase {
  const about = approximate === undefined ? {} : { approximate };
  const checks: Check[] = [
    { element: 'truth.Job', measure: 'mean', exact: response, ...about },
    { element: 'truth.Job', measure: 'concurrency', exact: response * load * count, ...about },
    { element: 'truth.D.n', measure: 'utilization', exact: load },
  ];
  return {
    name: `${strategy}, ${count} queues, ρ = ${load}`,
    rate: load * count,
    visits: 1,
    // A hundred works: with so many queues a tenth of a run is but a few.
    settles: 100,
    text: (length) => queues(count, strategy, load, length),
    checks,
  };
}

/** Which queues a job may go to, each with its share, given how many are in each. */
type Choice = (lengths: readonly number[]) => readonly { readonly queue: number; readonly share: number }[];

const shortest: Choice = (lengths) => {
  const least = Math.min(...lengths);
  const alike = lengths.flatMap((length, queue) => (length === least ? [queue] : []));
  return alike.map((queue) => ({ queue, share: 1 / alike.length }));
};

const shorterOfTwo: Choice = (lengths) => {
  const pairs = lengths.flatMap((_, i) => lengths.flatMap((_, j) => (i === j ? [] : [[i, j] as const])));
  return pairs.map(([first, second]) => ({
    queue: (lengths[second] ?? 0) < (lengths[first] ?? 0) ? second : first,
    share: 1 / pairs.length,
  }));
};

/** All queues are alike: only how many are how long counts. */
function response(count: number, choose: Choice, load: number, most: number): number {
  const sorted = (lengths: readonly number[]): readonly number[] => [...lengths].sort((a, b) => a - b);
  const chain = stationary<readonly number[]>(
    Array.from({ length: count }, () => 0),
    (lengths): Move<readonly number[]>[] => [
      ...choose(lengths).map(({ queue, share }) => ({
        to: sorted(lengths.map((length, i) => (i === queue ? Math.min(most, length + 1) : length))),
        rate: share * load * count,
      })),
      ...lengths.map((length, queue) => ({
        to: sorted(lengths.map((other, i) => (i === queue ? Math.max(0, other - 1) : other))),
        rate: length > 0 ? 1 : 0,
      })),
    ],
  );
  return chain.mean((lengths) => lengths.reduce((total, length) => total + length, 0)) / (load * count);
}

/** Of very many queues. */
function ofVeryMany(load: number): number {
  let total = 0;
  for (let i = 1; i <= 12; i++) total += load ** (2 ** i - 2);
  return total;
}

export function balancing(): readonly Family[] {
  const inTurn = (count: number, load: number): number =>
    1 / (1 - busyAtArrival(1, (s) => ((load * count) / (load * count + s)) ** count));
  return [
    {
      title: 'Balancing by chance and by turns',
      source: 'Kleinrock 1975: M/M/1; E_k/M/1',
      cases: [
        balanced(4, 'random', 0.7, 1 / 0.3),
        balanced(3, 'round_robin', 0.7, inTurn(3, 0.7)),
        balanced(10, 'round_robin', 0.8, inTurn(10, 0.8)),
      ],
    },
    {
      title: 'Balancing to the shorter queue',
      source: 'Haight 1958; Adan, Wessels and Zijm 1991 (by the Markov chain)',
      cases: [
        balanced(2, 'least_connections', 0.7, response(2, shortest, 0.7, 50)),
        balanced(2, 'two_choices', 0.8, response(2, shortest, 0.8, 60)),
        balanced(3, 'least_connections', 0.8, response(3, shortest, 0.8, 30)),
        balanced(3, 'two_choices', 0.7, response(3, shorterOfTwo, 0.7, 26)),
      ],
    },
    {
      title: 'Balancing to the shorter of two, of 400 queues',
      source: 'Mitzenmacher 2001, Vvedenskaya, Dobrushin and Karpelevich 1996: the limit of many queues, within 1 %',
      cases: [0.7, 0.9].map((load) => balanced(400, 'two_choices', load, ofVeryMany(load), 0.01)),
    },
  ];
}
