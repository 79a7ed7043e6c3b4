/**
 * For how long each level that is asked for stood where. It looks just before time goes on: until then nothing can have changed, so
 * who changes it need not tell. Knows nothing of expectations.
 */
import type { ElementId } from '../../model/index.ts';
import { type LevelData, LevelTimes } from '../../numeric/index.ts';
import type { Resources } from '../activities/resources.ts';
import type { CallPairs } from '../call-pairs.ts';
import type { CallPlaces } from '../call-places.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import type { Presence } from '../presence.ts';
import type { Cores, Stations } from '../stations/index.ts';
import { type Subject, subjectsOf } from '../subjects.ts';
import type { Tallies } from '../tallies.ts';
import type { Threads } from '../threads.ts';
import { type AskedLevel, levelPlan } from './level-plan.ts';
import { type PlacesOfPool, placesOfPool } from './places-of-pool.ts';

/** What is looked at. */
export interface Watched {
  readonly scenario: CompiledScenario;
  readonly cores: Cores;
  readonly stations: Stations;
  readonly threads: Threads;
  readonly places: CallPlaces;
  readonly pairs: CallPairs;
  readonly presence: Presence;
  /** Undefined where the scenario runs no activity. */
  readonly resources: Resources | undefined;
  /** One after the other as subjects number them. */
  readonly tallies: readonly Tallies[];
}

/** Shares are told apart to a millionth. */
const PARTS_OF_SHARE = 1_000_000;

export class LevelWatch {
  readonly #run: Watched;
  readonly #times: readonly LevelTimes[];
  /** Each writes the level now. */
  readonly #look: readonly (() => void)[];
  readonly #now: Float64Array;
  #since = 0;

  /** Null where nobody asks for any. */
  static of(run: Watched): LevelWatch | null {
    const plan = levelPlan(run.scenario);
    return plan.length === 0 ? null : new LevelWatch(run, plan);
  }

  private constructor(run: Watched, plan: readonly AskedLevel[]) {
    this.#run = run;
    this.#now = new Float64Array(plan.length);
    const isCount = ({ name }: AskedLevel): boolean => name === 'queue' || name === 'concurrency';
    this.#times = plan.map((asked) => new LevelTimes(isCount(asked) ? 1 : PARTS_OF_SHARE));
    this.#look = plan.map((asked, at) => this.#reader(asked, at));
  }

  clear(): void {
    this.mark(0);
  }

  /** The warm-up ends. */
  mark(now: number): void {
    for (const times of this.#times) times.clear();
    this.#since = now;
  }

  /** Time is about to go on to then. */
  passUntil(then: number): void {
    const time = then - this.#since;
    if (!(time > 0)) return;
    this.#since = then;
    for (let i = 0; i < this.#look.length; i++) {
      this.#look[i]!();
      this.#times[i]!.pass(this.#now[i]!, time);
    }
  }

  /** Since the mark, by level of the plan. */
  figures(now: number): readonly LevelData[] {
    this.passUntil(now);
    return this.#times.map((times) => times.data());
  }

  #reader({ element, name, pool }: AskedLevel, at: number): () => void {
    const { scenario, resources } = this.#run;
    const { layout, model } = scenario;
    if (pool !== undefined) return this.#ofPool(placesOfPool(pool, this.#run), name, at);
    if (name === 'concurrency') return this.#inProgress(element, at);
    const resource = model.resources.findIndex(({ id }) => id === element);
    if (resource >= 0)
      return resources === undefined ? this.#never(at) : this.#ofResource(resources, resource, name, at);
    if (scenario.program.topics.some(({ id }) => id === element)) return this.#inLineAtTopic(element, at);
    const kind = layout.kinds.indexOf(element);
    const ofKind = (node: number): boolean => layout.kindOfNode[node] === kind;
    const replicas =
      kind < 0
        ? [...(layout.replicasOf.get(element) ?? [])]
        : [...layout.nodeOfReplica.keys()].filter((replica) => ofKind(layout.nodeOfReplica[replica]!));
    const nodes =
      kind < 0
        ? [...new Set(replicas.map((replica) => layout.nodeOfReplica[replica]!))]
        : [...layout.kindOfNode.keys()].filter(ofKind);
    if (name === 'utilization') return this.#busyCores(replicas, nodes, kind >= 0, at);
    if (kind >= 0) return this.#inLineAtNodes(nodes, at);
    const component = model.components.find(({ id }) => id === element);
    if (component === undefined) return this.#never(at);
    return this.#ofPool(placesOfPool({ component, name: 'threads' }, this.#run), name, at);
  }

