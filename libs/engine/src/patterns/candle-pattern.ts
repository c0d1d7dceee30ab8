import { newColumn } from '../new-column.js';
import type { Prices } from '../indicators/bar-columns.js';
import { Candles } from './candles.js';

/** A pattern of one or several candles, told at the close of its last. */
export interface CandlePattern {
  /** Candles that it looks at. */
  readonly span: number;
  /** Candles before those that they are measured by: 10, or 0 where it compares its own candles only. */
  readonly history: 0 | 10;
  /** Whether it ends on candle `i`: 1 where it speaks for a rise (or takes no side), -1 where for a fall, 0 where it does not. */
  readonly at: (candles: Candles, i: number) => -1 | 0 | 1;
}

/** 1, -1 or 0 on each bar; NaN until enough valid bars are known, and anew after a gap. */
export function candlePatternColumn(prices: Prices, { span, history, at }: CandlePattern): Float64Array {
  const { open, high, low, close } = prices;
  const candles = new Candles(prices);
  const out = newColumn(close.length);
  const needed = span + history;
  let valid = 0;
  for (let i = 0; i < out.length; i++) {
    const isValid = Math.abs(high[i]! - low[i]!) < Infinity && Math.abs(close[i]! - open[i]!) < Infinity;
    valid = isValid ? valid + 1 : 0;
    out[i] = valid < needed ? NaN : at(candles, i);
  }
  return out;
}
