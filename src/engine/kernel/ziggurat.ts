import { exp, log } from "../../base/elementary";
import type { RandomStream } from "./random-stream";

/*
 * The ziggurat method (Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables", 2000): the density is covered by
 * 256 layers of equal area; nearly always one draw, one table look-up and one multiplication suffice, and no logarithm.
 * The tables are computed with our own exponential and logarithm, so they are the same in every engine.
 */

const LAYERS = 256;
/** Where the tail begins, and the area of a layer, for 256 layers: solved from the condition that the layers close at the mode. */
const EXPONENTIAL_TAIL = 7.697117470131487;
const EXPONENTIAL_AREA = 0.003949659822581572;
const NORMAL_TAIL = 3.6541528853610088;
const NORMAL_AREA = 0.00492867323399;

interface Layers {
  /** Right edge of layer i; layer 0 is the base with the tail, edge[256] = 0. */
  readonly edge: Float64Array;
  /** The density at edge[i]. */
  readonly height: Float64Array;
}

function layers(
  tail: number,
  area: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Layers {
  const edge = new Float64Array(LAYERS + 1);
  const height = new Float64Array(LAYERS + 1);
  edge[0] = area / density(tail);
  height[0] = 0;
  edge[1] = tail;
  height[1] = density(tail);
  for (let i = 2; i < LAYERS; i += 1) {
    const y = height[i - 1]! + area / edge[i - 1]!;
    edge[i] = inverse(y);
    height[i] = y;
  }
  edge[LAYERS] = 0;
  height[LAYERS] = 1;
  return { edge, height };
}

const exponentialLayers = layers(
  EXPONENTIAL_TAIL,
  EXPONENTIAL_AREA,
  (x) => exp(-x),
  (y) => -log(y),
);
const normalLayers = layers(
  NORMAL_TAIL,
  NORMAL_AREA,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * log(y)),
);

/** An exponential variate with mean 1. */
export function nextExponential(stream: RandomStream): number {
  const draw = stream.nextBits();
  const layer = draw & 255;
  const x = ((draw >>> 8) + 0.5) * 5.9604644775390625e-8 * exponentialLayers.edge[layer]!;
  if (x < exponentialLayers.edge[layer + 1]!) return x;
  return exponentialEdge(stream, layer, x);
}

/** The one draw in a hundred that falls outside the inner part of its layer. */
function exponentialEdge(stream: RandomStream, firstLayer: number, firstX: number): number {
  const { edge, height } = exponentialLayers;
  let layer = firstLayer;
  let x = firstX;
  let offset = 0;
  for (;;) {
    if (layer === 0) {
      // The tail of an exponential is the same exponential again, further out.
      offset += EXPONENTIAL_TAIL;
    } else {
      const y = height[layer]! + stream.nextUniform() * (height[layer + 1]! - height[layer]!);
      if (y < exp(-x)) return offset + x;
    }
    const draw = stream.nextBits();
    layer = draw & 255;
    x = ((draw >>> 8) + 0.5) * 5.9604644775390625e-8 * edge[layer]!;
    if (x < edge[layer + 1]!) return offset + x;
  }
}

/** A normal variate with mean 0 and variance 1. */
export function nextNormal(stream: RandomStream): number {
  const { edge, height } = normalLayers;
  for (;;) {
    const draw = stream.nextBits();
    const layer = draw & 255;
    const sign = draw & 256 ? -1 : 1;
    const x = ((draw >>> 9) + 0.5) * 1.1920928955078125e-7 * edge[layer]!;
    if (x < edge[layer + 1]!) return sign * x;
    if (layer === 0) return sign * normalTail(stream);
    const y = height[layer]! + stream.nextUniform() * (height[layer + 1]! - height[layer]!);
    if (y < exp(-0.5 * x * x)) return sign * x;
  }
}

/** Beyond the tail's begin: Marsaglia's method of two exponentials. */
function normalTail(stream: RandomStream): number {
  for (;;) {
    const x = nextExponential(stream) / NORMAL_TAIL;
    if (2 * nextExponential(stream) > x * x) return NORMAL_TAIL + x;
  }
}
