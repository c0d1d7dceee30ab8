/** Most points a report's curve may have. */
const maxPoints = 2_000;

/** Bars to draw, and the drawdown at each: a fraction, 0 or less, from the highest equity so far or the starting cash. */
export interface DrawnCurve {
  readonly points: number[];
  readonly drawdown: number[];
}

/**
 * Chooses which bars to draw while a run goes on: all of them, or so few that they fit, yet with the first and last bar,
 * and from each stretch its lowest and highest equity and its deepest drawdown, so that no extreme of the curve is lost.
 */
export class CurveWatch {
  readonly #equity: Float64Array;
  readonly #cash: number;
  readonly #stretches: number;
  /** The peak at each bar that is drawn. */
  readonly #peaks = new Map<number, number>();
  #peak: number;
  #done = 0;

  /** The column is the one that the result will have; its bars are filled as `take` tells. */
  constructor(equity: Float64Array, cash: number, limit = maxPoints) {
    this.#equity = equity;
    this.#cash = cash;
    this.#peak = cash;
    this.#stretches = equity.length <= limit ? 0 : Math.max(1, Math.floor((limit - 2) / 3));
  }

  /** Looks at the stretches that end before a bar up to which the column is known for good. */
  take(bars: number): void {
    while (this.#done < this.#stretches && this.#startOf(this.#done + 1) <= bars) this.#look(this.#done++);
  }

  curve(): DrawnCurve {
    const equity = this.#equity;
    const { length } = equity;
    if (this.#stretches === 0) return wholeCurve(equity, this.#cash);
    this.take(length);
    const peaks = this.#peaks;
    if (!peaks.has(0)) peaks.set(0, Math.max(this.#cash, equity[0]!));
    peaks.set(length - 1, this.#peak);
    const points = [...peaks.keys()].sort((a, b) => a - b);
    return { points, drawdown: points.map((i) => equity[i]! / peaks.get(i)! - 1) };
  }

  #startOf(stretch: number): number {
    return Math.floor((stretch * this.#equity.length) / this.#stretches);
  }

  #look(stretch: number): void {
    const equity = this.#equity;
    const peaks = this.#peaks;
    const from = this.#startOf(stretch);
    const to = this.#startOf(stretch + 1);
    const { least, greatest } = extent(equity, from, to);
    if (greatest <= this.#peak) {
      // Without a new peak the deepest drawdown is at the lowest equity.
      peaks.set(equity.indexOf(least, from), this.#peak).set(equity.indexOf(greatest, from), this.#peak);
      return;
    }
    let peak = this.#peak;
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
    this.#peak = peak;
  }
}

/** The curve of a whole run at once. */
export function drawnCurve(equity: Float64Array, cash: number, limit = maxPoints): DrawnCurve {
  return new CurveWatch(equity, cash, limit).curve();
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
