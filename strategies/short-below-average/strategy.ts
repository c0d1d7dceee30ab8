import { crossedBelow, defineStrategy, highest, int, sma } from '@quarry/engine';

/**
 * The idea: what has fallen below its long average goes on falling; sell it short, and buy it back at a new high of some
 * weeks. A trend follower's rule, turned round.
 * Source: Moskowitz, Ooi and Pedersen, "Time Series Momentum", Journal of Financial Economics 104 (2012), who hold shorts
 * in markets that fell over the last year.
 * Weakness: shares rise more often than they fall, so the position stands against the drift, and whoever lends the shares
 * is paid for every day it is held: run it with `--borrow` and a maintenance margin, or the result is better than any
 * account's. On the S&P 500 the honest result is a loss; it is here to show what a short costs, not to be traded.
 */
export default defineStrategy({
  name: 'Short below the average',
  description: 'Sells short below a long average and buys back at a new high; pays to borrow what it sells.',
  params: {
    average: int(200, { min: 20, max: 400, step: 10, description: 'Bars of the average to fall below' }),
    exit: int(30, { min: 5, max: 200, step: 5, description: 'Bars of the high that ends the trade' }),
  },
  init: ({ bars, params }) => ({
    close: bars.close,
    average: sma(bars.close, params.average),
    high: highest(bars.high, params.exit),
  }),
  next({ sell, close: leave, position }, { close, average, high }) {
    if (position.isShort) {
      if (close.now >= high.ago(1)) leave();
    } else if (crossedBelow(close, average)) sell({ fraction: 0.5 });
  },
});
