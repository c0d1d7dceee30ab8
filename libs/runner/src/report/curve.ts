/** Most points a report's curve may have. */
const maxPoints = 2_000;

/** Bars to draw, and the drawdown at each: a fraction, 0 or less, from the highest equity so far or the starting cash. */
export interface DrawnCurve {
  readonly points: number[];
  readonly drawdown: number[];
}

/**
 * Which bars to draw: all of them, or so few that they fit, yet with the first and last bar, and from each stretch
 * its lowest and highest equity and its deepest drawdown, so that no extreme of the curve is lost.
 */
export function drawnCurve(equity: Float64Array, cash: number, limit = maxPoints): DrawnCurve {
  const length = equity.length;
  if (length <= limit) return wholeCurve(equity, cash);

  const stretches = Math.max(1, Math.floor((limit - 2) / 3));
  const peaks = new Map<number, number>([[0, Math.max(cash, equity[0]!)]]);
  let peak = cash;
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * length) / stretches);
    const to = Math.floor(((s + 1) * length) / stretches);
    const { least, greatest } = extent(equity, from, to);
    if (greatest <= peak) {
      // Without a new peak the deepest drawdown is at the lowest equity.
      peaks.set(equity.indexOf(least, from), peak).set(equity.indexOf(greatest, from), peak);
      continue;
    }
    let lowest = equity[from]!;
    let highest = lowest;
    if (highest > peak) peak = highest;
    let low = from;
    let high = from;
    let deep = from;
    let peakAtLow = peak;
    let peakAtHigh = peak;
    let peakAtDeep = peak;
    // What equity must fall below to lie deeper under its peak than any before it in the stretch.
    let floor = lowest;
    for (let i = from + 1; i < to; i++) {
      const value = equity[i]!;
      if (value > highest) {
        highest = value;
        high = i;
        if (value > peak) {
          floor *= value / peak;
          peak = value;
        }
        peakAtHigh = peak;
      } else if (value < lowest) {
        lowest = value;
        low = i;
        peakAtLow = peak;
      }
      if (value < floor) {
        floor = value;
        deep = i;
        peakAtDeep = peak;
      }
    }
    peaks.set(low, peakAtLow).set(high, peakAtHigh).set(deep, peakAtDeep);
  }
  peaks.set(length - 1, peak);
  const points = [...peaks.keys()].sort((a, b) => a - b);
  return { points, drawdown: points.map((i) => equity[i]! / peaks.get(i)! - 1) };
}

/** In two lanes, since a comparison waits for the one before it. */
function extent(column: Float64Array, from: number, to: number): { least: number; greatest: number } {
  let least = column[from]!;
  let greatest = least;
  let oddLeast = least;
  let oddGreatest = least;
  for (let i = from; i < to - 1; i += 2) {
    const a = column[i]!;
    const b = column[i + 1]!;
    if (a < least) least = a;
    if (a > greatest) greatest = a;
    if (b < oddLeast) oddLeast = b;
    if (b > oddGreatest) oddGreatest = b;
  }
  const last = column[to - 1]!;
  return { least: Math.min(least, oddLeast, last), greatest: Math.max(greatest, oddGreatest, last) };
}

function wholeCurve(equity: Float64Array, cash: number): DrawnCurve {
  let peak = cash;
  const drawdown = Array.from(equity, (value) => {
    if (value > peak) peak = value;
    return value / peak - 1;
  });
  return { points: drawdown.map((_, i) => i), drawdown };
}
