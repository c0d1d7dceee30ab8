import type { CandlePattern } from './candle-pattern.js';
import type { Candles } from './candles.js';

/** Patterns of one candle, with TA-Lib's rules; hammers and stars look at the candle before for where they stand. */

export const doji: CandlePattern = { span: 1, history: 10, at: (c, i) => (c.isDoji(i) ? 1 : 0) };

export const longLeggedDoji: CandlePattern = {
  span: 1,
  history: 10,
  at: (c, i) => (c.isDoji(i) && (c.lowerShadow(i) > c.body(i) || c.upperShadow(i) > c.body(i)) ? 1 : 0),
};

export const dragonflyDoji: CandlePattern = {
  span: 1,
  history: 10,
  at: (c, i) => (c.isDoji(i) && !c.hasUpperShadow(i) && c.lowerShadow(i) > c.veryShort(i) ? 1 : 0),
};

export const gravestoneDoji: CandlePattern = {
  span: 1,
  history: 10,
  at: (c, i) => (c.isDoji(i) && !c.hasLowerShadow(i) && c.upperShadow(i) > c.veryShort(i) ? -1 : 0),
};

export const hammer: CandlePattern = {
  span: 2,
  history: 10,
  at: (c, i) => (hangsDown(c, i) && c.bottom(i) <= c.low[i - 1]! + c.near(i - 1) ? 1 : 0),
};

export const hangingMan: CandlePattern = {
  span: 2,
  history: 10,
  at: (c, i) => (hangsDown(c, i) && c.bottom(i) >= c.high[i - 1]! - c.near(i - 1) ? -1 : 0),
};

export const invertedHammer: CandlePattern = {
  span: 2,
  history: 10,
  at: (c, i) => (reachesUp(c, i) && c.bodyIsBelow(i, i - 1) ? 1 : 0),
};

export const shootingStar: CandlePattern = {
  span: 2,
  history: 10,
  at: (c, i) => (reachesUp(c, i) && c.bodyIsAbove(i, i - 1) ? -1 : 0),
};

export const spinningTop: CandlePattern = {
  span: 1,
  history: 10,
  at: (c, i) => (isSmallBetween(c, i, 1) ? c.colour(i) : 0),
};

export const highWave: CandlePattern = {
  span: 1,
  history: 10,
  at: (c, i) => (isSmallBetween(c, i, 2) ? c.colour(i) : 0),
};

export const marubozu: CandlePattern = {
  span: 1,
  history: 10,
  at: (c, i) => (isMarubozu(c, i) ? c.colour(i) : 0),
};

export const closingMarubozu: CandlePattern = {
  span: 1,
  history: 10,
  at: (c, i) => (c.isLong(i) && !(c.colour(i) > 0 ? c.hasUpperShadow(i) : c.hasLowerShadow(i)) ? c.colour(i) : 0),
};

export const beltHold: CandlePattern = {
  span: 1,
  history: 10,
  at: (c, i) => (c.isLong(i) && !(c.colour(i) > 0 ? c.hasLowerShadow(i) : c.hasUpperShadow(i)) ? c.colour(i) : 0),
};

export function isMarubozu(c: Candles, i: number): boolean {
  return c.isLong(i) && !c.hasUpperShadow(i) && !c.hasLowerShadow(i);
}

function hangsDown(c: Candles, i: number): boolean {
  const body = c.body(i);
  return body < c.meanBody(i) && c.lowerShadow(i) > body && !c.hasUpperShadow(i);
}

function reachesUp(c: Candles, i: number): boolean {
  const body = c.body(i);
  return body < c.meanBody(i) && c.upperShadow(i) > body && !c.hasLowerShadow(i);
}

function isSmallBetween(c: Candles, i: number, bodies: number): boolean {
  const body = c.body(i);
  return body < c.meanBody(i) && c.upperShadow(i) > bodies * body && c.lowerShadow(i) > bodies * body;
}
