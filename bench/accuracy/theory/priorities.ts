/** Several kinds of work at one station: in order of priority with and without interruption, and sharing. */
import type { AccuracyCase, Check, Family, RunLength } from '../accuracy-case.ts';
import { stationary } from './markov-chain.ts';
import { delayed } from './queues.ts';
import { sum, truth } from './truth.ts';

/** What comes `rate` times a second, as the language writes its work, with the mean and the mean square. */
interface Kind {
  readonly rate: number;
  readonly takes: string;
  readonly mean: number;
  readonly square: number;
}

const exponential = (rate: number, mean: number): Kind => ({
  rate,
  takes: `exp(${mean} s)`,
  mean,
  square: 2 * mean ** 2,
});
const always = (rate: number, mean: number): Kind => ({ rate, takes: `constant(${mean} s)`, mean, square: mean ** 2 });
const phased = (rate: number, k: number, mean: number): Kind => ({
  rate,
  takes: `erlang(${k}, ${mean} s)`,
  mean,
  square: mean ** 2 * (1 + 1 / k),
});
const twofold = (rate: number, share: number, first: number, second: number): Kind => ({
  rate,
  takes: `mixture(${100 * share} %: exp(${first} s), ${100 - 100 * share} %: exp(${second} s))`,
  mean: share * first + (1 - share) * second,
  square: 2 * (share * first ** 2 + (1 - share) * second ** 2),
});

/** The first kind goes first. */
const mixes: readonly { readonly name: string; readonly kinds: readonly Kind[] }[] = [
  { name: 'two exponential kinds', kinds: [exponential(0.3, 1), exponential(0.2, 2)] },
  { name: 'three kinds alike', kinds: [exponential(0.2, 1), exponential(0.3, 1), exponential(0.3, 1)] },
  { name: 'constant, exponential and Erlang', kinds: [always(0.5, 0.4), exponential(0.2, 1), phased(0.1, 3, 3)] },
  { name: 'the urgent work is long', kinds: [twofold(0.05, 0.9, 2, 20), exponential(1, 0.4)] },
];

function station(kinds: readonly Kind[], node: string, length: RunLength): string {
  return truth(
    [
      'component Desk {',
      ...kinds.map(({ takes }, i) => `  operation do${i}() takes ${takes}  priority ${kinds.length - i}`),
      '}',
      ...kinds.map((_, i) => `interaction Kind${i} { actor user  lifeline desk: Desk  user -> desk.do${i}() }`),
      `deployment D { node n { ${node}  deploy Desk } }`,
    ].join('\n'),
    kinds.map(({ rate }, i) => `load Kind${i} at ${rate}/s`).join('  '),
    length,
  );
}

function checksOf(kinds: readonly Kind[], waits: readonly number[]): readonly Check[] {
  const queue = sum(kinds.map(({ rate }, i) => rate * (waits[i] ?? Number.NaN)));
  return [
    ...kinds.flatMap(({ rate, mean }, i): Check[] => {
      const wait = waits[i] ?? Number.NaN;
      return [
        { element: `truth.Kind${i}`, measure: 'mean', exact: wait + mean },
        { element: `truth.Kind${i}`, measure: 'concurrency', exact: rate * (wait + mean) },
        { element: `truth.Desk.do${i}`, measure: 'wait', exact: wait },
      ];
    }),
    { element: 'truth.D.n', measure: 'queue', exact: queue },
    { element: 'truth.D.n', measure: 'wait', exact: queue / sum(kinds.map(({ rate }) => rate)) },
  ];
}

function oneStation(name: string, kinds: readonly Kind[], node: string, waits: readonly number[]): AccuracyCase {
  return {
    name,
    rate: sum(kinds.map(({ rate }) => rate)),
    visits: 1,
    text: (length) => station(kinds, node, length),
    checks: checksOf(kinds, waits),
  };
}

const loadUpTo = (kinds: readonly Kind[], count: number): number =>
  sum(kinds.slice(0, count).map(({ rate, mean }) => rate * mean));
const residue = (kinds: readonly Kind[]): number => sum(kinds.map(({ rate, square }) => (rate * square) / 2));

function waitsInOrder(kinds: readonly Kind[]): readonly number[] {
  return kinds.map((_, i) => residue(kinds) / (1 - loadUpTo(kinds, i)) / (1 - loadUpTo(kinds, i + 1)));
}

