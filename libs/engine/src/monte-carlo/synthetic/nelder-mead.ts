/** Where a search for a minimum ended. */
export interface Minimum {
  readonly at: number[];
  readonly value: number;
}

/**
 * The downhill simplex of Nelder and Mead (Computer Journal 7, 1965), started again once from where it ended, since a
 * simplex may collapse too early. A value that is no number counts as Infinity.
 *
 * @param steps how far the first simplex reaches on each axis
 */
export function minimise(
  of: (x: readonly number[]) => number,
  start: readonly number[],
  steps: readonly number[],
): Minimum {
  const first = descend(of, start, steps);
  return descend(
    of,
    first.at,
    steps.map((step) => step / 4),
  );
}

function descend(of: (x: readonly number[]) => number, start: readonly number[], steps: readonly number[]): Minimum {
  const n = start.length;
  const vertex = (at: number[]): Minimum => {
    const value = of(at);
    return { at, value: Number.isNaN(value) ? Infinity : value };
  };
  let simplex = Array.from({ length: n + 1 }, (_, k) => vertex(start.map((x, d) => x + (d === k - 1 ? steps[d]! : 0))));
  for (let round = 0; round < 400 * n; round++) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0]!, simplex[n]!];
    const widest = Math.max(...simplex.map(({ at }) => Math.max(...at.map((x, d) => Math.abs(x - best.at[d]!)))));
    if (worst.value - best.value <= 1e-10 * (1 + Math.abs(best.value)) && widest < 1e-5) break;
    const centre = start.map((_, d) => simplex.slice(0, n).reduce((sum, { at }) => sum + at[d]!, 0) / n);
    const along = (factor: number): Minimum => vertex(centre.map((c, d) => c + factor * (worst.at[d]! - c)));
    const reflected = along(-1);
    if (reflected.value < best.value) {
      const expanded = along(-2);
      simplex[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[n - 1]!.value) {
      simplex[n] = reflected;
    } else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(worst.value, reflected.value)) simplex[n] = contracted;
      else simplex = simplex.map(({ at }, k) => (k === 0 ? best : vertex(at.map((x, d) => (x + best.at[d]!) / 2))));
    }
  }
  return simplex.sort((a, b) => a.value - b.value)[0]!;
}
