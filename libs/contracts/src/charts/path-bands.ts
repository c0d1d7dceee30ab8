import type { Bands } from '../monte-carlo.js';
import type { PathPoint } from '../run.js';

/** As the bands of a finished Monte Carlo are: 5, 25, 50, 75 and 95 %. */
const shares = [0.05, 0.25, 0.5, 0.75, 0.95];

/** The bands of the paths so far, each level at a share having rank ⌊share × (n − 1)⌋; null before the first path. */
export function pathBands(paths: readonly PathPoint[], steps: readonly number[]): Bands | null {
  if (paths.length === 0) return null;
  const sorted = steps.map((_, at) => paths.map(({ levels }) => levels[at] ?? NaN).toSorted((a, b) => a - b));
  return {
    steps: [...steps],
    levels: shares.map((share) => sorted.map((levels) => levels[Math.floor(share * (levels.length - 1))] ?? NaN)),
  };
}
