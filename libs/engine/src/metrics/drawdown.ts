import type { Drawdown } from '../metric.js';

/** Called for each fall from a peak, with bar indices; `recovered` is -1 for the one still open at the end. */
type OnDrawdown = (peak: number, trough: number, recovered: number, depth: number) => void;

/**
 * Walks an equity curve once and tells every fall from a peak. A fall ends on the bar that reaches the peak again.
 * `start` is the account before the first bar, so that a loss on the first bar counts. Returns the sum of squared
 * drawdowns over all bars, for the ulcer index.
 */
export function eachDrawdown(equity: Float64Array, start: number, tell: OnDrawdown): number {
  let peak = start;
  let perPeak = 1 / start;
  let peakAt = 0;
  let low = start;
  let lowAt = 0;
  let squares = 0;
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i]!;
    if (value < peak) {
      if (value < low) {
        low = value;
        lowAt = i;
      }
      const depth = 1 - value * perPeak;
      squares += depth * depth;
      continue;
    }
    if (low < peak) tell(peakAt, lowAt, i, 1 - low / peak);
    peak = low = value;
    perPeak = 1 / value;
    peakAt = i;
  }
  if (low < peak) tell(peakAt, lowAt, -1, 1 - low / peak);
  return squares;
}

/** What a report says about falls from a peak. Depths are fractions > 0, durations µs; all 0 for a curve that never falls. */
export interface DrawdownSummary {
  readonly deepest: number;
  /** Of the deepest: peak to trough, and peak to recovery (to the last bar while open). */
  readonly toTrough: number;
  readonly toRecovery: number;
  readonly deepestIsOpen: boolean;
  /** The longest time below a peak, the deepest one or not; one still open counts to the last bar. */
  readonly longest: number;
  readonly longestIsOpen: boolean;
  readonly meanDepth: number;
  readonly count: number;
  /** Root mean square of the drawdown over all bars (Martin and McCann 1989). */
  readonly ulcerIndex: number;
}

/** `start` is the account before the first bar. */
export function summariseDrawdowns(equity: Float64Array, time: Float64Array, start: number): DrawdownSummary {
  let deepest = 0;
  let toTrough = 0;
  let toRecovery = 0;
  let deepestIsOpen = false;
  let longest = 0;
  let longestIsOpen = false;
  let depths = 0;
  let count = 0;
  const last = equity.length - 1;
  const squares = eachDrawdown(equity, start, (peak, trough, recovered, depth) => {
    const from = time[peak]!;
    const lasted = time[recovered < 0 ? last : recovered]! - from;
    count++;
    depths += depth;
    if (depth > deepest) {
      deepest = depth;
      toTrough = time[trough]! - from;
      toRecovery = lasted;
      deepestIsOpen = recovered < 0;
    }
    if (lasted > longest) {
      longest = lasted;
      longestIsOpen = recovered < 0;
    }
  });
  return {
    deepest,
    toTrough,
    toRecovery,
    deepestIsOpen,
    longest,
    longestIsOpen,
    meanDepth: count > 0 ? depths / count : 0,
    count,
    ulcerIndex: Math.sqrt(squares / equity.length),
  };
}

/** Every fall from a peak, deepest first; at most `limit`. Starts from the first bar's equity. Times are those of the bars, µs UTC. */
export function drawdownsOf(equity: Float64Array, time: Float64Array, limit = Infinity): Drawdown[] {
  const found: { peak: number; trough: number; recovered: number; depth: number }[] = [];
  if (equity.length === 0) return [];
  eachDrawdown(equity, equity[0]!, (peak, trough, recovered, depth) => {
    found.push({ peak, trough, recovered, depth });
  });
  return found
    .sort((a, b) => b.depth - a.depth || a.peak - b.peak)
    .slice(0, limit)
    .map(({ peak, trough, recovered, depth }) => ({
      depth,
      peakTime: time[peak]!,
      troughTime: time[trough]!,
      recoveryTime: recovered < 0 ? null : time[recovered]!,
    }));
}
