import type { Rng } from '../monte-carlo/random-stream.js';
import { normalCdf } from '../statistics/normal-cdf.js';

/** A density on an axis from points of it. */
export interface AxisDensity {
  /** A coordinate drawn from it. */
  draw(rng: Rng): number;
  logDensity(at: number): number;
}

/**
 * The tree-structured Parzen estimator's density of a numeric axis in [0, 1] (Bergstra, Bardenet, Bengio and Kégl,
 * NIPS 2011): one truncated normal a point, as wide as its farther neighbour is away, and a wide one for the prior.
 */
export function parzenDensity(coordinates: readonly number[]): AxisDensity {
  const centres = [...coordinates, 0.5].sort((a, b) => a - b);
  const narrowest = 1 / Math.min(100, centres.length + 1);
  const prior = centres.indexOf(0.5);
  const kernels = centres.map((centre, i) => {
    const gap = Math.max(centre - (centres[i - 1] ?? 0), (centres[i + 1] ?? 1) - centre);
    const width = i === prior ? 1 : Math.min(1, Math.max(narrowest, gap));
    const mass = normalCdf((1 - centre) / width) - normalCdf(-centre / width);
    return { centre, width, scale: 1 / (centres.length * mass * width * Math.sqrt(2 * Math.PI)) };
  });
  return {
    draw: (rng) => {
      const { centre, width } = kernels[rng.integer(kernels.length)]!;
      for (;;) {
        const at = centre + width * rng.normal();
        if (at >= 0 && at < 1) return at;
      }
    },
    logDensity: (at) => {
      let density = 0;
      for (const { centre, width, scale } of kernels) density += scale * Math.exp(-0.5 * ((at - centre) / width) ** 2);
      return Math.log(density);
    },
  };
}

/** The same of an axis of so many unordered values: their counts, and one more of each for the prior. */
export function countDensity(coordinates: readonly number[], levels: number): AxisDensity {
  const levelOf = (at: number): number => Math.min(levels - 1, Math.floor(at * levels));
  const counts = new Float64Array(levels).fill(1);
  for (const at of coordinates) counts[levelOf(at)]!++;
  const total = coordinates.length + levels;
  return {
    draw: (rng) => {
      let left = rng.uniform() * total;
      const level = counts.findIndex((count) => (left -= count) < 0);
      return ((level < 0 ? levels - 1 : level) + 0.5) / levels;
    },
    logDensity: (at) => Math.log((counts[levelOf(at)]! * levels) / total),
  };
}
