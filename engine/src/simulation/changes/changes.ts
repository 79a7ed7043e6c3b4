/**
 * What changes while a run goes on, in one home: the timeline of the scenario, which whoever has a live run in hand may write
 * anew, breakdowns, scaling and rollouts. Knows how each change ends, and keeps a list of what happened.
 */
import type { Change, ElementId, TimelineEvent } from '../../model/index.ts';
import { formatFigure } from '../../numeric/index.ts';
import { JUDGED, SPLIT } from '../message-table.ts';
import { parameterText } from '../parameter-text.ts';
import type { RunEvent, RunEventCount } from '../result.ts';
import type { Sources } from '../sources.ts';
import { Agenda } from './agenda.ts';
import { Autoscaler } from './autoscaler.ts';
import { Breakdowns } from './breakdowns.ts';
import { ChangedCosts } from './changed-costs.ts';
import { Faults } from './faults.ts';
import { Happenings } from './happenings.ts';
import { Parameters } from './parameters.ts';
import type { Partitions } from './partitions.ts';
import { nameOf } from './places.ts';
import { ReplicaSets } from './replica-sets.ts';
import { Rollouts } from './rollouts.ts';
import type { Running } from './running.ts';
import { Scaling } from './scaling.ts';
import { Sending } from './sending.ts';
import { type Revert, Timeline } from './timeline.ts';
import { Traits } from './traits.ts';
import { formatValueOf } from './value-words.ts';

export class Changes {
  readonly costs: ChangedCosts;
  readonly partitions: Partitions;
  readonly #run: Running;
  readonly #traits: Traits;
  readonly #agenda: Agenda;
  readonly #happenings: Happenings;
  readonly #timeline: Timeline;
  readonly #sets: ReplicaSets;
  readonly #scaling: Scaling;
  readonly #parameters: Parameters;
  readonly #faults: Faults;
  readonly #breakdowns: Breakdowns;
  readonly #autoscaler: Autoscaler;
  readonly #rollouts: Rollouts;
  readonly #sending: Sending;

  constructor(run: Running) {
    const { program, layout, seed, variants } = run.scenario;
    this.#run = run;
    this.#traits = new Traits(run.records, program.messages);
    this.#agenda = new Agenda(run.calendar, run.clock);
    this.#happenings = new Happenings(run.clock);
    this.#timeline = new Timeline(this.#agenda, run.clock, (change, key) => this.#apply(change, key));
    const numbers = layout.versionOfReplica.map((version, replica) => {
      const kinds = variants.versions.get(layout.componentOfReplica[replica]!) ?? [];
      // Where all replicas run one version, the program itself is made of it.
      return version === undefined || !isMixed(layout.versionOfReplica, layout.componentOfReplica, replica)
        ? 0
        : kinds.findIndex(({ name }) => name === version) + 1;
    });
    this.#sets = new ReplicaSets(layout, run.balancers, run.presence, Int32Array.from(numbers));
    const evaluate = run.evaluate;
    this.costs = new ChangedCosts({ program, layout, sets: this.#sets, seed, evaluate });
    this.#faults = new Faults(run, this.#sets, this.costs, this.#happenings);
    this.partitions = this.#faults.partitions;
    this.#scaling = new Scaling(run, this.#sets, this.#agenda, this.#happenings);
    this.#parameters = new Parameters(run, this.#sets, this.costs, this.#scaling);
    this.#breakdowns = new Breakdowns(run, this.#faults, this.#agenda, this.#happenings);
    this.#autoscaler = new Autoscaler(run, this.#sets, this.#scaling, this.#agenda);
    this.#rollouts = new Rollouts({
      run,
      sets: this.#sets,
      costs: this.costs,
      scaling: this.#scaling,
      agenda: this.#agenda,
      happenings: this.#happenings,
      traits: this.#traits,
    });
    this.#sending = new Sending(run);
  }

