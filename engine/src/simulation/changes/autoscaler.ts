/**
 * Replicas that follow the use of their cores, by the rule of Kubernetes' HorizontalPodAutoscaler: as many as there are, times the
 * use over the one wanted, rounded up; within a tenth of it nothing changes. What starts counts as idle.
 *
 * Source: Kubernetes documentation, Horizontal Pod Autoscaling, "Algorithm details" (tolerance 0.1 by default).
 */
import type { Autoscale } from '../../model/index.ts';
import { formatShare } from '../../numeric/index.ts';
import type { Agenda } from './agenda.ts';
import { nameOf } from './places.ts';
import type { ReplicaSets } from './replica-sets.ts';
import { deploymentOf, type Running } from './running.ts';
import type { Scaling } from './scaling.ts';

const TOLERANCE = 0.1;

export class Autoscaler {
  readonly #run: Running;
  readonly #sets: ReplicaSets;
  readonly #scaling: Scaling;
  readonly #agenda: Agenda;

  constructor(run: Running, sets: ReplicaSets, scaling: Scaling, agenda: Agenda) {
    this.#run = run;
    this.#sets = sets;
    this.#scaling = scaling;
    this.#agenda = agenda;
  }

  begin(): void {
    for (const autoscale of deploymentOf(this.#run.scenario)?.autoscales ?? []) {
      if (autoscale.every > 0) this.#watch(autoscale, this.#busyTime(autoscale));
    }
  }

  #watch(autoscale: Autoscale, before: number): void {
    this.#agenda.after(autoscale.every, () => {
      const busy = this.#busyTime(autoscale);
      this.#decide(autoscale, busy - before);
      this.#watch(autoscale, busy);
    });
  }

  #decide({ component, minimum, maximum, cpu, every }: Autoscale, busy: number): void {
    const now = this.#scaling.total(component);
    const cores = this.#coresOf(component);
    const use = cores > 0 && Number.isFinite(cores) ? busy / (every * cores) : 0;
    const ratio = use / cpu;
    const isNear = Math.abs(ratio - 1) <= TOLERANCE || (!Number.isFinite(cores) && ratio === 0);
    // Whatever rounding made of a whole number.
    const wanted = isNear ? now : Math.ceil(now * ratio - 1e-9);
    const total = Math.min(Math.max(wanted, minimum), maximum);
    const name = nameOf(component);
    const why = `${formatShare(use)} of its cores are busy, ${formatShare(cpu)} are wanted: `;
    if (total !== now) this.#scaling.scale(component, total, 'autoscale', `${name}: ${why}`);
  }

  #busyTime({ component }: Autoscale): number {
    return this.#sets.all(component).reduce((sum, replica) => sum + this.#run.stations.busyTime(replica), 0);
  }

  /** What its replicas can keep busy: the cores of their nodes, or as many as they have threads where that is less. */
  #coresOf(component: string): number {
    const { nodeOfReplica } = this.#run.scenario.layout;
    const threads = new Map<number, number>();
    for (const replica of this.#sets.wanted(component)) {
      const node = nodeOfReplica[replica]!;
      const own = this.#run.threads.threads(replica) || Number.POSITIVE_INFINITY;
      threads.set(node, (threads.get(node) ?? 0) + own);
    }
    let sum = 0;
    for (const [node, most] of threads) sum += Math.min(this.#run.stations.cores(node), most);
    return sum;
  }
}
