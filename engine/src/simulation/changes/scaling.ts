/** How many replicas of a component and instances of a node there are. New ones serve after their start-up; those that go finish what they have. */
import type { Deployment, ElementId } from '../../model/index.ts';
import { formatCount } from '../../numeric/index.ts';
import type { RunEventKind } from '../result.ts';
import type { Agenda } from './agenda.ts';
import type { Happenings } from './happenings.ts';
import { nameOf, nodesOf } from './places.ts';
import type { ReplicaSets } from './replica-sets.ts';
import { deploymentOf, type Running } from './running.ts';

export class Scaling {
  readonly #run: Running;
  readonly #deployment: Deployment | undefined;
  readonly #sets: ReplicaSets;
  readonly #agenda: Agenda;
  readonly #happenings: Happenings;
  /** By replica: how often it was started. */
  readonly #starts: Int32Array;

  constructor(run: Running, sets: ReplicaSets, agenda: Agenda, happenings: Happenings) {
    this.#run = run;
    this.#deployment = deploymentOf(run.scenario);
    this.#sets = sets;
    this.#agenda = agenda;
    this.#happenings = happenings;
    this.#starts = new Int32Array(run.scenario.layout.nodeOfReplica.length);
  }

  clear(): void {
    this.#starts.fill(0);
    const { layout } = this.#run.scenario;
    for (let node = layout.nodesAtBeginning; node < layout.kindOfNode.length; node++) {
      if (layout.coresOfNode[node]! > 0) this.#run.stations.setCores(node, 0);
    }
  }

  /** Replicas there are, those that start among them. */
  total(component: ElementId): number {
    return this.#sets.wanted(component).length;
  }

  /** The total; as many as there is room for. `why` goes before what is said of it. */
  scale(component: ElementId, total: number, kind: RunEventKind = 'scale', why = ''): void {
    const now = this.#sets.wanted(component);
    const count = Math.floor(total);
    if (count === now.length) return;
    if (count > now.length) for (const replica of this.free(component, count - now.length, now)) this.start(replica);
    else for (const replica of now.slice(Math.max(0, count))) this.#sets.want(replica, false);
    const then = this.total(component);
    const text = `${nameOf(component)} goes from ${formatCount(now.length)} to ${formatCount(then)} replicas`;
    this.#happenings.add(kind, component, `${why}${text}`);
  }

  /** Places for further replicas: on nodes that are up first. */
  free(component: ElementId, count: number, taken: readonly number[]): readonly number[] {
    const { nodeOfReplica, nodesAtBeginning } = this.#run.scenario.layout;
    const places = this.#sets
      .all(component)
      .filter((replica) => !taken.includes(replica) && !this.#sets.isWanted(replica))
      .filter((replica) => nodeOfReplica[replica]! < nodesAtBeginning || this.#sets.isUp(replica));
    const up = places.filter((replica) => this.#sets.isUp(replica));
    return [...up, ...places.filter((replica) => !up.includes(replica))].slice(0, count);
  }

  /** It takes calls after its start-up, unless it was stopped before. */
  start(replica: number): void {
    const startup = this.startupOf(this.#run.scenario.layout.componentOfReplica[replica]!);
    const start = ++this.#starts[replica]!;
    this.#sets.want(replica, true);
    if (startup <= 0) return;
    this.#sets.setStarting(replica, true);
    this.#agenda.after(startup, () => {
      if (this.#starts[replica] === start && this.#sets.isWanted(replica)) this.#sets.setStarting(replica, false);
    });
  }

  startupOf(component: ElementId): number {
    return this.#deployment?.autoscales.find((autoscale) => autoscale.component === component)?.startup ?? 0;
  }

  /** So many instances of a node; `cores`: of each that comes. */
  scaleNode(kind: ElementId, count: number, cores: number): void {
    const nodes = nodesOf(this.#run.scenario.layout, this.#deployment, kind);
    nodes.forEach((node, index) => {
      const isThere = index < count;
      if (this.#sets.isNodeThere(node) === isThere) return;
      if (isThere && cores > 0) this.#run.stations.setCores(node, cores);
      this.#sets.setNodeThere(node, isThere);
    });
  }
}