  /** A replication begins: everything is as the model says, and the timeline lies ahead. */
  begin(replication: number, sources: Sources): void {
    this.#traits.set(SPLIT | JUDGED, false);
    for (const part of [this.#agenda, this.#happenings, this.#sets, this.#faults, this.#scaling]) part.clear();
    this.#parameters.begin(replication);
    this.costs.begin(sources, replication);
    this.#rollouts.begin(replication);
    this.#sending.begin(replication);
    const { scenario, takesInputs } = this.#run.scenario;
    this.#timeline.begin(scenario.timeline, takesInputs);
    this.#breakdowns.begin(replication);
    this.#autoscaler.begin();
  }

  /** What a replica runs, as the variants number it; 0: what it began with, or what runs nowhere. */
  versionOf(replica: number): number {
    return replica < 0 ? 0 : this.#sets.version(replica);
  }

  /** The event of an entry of the agenda has come. */
  happen(index: number): void {
    this.#agenda.happen(index);
  }

  /** Whether a run that has come so far can still be one of another timeline. */
  allows(timeline: readonly TimelineEvent[]): boolean {
    return this.#timeline.allows(timeline);
  }

  /** From now on another timeline. Loads of it are no matter of this, but for being told. */
  rewrite(timeline: readonly TimelineEvent[]): void {
    this.#timeline.rewrite(timeline);
  }

  /** Whether a component takes what comes, for all calls alike. */
  serves(component: ElementId): boolean {
    const places = this.#sets.all(component);
    if (places.length === 0) return !this.#faults.isCutOff(component);
    return places.some((replica) => this.#sets.isBalanced(replica));
  }

  /** Whether a call of a component, as the message table numbers it, goes to the canary. */
  goesToCanary(component: number): boolean {
    return this.#rollouts.goesToCanary(component);
  }

  canary(component: number): number {
    return this.#rollouts.canary(component);
  }

  /** An execution that a rollout is judged by has ended. */
  ended(message: number, token: number): void {
    this.#rollouts.ended(message, token);
  }

  /** A transaction that began at a time has ended. */
  concluded(interaction: number, began: number, hasFailed: boolean): void {
    this.#rollouts.concluded(interaction, began, hasFailed);
  }

  events(): readonly RunEvent[] {
    return this.#happenings.list();
  }

  counts(): readonly RunEventCount[] {
    return this.#happenings.counts();
  }

  /** Applies a change now. `key` names it: its random sources have names made of it. */
  #apply(change: Change, key: ElementId): Revert {
    switch (change.kind) {
      case 'crash':
        return this.#faults.crash(change);
      case 'slow':
        return this.#faults.slow(change);
      case 'partition':
        return this.#faults.partition(change);
      case 'set': {
        const { element, name } = change.parameter;
        const what = parameterText(element, name);
        this.#happenings.add('set', element, `${what} = ${formatValueOf(name, change.value)}`);
        const end = this.#parameters.set(change);
        return () => {
          end();
          this.#happenings.add('set-back', element, `${what} is as before`);
        };
      }
      case 'scale':
        this.#scaling.scale(change.component, change.replicas);
        return () => {};
      case 'rollout':
        return this.#rollouts.start(change);
      case 'load':
        return this.#tell(change.load.behaviour, 'at a further rate');
      case 'load-factor':
        return this.#tell(change.behaviour, `${formatFigure(change.factor)} times as often`);
      case 'send': {
        const { signal } = change.action;
        this.#happenings.add('send', signal, `${nameOf(signal)} is sent`);
        const problem = this.#sending.send(change, key);
        if (problem !== null) this.#run.report(problem);
        return () => {};
      }
    }
  }

  /** Arrivals that the timeline changes, which are the kernel's. */
  #tell(behaviour: ElementId, how: string): Revert {
    const say = (what: string): void => this.#happenings.add('load', behaviour, `${nameOf(behaviour)} comes ${what}`);
    say(how);
    return () => say('as before');
  }
}

function isMixed(
  versions: readonly (string | undefined)[],
  components: readonly ElementId[],
  replica: number,
): boolean {
  return versions.some((version, other) => components[other] === components[replica] && version !== versions[replica]);
}
