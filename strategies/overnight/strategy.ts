import { defineStrategy, float } from '@quarry/engine';

/**
 * The idea: stocks have earned most of their return between the close and the next open. Buy at the close, sell at the
 * open after it, every session.
 * Source: M. Cliff, M. Cooper and H. Gulen, Return Differences between Trading and Non-Trading Hours (2008).
 * Weakness: it trades twice a session, so costs that look small eat it: set a commission and a spread before you believe
 * anything. An order at the close must be sent before that close is known, so this one decides a session ahead; the
 * closing auction's price is taken as the bar's close, and an index itself cannot be traded at either.
 */
export default defineStrategy({
  name: 'Overnight',
  description: 'Buys at the close and sells at the next open.',
  params: {
    share: float(0.95, { min: 0.05, max: 1, step: 0.05, description: 'Share of the buying power to use' }),
  },
  next({ buy, sell, params }) {
    const entry = buy({ at: 'close', fraction: params.share });
    sell({ at: 'open', reduceOnly: true, after: entry });
  },
});
