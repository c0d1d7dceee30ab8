import type { CandlePattern } from './candle-pattern.js';
import type { Candles } from './candles.js';
import { isMarubozu } from './one-candle.js';

/** Patterns of two candles, with TA-Lib's rules, but tweezers, which it does not have. */

export const engulfing: CandlePattern = {
  span: 2,
  history: 0,
  at: (c, i) => (isTurned(c, i) && c.bodyIsWithin(i - 1, i) && c.body(i) > c.body(i - 1) ? c.colour(i) : 0),
};

export const harami: CandlePattern = {
  span: 2,
  history: 10,
  at: (c, i) => (isInside(c, i) && c.body(i) <= c.meanBody(i) ? against(c, i - 1) : 0),
};

export const haramiCross: CandlePattern = {
  span: 2,
  history: 10,
  at: (c, i) => (isInside(c, i) && c.isDoji(i) ? against(c, i - 1) : 0),
};

export const dojiStar: CandlePattern = {
  span: 2,
  history: 10,
  at(c, i) {
    if (!c.isLong(i - 1) || !c.isDoji(i)) return 0;
    const isBeyond = c.colour(i - 1) > 0 ? c.bodyIsAbove(i, i - 1) : c.bodyIsBelow(i, i - 1);
    return isBeyond ? against(c, i - 1) : 0;
  },
};

export const piercing: CandlePattern = {
  span: 2,
  history: 10,
  at(c, i) {
    const before = i - 1;
    if (c.colour(before) > 0 || c.colour(i) < 0 || !c.isLong(before) || !c.isLong(i)) return 0;
    if (c.open[i]! >= c.low[before]! || c.close[i]! >= c.open[before]!) return 0;
    return c.close[i]! > c.close[before]! + 0.5 * c.body(before) ? 1 : 0;
  },
};

export const darkCloudCover: CandlePattern = {
  span: 2,
  history: 10,
  at(c, i) {
    const before = i - 1;
    if (c.colour(before) < 0 || c.colour(i) > 0 || !c.isLong(before)) return 0;
    if (c.open[i]! <= c.high[before]! || c.close[i]! <= c.open[before]!) return 0;
    return c.close[i]! < c.close[before]! - 0.5 * c.body(before) ? -1 : 0;
  },
};

export const kicking: CandlePattern = {
  span: 2,
  history: 10,
  at(c, i) {
    if (!isTurned(c, i) || !isMarubozu(c, i - 1) || !isMarubozu(c, i)) return 0;
    return (c.colour(i) > 0 ? c.isAbove(i, i - 1) : c.isBelow(i, i - 1)) ? c.colour(i) : 0;
  },
};

export const counterattack: CandlePattern = {
  span: 2,
  history: 10,
  at(c, i) {
    if (!isTurned(c, i) || !c.isLong(i - 1) || !c.isLong(i)) return 0;
    return Math.abs(c.close[i]! - c.close[i - 1]!) <= c.equal(i - 1) ? c.colour(i) : 0;
  },
};

/** Two candles of different colour that turn at the same high (a top) or at the same low (a bottom). */
export const tweezers: CandlePattern = {
  span: 2,
  history: 10,
  at(c, i) {
    if (!isTurned(c, i)) return 0;
    const edge = c.colour(i) > 0 ? c.low : c.high;
    return Math.abs(edge[i]! - edge[i - 1]!) <= c.equal(i - 1) ? c.colour(i) : 0;
  },
};

export function against(c: Candles, i: number): 1 | -1 {
  return c.colour(i) > 0 ? -1 : 1;
}

function isTurned(c: Candles, i: number): boolean {
  return c.colour(i) !== c.colour(i - 1);
}

function isInside(c: Candles, i: number): boolean {
  return c.isLong(i - 1) && c.bodyIsWithin(i, i - 1);
}
