import { drawBlock } from '../random.js';

const { abs, exp, log } = Math;

const layers = 128;
const start = 3.442619855899;
/** Area of each layer. */
const area = 9.91256303526217e-3;
const scale = 2 ** 31;

/** For each layer: the draws that need no second look, the width of a draw, and the density at its edge. */
const sure = new Float64Array(layers);
const width = new Float64Array(layers);
const height = new Float64Array(layers);
{
  let edge = start;
  let before = edge;
  const base = area / exp(-0.5 * edge * edge);
  sure[0] = Math.trunc((edge / base) * scale);
  width[0] = base / scale;
  width[layers - 1] = edge / scale;
  height[0] = 1;
  height[layers - 1] = exp(-0.5 * edge * edge);
  for (let i = layers - 2; i >= 1; i--) {
    edge = Math.sqrt(-2 * log(area / edge + exp(-0.5 * edge * edge)));
    sure[i + 1] = Math.trunc((edge / before) * scale);
    before = edge;
    height[i] = exp(-0.5 * edge * edge);
    width[i] = edge / scale;
  }
}

const one = new Int32Array(1);

/**
 * Fills the first `count` places with standard normals: the ziggurat of Marsaglia and Tsang (Journal of Statistical
 * Software 5, 2000) with 128 layers. The seven bits that choose the layer only shift the value within its last digits.
 *
 * @param state the generator's, moved on
 * @param raw room for as many draws
 */
export function fillNormals(state: Int32Array, raw: Int32Array, out: Float64Array, count: number): void {
  drawBlock(state, raw, count);
  for (let i = 0; i < count; i++) {
    const draw = raw[i]!;
    const layer = draw & 127;
    out[i] = abs(draw) < sure[layer]! ? draw * width[layer]! : slowNormal(draw, state);
  }
}

/** The normal of a draw; one in eighty needs further draws. */
export function normalOf(draw: number, state: Int32Array): number {
  const layer = draw & 127;
  return abs(draw) < sure[layer]! ? draw * width[layer]! : slowNormal(draw, state);
}

function slowNormal(first: number, state: Int32Array): number {
  for (let draw = first; ; draw = next(state)) {
    const layer = draw & 127;
    const x = draw * width[layer]!;
    if (abs(draw) < sure[layer]!) return x;
    if (layer === 0) return draw > 0 ? tail(state) : -tail(state);
    const between = height[layer]! + open(state) * (height[layer - 1]! - height[layer]!);
    if (between < exp(-0.5 * x * x)) return x;
  }
}

/** A normal beyond the last layer (Marsaglia 1964). */
function tail(state: Int32Array): number {
  for (;;) {
    const beyond = -log(open(state)) / start;
    if (-2 * log(open(state)) > beyond * beyond) return start + beyond;
  }
}

/** Uniform in (0, 1), never an end of it. */
function open(state: Int32Array): number {
  return ((next(state) >>> 0) + 0.5) / 2 ** 32;
}

function next(state: Int32Array): number {
  drawBlock(state, one);
  return one[0]!;
}
