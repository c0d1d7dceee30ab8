import { newColumn } from '../new-column.js';
import type { Prices } from './bar-columns.js';
import { averagePriceColumn } from './prices.js';

/**
 * Heikin-ashi candles (M. Nison's "average bars"; D. Valcu, Stocks & Commodities 22:2, 2004): each closes at the mean of its
 * bar's four prices and opens in the middle of the candle before. The first, and one after a gap, opens in the middle of
 * its own bar's body.
 */
export function heikinAshiColumns({ open, high, low, close }: Prices): Prices {
  const closes = averagePriceColumn(open, high, low, close);
  const opens = newColumn(close.length);
  const highs = newColumn(close.length);
  const lows = newColumn(close.length);
  let before = NaN;
  for (let i = 0; i < closes.length; i++) {
    const average = closes[i]!;
    if (!(Math.abs(average) < Infinity)) {
      opens[i] = highs[i] = lows[i] = closes[i] = before = NaN;
      continue;
    }
    const opened = before === before ? before : (open[i]! + close[i]!) / 2;
    opens[i] = opened;
    highs[i] = Math.max(high[i]!, opened, average);
    lows[i] = Math.min(low[i]!, opened, average);
    before = (opened + average) / 2;
  }
  return { open: opens, high: highs, low: lows, close: closes };
}
