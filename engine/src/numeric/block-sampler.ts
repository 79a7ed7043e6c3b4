/**
 * A random source that draws ahead in blocks: one call through an unknown function a block, one array read a number.
 * Every source has its own stream, so drawing ahead changes no number of any other source.
 */
import type { RandomStream } from './random-stream.ts';
import type { Sampler } from './sampler.ts';

const BLOCK = 64;

export class BlockSampler {
  readonly #draw: Sampler<number>;
  readonly #stream: RandomStream;
  readonly #block = new Float64Array(BLOCK);
  #position = BLOCK;

  constructor(draw: Sampler<number>, stream: RandomStream) {
    this.#draw = draw;
    this.#stream = stream;
  }

  next(): number {
    if (this.#position === BLOCK) {
      const block = this.#block;
      const draw = this.#draw;
      const stream = this.#stream;
      for (let i = 0; i < BLOCK; i++) block[i] = draw(stream);
      this.#position = 0;
    }
    return this.#block[this.#position++]!;
  }
}