  #never(at: number): () => void {
    this.#now[at] = -1;
    return () => undefined;
  }

  #inLineAtNodes(nodes: readonly number[], at: number): () => void {
    const { cores, stations } = this.#run;
    return () => {
      let sum = 0;
      for (const node of nodes) sum += cores.waiting(node) + stations.waiting(node);
      this.#now[at] = sum;
    };
  }

  #busyCores(replicas: readonly number[], nodes: readonly number[], withOutside: boolean, at: number): () => void {
    const { cores, stations } = this.#run;
    return () => {
      let there = 0;
      let busy = 0;
      for (const node of nodes) {
        there += cores.cores(node) + stations.coresThere(node);
        if (withOutside) busy += stations.heldFromOutside(node);
      }
      for (const replica of replicas) busy += cores.heldBy(replica) + stations.heldBy(replica);
      this.#now[at] = there > 0 ? busy / there : -1;
    };
  }

  #ofResource(
    { held, capacity, waiting }: Resources,
    resource: number,
    name: AskedLevel['name'],
    at: number,
  ): () => void {
    if (name === 'queue') {
      return () => {
        this.#now[at] = waiting[resource]!;
      };
    }
    return () => {
      // Who still works past his shift is present.
      const present = Math.max(held[resource]!, capacity[resource]!);
      this.#now[at] = present > 0 ? held[resource]! / present : -1;
    };
  }

  #inLineAtTopic(element: ElementId, at: number): () => void {
    return this.#active(this.#subjectOf(element)?.timed.slice(1) ?? [], at);
  }

  #inProgress(element: ElementId, at: number): () => void {
    const { kind, timed = [] } = this.#subjectOf(element) ?? {};
    // Behind the first stand the waits and what else is told of these.
    return this.#active(kind === 'topic' || kind === 'action' ? timed.slice(0, 1) : timed, at);
  }

  #subjectOf(element: ElementId): Subject | undefined {
    return subjectsOf(this.#run.scenario).find((one) => one.element === element && one.kind !== 'message');
  }

  #active(indices: readonly number[], at: number): () => void {
    const found = indices.flatMap((index): (readonly [Tallies, number])[] => {
      let first = 0;
      for (const tallies of this.#run.tallies) {
        if (index < first + tallies.size) return [[tallies, index - first]];
        first += tallies.size;
      }
      return [];
    });
    return () => {
      let sum = 0;
      for (const [tallies, index] of found) sum += tallies.active(index);
      this.#now[at] = sum;
    };
  }

  /** Of each replica that is there: how many are taken and wait, and whether all are taken. */
  #ofPool(places: PlacesOfPool, name: AskedLevel['name'], at: number): () => void {
    const { presence, scenario } = this.#run;
    const replicas = scenario.layout.nodeOfReplica.length;
    const { lines } = places;
    return () => {
      let waiting = 0;
      let held = 0;
      let there = 0;
      let full = 0;
      let limited = 0;
      for (const { line, replica } of lines) {
        if (replica < replicas && !presence.hasReplica(replica)) continue;
        const limit = places.limit(line);
        waiting += places.waiting(line);
        if (limit === 0) continue;
        const taken = places.held(line);
        limited++;
        there += limit;
        held += Math.min(taken, limit);
        if (taken >= limit) full++;
      }
      if (name === 'queue') this.#now[at] = waiting;
      else if (limited === 0) this.#now[at] = -1;
      else this.#now[at] = name === 'saturation' ? full / limited : held / there;
    };
  }
}
