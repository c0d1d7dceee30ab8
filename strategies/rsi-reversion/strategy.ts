import { defineStrategy, float, int, rsi, sma } from '@quarry/engine';

/**
 * The idea: after a few days of falling within a rising market, buyers return. Buy when a short RSI is low while the
 * price stands above its long average; sell when the RSI is high again.
 * Source: the RSI is J. Welles Wilder's, New Concepts in Technical Trading Systems (1978); the short window and the
 * trend filter are L. Connors and C. Alvarez's, Short Term Trading Strategies That Work (2008).
 * Weakness: it has no stop. It buys into every crash until the average breaks, and many small gains pay for few large
 * losses. It was published in 2008, so data before that year is what it was found on.
 */
export default defineStrategy({
  name: 'RSI reversion',
  description: 'Buys a short dip in a rising market, sells into strength.',
  params: {
    window: int(2, { min: 2, max: 30, description: 'Bars of the RSI' }),
    low: float(10, { min: 1, max: 50, step: 1, description: 'Buy below this RSI' }),
    high: float(70, { min: 50, max: 99, step: 1, description: 'Sell above this RSI' }),
    trend: int(200, { min: 10, max: 400, description: 'Bars of the average that tells a rising market' }),
  },
  init: ({ bars, params }) => ({
    strength: rsi(bars.close, params.window),
    trend: sma(bars.close, params.trend),
  }),
  next({ buy, close, position, bars, params }, { strength, trend }) {
    if (position.isLong) {
      if (strength.now > params.high) close();
      return;
    }
    if (strength.now < params.low && bars.close.now > trend.now) buy();
  },
});
