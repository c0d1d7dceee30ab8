import { type BarSeries, barsOf, clockOf } from '../bar-series.js';
import { type Series, seriesFrom } from '../series.js';
import { type CandlePattern, candlePatternColumn } from './candle-pattern.js';
import * as one from './one-candle.js';
import * as several from './several-candles.js';
import * as two from './two-candles.js';

// Each pattern is 1, -1 or 0, told at the close of its last candle; NaN until the bars are known that it is measured by
// (ten before it). What is long, short or near is measured as TA-Lib does by default; see Candles.

function found(bars: BarSeries, pattern: CandlePattern): Series {
  return seriesFrom(candlePatternColumn(barsOf(bars), pattern), clockOf(bars));
}

/**
 * Doji: it closed where it opened, or nearly so (at most 0.1 of the usual range). 1 where it is one; it takes no side.
 */
export function doji(bars: BarSeries): Series {
  return found(bars, one.doji);
}

/** Long-legged doji: a doji with a shadow longer than its body. 1 where it is one; it takes no side. */
export function longLeggedDoji(bars: BarSeries): Series {
  return found(bars, one.longLeggedDoji);
}

/** Dragonfly doji: all shadow below. 1 where it is one. */
export function dragonflyDoji(bars: BarSeries): Series {
  return found(bars, one.dragonflyDoji);
}

/** Gravestone doji: all shadow above. -1 where it is one (TA-Lib says 100). */
export function gravestoneDoji(bars: BarSeries): Series {
  return found(bars, one.gravestoneDoji);
}

/** Hammer: a short body with a long shadow below, at the foot of the candle before. 1 where it is one. */
export function hammer(bars: BarSeries): Series {
  return found(bars, one.hammer);
}

/** Hanging man: the shape of a hammer, at the head of the candle before. -1 where it is one. */
export function hangingMan(bars: BarSeries): Series {
  return found(bars, one.hangingMan);
}

/** Inverted hammer: a short body with a long shadow above, below the body before. 1 where it is one. */
export function invertedHammer(bars: BarSeries): Series {
  return found(bars, one.invertedHammer);
}

/** Shooting star: a short body with a long shadow above, above the body before. -1 where it is one. */
export function shootingStar(bars: BarSeries): Series {
  return found(bars, one.shootingStar);
}

/** Spinning top: a short body between longer shadows. 1 where white, -1 where black. */
export function spinningTop(bars: BarSeries): Series {
  return found(bars, one.spinningTop);
}

/** High wave: a short body between shadows more than twice as long. 1 where white, -1 where black. */
export function highWave(bars: BarSeries): Series {
  return found(bars, one.highWave);
}

/** Marubozu: a long body with next to no shadows. 1 where white, -1 where black. */
export function marubozu(bars: BarSeries): Series {
  return found(bars, one.marubozu);
}

/** Closing marubozu: a long body that closes at its extreme. 1 where white, -1 where black. */
export function closingMarubozu(bars: BarSeries): Series {
  return found(bars, one.closingMarubozu);
}

/** Belt hold: a long body that opens at its extreme. 1 where white, -1 where black. */
export function beltHold(bars: BarSeries): Series {
  return found(bars, one.beltHold);
}

/** Engulfing: a body around the body before, of the other colour. 1 where it rose, -1 where it fell. */
export function engulfing(bars: BarSeries): Series {
  return found(bars, two.engulfing);
}

/** Harami: a short body within the long one before. 1 after a black candle, -1 after a white one. */
export function harami(bars: BarSeries): Series {
  return found(bars, two.harami);
}

/** Harami cross: a doji within the long body before. 1 after a black candle, -1 after a white one. */
export function haramiCross(bars: BarSeries): Series {
  return found(bars, two.haramiCross);
}

/** Doji star: a doji beyond the long body before. 1 below a black candle, -1 above a white one. */
export function dojiStar(bars: BarSeries): Series {
  return found(bars, two.dojiStar);
}

/** Piercing line: opens below a long black candle and closes above the middle of its body. 1 where it is one. */
export function piercing(bars: BarSeries): Series {
  return found(bars, two.piercing);
}

/** Dark cloud cover: opens above a long white candle and closes below the middle of its body. -1 where it is one. */
export function darkCloudCover(bars: BarSeries): Series {
  return found(bars, two.darkCloudCover);
}

/** Kicking (kicker): two marubozu of different colour with a gap between them. 1 upwards, -1 downwards. */
export function kicking(bars: BarSeries): Series {
  return found(bars, two.kicking);
}

/**
 * Counterattack: two long candles of different colour that close at the same price. 1 where the second is white, else
 * -1.
 */
export function counterattack(bars: BarSeries): Series {
  return found(bars, two.counterattack);
}

/**
 * Tweezers: two candles of different colour with the same low (1, a bottom) or the same high (-1, a top), to 0.05 of
 * the usual range. A rule of our own; TA-Lib has none.
 */
export function tweezers(bars: BarSeries): Series {
  return found(bars, two.tweezers);
}

/** Morning star: a long black candle, a short body below it, a white candle back into the first. 1 where it is one. */
export function morningStar(bars: BarSeries): Series {
  return found(bars, several.morningStar);
}

/**
 * Evening star: a long white candle, a short body above it, a black candle back into the first. -1 where it is one.
 */
export function eveningStar(bars: BarSeries): Series {
  return found(bars, several.eveningStar);
}

/** Morning doji star: a morning star whose middle is a doji. 1 where it is one. */
export function morningDojiStar(bars: BarSeries): Series {
  return found(bars, several.morningDojiStar);
}

/** Evening doji star: an evening star whose middle is a doji. -1 where it is one. */
export function eveningDojiStar(bars: BarSeries): Series {
  return found(bars, several.eveningDojiStar);
}

/** Abandoned baby: a doji with gaps on both sides, shadows included. 1 at a bottom, -1 at a top. */
export function abandonedBaby(bars: BarSeries): Series {
  return found(bars, several.abandonedBaby);
}

/** Three inside: a harami whose third candle closes beyond the first. 1 upwards, -1 downwards. */
export function threeInside(bars: BarSeries): Series {
  return found(bars, several.threeInside);
}

/** Three outside: an engulfing whose third candle goes on. 1 upwards, -1 downwards. */
export function threeOutside(bars: BarSeries): Series {
  return found(bars, several.threeOutside);
}

/**
 * Three white soldiers: three white candles that each open within the one before and close at their highs. 1 where it
 * is one.
 */
export function threeWhiteSoldiers(bars: BarSeries): Series {
  return found(bars, several.threeWhiteSoldiers);
}

/**
 * Three black crows: after a white candle, three black ones that each open within the one before and close at their
 * lows. -1 where it is one.
 */
export function threeBlackCrows(bars: BarSeries): Series {
  return found(bars, several.threeBlackCrows);
}

/**
 * Rising (1) and falling (-1) three methods: a long candle, three small ones against it within its range, a long one
 * that goes on.
 */
export function threeMethods(bars: BarSeries): Series {
  return found(bars, several.threeMethods);
}
