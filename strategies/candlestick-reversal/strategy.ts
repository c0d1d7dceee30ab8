import { atr, defineStrategy, engulfing, float, hammer, int, morningStar, piercing, rsi, sma } from '@quarry/engine';

/**
 * The idea: candles that turned a fall within one to three bars (hammer, engulfing, piercing line, morning star) show that
 * buyers came in. Buy one after a dip in a rising market; stop loss and target are average true ranges away, and what has
 * reached neither after some bars is sold.
 * Source: the candles are those of S. Nison, Japanese Candlestick Charting Techniques (1991), as TA-Lib measures them.
 * Weakness: tests over large samples found little or nothing in such patterns by themselves (B. Marshall, M. Young and
 * L. Rose, Journal of Banking & Finance 30:8, 2006). It earns far less than the index did, and does not tell how much of
 * that is owed to the candles rather than to buying dips in a rising market. It is here to show how patterns are used.
 */
export default defineStrategy({
  name: 'Candlestick reversal',
  description: 'Buys a bullish candle pattern after a dip in a rising market, with a bracket of average ranges.',
  params: {
    trend: int(200, { min: 10, max: 400, description: 'Bars of the average that tells a rising market' }),
    dip: float(45, { min: 10, max: 100, step: 5, description: 'Buy only where the RSI of 5 bars was below this' }),
    stop: float(2, { min: 0.5, max: 10, step: 0.5, description: 'Stop loss, in average true ranges' }),
    target: float(3, { min: 0.5, max: 20, step: 0.5, description: 'Target, in average true ranges' }),
    patience: int(10, { min: 1, max: 100, description: 'Bars after which it sells' }),
  },
  init: ({ bars, params }) => ({
    patterns: [hammer(bars), engulfing(bars), piercing(bars), morningStar(bars)],
    trend: sma(bars.close, params.trend),
    strength: rsi(bars.close, 5),
    range: atr(bars, 14),
    bought: { bar: 0 },
  }),
  next({ buy, close, position, bars, index, params }, { patterns, trend, strength, range, bought }) {
    if (position.isLong) {
      if (index - bought.bar >= params.patience) close();
      return;
    }
    const price = bars.close.now;
    if (!(price > trend.now) || !(strength.ago(1) < params.dip)) return;
    if (!patterns.some((pattern) => pattern.now > 0)) return;
    buy({ stopLoss: price - params.stop * range.now, takeProfit: price + params.target * range.now });
    bought.bar = index;
  },
});
