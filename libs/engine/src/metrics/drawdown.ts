import type { Drawdown } from '../metric.js';

/** What a report says about falls from a peak. Depths are fractions > 0, durations µs; all 0 for a curve that never falls. */
export interface DrawdownStudy {
  readonly deepest: number;
  /** Of the deepest: peak to trough, and peak to recovery (to the last bar while open). */
  readonly toTrough: number;
  readonly toRecovery: number;
  readonly deepestIsOpen: boolean;
  /** The longest time below a peak, the deepest one or not; one still open counts to the last bar. */
  readonly longest: number;
  readonly longestIsOpen: boolean;
  readonly meanDepth: number;
  readonly meanDuration: number;
  readonly count: number;
  /** Share of bars that closed below an earlier peak. */
  readonly underWater: number;
  /** Sum of squared drawdowns over all bars. */
  readonly squares: number;
  /** The lowest equity of all bars. */
  readonly lowest: number;
  /** The deepest falls, deepest first; the earlier first where two are equally deep. */
  readonly worst: readonly Drawdown[];
}

interface Fall {
  readonly depth: number;
  readonly peakBar: number;
  readonly low: number;
  /** The bar that reaches the peak again, or the number of bars where none does. */
  readonly end: number;
}

/**
 * Walks an equity curve once. A fall runs from the bar at the peak to the bar that reaches it again; `start` is the
 * account before the first bar, so that a loss on the first bar counts.
 *
 * @param time of the bars, µs UTC
 * @param limit how many of the deepest falls to name
 */
export function studyDrawdowns(equity: Float64Array, time: Float64Array, start: number, limit = 10): DrawdownStudy {
  const bars = equity.length;
  const last = bars - 1;
  const worst: Fall[] = [];
  let bar = 0;
  let peak = start;
  let peakBar = 0;
  let count = 0;
  let depths = 0;
  let durations = 0;
  let under = 0;
  let longest = 0;
  let longestIsOpen = false;
  let squares = 0;
  let lowest = Infinity;
  while (bar < bars) {
    const value = equity[bar]!;
    if (!(value < peak)) {
      peak = value;
      peakBar = bar++;
      continue;
    }
    const first = bar;
    let low = value;
    let even = 0;
    let odd = 0;
    // Sums of two lanes: a sum waits for the one before it, and two of them wait at the same time.
    for (; bar < last; bar += 2) {
      const a = equity[bar]!;
      const b = equity[bar + 1]!;
      if (!(a < peak && b < peak)) break;
      if (a < low) low = a;
      if (b < low) low = b;
      even += (peak - a) * (peak - a);
      odd += (peak - b) * (peak - b);
    }
    for (; bar < bars; bar++) {
      const a = equity[bar]!;
      if (!(a < peak)) break;
      if (a < low) low = a;
      even += (peak - a) * (peak - a);
    }
    squares += (even + odd) / (peak * peak);
    const lasted = time[Math.min(bar, last)]! - time[peakBar]!;
    const depth = 1 - low / peak;
    count++;
    depths += depth;
    durations += lasted;
    under += bar - first;
    if (low < lowest) lowest = low;
    if (lasted > longest) {
      longest = lasted;
      longestIsOpen = bar === bars;
    }
    if (worst.length < limit || depth > worst[limit - 1]!.depth) {
      insert(worst, { depth, peakBar, low, end: bar });
      if (worst.length > limit) worst.pop();
    }
  }
  const named = worst.map((fall) => drawdownOf(fall, equity, time));
  const [deepest] = named;
  return {
    deepest: deepest?.depth ?? 0,
    toTrough: deepest ? deepest.troughTime - deepest.peakTime : 0,
    toRecovery: deepest ? (deepest.recoveryTime ?? time[last]!) - deepest.peakTime : 0,
    deepestIsOpen: deepest?.recoveryTime === null,
    longest,
    longestIsOpen,
    meanDepth: count > 0 ? depths / count : 0,
    meanDuration: count > 0 ? durations / count : 0,
    count,
    underWater: under / bars,
    squares,
    lowest: Math.min(lowest, start, equity[0] ?? start),
    worst: named,
  };
}

function insert(worst: Fall[], fall: Fall): void {
  let rank = worst.length;
  while (rank > 0 && worst[rank - 1]!.depth < fall.depth) rank--;
  worst.splice(rank, 0, fall);
}

/** The trough is the first bar of the lowest equity. */
function drawdownOf({ depth, peakBar, low, end }: Fall, equity: Float64Array, time: Float64Array): Drawdown {
  return {
    depth,
    peakTime: time[peakBar]!,
    troughTime: time[equity.indexOf(low, peakBar)]!,
    recoveryTime: end < equity.length ? time[end]! : null,
  };
}
