import { defineStrategy, float, highest, int, lowest, type Order } from '@quarry/engine';

/**
 * The idea: after a quiet stretch the price leaves its range one way or the other. A stop order waits at either side;
 * whichever is reached cancels the other, and its trade ends at a stop loss or at a multiple of what it risks.
 * Source: the opening-range and volatility breakouts of T. Crabel, Day Trading with Short Term Price Patterns (1990).
 * Weakness: a bar that touches both sides tells not which came first, nor one that holds stop loss and take profit; the
 * report says how much of the result hangs on that. Where the range is narrow, the units that risk so much cost more than
 * the account has, and the order is rejected. Breakouts of a single index fail often, and stops slip where all
 * others have theirs.
 */
export default defineStrategy({
  name: 'Bracket breakout',
  description: 'Waits at both sides of a range with orders that cancel each other.',
  params: {
    range: int(10, { min: 2, max: 100, description: 'Bars of the range that is left' }),
    risk: float(0.01, { min: 0.001, max: 0.05, step: 0.001, description: 'Fraction of equity lost at the stop loss' }),
    reward: float(2, { min: 0.5, max: 10, step: 0.5, description: 'Take profit, in multiples of that distance' }),
  },
  init: ({ bars, params }) => ({
    top: highest(bars.high, params.range),
    bottom: lowest(bars.low, params.range),
    waiting: [] as Order[],
  }),
  next({ buy, sell, position, params }, signals) {
    for (const order of signals.waiting) order.cancel();
    signals.waiting = [];
    const top = signals.top.now;
    const bottom = signals.bottom.now;
    const middle = (top + bottom) / 2;
    if (position.size !== 0 || !(top > bottom)) return;
    const reward = params.reward * (top - middle);
    const up = buy({ stop: top, stopLoss: middle, takeProfit: top + reward, risk: params.risk });
    const below = bottom - reward;
    const exits = below > 0 ? { stopLoss: middle, takeProfit: below } : { stopLoss: middle };
    const down = sell({ stop: bottom, ...exits, risk: params.risk, oco: up });
    signals.waiting = [up, down];
  },
});
