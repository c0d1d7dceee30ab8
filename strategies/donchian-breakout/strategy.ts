import { atr, bool, defineStrategy, float, highest, int, lowest } from '@quarry/engine';

/**
 * The idea: a price beyond all prices of the last weeks starts a trend more often than it ends one. Enter on a close
 * beyond the channel of earlier bars, leave on a close beyond the shorter channel of the other side, and never risk more
 * than a few average ranges.
 * Source: R. Donchian's four-week rule (1960); the two channels and the stop in average true ranges are those of the
 * Turtles, in C. Faith, Way of the Turtle (2007).
 * Weakness: most breakouts fail, so it loses more often than it wins and lives from a few long trends; one stock index
 * offers few of them, which is why it was always traded over many markets at once.
 */
export default defineStrategy({
  name: 'Donchian breakout',
  description: 'Enters beyond the channel of earlier bars, with a stop some average ranges away.',
  params: {
    entry: int(20, { min: 5, max: 200, description: 'Bars of the channel that is broken out of' }),
    exit: int(10, { min: 2, max: 200, description: 'Bars of the channel that ends a trade' }),
    range: int(20, { min: 2, max: 100, description: 'Bars of the average true range' }),
    stop: float(2, { min: 0.5, max: 10, step: 0.5, description: 'Stop loss, in average true ranges from the close' }),
    short: bool(false, { description: 'Sell short below the channel too' }),
  },
  init: ({ bars, params }) => ({
    top: highest(bars.high, params.entry),
    bottom: lowest(bars.low, params.entry),
    exitTop: highest(bars.high, params.exit),
    exitBottom: lowest(bars.low, params.exit),
    range: atr(bars, params.range),
  }),
  next({ buy, sell, close, position, bars, params }, { top, bottom, exitTop, exitBottom, range }) {
    const price = bars.close.now;
    if (position.isLong && price < exitBottom.ago(1)) close();
    if (position.isShort && price > exitTop.ago(1)) close();
    if (position.size !== 0 || Number.isNaN(range.now)) return;
    const risk = params.stop * range.now;
    if (price > top.ago(1)) buy({ stopLoss: price - risk });
    else if (params.short && price < bottom.ago(1)) sell({ stopLoss: price + risk });
  },
});
