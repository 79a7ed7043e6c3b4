/**
 * Whether a transaction costs the same in a long run as in a short one, how its cost grows with the number of events that are
 * pending, and what memory ten million transactions take.
 */
import { modelOf } from '@pollux/language-server/language';
import { inOwnProcess } from './in-own-process.ts';
import type { BenchReport } from './report.ts';
import type { Errand, Outcome } from './simulation-alone.ts';

/** Transactions of a run, and how often it is run. */
const SIZES = [
  [10_000, 40],
  [100_000, 10],
  [1_000_000, 3],
  [10_000_000, 1],
] as const;
const USERS = [1000, 10_000, 100_000, 400_000];

/** Users who think for so long that there are always a thousand transactions a second: each of them is a pending event. */
const patient = (users: number): string => `package bench
component Server { operation serve() takes exp(0.5 ms) }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment Single { node host { cores 1  deploy Server } }
scenario Run of Single { load Job by ${users} users thinking exp(${users} ms)  run 600 s }
`;

/** `text` declares the scenario `bench.Run`, whose load is `rate` transactions a second. */
export async function atScale(
  text: string,
  rate: number,
): Promise<Pick<BenchReport, 'figures'> & { readonly notes: readonly string[] }> {
  const network = await read(text);
  // The first is not counted: it is there to be compiled by the engine that runs it.
  const [, ...lengths] = alone(
    [[1_000_000, 1] as const, ...SIZES].map(([transactions, runs]) => ({
      ...network,
      seconds: transactions / rate,
      runs,
    })),
  );
  const models = await Promise.all(USERS.map((users) => read(patient(users))));
  const [, ...pending] = alone([models[0]!, ...models].map((model) => ({ ...model, seconds: 600, runs: 3 })));
  const costs = lengths.map(({ cost }) => cost);
  const flat = costs.at(-1)! / costs[0]!;
  const memory = lengths.at(-1)!.memory;
  const [least, most] = [pending[0]!.cost, pending.at(-1)!.cost];
  const growth = most / least / (Math.log(USERS.at(-1)!) / Math.log(USERS[0]!));
  return {
    figures: { 'memory.10M': Math.round(memory), flat: rounded(flat), 'pending.log': rounded(growth) },
    notes: [
      `A transaction of the network costs ${list(costs)} ns in runs of ${list(lengths.map(({ transactions }) => transactions))}; the longest ${rounded(flat)} times the shortest, which bears more of what a run costs by itself.`,
      `The process that ran all of them, with the engine in it, held at most ${Math.round(memory)} MB.`,
      `With ${list(USERS)} events pending, one at a single queue costs ${list(pending.map(({ cost }) => cost))} ns: ${rounded(growth)} times what the logarithm grows by.`,
    ],
  };
}

function alone(errands: readonly Errand[]): readonly Outcome[] {
  return inOwnProcess(import.meta.url, 'simulation-alone', errands);
}

async function read(text: string): Promise<Pick<Errand, 'model' | 'scenario'>> {
  const { model, problems } = await modelOf(text);
  if (model === null) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return { model, scenario: 'bench.Run' };
}

function list(values: readonly number[]): string {
  return values.map((value) => Math.round(value).toLocaleString('en')).join(', ');
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
