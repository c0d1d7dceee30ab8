/** Two distributions of Sharpe ratios compared on a grid: that of the chosen trials, and that of all of them. */
export interface Dominance {
  /** 201 equally spaced ratios that span all that occurred. */
  readonly grid: Float64Array;
  /** Share of the chosen at or below each. */
  readonly chosen: Float64Array;
  /** Share of all at or below each. */
  readonly all: Float64Array;
  /** The chosen are better at every level: their distribution is nowhere above that of all, and somewhere below. */
  readonly firstOrder: boolean;
  /** Every risk-averse user prefers the chosen: the area between the two never turns against them. */
  readonly secondOrder: boolean;
}

const { ceil, min } = Math;
const steps = 200;

/** First- and second-order stochastic dominance (Hadar and Russell 1969), to the resolution of the grid. */
export function dominanceOf(
  {
    chosen,
    lowest,
    highest,
  }: { readonly chosen: ArrayLike<number>; readonly lowest: number; readonly highest: number },
  eachOfAll: (tell: (ratios: Float64Array) => void) => void,
): Dominance {
  const width = (highest - lowest) / steps;
  const perWidth = width > 0 ? 1 / width : 0;
  const ours = new Float64Array(steps + 1);
  const theirs = new Float64Array(steps + 1);
  const count = (counts: Float64Array, ratios: ArrayLike<number>): void => {
    for (let i = 0; i < ratios.length; i++) {
      const step = ceil((ratios[i]! - lowest) * perWidth);
      if (step >= 0) counts[min(steps, step)]!++;
    }
  };
  count(ours, chosen);
  eachOfAll((ratios) => count(theirs, ratios));
  accumulate(ours);
  accumulate(theirs);
  let isNowhereAbove = true;
  let isSomewhereBelow = false;
  let area = 0;
  let leastArea = 0;
  for (let i = 0; i <= steps; i++) {
    const gain = theirs[i]! - ours[i]!;
    if (gain < 0) isNowhereAbove = false;
    if (gain > 0) isSomewhereBelow = true;
    area += gain;
    leastArea = Math.min(leastArea, area);
  }
  return {
    grid: Float64Array.from({ length: steps + 1 }, (_, i) => lowest + i * width),
    chosen: ours,
    all: theirs,
    firstOrder: isNowhereAbove && isSomewhereBelow,
    secondOrder: leastArea >= -1e-12 && area > 0,
  };
}

/** Counts become cumulative shares. */
function accumulate(counts: Float64Array): void {
  for (let i = 1; i < counts.length; i++) counts[i]! += counts[i - 1]!;
  const all = counts.at(-1)!;
  for (let i = 0; i < counts.length; i++) counts[i]! /= all;
}
