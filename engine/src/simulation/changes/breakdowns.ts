/** Nodes and zones that fail by chance and are repaired: each node instance by itself, a zone with all that is in it. */
import type { Breakdown, Deployment, ElementId } from '../../model/index.ts';
import { BlockSampler, durationFiller, randomStream } from '../../numeric/index.ts';
import type { Agenda } from './agenda.ts';
import type { Faults } from './faults.ts';
import type { Happenings } from './happenings.ts';
import { nameOf, nodesOf } from './places.ts';
import { deploymentOf, type Running } from './running.ts';

/** Between two breakdowns, microseconds at least: a law of zeros would keep time from passing. */
const LEAST_TIME = 1000;

interface Breaking {
  readonly element: ElementId;
  readonly name: string;
  readonly nodes: readonly number[];
  readonly breakdown: Breakdown;
  /** Of its random sources. */
  readonly source: string;
}

export class Breakdowns {
  readonly #run: Running;
  readonly #faults: Faults;
  readonly #agenda: Agenda;
  readonly #happenings: Happenings;
  readonly #breaking: readonly Breaking[];

  constructor(run: Running, faults: Faults, agenda: Agenda, happenings: Happenings) {
    this.#run = run;
    this.#faults = faults;
    this.#agenda = agenda;
    this.#happenings = happenings;
    this.#breaking = breakingIn(run, deploymentOf(run.scenario));
  }

  begin(replication: number): void {
    const { seed } = this.#run.scenario;
    for (const { element, name, nodes, breakdown, source } of this.#breaking) {
      const sampler = (law: Breakdown['every'], what: string): BlockSampler =>
        new BlockSampler(durationFiller(law), randomStream(seed, `${source}/${what}`, replication));
      const every = sampler(breakdown.every, 'breakdown');
      const repaired = sampler(breakdown.repaired, 'repair');
      const wait = (): void => {
        this.#agenda.after(Math.max(every.next(), LEAST_TIME), () => {
          this.#happenings.add('breakdown', element, `${name} breaks down`);
          this.#faults.strike(nodes, []);
          this.#agenda.after(repaired.next(), () => {
            this.#faults.recover(nodes, []);
            this.#happenings.add('repair', element, `${name} is repaired`);
            wait();
          });
        });
      };
      wait();
    }
  }
}

function breakingIn({ scenario: { layout } }: Running, deployment: Deployment | undefined): readonly Breaking[] {
  if (deployment === undefined) return [];
  const zones = deployment.zones.flatMap(({ id, breakdown }) => {
    if (breakdown === undefined) return [];
    return [{ element: id, name: nameOf(id), nodes: nodesOf(layout, deployment, id), breakdown, source: id }];
  });
  const nodes = deployment.nodes.flatMap(({ id, count, breakdown }) => {
    if (breakdown === undefined) return [];
    return nodesOf(layout, deployment, id).map((node, index) => ({
      element: id,
      name: nameOf(id, count > 1 ? index + 1 : undefined),
      nodes: [node],
      breakdown,
      source: `${id}[${index + 1}]`,
    }));
  });
  return [...zones, ...nodes];
}
