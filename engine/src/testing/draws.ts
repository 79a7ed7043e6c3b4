/** The random numbers that expressions outside a machine draw: one stream an expression, the same in every run. */
import type { ElementId } from '../model/index.ts';
import { type RandomStream, randomStream } from '../numeric/index.ts';

interface Draws {
  /** Grows as sources are asked for. */
  readonly streams: RandomStream[];
  readonly source: () => number;
}

export function drawsOf(element: ElementId, seed: number): Draws {
  const streams: RandomStream[] = [];
  const source = (): number => streams.push(randomStream(seed, `${element}/test/draw${streams.length + 1}`)) - 1;
  return { streams, source };
}
