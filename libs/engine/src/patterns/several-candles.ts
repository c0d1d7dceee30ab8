import type { CandlePattern } from './candle-pattern.js';
import type { Candles } from './candles.js';
import { against } from './two-candles.js';

/** Patterns of three to five candles, with TA-Lib's rules. */

/** How far a star's third candle must go back into the first one's body. */
const penetration = 0.3;

export const morningStar: CandlePattern = {
  span: 3,
  history: 10,
  at: (c, i) => (c.body(i - 1) <= c.meanBody(i - 1) && isStar(c, i) && c.colour(i) > 0 ? 1 : 0),
};

export const eveningStar: CandlePattern = {
  span: 3,
  history: 10,
  at: (c, i) => (c.body(i - 1) <= c.meanBody(i - 1) && isStar(c, i) && c.colour(i) < 0 ? -1 : 0),
};

export const morningDojiStar: CandlePattern = {
  span: 3,
  history: 10,
  at: (c, i) => (c.isDoji(i - 1) && isStar(c, i) && c.colour(i) > 0 ? 1 : 0),
};

export const eveningDojiStar: CandlePattern = {
  span: 3,
  history: 10,
  at: (c, i) => (c.isDoji(i - 1) && isStar(c, i) && c.colour(i) < 0 ? -1 : 0),
};

export const abandonedBaby: CandlePattern = {
  span: 3,
  history: 10,
  at(c, i) {
    if (!c.isDoji(i - 1) || !turnsBack(c, i)) return 0;
    const isAbandoned =
      c.colour(i) < 0 ? c.isAbove(i - 1, i - 2) && c.isBelow(i, i - 1) : c.isBelow(i - 1, i - 2) && c.isAbove(i, i - 1);
    return isAbandoned ? c.colour(i) : 0;
  },
};

export const threeInside: CandlePattern = {
  span: 3,
  history: 10,
  at(c, i) {
    const first = i - 2;
    if (!c.isLong(first) || c.body(i - 1) > c.meanBody(i - 1) || c.colour(i) === c.colour(first)) return 0;
    if (c.top(i - 1) >= c.top(first) || c.bottom(i - 1) <= c.bottom(first)) return 0;
    return c.colour(i) * (c.close[i]! - c.open[first]!) > 0 ? c.colour(i) : 0;
  },
};

export const threeOutside: CandlePattern = {
  span: 3,
  history: 0,
  at(c, i) {
    const [first, second] = [i - 2, i - 1];
    if (c.colour(first) === c.colour(second)) return 0;
    if (c.top(second) <= c.top(first) || c.bottom(second) >= c.bottom(first)) return 0;
    return c.colour(second) * (c.close[i]! - c.close[second]!) > 0 ? c.colour(second) : 0;
  },
};

export const threeWhiteSoldiers: CandlePattern = {
  span: 3,
  history: 10,
  at(c, i) {
    for (let k = i - 2; k <= i; k++) if (c.colour(k) < 0 || c.hasUpperShadow(k)) return 0;
    for (let k = i - 1; k <= i; k++) {
      const before = k - 1;
      if (c.close[k]! <= c.close[before]! || c.open[k]! <= c.open[before]!) return 0;
      if (c.open[k]! > c.close[before]! + c.near(before) || c.body(k) <= c.body(before) - c.far(before)) return 0;
    }
    return c.body(i) > c.meanBody(i) ? 1 : 0;
  },
};

export const threeBlackCrows: CandlePattern = {
  span: 4,
  history: 10,
  at(c, i) {
    if (c.colour(i - 3) < 0 || c.high[i - 3]! <= c.close[i - 2]!) return 0;
    for (let k = i - 2; k <= i; k++) if (c.colour(k) > 0 || c.hasLowerShadow(k)) return 0;
    for (let k = i - 1; k <= i; k++) {
      const before = k - 1;
      if (c.open[k]! >= c.open[before]! || c.open[k]! <= c.close[before]! || c.close[k]! >= c.close[before]!) return 0;
    }
    return -1;
  },
};

/** Rising (1) and falling (-1) three methods: a long candle, three small ones against it within its range, a long one on. */
export const threeMethods: CandlePattern = {
  span: 5,
  history: 10,
  at(c, i) {
    const first = i - 4;
    const way = c.colour(first);
    if (c.colour(i) !== way || !c.isLong(first) || !c.isLong(i)) return 0;
    for (let k = i - 3; k < i; k++) {
      if (c.colour(k) === way || c.body(k) >= c.meanBody(k)) return 0;
      if (c.bottom(k) >= c.high[first]! || c.top(k) <= c.low[first]!) return 0;
      if (k > i - 3 && way * (c.close[k]! - c.close[k - 1]!) >= 0) return 0;
    }
    const goesOn = way * (c.open[i]! - c.close[i - 1]!) > 0 && way * (c.close[i]! - c.close[first]!) > 0;
    return goesOn ? way : 0;
  },
};

/** A long candle, a body beyond it, and a candle of the other colour that comes back into the first. */
function isStar(c: Candles, i: number): boolean {
  if (!turnsBack(c, i)) return false;
  return against(c, i) > 0 ? c.bodyIsAbove(i - 1, i - 2) : c.bodyIsBelow(i - 1, i - 2);
}

function turnsBack(c: Candles, i: number): boolean {
  const first = i - 2;
  const way = c.colour(i);
  if (!c.isLong(first) || c.colour(first) === way || c.body(i) <= c.meanBody(i)) return false;
  return way * (c.close[i]! - c.close[first]!) > penetration * c.body(first);
}
