/**
 * How the instances of one machine move through its states: how long they stay, how long it takes them to get there first, and how
 * many ever do: of what happens after the warm-up, whenever it began.
 */
import type { MachineObserver } from '../behavior/machine/index.ts';
import type { QuantileSketch } from '../numeric/index.ts';

/** By vertex: instances that had been there when they ended. Of how many that ended, and that began. */
export interface Sightings {
  readonly seen: readonly number[];
  readonly ended: number;
  readonly began: number;
}

export const noSightings: Sightings = { seen: [], ended: 0, began: 0 };

/** Of one instance. */
interface Life {
  readonly began: number;
  /** By vertex: when it was entered last; NaN where it never was. */
  readonly entered: Float64Array;
}

export class MachineSightings implements MachineObserver {
  readonly #lives = new Map<number, Life>();
  readonly #stays: readonly QuantileSketch[];
  readonly #reaches: readonly QuantileSketch[];
  readonly #whole: QuantileSketch;
  readonly #clock: { readonly now: number };
  readonly #seen: Float64Array;
  #ended = 0;
  #began = 0;

  /** `sketches`: of stays by vertex, then of the times to get there, then the one of whole lives. */
  constructor(vertices: number, sketches: readonly QuantileSketch[], clock: { readonly now: number }) {
    this.#stays = sketches.slice(0, vertices);
    this.#reaches = sketches.slice(vertices, 2 * vertices);
    this.#whole = sketches[2 * vertices]!;
    this.#clock = clock;
    this.#seen = new Float64Array(vertices);
  }

  /** The warm-up ends. */
  mark(): void {
    this.#seen.fill(0);
    this.#ended = 0;
    this.#began = 0;
  }

  figures(): Sightings {
    return { seen: [...this.#seen], ended: this.#ended, began: this.#began };
  }

  entered(instance: number, vertex: number): void {
    const { now } = this.#clock;
    const life = this.#lives.get(instance) ?? this.#begin(instance, now);
    if (Number.isNaN(life.entered[vertex]!)) this.#reaches[vertex]!.record(now - life.began);
    life.entered[vertex] = now;
  }

  exited(instance: number, vertex: number): void {
    const entered = this.#lives.get(instance)?.entered[vertex];
    if (entered !== undefined) this.#stays[vertex]!.record(this.#clock.now - entered);
  }

  /** `hasEnded`: by its own doing; else nothing can reach it any more. */
  over(instance: number, hasEnded: boolean): void {
    const life = this.#lives.get(instance);
    if (life === undefined) return;
    this.#lives.delete(instance);
    this.#ended++;
    life.entered.forEach((time, vertex) => {
      if (!Number.isNaN(time)) this.#seen[vertex]! += 1;
    });
    if (hasEnded) this.#whole.record(this.#clock.now - life.began);
  }

  taken(): void {}
  discarded(): void {}
  deferred(): void {}
  terminated(): void {}
  logged(): void {}
  sent(): void {}

  #begin(instance: number, now: number): Life {
    const life: Life = { began: now, entered: new Float64Array(this.#seen.length).fill(Number.NaN) };
    this.#lives.set(instance, life);
    this.#began++;
    return life;
  }
}
