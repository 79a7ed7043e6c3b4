/**
 * Transactions a second through the whole engine, text → model → run, beside programs written by hand for the same two
 * systems: one queue, and a network of five services.
 */
import type { Model } from '@pollux/engine/model';
import { modelOf } from '@pollux/language-server/language';
import { inOwnProcess } from './in-own-process.ts';
import { type BenchReport, median } from './report.ts';
import { aroundRuns } from './simulation-around.ts';
import { atScale } from './simulation-at-scale.ts';
import type { ContestErrand, ContestOutcome } from './simulation-contest.ts';

const queue = (seconds: number): string => `package bench
component Server { operation serve() takes exp(1 ms) }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment Single { node host { cores 1  deploy Server } }
scenario Run of Single { load Job at 800/s  run ${seconds} s  warmup 1 s }
`;

interface Links {
  /** What stands between nodes, and what callers do about trouble. */
  readonly links: string;
  readonly policy: string;
}

const plain: Links = { links: '', policy: '' };
const rich: Links = {
  links: ['a -- b', 'b -- c', 'b -- d', 'b -- e'].map((link) => `${link} { latency 0.25 ms }`).join('  '),
  policy: 'timeout 500 ms',
};

const network = (seconds: number, { links, policy }: Links = plain): string => `package bench
component Gateway { operation handle() takes exp(1 ms)  requires App { ${policy} } }
component App {
  operation run() takes exp(10 ms)
  requires Cart { ${policy} }  requires Recommendations { ${policy} }  requires Database { ${policy} }
}
component Cart { operation get() takes exp(4 ms) }
component Recommendations { operation get() takes exp(5 ms) }
component Database { operation query() takes exp(2 ms) }
interaction Request {
  actor client
  lifeline gateway: Gateway, app: App, cart: Cart, recommendations: Recommendations, database: Database
  client -> gateway.handle() {
    gateway -> app.run() {
      par { app -> cart.get() } and { app -> recommendations.get() }
      app -> database.query()
    }
  }
}
deployment Five {
  node a { cores 8  deploy Gateway }
  node b { cores 16  deploy App }
  node c { cores 8  deploy Cart }
  node d { cores 8  deploy Recommendations }
  node e { cores 4  deploy Database }
  ${links}
}
scenario Run of Five { load Request at 1200/s  run ${seconds} s  warmup 1 s }
`;

interface Contest {
  readonly name: string;
  readonly key: ContestErrand['byHand'];
  readonly text: string;
  readonly mean: number;
}

const contests: readonly Contest[] = [
  { name: 'M/M/1', key: 'mm1', text: queue(1000), mean: 5 },
  { name: 'five services', key: 'plain', text: network(250, plain), mean: 21.3 },
  { name: 'five services, links and limits of time', key: 'rich', text: network(120, rich), mean: 22.9 },
];

export async function bench(): Promise<BenchReport> {
  const rows: (string | number)[][] = [];
  const figures: Record<string, number> = {};
  for (const { name, key, text, mean } of contests) {
    const begin = performance.now();
    const model = await read(text);
    const compileTime = performance.now() - begin;
    const errand: ContestErrand = { model, scenario: 'bench.Run', byHand: key, mean };
    const { ours, hand } = inOwnProcess<ContestOutcome>(import.meta.url, 'simulation-contest', errand);
    const ratio = median(ours.map((figure, run) => figure / hand[run]!));
    figures[`${key}.pollux`] = Math.round(median(ours));
    figures[`${key}.hand`] = Math.round(median(hand));
    rows.push([name, median(ours), median(hand), ratio, compileTime]);
  }
  const endless = network(1e8).replace('warmup 1 s', 'warmup 1 s  vary e.cores in 4..6');
  const around = await aroundRuns(network(500), endless);
  const scale = await atScale(network(500), 1200);
  return {
    title: 'Simulation: transactions a second of CPU time',
    columns: ['system', 'pollux', 'written by hand', 'ratio', 'text → model, ms'],
    rows,
    figures: { ...figures, ...around.figures, ...scale.figures },
    notes: [
      'All of it bundled, as the extension and the command line are; each system in a process of its own, as a run is in a thread.',
      'Medians of runs in turn. Pollux keeps percentiles, waits, errors and utilisation of every message, operation and node;',
      'the programs by hand keep one histogram. Both answers are checked against the known mean.',
      ...around.notes,
      ...scale.notes,
    ],
  };
}

async function read(text: string): Promise<Model> {
  const { model, problems } = await modelOf(text);
  if (model === null) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return model;
}
