/**
 * A process of its own that runs models which it is given on its standard input, one after the other, and prints what each transaction
 * cost and how much memory the process held. It holds the engine only, as a thread of a run does.
 */
import fs from 'node:fs';
import type { Model } from '@pollux/engine/model';
import { compileScenario, runReplication } from '@pollux/engine/simulation';

export interface Errand {
  readonly model: Model;
  readonly scenario: string;
  /** Simulated seconds, and how often it is run: the cheapest counts. */
  readonly seconds: number;
  readonly runs: number;
}

export interface Outcome {
  /** Transactions of one run. */
  readonly transactions: number;
  /** Nanoseconds of work a transaction. */
  readonly cost: number;
  /** The most memory that the whole process has held until then, in megabytes. */
  readonly memory: number;
}

const errands: readonly Errand[] = JSON.parse(fs.readFileSync(0, 'utf8'));
const outcomes = errands.map(({ model, scenario, seconds, runs }): Outcome => {
  const scenarios = model.scenarios.map((each) => ({ ...each, duration: seconds * 1e6, warmup: 0 }));
  const { value } = compileScenario({ ...model, scenarios }, scenario);
  if (value === null) throw new Error(`${scenario} cannot be run`);
  let transactions = 0;
  let cost = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const begin = process.cpuUsage();
    const { timed, finished } = runReplication(value, run);
    const { user, system } = process.cpuUsage(begin);
    if (!finished) throw new Error(`${scenario} was not finished`);
    transactions = timed.at(-1)!.started;
    cost = Math.min(cost, ((user + system) * 1000) / transactions);
  }
  return { transactions, cost, memory: process.resourceUsage().maxRSS / 1000 };
});
console.log(JSON.stringify(outcomes));
