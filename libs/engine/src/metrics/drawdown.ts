import type { Drawdown } from '../metric.js';

/** Called for each fall from a peak, with bar indices; `recovered` is -1 for the one still open at the end. */
type OnDrawdown = (peakBar: number, trough: number, recovered: number, depth: number) => void;

/**
 * Walks an equity curve once and tells every fall from a peak. A fall ends on the bar that reaches the peak again.
 * `start` is the account before the first bar, so that a loss on the first bar counts. Returns the sum of squared
 * drawdowns over all bars, for the ulcer index.
 */
function eachDrawdown(equity: Float64Array, start: number, tell: OnDrawdown): number {
  const bars = equity.length;
  let peak = start;
  let perPeak = 1 / start;
  let peakBar = -1;
  let squares = 0;
  for (let i = 0; i < bars; i++) {
    const value = equity[i]!;
    if (value < peak) {
      const depth = 1 - value * perPeak;
      squares += depth * depth;
      continue;
    }
    if (i > peakBar + 1) tellFall(equity, peak, peakBar, i, i, tell);
    peak = value;
    perPeak = 1 / value;
    peakBar = i;
  }
  if (bars > peakBar + 1) tellFall(equity, peak, peakBar, bars, -1, tell);
  return squares;
}

/** The same from the first bar on, for those who need no sum: a bar costs one comparison. */
function eachFall(equity: Float64Array, tell: OnDrawdown): void {
  const bars = equity.length;
  for (let peakBar = 0; peakBar < bars;) {
    const peak = equity[peakBar]!;
    let end = peakBar + 1;
    while (end < bars && equity[end]! < peak) end++;
    if (end > peakBar + 1) tellFall(equity, peak, peakBar, end, end < bars ? end : -1, tell);
    peakBar = end;
  }
}

function tellFall(
  equity: Float64Array,
  peak: number,
  peakBar: number,
  end: number,
  recovered: number,
  tell: OnDrawdown,
): void {
  const trough = troughOf(equity, peakBar + 1, end);
  tell(Math.max(0, peakBar), trough, recovered, 1 - equity[trough]! / peak);
}

/** The first bar of the lowest equity, sought from the end: there an account that sinks shows a new low seldom, not at each bar. */
function troughOf(equity: Float64Array, from: number, to: number): number {
  let trough = to - 1;
  let low = equity[trough]!;
  for (let i = to - 2; i >= from; i--) {
    const value = equity[i]!;
    if (value <= low) {
      low = value;
      trough = i;
    }
  }
  return trough;
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
  const squares = eachDrawdown(equity, start, (peakBar, trough, recovered, depth) => {
    const from = time[peakBar]!;
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

/**
 * The falls from a peak, deepest first; the 20 deepest, or as many as `limit` says. The first bar's equity is the first
 * peak. Times are those of the bars, µs UTC.
 */
export function drawdownsOf(equity: Float64Array, time: Float64Array, limit = 20): Drawdown[] {
  const deepest: Drawdown[] = [];
  if (equity.length === 0) return [];
  eachFall(equity, (peakBar, trough, recovered, depth) => {
    if (deepest.length === limit && !(depth > (deepest.at(-1)?.depth ?? Infinity))) return;
    const rank = deepest.findIndex((other) => other.depth < depth);
    deepest.splice(rank < 0 ? deepest.length : rank, 0, {
      depth,
      peakTime: time[peakBar]!,
      troughTime: time[trough]!,
      recoveryTime: recovered < 0 ? null : time[recovered]!,
    });
    if (deepest.length > limit) deepest.pop();
  });
  return deepest;
}
