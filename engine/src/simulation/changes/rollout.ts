/** One rollout of a version: its steps, the judgement after each, and the way back. */
import type { Change, ElementId } from '../../model/index.ts';
import { formatCount, formatSeconds, formatShare, MINUTE, SECOND } from '../../numeric/index.ts';
import type { Agenda } from './agenda.ts';
import type { Happenings } from './happenings.ts';
import { nameOf } from './places.ts';
import type { ReplicaSets } from './replica-sets.ts';
import { RolloutWatch } from './rollout-watch.ts';
import type { Scaling } from './scaling.ts';

export type RolloutChange = Extract<Change, { readonly kind: 'rollout' }>;

export interface RolloutParts {
  readonly sets: ReplicaSets;
  readonly scaling: Scaling;
  readonly agenda: Agenda;
  readonly happenings: Happenings;
  /** Holds the time now. */
  readonly clock: Float64Array;
  /** Gives a replica a version. */
  bring(replica: number, version: number): void;
  /** Sends that share of the component's calls to the replicas; a share of 0: none has calls of its own. */
  split(component: ElementId, share: number, replicas: readonly number[]): void;
  /** It is over, whatever became of it. */
  over(rollout: Rollout): void;
}

export class Rollout {
  readonly component: ElementId;
  readonly version: number;
  readonly watch: RolloutWatch | null;
  readonly #change: RolloutChange;
  readonly #parts: RolloutParts;
  /** Those that there were, with their versions; and those that came beside them. */
  readonly #old: readonly number[];
  readonly #versions: readonly number[];
  #fresh: number[] = [];
  #isSwitched = false;
  #isOver = false;
  #replaced = 0;
  #stepBegan = 0;

  constructor(change: RolloutChange, version: number, parts: RolloutParts) {
    this.component = change.component;
    this.version = version;
    this.watch = change.abortWhen.length === 0 ? null : new RolloutWatch(change.abortWhen);
    this.#change = change;
    this.#parts = parts;
    this.#old = parts.sets.wanted(change.component);
    this.#versions = this.#old.map((replica) => parts.sets.version(replica));
  }

  start(): void {
    const { strategy } = this.#change;
    switch (strategy.kind) {
      case 'canary':
        this.#canary(strategy.shares, 0);
        break;
      case 'rolling':
        this.#rolling(Math.max(1, Math.floor(strategy.batch)));
        break;
      case 'all':
        this.#rolling(Number.POSITIVE_INFINITY);
        break;
      case 'blue-green':
        this.#blueGreen();
    }
  }

  /** Goes back to what was there before, at once. */
  goBack(why: string): void {
    if (this.#isOver) return;
    const { sets, happenings, split, bring, clock } = this.#parts;
    split(this.component, 0, []);
    for (const replica of this.#fresh) {
      sets.want(replica, false);
      sets.setApart(replica, false);
    }
    this.#old.forEach((replica, index) => {
      sets.setApart(replica, false);
      if (this.#fresh.length === 0) bring(replica, this.#versions[index]!);
    });
    const when = formatSeconds(clock[0]! / SECOND);
    const text = `rollout of ${nameOf(this.component)} to ${this.#change.version} aborted at ${when}${why}`;
    happenings.add('rollout-aborted', this.component, text);
    this.#finish();
  }

  /** What is there now stays: another rollout begins. */
  settle(): void {
    if (this.#isOver) return;
    if (this.#isSwitched) this.#retire(this.#old);
    else this.#retire(this.#fresh);
    this.#finish();
  }

  #canary(shares: readonly number[], step: number): void {
    const { split, sets } = this.#parts;
    const share = shares[step] ?? 1;
    const isLast = step + 1 >= shares.length || share >= 1;
    const wanted = isLast ? this.#old.length : Math.max(1, Math.ceil(share * this.#old.length - 1e-9));
    this.#say(isLast ? 'for all calls' : `for ${formatShare(share)} of its calls`);
    const startup = this.#addFresh(wanted);
    const go = (): void => {
      if (isLast) this.#switch();
      else {
        for (const replica of this.#fresh) sets.setApart(replica, true);
        split(this.component, share, this.#fresh);
      }
      this.#judgeAfter(this.#change.every ?? MINUTE, isLast, () => this.#canary(shares, step + 1));
    };
    this.#after(startup, go);
  }

  #blueGreen(): void {
    this.#say(`on ${formatCount(this.#old.length)} further replicas`);
    this.#after(this.#addFresh(this.#old.length), () => {
      this.#switch();
      this.#judgeAfter(this.#change.every ?? MINUTE, true, () => {});
    });
  }

  /** So many at a time: they finish what they have, and take calls again after their start-up. */
  #rolling(batch: number): void {
    const { bring, scaling } = this.#parts;
    const replicas = this.#old.slice(this.#replaced, this.#replaced + Math.min(batch, this.#old.length));
    this.#replaced += replicas.length;
    for (const replica of replicas) {
      bring(replica, this.version);
      if (this.#parts.sets.isWanted(replica)) scaling.start(replica);
    }
    const isLast = this.#replaced >= this.#old.length;
    const most = this.#old.length;
    this.#say(isLast ? 'on all replicas' : `on ${formatCount(this.#replaced)} of ${formatCount(most)} replicas`);
    this.#isSwitched = true;
    const startup = scaling.startupOf(this.component);
    const pause = Math.max(startup, this.#change.every ?? (isLast ? MINUTE : 0));
    this.#judgeAfter(pause, isLast, () => this.#rolling(batch));
  }

  /** All calls go to the new ones; the old ones stand by. */
  #switch(): void {
    const { split, sets } = this.#parts;
    split(this.component, 0, []);
    for (const replica of this.#fresh) sets.setApart(replica, false);
    for (const replica of this.#old) sets.setApart(replica, true);
    this.#isSwitched = true;
  }

  /** After a step: goes back, goes on, or is over. */
  #judgeAfter(duration: number, isLast: boolean, next: () => void): void {
    this.watch?.clear();
    this.#stepBegan = this.#parts.clock[0]!;
    const decide = (): void => {
      const why = this.watch?.verdict(this.#parts.clock[0]! - this.#stepBegan) ?? null;
      if (why !== null) this.goBack(`: ${why}`);
      else if (!isLast) next();
      else {
        if (this.#fresh.length > 0) this.#retire(this.#old);
        this.#finish();
      }
    };
    if (isLast && this.watch === null) decide();
    else this.#after(duration, decide);
  }

  #after(delay: number, action: () => void): void {
    if (delay <= 0) {
      action();
      return;
    }
    this.#parts.agenda.after(delay, () => {
      if (!this.#isOver) action();
    });
  }

  /** So many in the new version; returns how long they take to start. */
  #addFresh(count: number): number {
    const { scaling, sets, bring } = this.#parts;
    const further = scaling.free(this.component, count - this.#fresh.length, []);
    for (const replica of further) {
      bring(replica, this.version);
      sets.setApart(replica, true);
      scaling.start(replica);
      this.#fresh.push(replica);
    }
    return further.length === 0 ? 0 : scaling.startupOf(this.component);
  }

  #retire(replicas: readonly number[]): void {
    const { sets, split } = this.#parts;
    split(this.component, 0, []);
    for (const replica of replicas) {
      sets.want(replica, false);
      sets.setApart(replica, false);
    }
  }

  #say(how: string): void {
    const text = `${nameOf(this.component)} goes to ${this.#change.version} ${how}`;
    this.#parts.happenings.add('rollout', this.component, text);
  }

  #finish(): void {
    this.#isOver = true;
    this.#parts.over(this);
  }
}
