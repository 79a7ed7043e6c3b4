/** The rollouts that are under way, at most one of a component, and where calls go meanwhile. */
import type { ElementId } from '../../model/index.ts';
import { type RandomStream, randomStream } from '../../numeric/index.ts';
import { NO_REPLICA } from '../balancers.ts';
import { capacityOfPlaced } from '../layout.ts';
import { calledComponents, JUDGED, SPLIT } from '../message-table.ts';
import { ARRIVED, FAILED, FLAGS, PLACE, TIME_SHIFT, WORD_SHIFT } from '../token-pool.ts';
import type { Agenda } from './agenda.ts';
import type { ChangedCosts } from './changed-costs.ts';
import type { Happenings } from './happenings.ts';
import type { ReplicaSets } from './replica-sets.ts';
import { Rollout, type RolloutChange, type RolloutParts } from './rollout.ts';
import type { Running } from './running.ts';
import type { Scaling } from './scaling.ts';
import type { Traits } from './traits.ts';

interface Canary {
  share: number;
  replicas: readonly number[];
  next: number;
  stream: RandomStream;
}

export class Rollouts {
  readonly #run: Running;
  readonly #sets: ReplicaSets;
  readonly #traits: Traits;
  readonly #parts: RolloutParts;
  readonly #active = new Map<ElementId, Rollout>();
  readonly #components: readonly (ElementId | null)[];
  /** By component, as the message table numbers them. */
  readonly #canaries: (Canary | undefined)[] = [];
  #replication = 0;

  constructor(parts: {
    readonly run: Running;
    readonly sets: ReplicaSets;
    readonly costs: ChangedCosts;
    readonly scaling: Scaling;
    readonly agenda: Agenda;
    readonly happenings: Happenings;
    readonly traits: Traits;
  }) {
    const { run, sets, scaling, agenda, happenings, traits } = parts;
    this.#run = run;
    this.#sets = sets;
    this.#traits = traits;
    this.#components = calledComponents(run.scenario.program.messages);
    this.#parts = {
      sets,
      scaling,
      agenda,
      happenings,
      clock: run.clock,
      bring: (replica, version) => this.#bring(replica, version),
      split: (component, share, replicas) => this.#split(component, share, replicas),
      over: (rollout) => {
        if (this.#active.get(rollout.component) === rollout) this.#active.delete(rollout.component);
        this.#traits.set(JUDGED, this.#isJudging());
      },
    };
  }

  begin(replication: number): void {
    this.#replication = replication;
    this.#active.clear();
    this.#canaries.length = 0;
    this.#run.scenario.layout.nodeOfReplica.forEach((_, replica) => {
      if (this.#sets.version(replica) > 0) this.#bring(replica, this.#sets.version(replica));
    });
  }

  /** Returns the way back. */
  start(change: RolloutChange): () => void {
    const { component, version } = change;
    this.#active.get(component)?.settle();
    const names = this.#run.scenario.variants.versions.get(component) ?? [];
    const number = names.findIndex(({ name }) => name === version) + 1;
    const rollout = new Rollout(change, number, this.#parts);
    this.#active.set(component, rollout);
    this.#traits.set(JUDGED, this.#isJudging());
    rollout.start();
    return () => rollout.goBack('');
  }

  goesToCanary(component: number): boolean {
    const canary = this.#canaries[component];
    return canary !== undefined && canary.stream.uniform() < canary.share;
  }

  /** In turn, of those that take calls. */
  canary(component: number): number {
    const canary = this.#canaries[component]!;
    const { replicas } = canary;
    for (let i = 0; i < replicas.length; i++) {
      const at = (canary.next + i) % replicas.length;
      if (!this.#sets.takesCalls(replicas[at]!)) continue;
      canary.next = at + 1;
      return replicas[at]!;
    }
    return NO_REPLICA;
  }

  ended(index: number, token: number): void {
    const { scenario, pool, clock } = this.#run;
    const { component, operation, compiled } = scenario.program.messages[index]!;
    const place = pool.words[(token << WORD_SHIFT) + PLACE]!;
    const time = clock[0]! - pool.times[(token << TIME_SHIFT) + ARRIVED]!;
    const hasFailed = (pool.words[(token << WORD_SHIFT) + FLAGS]! & FAILED) !== 0;
    for (const { watch, component: own, version } of this.#active.values()) {
      const isNew = component !== own || (place >= 0 && this.#sets.version(place) === version);
      watch?.note({ elements: [compiled.id, operation, component], isNew, time, hasFailed });
    }
  }

  concluded(interaction: number, began: number, hasFailed: boolean): void {
    if (this.#active.size === 0) return;
    const { scenario, clock } = this.#run;
    const elements = [scenario.program.interactions[interaction]!.interaction.id];
    const time = clock[0]! - began;
    for (const { watch } of this.#active.values()) watch?.note({ elements, isNew: true, time, hasFailed });
  }

  #isJudging(): boolean {
    return [...this.#active.values()].some(({ watch }) => watch !== null);
  }

  /** The replica works as the version does from now on, also what it has begun, within the limits that it has in it. */
  #bring(replica: number, version: number): void {
    const { layout, variants } = this.#run.scenario;
    const { threads, places, caches, rank, admit, ready } = this.#run;
    this.#sets.setVersion(replica, version);
    const component = layout.componentOfReplica[replica]!;
    const inVersion = variants.versions.get(component)?.[version - 1]?.component;
    // What the deployment says goes before what any version says.
    const capacity = capacityOfPlaced(
      layout.settingsOfReplica[replica]!,
      inVersion ?? layout.capacityOf.get(component),
    );
    threads.setCapacity(replica, capacity, rank);
    admit(replica);
    places.setOwnConnections(replica, capacity.connections, ready);
    // Another program runs there, with nothing in its memory.
    caches.setClause(replica, capacity.cache);
  }

  #split(component: ElementId, share: number, replicas: readonly number[]): void {
    const index = this.#components.indexOf(component);
    if (index < 0) return;
    const { seed } = this.#run.scenario;
    const known = this.#canaries[index];
    const stream = known?.stream ?? randomStream(seed, `${component}/canary`, this.#replication);
    this.#canaries[index] = { share, replicas: [...replicas], next: known?.next ?? 0, stream };
    this.#traits.set(SPLIT, share > 0, (message) => message.component === component);
  }
}