function waitsWithInterruption(kinds: readonly Kind[]): readonly number[] {
  return kinds.map(({ mean }, i) => {
    const before = 1 - loadUpTo(kinds, i);
    return mean / before + residue(kinds.slice(0, i + 1)) / before / (1 - loadUpTo(kinds, i + 1)) - mean;
  });
}

/** All work exponential with a mean of 1 s. */
const crowds: readonly { readonly cores: number; readonly rates: readonly number[] }[] = [
  { cores: 2, rates: [0.6, 0.9] },
  { cores: 4, rates: [1, 1, 1.4] },
];

function waitsOfCrowd(cores: number, rates: readonly number[]): readonly number[] {
  const share = (count: number): number => sum(rates.slice(0, count)) / cores;
  const { waits } = delayed(cores, sum(rates), 1);
  return rates.map((_, i) => waits / cores / (1 - share(i)) / (1 - share(i + 1)));
}

/** Those of greater priority do not notice the others: the differences of stations without priorities. */
function waitsOfInterruptedCrowd(cores: number, rates: readonly number[]): readonly number[] {
  const waiting = rates.map((_, i) => delayed(cores, sum(rates.slice(0, i + 1)), 1).queue);
  return rates.map((rate, i) => ((waiting[i] ?? 0) - (waiting[i - 1] ?? 0)) / rate);
}

/** Two cores that interrupt, with work of two means: nothing but the chain knows. */
function twoMeans(): AccuracyCase {
  const kinds = [exponential(0.5, 1), exponential(0.25, 3)];
  const MOST = 90;
  const chain = stationary<readonly [number, number]>([0, 0], ([high, low]) => [
    { to: [Math.min(high + 1, MOST), low], rate: 0.5 },
    { to: [high, Math.min(low + 1, MOST)], rate: 0.25 },
    { to: [Math.max(high - 1, 0), low], rate: Math.min(high, 2) },
    { to: [high, Math.max(low - 1, 0)], rate: Math.min(low, Math.max(2 - high, 0)) / 3 },
  ]);
  const waits = [chain.mean(([high]) => high) / 0.5 - 1, chain.mean(([, low]) => low) / 0.25 - 3];
  return oneStation('two cores, means of 1 s and 3 s', kinds, 'cores 2  preemptive priority', waits);
}

export function priorities(): readonly Family[] {
  return [
    {
      title: 'M/G/1 with priorities',
      source: 'Cobham 1954',
      cases: mixes.map(({ name, kinds }) => oneStation(name, kinds, 'cores 1  priority', waitsInOrder(kinds))),
    },
    {
      title: 'M/G/1 with interruption',
      source: 'White and Christie 1958 (preemptive resume)',
      cases: mixes.map(({ name, kinds }) =>
        oneStation(name, kinds, 'cores 1  preemptive priority', waitsWithInterruption(kinds)),
      ),
    },
    {
      title: 'M/M/c with priorities',
      source: 'Kella and Yechiali 1985; with interruption by differences of Erlang C; two means by the Markov chain',
      cases: [
        ...crowds.map(({ cores, rates }) =>
          oneStation(
            `c = ${cores}, ${rates.length} kinds`,
            rates.map((rate) => exponential(rate, 1)),
            `cores ${cores}  priority`,
            waitsOfCrowd(cores, rates),
          ),
        ),
        ...crowds.map(({ cores, rates }) =>
          oneStation(
            `c = ${cores}, ${rates.length} kinds, with interruption`,
            rates.map((rate) => exponential(rate, 1)),
            `cores ${cores}  preemptive priority`,
            waitsOfInterruptedCrowd(cores, rates),
          ),
        ),
        twoMeans(),
      ],
    },
    {
      title: 'Sharing by several kinds',
      source: 'Kleinrock 1976, 4.4; Cohen 1979 (several cores): in proportion to the work',
      cases: [1, 3].flatMap((cores) =>
        mixes.map(({ name, kinds }) => {
          const more = kinds.map((kind) => ({ ...kind, rate: kind.rate * cores }));
          const load = loadUpTo(more, more.length);
          const stretch = 1 + delayed(cores, load, 1).queue / load;
          const waits = more.map(({ mean }) => mean * (stretch - 1));
          return oneStation(`${name}, c = ${cores}`, more, `cores ${cores}  sharing`, waits);
        }),
      ),
    },
  ];
}
