/**
 * Exponential and normal variates by the ziggurat (Marsaglia and Tsang 2000, 256 layers; the normal with separate bits
 * for layer and abscissa, as Doornik 2005 asks for). Tables come from exact functions, so they are the same everywhere.
 */
import { exp, log } from './elementary.ts';
import type { RandomStream } from './random-stream.ts';

const LAYERS = 256;
const TO_UNIT = 1 / 4294967296;

// Right edge of the bottom layer and area of a layer, for densities e^-x and e^(-x²/2).
const EXPONENTIAL_EDGE = 7.69711747013105;
const EXPONENTIAL_AREA = 3.949659822581557e-3;
const NORMAL_EDGE = 3.6541528853610088;
const NORMAL_AREA = 4.928673233974655e-3;

interface Layers {
  /** Right edge of each layer; `edges[0]` is that of the rectangle with the tail's area. */
  readonly edges: Float64Array;
  /** Density at each edge. */
  readonly heights: Float64Array;
}

function layers(edge: number, area: number, density: (x: number) => number, inverse: (y: number) => number): Layers {
  const edges = new Float64Array(LAYERS + 1);
  const heights = new Float64Array(LAYERS + 1);
  edges[0] = area / density(edge);
  edges[1] = edge;
  for (let i = 2; i < LAYERS; i++) edges[i] = inverse(area / edges[i - 1]! + density(edges[i - 1]!));
  edges[LAYERS] = 0;
  for (let i = 0; i <= LAYERS; i++) heights[i] = density(edges[i]!);
  return { edges, heights };
}

const exponentialLayers = layers(
  EXPONENTIAL_EDGE,
  EXPONENTIAL_AREA,
  (x) => exp(-x),
  (y) => -log(y),
);
const normalLayers = layers(
  NORMAL_EDGE,
  NORMAL_AREA,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * log(y)),
);

/** One variate of the exponential law with mean 1. */
export function exponential(stream: RandomStream): number {
  return exponentialFrom(stream.bits(), stream.bits(), stream);
}

/** The variate that begins with two given words; the few that are rejected take more from the stream. */
function exponentialFrom(first: number, second: number, stream: RandomStream): number {
  const { edges, heights } = exponentialLayers;
  let shift = 0;
  for (let choice = first, abscissa = second; ; choice = stream.bits(), abscissa = stream.bits()) {
    const layer = choice & 255;
    const x = (abscissa >>> 0) * TO_UNIT * edges[layer]!;
    if (x < edges[layer + 1]!) return shift + x;
    // Without memory: beyond the edge the law begins again.
    if (layer === 0) shift += EXPONENTIAL_EDGE;
    else if (heights[layer]! + stream.uniform() * (heights[layer + 1]! - heights[layer]!) < exp(-x)) return shift + x;
  }
}

/** One variate of the standard normal law. */
export function normal(stream: RandomStream): number {
  return normalFrom(stream.bits(), stream.bits(), stream);
}

function normalFrom(first: number, second: number, stream: RandomStream): number {
  const { edges, heights } = normalLayers;
  for (let choice = first, abscissa = second; ; choice = stream.bits(), abscissa = stream.bits()) {
    const layer = choice & 255;
    const sign = (choice & 256) === 0 ? 1 : -1;
    const x = (abscissa >>> 0) * TO_UNIT * edges[layer]!;
    if (x < edges[layer + 1]!) return sign * x;
    if (layer === 0) return sign * normalTail(stream);
    if (heights[layer]! + stream.uniform() * (heights[layer + 1]! - heights[layer]!) < exp(-0.5 * x * x))
      return sign * x;
  }
}

/** Beyond the edge, by Marsaglia's exponential rejection. */
function normalTail(stream: RandomStream): number {
  for (;;) {
    const x = exponential(stream) / NORMAL_EDGE;
    const y = exponential(stream);
    if (2 * y > x * x) return NORMAL_EDGE + x;
  }
}

/** Two words a variate, drawn ahead. */
let words = new Int32Array(0);

function drawWords(stream: RandomStream, variates: number): Int32Array {
  if (words.length !== 2 * variates) words = new Int32Array(2 * variates);
  stream.fill(words);
  return words;
}

/** Fills `block` with variates of the exponential law with the given mean. */
export function fillExponential(stream: RandomStream, block: Float64Array, mean: number): void {
  const drawn = drawWords(stream, block.length);
  const { edges } = exponentialLayers;
  for (let i = 0; i < block.length; i++) {
    const layer = drawn[2 * i]! & 255;
    const x = (drawn[2 * i + 1]! >>> 0) * TO_UNIT * edges[layer]!;
    block[i] = mean * (x < edges[layer + 1]! ? x : exponentialFrom(drawn[2 * i]!, drawn[2 * i + 1]!, stream));
  }
}

/** Fills `block` with variates of the standard normal law. */
export function fillNormal(stream: RandomStream, block: Float64Array): void {
  const drawn = drawWords(stream, block.length);
  for (let i = 0; i < block.length; i++) block[i] = normalFrom(drawn[2 * i]!, drawn[2 * i + 1]!, stream);
}
