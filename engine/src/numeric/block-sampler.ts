/**
 * A random source that draws ahead in blocks: one call through an unknown function a block, one array read a number.
 * Every source has its own stream, so drawing ahead changes no number of any other source.
 */
import type { Distribution } from '../model/index.ts';
import { exp } from './elementary.ts';
import type { RandomStream } from './random-stream.ts';
import { durationSampler } from './sampler.ts';
import { fillExponential, fillNormal } from './ziggurat.ts';

/** So many numbers are drawn at a time. */
export const BLOCK = 64;

/** Fills a block with draws of one law. */
export type Filler = (stream: RandomStream, block: Float64Array) => void;

/**
 * Draws of a duration: never negative, and never NaN whatever the parameters are, so that time cannot run backwards. The
 * commonest laws have loops of their own.
 */
export function durationFiller(distribution: Distribution): Filler {
  switch (distribution.kind) {
    case 'constant': {
      const value = atLeastZero(distribution.value);
      return (_, block) => block.fill(value);
    }
    case 'exponential': {
      const mean = atLeastZero(distribution.mean);
      return (stream, block) => fillExponential(stream, block, mean);
    }
    case 'lognormal': {
      const { mu, sigma } = distribution;
      if (Number.isNaN(mu + sigma)) return (_, block) => block.fill(0);
      return (stream, block) => {
        fillNormal(stream, block);
        for (let i = 0; i < block.length; i++) block[i] = exp(mu + sigma * block[i]!);
      };
    }
    default: {
      const draw = durationSampler(distribution);
      return (stream, block) => {
        for (let i = 0; i < block.length; i++) block[i] = atLeastZero(draw(stream));
      };
    }
  }
}

function atLeastZero(value: number): number {
  return value > 0 ? value : 0;
}

export class BlockSampler {
  readonly #fill: Filler;
  readonly #stream: RandomStream;
  readonly #block = new Float64Array(BLOCK);
  #position = BLOCK;

  constructor(fill: Filler, stream: RandomStream) {
    this.#fill = fill;
    this.#stream = stream;
  }

  next(): number {
    if (this.#position === BLOCK) this.#refill();
    return this.#block[this.#position++]!;
  }

  /** Puts a block of numbers into an array, whose owner takes them from there: it asks for no `next` as well. */
  drawInto(numbers: Float64Array, from: number): void {
    this.#fill(this.#stream, this.#block);
    numbers.set(this.#block, from);
  }

  /** Apart, so that a draw is short enough to be inlined wherever one is made. */
  #refill(): void {
    this.#fill(this.#stream, this.#block);
    this.#position = 0;
  }
}
