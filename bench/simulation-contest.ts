/**
 * A process of its own in which the engine and a program written by hand run the same system in turn, as a run's thread does in the
 * product: nothing else was simulated there before.
 */
import fs from 'node:fs';
import type { Model } from '@pollux/engine/model';
import { compileScenario, runReplication } from '@pollux/engine/simulation';
import { type HandResult, mm1ByHand, networkByHand, richNetworkByHand } from './simulation-by-hand.ts';

export interface ContestErrand {
  readonly model: Model;
  readonly scenario: string;
  readonly byHand: keyof typeof byHand;
  /** Mean response in milliseconds that both must find. */
  readonly mean: number;
}

/** Transactions a second of CPU time, run by run; the first run of each is not counted. */
export interface ContestOutcome {
  readonly ours: readonly number[];
  readonly hand: readonly number[];
}

const RUNS = 7;
/** How far the mean of one run may be off. */
const TOLERANCE = 0.15;

const byHand = {
  mm1: () => mm1ByHand(800_000, 0.8),
  plain: () => networkByHand(300_000, 1.2),
  rich: () => richNetworkByHand(144_000, 1.2),
};

const errand: ContestErrand = JSON.parse(fs.readFileSync(0, 'utf8'));
const { value: compiled } = compileScenario(errand.model, errand.scenario);
if (compiled === null) throw new Error(`${errand.scenario} cannot be run`);
const ours: number[] = [];
const hand: number[] = [];
// In turn, so that whatever else the machine does hits both alike.
for (let run = 0; run <= RUNS; run++) {
  const another = timed(() => checked(byHand[errand.byHand]()));
  const own = timed(() => checked(replication(run)));
  if (run === 0) continue;
  hand.push(another);
  ours.push(own);
}
console.log(JSON.stringify({ ours, hand } satisfies ContestOutcome));

function replication(index: number): HandResult {
  const result = runReplication(compiled!, index);
  const { latency } = result.timed.at(-1)!;
  const transactions = latency.counts.reduce((sum, count) => sum + count, 0);
  return { transactions, mean: latency.sum / transactions / 1000 };
}

function checked({ transactions, mean }: HandResult): number {
  if (Math.abs(mean / errand.mean - 1) > TOLERANCE)
    throw new Error(`${errand.byHand}: a mean of ${mean} instead of ${errand.mean} ms`);
  return transactions;
}

function timed(work: () => number): number {
  const begin = process.cpuUsage();
  const transactions = work();
  const { user, system } = process.cpuUsage(begin);
  return transactions / ((user + system) / 1e6);
}
