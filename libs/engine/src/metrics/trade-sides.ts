import type { Trades } from '../results.js';
import { quantile } from './selection.js';

/** The closed trades of one side, long or short. NaN wherever there is none. */
export interface TradeSide {
  readonly count: number;
  readonly wins: number;
  /** Net, in currency. */
  readonly pnl: number;
  /** µs. */
  readonly meanDuration: number;
  readonly medianDuration: number;
}

/** The closed trades by side, and the median duration of all of them, µs. */
export interface TradeSides {
  readonly long: TradeSide;
  readonly short: TradeSide;
  readonly medianDuration: number;
}

export function tradeSides(trades: Trades): TradeSides {
  const { length, size, open, pnl, entryTime, exitTime } = trades;
  // Long trades from the front, short ones from the back: both medians come from one column, and then that of all.
  const durations = new Float64Array(length);
  let longs = 0;
  let shorts = 0;
  let longWins = 0;
  let shortWins = 0;
  let longPnl = 0;
  let shortPnl = 0;
  let longTime = 0;
  let shortTime = 0;
  for (let i = 0; i < length; i++) {
    if (open[i] === 1) continue;
    const gain = pnl[i]!;
    const lasted = exitTime[i]! - entryTime[i]!;
    if (size[i]! > 0) {
      durations[longs++] = lasted;
      longTime += lasted;
      longPnl += gain;
      if (gain > 0) longWins++;
    } else {
      durations[length - ++shorts] = lasted;
      shortTime += lasted;
      shortPnl += gain;
      if (gain > 0) shortWins++;
    }
  }
  const ofLongs = durations.subarray(0, longs);
  const ofShorts = durations.subarray(length - shorts);
  const long = side(longs, longWins, longPnl, longTime, quantile(ofLongs, 0.5));
  const short = side(shorts, shortWins, shortPnl, shortTime, quantile(ofShorts, 0.5));
  if (shorts === 0) return { long, short, medianDuration: long.medianDuration };
  if (longs === 0) return { long, short, medianDuration: short.medianDuration };
  durations.copyWithin(longs, length - shorts);
  return { long, short, medianDuration: quantile(durations.subarray(0, longs + shorts), 0.5) };
}

function side(count: number, wins: number, pnl: number, time: number, medianDuration: number): TradeSide {
  return { count, wins, pnl, meanDuration: time / count, medianDuration };
}
