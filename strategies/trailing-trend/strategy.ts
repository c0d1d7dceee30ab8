import { defineStrategy, float, int, sma } from '@quarry/engine';

/**
 * The idea: let a trend run until it turns. Buy when the close is above its long average, and leave the exit to a stop
 * that follows the highest price since the entry some average true ranges behind, and never goes back.
 * Source: the trailing exit in average true ranges is C. LeBeau's "chandelier exit", in A. Elder, Come Into My Trading
 * Room (2002).
 * Weakness: within a bar nobody knows whether the high that lifts the stop came before the low that hits it; the report
 * counts such trades and what they could have made. In a market that goes nowhere every small rise is bought and sold
 * at a loss, and a stop is no promise: a gap goes through it.
 */
export default defineStrategy({
  name: 'Trailing trend',
  description: 'Buys above the long average and follows the price with a trailing stop.',
  params: {
    trend: int(100, { min: 20, max: 300, description: 'Bars of the average that the close must be above' }),
    distance: float(3, { min: 1, max: 10, step: 0.5, description: 'Distance of the stop, in average true ranges' }),
    range: int(20, { min: 2, max: 100, description: 'Bars of the average true range' }),
  },
  init: ({ bars, params }) => ({ trend: sma(bars.close, params.trend) }),
  next({ buy, position, bars, params, index }, { trend }) {
    if (position.size !== 0 || index < params.range) return;
    if (bars.close.now > trend.now) buy({ trailingStop: { atr: params.distance, bars: params.range } });
  },
});
